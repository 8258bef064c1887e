package org.isotrope.kernels.engine.separable;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.isotrope.kernels.engine.block.FloatBlocks;
import org.isotrope.kernels.engine.block.FloatBox;
import org.isotrope.kernels.engine.program.BlockShape;
import org.isotrope.kernels.engine.program.FloatSeparableReference;
import org.isotrope.kernels.engine.program.SeparableSum;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.threads.Interruption;
import org.isotrope.kernels.engine.threads.Pool;

/**
 * Runs a {@link SeparableSum}: weights along the last axis, then along the middle one, then along the block axis.
 *
 * <p>Planes across the block axis come one after the other, row by row. What the first passes make of a plane stays in a
 * window until the last plane that needs it is done, so that nothing is computed twice. The window is a ring of planes,
 * and rows of all planes that lie at the same place are neighbours in it, for these the last pass reads together. Where
 * there are several terms, they share the loads along rows. Bits are those of {@link FloatSeparableReference}, which also
 * takes over planes that read infinities or not-a-numbers.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
public final class FloatSeparable implements StencilExecutor {
    private static final int ROWS = FloatBlocks.ROWS;
    private static final int COLUMNS = FloatBlocks.COLUMNS;

    /** Elements of a window: about a second-level cache, more where planes are large. */
    private static final int WINDOW = 1 << 17;

    /** Large arrays begin on a cache line, with sixteen bytes of header. */
    private static final int ALIGNED = 48 / Float.BYTES;

    /** Most output planes between two passes along the block axis. */
    private static final int MOST_PLANES = 128;

    /** A list of steps for {@link FloatPasses#block} and {@link FloatBlocks#direct}: positions and four weights each. */
    private record Steps(int[] at, float[] weights) {}

    private final BlockShape shape;
    private final FloatSeparableReference fallback;
    private final int terms;
    /** Terms, rounded up to whole blocks. */
    private final int places;
    /** Columns of a block. */
    private final int width;
    private final int low;
    private final int halo;
    /** Output planes that are finished together. */
    private final int slab;
    /** Rows of a plane that the first passes make, at least a block. */
    private final int rowsOut;
    private final int pitchOut;
    private final int windowPlanes;
    private final boolean deep;
    private final FloatRowPasses alongRows;
    /** For each term in 3D. */
    private final Steps[] alongMiddle;
    /** For each plane of the window that a block may begin with. */
    private final Steps[] alongBlocks;
    private final Pool<Work> pool;

    /** Working memory of one thread; {@code box.folds} is the window. */
    private static final class Work {
        private final FloatBox box;
        private final float[] rows;
        /** For each plane of the window in 2D, whether sums of four of its values are finite. */
        private final boolean[] tame;

        Work(FloatBox box, int rows, int planes) {
            this.box = box;
            this.rows = new float[rows];
            this.tame = new boolean[planes];
        }
    }

    /**
     * Prepares.
     *
     * @param shape of the stencil
     * @param sum of products that stand for it
     */
    public FloatSeparable(BlockShape shape, SeparableSum sum) {
        this.shape = shape;
        this.fallback = new FloatSeparableReference(shape, sum);
        List<SeparableSum.Term> all = sum.terms();
        this.terms = all.size();
        this.alongRows = new FloatRowPasses(sum, shape.columns);
        this.places = alongRows.places();
        this.width = FloatBlocks.width(shape.columns);
        this.deep = shape.program.stencil().dimension() == 3;
        this.low = shape.lowest(shape.blockAxis);
        this.halo = shape.highest(shape.blockAxis) - low;
        this.rowsOut = deep ? Math.max(shape.middles, ROWS) : 1;
        this.pitchOut = oddLines(Math.max(shape.columns, COLUMNS));
        // in 2D what a block reads anew is little, and a window may well lie beyond that cache
        int wanted = Math.max(deep ? halo : 2 * halo, WINDOW / (places * rowsOut * pitchOut) - halo);
        this.slab = Math.clamp((wanted + ROWS - 1) / ROWS * ROWS, ROWS, Math.max(MOST_PLANES, ROWS));
        this.windowPlanes = slab + halo;
        this.alongMiddle = new Steps[deep ? terms : 0];
        for (int k = 0; k < alongMiddle.length; k++) {
            alongMiddle[k] = across(List.of(all.get(k).middle()), 0, pitchOut);
        }
        this.alongBlocks = new Steps[windowPlanes];
        alongBlocks[0] = across(all.stream().map(SeparableSum.Term::block).toList(), termDistance(), pitchOut);
        for (int first = 1; first < windowPlanes; first++) {
            alongBlocks[first] = rotated(alongBlocks[0], first);
        }
        int rows = deep ? places * (rowsOut + shape.rows - shape.middles) * pitchOut : 0;
        int window = ALIGNED + places * termDistance();
        this.pool = new Pool<>(() -> new Work(new FloatBox(shape, shape.pitch, window), rows, windowPlanes));
    }

    /** Elements of the window from a row to the one below it. */
    private int rowDistance() {
        return windowPlanes * pitchOut;
    }

    private int termDistance() {
        return rowsOut * rowDistance();
    }

    /** Steps from another plane of the window on, around its end. */
    private Steps rotated(Steps steps, int first) {
        int[] at = new int[steps.at.length];
        for (int q = 0; q < at.length; q++) {
            int plane = steps.at[q] % rowDistance() / pitchOut;
            at[q] = steps.at[q] + ((plane + first) % windowPlanes - plane) * pitchOut;
        }
        return new Steps(at, steps.weights);
    }

    /**
     * Whether the working memory of one thread fits arrays.
     *
     * @param shape of the stencil
     * @param sum of products
     * @return false for very long rows
     */
    public static boolean fits(BlockShape shape, SeparableSum sum) {
        long plane = (long) Math.max(shape.middles, ROWS) * (Math.max(shape.columns, COLUMNS) + 32L);
        long halo = shape.highest(shape.blockAxis) - shape.lowest(shape.blockAxis);
        return (sum.terms().size() + ROWS) * (3 * halo + ROWS + WINDOW / plane + 2) * plane < 1 << 28;
    }

    /** The next odd number of 16 elements, so that rows above each other do not compete for the same sets of a cache. */
    private static int oddLines(int elements) {
        return ((elements + 15) / 16 | 1) * 16;
    }

    /** The outputs of a block, a distance apart, each the sum over all terms and offsets. */
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
        boolean spoilt = false;
        Work work = pool.take();
        int ready = first + low;
        for (int from = first; from < end; from += slab) {
            Interruption.check();
            int count = Math.min(slab, end - from);
            for (; ready < from + low + count + halo; ready++) {
                prepare(in, work, shape.source(shape.blockAxis, ready), (ready - first - low) % windowPlanes);
            }
            if (!finish(work, out, from, count, (from - first) % windowPlanes)) {
                fallback.planes(in, out, from, from + count);
                spoilt = true;
            }
        }
        if (spoilt) {
            // blocks at the ends of fields read a little of what others leave, and multiply it with zero
            Arrays.fill(work.box.folds, (float) 0);
        }
        pool.give(work);
    }

    @Override
    public String tiles() {
        return shape.tiles(ROWS, width, slab);
    }

    /** All passes but the last, for one plane. */
    private void prepare(MemorySegment in, Work work, int source, int place) {
        float[] values = work.box.values;
        int target = ALIGNED + place * pitchOut;
        int halfDone = 0;
        int reach = shape.rows - shape.middles + ROWS;
        for (int row = 0; row < shape.rows; row++) {
            work.box.fillRow(in, 0, source, row + shape.lowest(shape.middleAxis), -shape.lowest(2));
            if (!deep) {
                alongRows.run(values, work.box.folds, target, termDistance());
                work.tame[place] = isFinite(work.box.folds, 0, place, 1);
                return;
            }
            alongRows.run(values, work.rows, row * pitchOut, work.rows.length / places);
            if (row + 1 == halfDone + reach) {
                middle(work, halfDone, target);
                halfDone += ROWS;
            }
        }
        if (halfDone < shape.middles) {
            // the last block overlaps the one before, where there is one
            middle(work, Math.max(0, shape.middles - ROWS), target);
        }
    }

    /** The pass along the middle axis for a block of rows and all terms. */
    private void middle(Work work, int middle, int target) {
        int rowDistance = work.rows.length / places;
        for (int k = 0; k < terms; k++) {
            for (int x = 0; x < shape.columns; x += width) {
                int column = column(x, width);
                FloatPasses.block(width, work.rows, k * rowDistance + middle * pitchOut + column, alongMiddle[k].at,
                        alongMiddle[k].weights, work.box.folds,
                        k * termDistance() + middle * rowDistance() + target + column, rowDistance());
            }
        }
    }

    /** The last block of a row overlaps the one before, where there is one. */
    private int column(int x, int blockWidth) {
        return Math.max(0, Math.min(x, shape.columns - blockWidth));
    }

    /**
     * The last pass. In 3D blocks go along rows, which come from far and are long, and to look for infinities and
     * not-a-numbers first also fetches the rows of all planes, one line after the other. In 2D strips of columns stay in the
     * first-level cache for all blocks of a slab.
     *
     * @return false where there are infinities or not-a-numbers; then the slab is to be done by other means
     */
    private boolean finish(Work work, MemorySegment out, int from, int count, int place) {
        int blockWidth = count < ROWS ? COLUMNS : width;
        if (!deep) {
            for (int p = 0; p < count + halo; p++) {
                if (!work.tame[(place + p) % windowPlanes]) {
                    return false;
                }
            }
            for (int x = 0; x < shape.columns; x += blockWidth) {
                for (int b = 0; b < count; b += ROWS) {
                    finish(work, out, from, count, place, 0, b, column(x, blockWidth));
                }
            }
            return true;
        }
        for (int middle = 0; middle < shape.middles; middle++) {
            if (!isFinite(work.box.folds, middle, place, count + halo)) {
                return false;
            }
            for (int b = 0; b < count; b += ROWS) {
                for (int x = 0; x < shape.columns; x += blockWidth) {
                    finish(work, out, from, count, place, middle, b, column(x, blockWidth));
                }
            }
        }
        return true;
    }

    /** Whether what the last pass reads for one row of some planes is finite, and not far from too large to be. */
    private boolean isFinite(float[] window, int middle, int place, int planes) {
        int straight = Math.min(planes, windowPlanes - place);
        boolean finite = true;
        for (int k = 0; k < terms; k++) {
            int row = ALIGNED + k * termDistance() + middle * rowDistance();
            finite &= FloatBlocks.isTame(window, row + place * pitchOut, straight * pitchOut)
                    && FloatBlocks.isTame(window, row, (planes - straight) * pitchOut);
        }
        return finite;
    }

    private void finish(
            Work work, MemorySegment out, int from, int count, int place, int middle, int b, int column) {
        int first = Math.max(0, Math.min(b, count - ROWS));
        Steps steps = alongBlocks[(place + first) % windowPlanes];
        int base = ALIGNED + middle * rowDistance() + column;
        long target = shape.rowStart(0, from + first, middle) + column;
        long stride = shape.blockStride();
        if (count < ROWS || shape.columns < COLUMNS) {
            FloatBlocks.direct(work.box.folds, base, steps.at, steps.weights, work.box.block, 0,
                    (long) COLUMNS * Float.BYTES);
            work.box.store(out, target, stride, Math.min(count - first, ROWS), Math.min(shape.columns - column, COLUMNS));
        } else if (width == FloatBlocks.WIDTH) {
            FloatBlocks.wide(work.box.folds, base, steps.at, steps.weights, out, target * Float.BYTES,
                    stride * Float.BYTES);
        } else {
            FloatBlocks.direct(work.box.folds, base, steps.at, steps.weights, out, target * Float.BYTES,
                    stride * Float.BYTES);
        }
    }
}
