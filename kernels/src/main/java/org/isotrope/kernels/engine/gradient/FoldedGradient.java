package org.isotrope.kernels.engine.gradient;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.elementwise.Products;
import org.isotrope.kernels.engine.program.BlockShape;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.program.TiedTaps;
import org.isotrope.kernels.engine.threads.Crew;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@code ⟨ȳ, A f⟩} in the weights of a stencil whose taps share weights up to sign, as those of a radial
 * function do: what shares a weight is added before it is correlated ({@link TiedTaps}). Of the taps of a weight the first
 * gets the sum and the others get 0; contracted with a change of weights that keeps them tied this is the gradient in each
 * of them.
 *
 * <p>Parts of the field are shared between threads and add up in one fixed order.
 */
public final class FoldedGradient {
    /**
     * Products of some rows with some columns, as many as {@link FloatFoldedCorrelation} takes; the last of each is
     * repeated where there are fewer.
     *
     * @param number which group
     * @param rows of {@link TiedTaps#rows}
     * @param columns of {@link TiedTaps#columns}, all of one input component
     * @param terms which product each pair is, row by row; null for none
     */
    record Group(int number, int[] rows, int[] columns, TiedTaps.@Nullable Term[] terms) {}

    /**
     * How a field is cut: into blocks of rows along the middle axis, and these into slabs of planes of f. Where planes are
     * rows, in 2D, a part is one run of them.
     */
    static final class Parts {
        private static final int ROWS = 16;

        /** Elements of a part at most, a fraction of a second-level cache, where planes are not too large for that. */
        private static final int ELEMENTS = 1 << 16;

        private static final int FEWEST_PLANES = 16;

        private final BlockShape shape;
        private final int rows;
        private final int planes;
        private final int blocksOfRows;
        private final int end;

        Parts(BlockShape shape) {
            this.shape = shape;
            this.rows = Math.min(ROWS, shape.middles);
            this.blocksOfRows = (shape.middles + rows - 1) / rows;
            this.end = shape.blocks + shape.highest(shape.blockAxis);
            int all = end - shape.lowest(shape.blockAxis);
            int slabs = (all - 1) / Math.max(FEWEST_PLANES, ELEMENTS / (rows * shape.pitch)) + 1;
            this.planes = (all - 1) / slabs + 1;
        }

        /** Whether a plane across the block axis is one row, with none beside it. */
        boolean areRows() {
            return shape.rows == 1;
        }

        int count() {
            int first = shape.lowest(shape.blockAxis);
            return blocksOfRows * ((end - first - 1) / planes + 1);
        }

        /** Most planes of a part. */
        int planes() {
            return planes;
        }

        /** Most rows of a plane of a part. */
        int rows() {
            return rows;
        }

        /** Most rows that lie behind one another. */
        int lines() {
            return areRows() ? planes : rows;
        }

        /** First plane of f of a part, which may lie beyond the wall. */
        int plane(int part) {
            return shape.lowest(shape.blockAxis) + part / blocksOfRows * planes;
        }

        int planes(int part) {
            return Math.min(planes, end - plane(part));
        }

        /** First row of its planes. */
        int row(int part) {
            return part % blocksOfRows * rows;
        }

        int rows(int part) {
            return Math.min(rows, shape.middles - row(part));
        }
    }

    private final List<Group> groups;
    private final int[] signs;
    private final int[] taps;
    private final double[][] sums;
    private final boolean[] taken;
    private final @Nullable FloatFoldedGradient floats;
    private final @Nullable DoubleFoldedGradient doubles;
    private final Crew.Job work = this::run;

    private FoldedGradient(BlockShape shape, TiedTaps tied, Precision precision) {
        Parts parts = new Parts(shape);
        this.groups = groups(tied);
        int pairs = FloatFoldedCorrelation.ROWS * FloatFoldedCorrelation.COLUMNS;
        this.sums = new double[parts.count()][groups.size() * pairs];
        this.taken = new boolean[parts.count()];
        this.taps = new int[groups.size() * pairs];
        this.signs = new int[taps.length];
        for (Group group : groups) {
            for (int k = 0; k < pairs; k++) {
                TiedTaps.Term term = group.terms[k];
                if (term != null) {
                    taps[group.number * pairs + k] = term.tap();
                    signs[group.number * pairs + k] = term.sign();
                }
            }
        }
        boolean single = precision == Precision.FLOAT;
        this.floats = single ? new FloatFoldedGradient(shape, tied, groups, parts) : null;
        this.doubles = single ? null : new DoubleFoldedGradient(shape, tied, groups, parts);
    }

    /**
     * Prepares.
     *
     * @param program not transposed; its weights do not matter
     * @param ties for each tap the number of its weight, from 1, below 0 where it has the opposite sign; 0 for taps whose
     *     gradient is not wanted
     * @param precision of the fields
     * @return null in 1D, and where boundaries combine values
     */
    public static @Nullable FoldedGradient of(StencilProgram program, int[] ties, Precision precision) {
        BlockShape shape = BlockShape.of(program, FloatCorrelation.DEALT);
        return shape == null ? null : new FoldedGradient(shape, new TiedTaps(shape, ties), precision);
    }

