package org.isotrope.kernels.engine.banded;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.engine.program.AxisRows;
import org.isotrope.kernels.engine.program.BandedProgram;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BandedProgram.Group} made ready: the matrix along the rows, and for every output row the input rows, with one
 * weight each, whose sum it is applied to.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatBandedGroup {
    /** What a term reads. */
    private record Term(double factor, int input, AxisRows planes, AxisRows rows) {
        static int most(Term[] terms) {
            int most = 0;
            for (Term term : terms) {
                most += term.planes.largest() * term.rows.largest();
            }
            return most;
        }
    }

    /** What groups of a program may have in common. */
    private static final class Known {
        private record Scaled(BandedMatrix matrix, double scale) {}

        private final BandedProgram program;
        private final Map<Scaled, FloatBandedColumns> columns = new HashMap<>();
        private final List<Map<BandedMatrix, AxisRows>> axes = List.of(new HashMap<>(), new HashMap<>());

        Known(BandedProgram program) {
            this.program = program;
        }

        @Nullable FloatBandedColumns columns(@Nullable BandedMatrix matrix, double scale) {
            return matrix == null ? null
                    : columns.computeIfAbsent(new Scaled(matrix, scale), any -> new FloatBandedColumns(matrix, scale));
        }

        Term[] terms(BandedProgram.Group group, List<KroneckerProduct> terms) {
            return terms.stream().map(term -> new Term(group.factor(term), term.input(), rows(term, 0), rows(term, 1)))
                    .toArray(Term[]::new);
        }

        private AxisRows rows(KroneckerProduct term, int axis) {
            BandedMatrix matrix = program.along(term, axis);
            int size = program.size(axis);
            return matrix == null
                    ? AxisRows.of(null, size)
                    : axes.get(axis).computeIfAbsent(matrix, any -> AxisRows.of(matrix, size));
        }
    }

    private final BandedProgram program;
    private final @Nullable FloatBandedColumns columns;
    private final Term[] planar;
    private final Term[] others;

    private FloatBandedGroup(BandedProgram.Group group, Known known) {
        this.program = known.program;
        this.columns = known.columns(group.columns(), group.scale());
        this.planar = known.terms(group, group.planar());
        this.others = known.terms(group, group.others());
    }

    /** The groups of each output component. */
    static FloatBandedGroup[][] of(BandedProgram program) {
        Known known = new Known(program);
        FloatBandedGroup[][] outputs = new FloatBandedGroup[program.outputs()][];
        for (int r = 0; r < outputs.length; r++) {
            List<BandedProgram.Group> groups = program.groups(r);
            outputs[r] = new FloatBandedGroup[groups.size()];
            for (int g = 0; g < groups.size(); g++) {
                outputs[r][g] = new FloatBandedGroup(groups.get(g), known);
            }
        }
        return outputs;
    }

    /** The matrix along the rows, null for the identity. */
    @Nullable FloatBandedColumns columns() {
        return columns;
    }

    /** For one thread. */
    Taps taps() {
        return new Taps(this);
    }

    /** The input rows that an output row is a sum of, with a weight each. */
    static final class Taps {
        private final FloatBandedGroup group;
        /** Bytes from the output row in a plane of one component to each. */
        final long[] at;
        final float[] weights;
        /** How many are of terms without a matrix along axis 1; these come first. */
        int planar;
        int count;

        private Taps(FloatBandedGroup group) {
            this.group = group;
            int most = Term.most(group.planar) + Term.most(group.others);
            this.at = new long[most];
            this.weights = new float[most];
        }

        /** The matrix that is applied to the sum, null for none. */
        @Nullable FloatBandedColumns columns() {
            return group.columns;
        }

        /** For the rows of a plane: lists what terms without a matrix along axis 1 read, which is as far from each row. */
        void startPlane(int i0) {
            planar = list(group.planar, i0, 0, 0);
            count = planar;
        }

        /** For a row of that plane: lists what the other terms read. */
        void startRow(int i0, int i1) {
            count = list(group.others, i0, i1, planar);
        }

        private int list(Term[] terms, int i0, int i1, int before) {
            BandedProgram program = group.program;
            long rowBytes = (long) program.size(2) * Float.BYTES;
            int next = before;
            for (Term term : terms) {
                int[] planes = term.planes.sources(i0);
                double[] outer = term.planes.weights(i0);
                int[] rows = term.rows.sources(i1);
                double[] inner = term.rows.weights(i1);
                for (int k0 = 0; k0 < planes.length; k0++) {
                    long plane = ((long) term.input * program.size(0) + planes[k0]) * program.size(1);
                    double factor = term.factor * outer[k0];
                    for (int k1 = 0; k1 < rows.length; k1++) {
                        at[next] = (plane + rows[k1] - i1) * rowBytes;
                        weights[next++] = (float) (factor * inner[k1]);
                    }
                }
            }
            return next;
        }
    }
}
