package org.isotrope.kernels.engine;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Runs a {@link SeparableSum}: weights along the last axis, then along the middle one, then along the block axis.
 *
 * <p>Planes across the block axis come one after the other. Each is copied with its margins, and what the first passes make
 * of it stays in a window until the last plane that needs it is done, so that nothing is computed twice. Where there are
 * several terms, up to four share the loads along rows. Bits are those of {@link FloatSeparableReference}, which also takes
 * over planes that read infinities or not-a-numbers.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatSeparable implements StencilExecutor {
    private static final int ROWS = FloatBlocks.ROWS;
    private static final int COLUMNS = FloatBlocks.COLUMNS;

    /** Elements of a window: about a second-level cache, more where planes are large. */
    private static final int WINDOW = 1 << 17;

    /** A list of steps for {@link FloatPasses#block} and {@link FloatBlocks#direct}: positions and four weights each. */
    private record Steps(int[] at, float[] weights) {}

    private final BlockShape shape;
    private final FloatSeparableReference fallback;
    private final int terms;
    /** Terms, rounded up to whole blocks. */
    private final int places;
    private final int low;
    private final int halo;
    /** Output planes between two shifts of the window. */
    private final int slab;
    /** Rows of a plane that the first passes make, at least a block. */
    private final int rowsOut;
    private final int pitchOut;
    /** Distance of the planes of a window. */
    private final int plane;
    private final int windowPlanes;
    private final boolean deep;
    /** Along the last axis: for a single term its weights, else steps for four terms at a time. */
    private final float[] alongRow;
    private final Steps[] alongRows;
    /** For each term in 3D. */
    private final Steps[] alongMiddle;
    private final Steps alongBlocks;
    private final Pool<Work> pool;

    /** Working memory of one thread; {@code box.folds} is the window. */
    private static final class Work {
        private final FloatBox box;
        private final float[] rows;
        private final boolean[] tame;

        Work(FloatBox box, int rows, int planes) {
            this.box = box;
            this.rows = new float[rows];
            this.tame = new boolean[planes];
        }
    }

    FloatSeparable(BlockShape shape, SeparableSum sum) {
        this.shape = shape;
        this.fallback = new FloatSeparableReference(shape, sum);
        List<SeparableSum.Term> all = sum.terms();
        this.terms = all.size();
        this.places = terms == 1 ? 1 : (terms + ROWS - 1) / ROWS * ROWS;
        this.deep = shape.program.stencil().dimension() == 3;
        this.low = shape.lowest(shape.blockAxis);
        this.halo = shape.highest(shape.blockAxis) - low;
        this.rowsOut = deep ? Math.max(shape.middles, ROWS) : 1;
        this.pitchOut = oddLines(Math.max(shape.columns, COLUMNS));
        this.plane = oddLines(rowsOut * pitchOut);
        int wanted = Math.max(halo, WINDOW / (places * plane) - halo);
        this.slab = Math.max(ROWS, (wanted + ROWS - 1) / ROWS * ROWS);
        this.windowPlanes = slab + halo;
        this.alongRow = floats(all.getFirst().column());
        this.alongRows = new Steps[(terms + ROWS - 1) / ROWS];
        for (int g = 0; g < alongRows.length; g++) {
            alongRows[g] = alongRows(all.subList(g * ROWS, Math.min(terms, (g + 1) * ROWS)));
        }
        this.alongMiddle = new Steps[deep ? terms : 0];
        for (int k = 0; k < alongMiddle.length; k++) {
            alongMiddle[k] = across(List.of(all.get(k).middle()), 0, pitchOut);
        }
        this.alongBlocks = across(all.stream().map(SeparableSum.Term::block).toList(), windowPlanes * plane, plane);
        int inputRows = shape.rows * shape.pitch;
        int rows = deep ? places * (rowsOut + shape.rows - shape.middles) * pitchOut : 0;
        int window = places * windowPlanes * plane;
        this.pool = new Pool<>(() -> new Work(new FloatBox(shape, inputRows, window), rows, windowPlanes));
    }

    /** Whether the working memory of one thread fits arrays. */
    static boolean fits(BlockShape shape, SeparableSum sum) {
        long plane = (long) Math.max(shape.middles, ROWS) * (Math.max(shape.columns, COLUMNS) + 32L);
        long halo = shape.highest(shape.blockAxis) - shape.lowest(shape.blockAxis);
        return (sum.terms().size() + ROWS) * (2 * halo + ROWS + WINDOW / plane + 2) * plane < 1 << 28;
    }

    /** The next odd number of 16 elements, so that rows above each other do not compete for the same sets of a cache. */
    private static int oddLines(int elements) {
        return ((elements + 15) / 16 | 1) * 16;
    }

    private static float[] floats(double[] weights) {
        float[] rounded = new float[weights.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) weights[i];
        }
        return rounded;
    }

    /** Up to four terms side by side. */
    private static Steps alongRows(List<SeparableSum.Term> some) {
        int count = some.getFirst().column().length;
        int[] at = new int[count];
        float[] weights = new float[count * ROWS];
        for (int q = 0; q < count; q++) {
            at[q] = q;
            for (int k = 0; k < some.size(); k++) {
                weights[q * ROWS + k] = (float) some.get(k).column()[q];
            }
        }
        return new Steps(at, weights);
    }

    /** Four outputs a distance apart, each the sum over all terms and offsets. */
    private static Steps across(List<double[]> factors, int termDistance, int distance) {
        int reach = factors.getFirst().length + ROWS - 1;
        int[] at = new int[factors.size() * reach];
        float[] weights = new float[at.length * ROWS];
        for (int k = 0; k < factors.size(); k++) {
            for (int q = 0; q < reach; q++) {
                int step = k * reach + q;
                at[step] = k * termDistance + q * distance;
                for (int a = 0; a < ROWS; a++) {
                    boolean reached = q - a >= 0 && q - a < factors.get(k).length;
                    weights[step * ROWS + a] = reached ? (float) factors.get(k)[q - a] : 0;
                }
            }
        }
        return new Steps(at, weights);
    }

    @Override
    public void run(MemorySegment in, MemorySegment out, int part, int parts) {
        int first = (int) ((long) shape.blocks * part / parts);
        int end = (int) ((long) shape.blocks * (part + 1) / parts);
        Work work = pool.take();
        for (int from = first; from < end; from += slab) {
            Interruption.check();
            int count = Math.min(slab, end - from);
            int kept = from == first ? 0 : halo;
            if (kept > 0) {
                shift(work);
            }
            boolean tame = true;
            for (int slot = 0; slot < count + halo; slot++) {
                if (slot >= kept) {
                    prepare(in, work, from + slot + low, slot);
                }
                tame &= work.tame[slot];
            }
            if (tame) {
                finish(work, out, from, count);
            } else {
                fallback.planes(in, out, from, from + count);
            }
        }
        pool.give(work);
    }

    @Override
    public String tiles() {
        return shape.tiles(ROWS, COLUMNS, slab);
    }

    /** The last planes of a full window become its first. */
    private void shift(Work work) {
        for (int k = 0; k < terms; k++) {
            int start = k * windowPlanes * plane;
            System.arraycopy(work.box.folds, start + slab * plane, work.box.folds, start, halo * plane);
        }
        System.arraycopy(work.tame, slab, work.tame, 0, halo);
    }

    /** All passes but the last, for one plane. */
    private void prepare(MemorySegment in, Work work, int across, int slot) {
        FloatBox box = work.box;
        box.fillPlane(in, 0, shape.source(shape.blockAxis, across), low);
        work.tame[slot] = FloatBlocks.isTame(box.values, 0, shape.rows * shape.pitch);
        if (!work.tame[slot]) {
            return;
        }
        int target = slot * plane;
        int termDistance = windowPlanes * plane;
        if (!deep) {
            row(box.values, 0, box.folds, target, termDistance);
            return;
        }
        int rowDistance = work.rows.length / places;
        for (int row = 0; row < shape.rows; row++) {
            row(box.values, row * shape.pitch, work.rows, row * pitchOut, rowDistance);
        }
        for (int k = 0; k < terms; k++) {
            for (int b = 0; b < shape.middles; b += ROWS) {
                int middle = Math.max(0, Math.min(b, shape.middles - ROWS));
                for (int x = 0; x < shape.columns; x += COLUMNS) {
                    int column = column(x);
                    FloatPasses.block(work.rows, k * rowDistance + middle * pitchOut + column, alongMiddle[k].at,
                            alongMiddle[k].weights, box.folds,
                            k * termDistance + target + middle * pitchOut + column, pitchOut);
                }
            }
        }
    }

    /** The last block of a row overlaps the one before, where there is one. */
    private int column(int x) {
        return Math.max(0, Math.min(x, shape.columns - COLUMNS));
    }

    /** The pass along the last axis for one row and all terms. */
    private void row(float[] from, int base, float[] to, int target, int termDistance) {
        for (int x = 0; x < shape.columns; x += COLUMNS) {
            int column = column(x);
            if (terms == 1) {
                FloatPasses.row(from, base + column, alongRow, to, target + column);
                continue;
            }
            for (int g = 0; g < alongRows.length; g++) {
                FloatPasses.block(from, base + column, alongRows[g].at, alongRows[g].weights, to,
                        g * ROWS * termDistance + target + column, termDistance);
            }
        }
    }

    private void finish(Work work, MemorySegment out, int from, int count) {
        long stride = shape.blockStride();
        for (int b = 0; b < count; b += ROWS) {
            int first = Math.max(0, Math.min(b, count - ROWS));
            for (int middle = 0; middle < shape.middles; middle++) {
                for (int x = 0; x < shape.columns; x += COLUMNS) {
                    int column = column(x);
                    int base = first * plane + middle * pitchOut + column;
                    long target = shape.rowStart(0, from + first, middle) + column;
                    if (count >= ROWS && shape.columns >= COLUMNS) {
                        FloatBlocks.direct(work.box.folds, base, alongBlocks.at, alongBlocks.weights, out,
                                target * Float.BYTES, stride * Float.BYTES);
                    } else {
                        FloatBlocks.direct(work.box.folds, base, alongBlocks.at, alongBlocks.weights,
                                work.box.block, 0, (long) COLUMNS * Float.BYTES);
                        work.box.store(out, target, stride, Math.min(count - first, ROWS),
                                Math.min(shape.columns - column, COLUMNS));
                    }
                }
            }
        }
    }
}