    private static List<Group> groups(TiedTaps tied) {
        List<Group> groups = new ArrayList<>();
        int inputs = tied.columns.stream().mapToInt(TiedTaps.Column::input).max().orElse(-1) + 1;
        for (int c = 0; c < inputs; c++) {
            int input = c;
            List<TiedTaps.Term> left = new ArrayList<>(tied.terms.stream()
                    .filter(term -> tied.columns.get(term.column()).input() == input)
                    .sorted((a, b) -> Integer.compare(a.row(), b.row()))
                    .toList());
            while (!left.isEmpty()) {
                Group fullest = fullest(groups.size(), left);
                groups.add(fullest);
                left.removeAll(Arrays.asList(fullest.terms));
            }
        }
        return groups;
    }

    /** The group that takes most of some products. */
    private static Group fullest(int number, List<TiedTaps.Term> left) {
        int side = FloatFoldedCorrelation.ROWS;
        int[] rows = left.stream().mapToInt(TiedTaps.Term::row).distinct().toArray();
        List<TiedTaps.Term> best = List.of();
        for (int first = 0; first == 0 || first + side <= rows.length; first++) {
            int[] some = Arrays.copyOfRange(rows, first, Math.min(first + side, rows.length));
            List<TiedTaps.Term> taken = taken(left, some);
            best = taken.size() > best.size() ? taken : best;
        }
        int[] bestRows = best.stream().mapToInt(TiedTaps.Term::row).distinct().toArray();
        int[] bestColumns = best.stream().mapToInt(TiedTaps.Term::column).distinct().toArray();
        TiedTaps.@Nullable Term[] terms = new TiedTaps.Term[side * FloatFoldedCorrelation.COLUMNS];
        for (TiedTaps.Term term : best) {
            terms[place(bestRows, term.row()) * FloatFoldedCorrelation.COLUMNS + place(bestColumns, term.column())] = term;
        }
        return new Group(number, repeated(bestRows, side), repeated(bestColumns, FloatFoldedCorrelation.COLUMNS), terms);
    }

    /** The products of some rows with the columns that have most of them. */
    private static List<TiedTaps.Term> taken(List<TiedTaps.Term> left, int[] rows) {
        List<List<TiedTaps.Term>> columns = new ArrayList<>();
        for (TiedTaps.Term term : left) {
            if (place(rows, term.row()) < rows.length) {
                List<TiedTaps.Term> column = columns.stream()
                        .filter(other -> other.getFirst().column() == term.column()).findFirst().orElse(null);
                if (column == null) {
                    column = new ArrayList<>();
                    columns.add(column);
                }
                column.add(term);
            }
        }
        columns.sort((a, b) -> Integer.compare(b.size(), a.size()));
        return columns.stream().limit(FloatFoldedCorrelation.COLUMNS).flatMap(List::stream).toList();
    }

    private static int place(int[] numbers, int number) {
        int place = 0;
        while (place < numbers.length && numbers[place] != number) {
            place++;
        }
        return place;
    }

    private static int[] repeated(int[] numbers, int length) {
        int[] all = Arrays.copyOf(numbers, length);
        Arrays.fill(all, numbers.length, all.length, numbers[numbers.length - 1]);
        return all;
    }

    /**
     * Computes the gradient.
     *
     * @param in f, all components
     * @param outAdjoint ȳ, all components
     * @param gradient one entry a tap, overwritten
     * @param crew threads to share
     * @param threads most of them to use
     * @return false if values are so large that sums of them overflow, or are no numbers; then nothing is said
     */
    public synchronized boolean compute(
            MemorySegment in, MemorySegment outAdjoint, double[] gradient, Crew crew, int threads) {
        if (threads == 1) {
            run(in, outAdjoint, 0, 1);
        } else {
            crew.run(work, in, outAdjoint, threads);
        }
        Arrays.fill(gradient, 0);
        for (int part = 0; part < sums.length; part++) {
            if (!taken[part]) {
                return false;
            }
            for (int k = 0; k < taps.length; k++) {
                if (signs[k] != 0) {
                    gradient[taps[k]] += signs[k] * sums[part][k];
                }
            }
        }
        return true;
    }

    private void run(MemorySegment in, MemorySegment outAdjoint, int part, int parts) {
        int end = (int) ((long) sums.length * (part + 1) / parts);
        for (int p = (int) ((long) sums.length * part / parts); p < end; p++) {
            Arrays.fill(sums[p], 0);
            if (floats != null) {
                taken[p] = floats.add(in, outAdjoint, p, sums[p]);
            } else if (doubles != null) {
                taken[p] = doubles.add(in, outAdjoint, p, sums[p]);
            }
        }
    }
}
