package org.isotrope.kernels.engine.gradient;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isotrope.kernels.engine.block.FloatBox;
import org.isotrope.kernels.engine.elementwise.Products;
import org.isotrope.kernels.engine.program.BlockShape;
import org.isotrope.kernels.engine.program.TiedTaps;
import org.isotrope.kernels.engine.threads.Pool;

/**
 * The products of {@link TiedTaps} for one part of a field at a time.
 *
 * <p>A part is some rows of some planes of f with the rows of ȳ that they meet, both in rows of one length, those of ȳ
 * between zeros. Sums of rows lie behind one another, so that each is one flat loop, and so is each product. Chunks of
 * rows stay in the first-level cache from one sum to the next.
 *
 * <p>Order of summation: a sum of f adds the rows that mirror each other along the middle axis first. Products of a chunk
 * of {@value #CHUNK} elements, or of a row where rows are longer, are dealt to sixteen sums ({@link
 * FloatFoldedCorrelation}), chunks add up until there are {@value #JOINED} elements, the rest is in {@code double}.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatFoldedGradient {
    private static final int CHUNK = 600;
    private static final int JOINED = 4096;

    /**
     * Runs lie so many elements apart modulo {@link #PAGE}, the golden section of it: then no two of a dozen compete for
     * the same sets of a cache, nor does a store look to the processor as if the next load needed it.
     */
    private static final int SPREAD = 4096 / Float.BYTES * 39 / 64;

    private static final int PAGE = 4096 / Float.BYTES;
    private static final int DEALT = FloatCorrelation.DEALT;
    private static final int PAIRS = FloatFoldedCorrelation.ROWS * FloatFoldedCorrelation.COLUMNS;

    /** Rows of f that mirror each other along the middle axis, by the places of their first ones. */
    private record Fold(int plus, int minus, float sign, int to) {}

    /** All that is done for one input component, by places in the memory of a part. */
    private record Sums(List<Fold> folds, List<Column> columns, List<FoldedGradient.Group> groups) {}

    /** A sum of f: sources {@code begin ≤ k < end}. */
    private record Column(int number, int begin, int end) {}

    /** A row of ȳ with what is added to it. */
    private record Row(int plus, int minus, float sign, int to) {}

    /** Working memory of one thread: where things are at the moment, and running sums. */
    private static final class Memory {
        private final FloatBox box;
        private final int[] sources;
        private final int[] columns;
        private final int[] rows;
        private final int[] someColumns = new int[FloatFoldedCorrelation.COLUMNS];
        private final int[] someRows = new int[FloatFoldedCorrelation.ROWS];
        private final float[] chunk = new float[PAIRS * DEALT];
        private final float[] running;

        Memory(FloatBox box, int sources, int columns, int rows, int groups) {
            this.box = box;
            this.sources = new int[sources];
            this.columns = new int[columns];
            this.rows = new int[rows];
            this.running = new float[groups * chunk.length];
        }
    }

    private final BlockShape shape;
    private final FoldedGradient.Parts parts;
    private final int margin;
    /** Where sums of f begin, behind f itself. */
    private final int scratch;
    /** Rows of f of one component that a part reads at once. */
    private final int lines;
    private final int windowPlanes;
    private final int run;
    private final int stretch;
    private final List<Sums> inputs = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    /** Sources of all sums: their places, whether they move with the chunk, and their signs. */
    private final int[] sourceAt;
    private final boolean[] moves;
    private final float[] signs;
    private final Pool<Memory> pool;

    FloatFoldedGradient(BlockShape shape, TiedTaps taps, List<FoldedGradient.Group> groups, FoldedGradient.Parts parts) {
        this.shape = shape;
        this.parts = parts;
        this.margin = (Math.max(-shape.lowest(2), shape.highest(2)) + DEALT) / DEALT * DEALT;
        int across = shape.highest(shape.middleAxis) - shape.lowest(shape.middleAxis);
        this.lines = parts.lines() + across;
        this.windowPlanes = parts.planes() + shape.highest(shape.blockAxis) - shape.lowest(shape.blockAxis);
        this.run = Math.clamp(CHUNK / shape.pitch, 1, parts.lines()) * shape.pitch;
        this.stretch = run + Math.floorMod(SPREAD - run, PAGE);
        int count = taps.columns.stream().mapToInt(column -> column.sources().size()).sum();
        this.sourceAt = new int[count];
        this.moves = new boolean[count];
        this.signs = new float[count];
        int components = shape.program.stencil().inputs();
        this.scratch = margin + components * lines * shape.pitch;
        int end = scratch;
        int next = 0;
        for (int c = 0; c < components; c++) {
            Sums sums = new Sums(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            next = addColumns(taps, c, next, sums);
            for (FoldedGradient.Group group : groups) {
                if (taps.columns.get(group.columns()[0]).input() == c) {
                    sums.groups.add(group);
                }
            }
            inputs.add(sums);
            end = Math.max(end, scratch + (sums.folds.size() + sums.columns.size()) * stretch);
        }
        int window = shape.program.stencil().outputs() * windowPlanes * parts.rows() * shape.pitch;
        int length = addRows(taps, window);
        int values = end + margin;
        this.pool = new Pool<>(() -> new Memory(new FloatBox(shape, values, length), count, taps.columns.size(),
                taps.rows.size(), groups.size()));
    }

    /** The sums of one input component; returns the next free source. */
    private int addColumns(TiedTaps taps, int input, int first, Sums sums) {
        int next = first;
        for (int k = 0; k < taps.columns.size(); k++) {
            if (taps.columns.get(k).input() == input) {
                int begin = next;
                for (TiedTaps.Source source : taps.columns.get(k).sources()) {
                    moves[next] = source.mirrored() == 0;
                    sourceAt[next] = source.column() + (moves[next]
                            ? line(input, source.middle())
                            : fold(input, source, sums.folds));
                    signs[next++] = source.sign();
                }
                sums.columns.add(new Column(k, begin, next));
            }
        }
        return next;
    }

    /** Where the rows at some distance along the middle axis begin. */
    private int line(int input, int middle) {
        return margin + (input * lines + middle - shape.lowest(shape.middleAxis)) * shape.pitch;
    }

    private int fold(int input, TiedTaps.Source source, List<Fold> folds) {
        int plus = line(input, source.middle());
        for (Fold fold : folds) {
            if (fold.plus == plus && fold.sign == source.mirrored()) {
                return fold.to;
            }
        }
        int to = scratch + folds.size() * stretch;
        folds.add(new Fold(plus, line(input, -source.middle()), source.mirrored(), to));
        return to;
    }

    /** The rows of the other field; returns how much room they take. */
    private int addRows(TiedTaps taps, int window) {
        int end = window;
        for (TiedTaps.Row row : taps.rows) {
            int to = end;
            end += row.sign() == 0 ? 0 : stretch;
            rows.add(new Row(plane(row, row.block()), plane(row, -row.block()), row.sign(), to));
        }
        return end;
    }

    /** Where the rows of the plane that is so far from the first of f begin. */
    private int plane(TiedTaps.Row row, int block) {
        int plane = row.output() * windowPlanes + shape.highest(shape.blockAxis) - block;
        return plane * parts.rows() * shape.pitch;
    }

    /**
     * Adds one part.
     *
     * @param in f
     * @param outAdjoint ȳ
     * @param part which
     * @param sums one for each row and column of each group, row by row; added to
     * @return whether all sums are finite
     */
    boolean add(MemorySegment in, MemorySegment outAdjoint, int part, double[] sums) {
        Memory memory = pool.take();
        int plane = parts.plane(part);
        int planes = parts.planes(part);
        int row = parts.row(part);
        int count = parts.rows(part);
        fillWindow(outAdjoint, plane, planes, row, count, memory.box.folds);
        Arrays.fill(memory.running, (float) 0);
        int since = 0;
        int step = parts.areRows() ? planes : 1;
        for (int p = 0; p < planes; p += step) {
            if (!parts.areRows() && shape.source(shape.blockAxis, plane + p) < 0) {
                continue;
            }
            for (int c = 0; c < inputs.size(); c++) {
                fillLines(in, c, plane + p, step, row, count, memory.box);
            }
            int here = parts.areRows() ? planes : count;
            for (int line = 0; line < here; line += run / shape.pitch) {
                int length = Math.min(run, (here - line) * shape.pitch);
                if (since + length > JOINED) {
                    join(memory.running, sums);
                    since = 0;
                }
                since += length;
                chunk(memory, line, p * parts.rows() + line, length);
            }
        }
        join(memory.running, sums);
        boolean finite = true;
        for (double sum : sums) {
            finite &= Double.isFinite(sum);
        }
        if (!finite) {
            // later parts read a little of what smaller ones leave
            Arrays.fill(memory.box.values, (float) 0);
            Arrays.fill(memory.box.folds, (float) 0);
        }
        pool.give(memory);
        return finite;
    }

    /** The rows of ȳ that meet a part, planes behind one another. */
    private void fillWindow(
            MemorySegment outAdjoint, int plane, int planes, int row, int count, float[] window) {
        int first = plane - shape.highest(shape.blockAxis);
        int end = plane + planes - shape.lowest(shape.blockAxis);
        for (int r = 0; r < shape.program.stencil().outputs(); r++) {
            for (int b = first; b < end; b++) {
                for (int j = 0; j < count; j++) {
                    int to = ((r * windowPlanes + b - first) * parts.rows() + j) * shape.pitch - shape.lowest(2);
                    if (b < 0 || b >= shape.blocks) {
                        Arrays.fill(window, to, to + shape.columns, (float) 0);
                    } else {
                        long from = shape.rowStart(r, b, row + j) * Float.BYTES;
                        MemorySegment.copy(outAdjoint, ValueLayout.JAVA_FLOAT, from, window, to, shape.columns);
                    }
                }
            }
        }
    }

    private void fillLines(MemorySegment in, int input, int plane, int planes, int row, int count, FloatBox box) {
        int low = shape.lowest(shape.middleAxis);
        int first = line(input, low) - shape.lowest(2);
        if (parts.areRows()) {
            for (int p = 0; p < planes; p++) {
                box.fillRow(in, input, shape.source(shape.blockAxis, plane + p), 0, first + p * shape.pitch);
            }
            return;
        }
        int source = shape.source(shape.blockAxis, plane);
        for (int j = low; j < count + shape.highest(shape.middleAxis); j++) {
            box.fillRow(in, input, source, row + j, first + (j - low) * shape.pitch);
        }
    }

    private void chunk(Memory memory, int line, int windowLine, int length) {
        float[] f = memory.box.values;
        float[] y = memory.box.folds;
        int at = line * shape.pitch;
        for (int k = 0; k < sourceAt.length; k++) {
            memory.sources[k] = sourceAt[k] + (moves[k] ? at : 0);
        }
        int behind = windowLine * shape.pitch;
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            memory.rows[r] = row.sign == 0 ? row.plus + behind : row.to;
            if (row.sign != 0) {
                FloatFlatSums.two(y, row.plus + behind, y, row.minus + behind, row.sign, y, row.to, length, null);
            }
        }
        for (int c = 0; c < inputs.size(); c++) {
            Sums sums = inputs.get(c);
            for (int k = 0; k < sums.folds.size(); k++) {
                Fold fold = sums.folds.get(k);
                FloatFlatSums.two(f, fold.plus + at, f, fold.minus + at, fold.sign, f, fold.to, length, null);
            }
            for (int k = 0; k < sums.columns.size(); k++) {
                Column column = sums.columns.get(k);
                boolean alone = column.begin + 1 == column.end;
                int to = scratch + (sums.folds.size() + k) * stretch;
                memory.columns[column.number] = alone ? memory.sources[column.begin] : to;
                if (!alone) {
                    FloatFlatSums.add(f, memory.sources, signs, column.begin, column.end, f, to, length);
                }
            }
            for (int g = 0; g < sums.groups.size(); g++) {
                correlate(memory, sums.groups.get(g), length);
            }
        }
    }

    private static void correlate(Memory memory, FoldedGradient.Group group, int length) {
        for (int k = 0; k < memory.someColumns.length; k++) {
            memory.someColumns[k] = memory.columns[group.columns()[k]];
        }
        for (int k = 0; k < memory.someRows.length; k++) {
            memory.someRows[k] = memory.rows[group.rows()[k]];
        }
        float[] sums = memory.chunk;
        FloatFoldedCorrelation.correlate(memory.box.values, memory.someColumns, memory.box.folds, memory.someRows, length,
                sums);
        int first = group.number() * sums.length;
        for (int k = 0; k < sums.length; k++) {
            memory.running[first + k] += sums[k];
        }
    }

    private static void join(float[] running, double[] sums) {
        for (int s = 0; s < sums.length; s++) {
            double even = 0;
            double odd = 0;
            for (int k = s * DEALT; k < (s + 1) * DEALT; k += 2) {
                even += running[k];
                odd += running[k + 1];
            }
            sums[s] += even + odd;
        }
        Arrays.fill(running, (float) 0);
    }
}
