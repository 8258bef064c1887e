package org.isotrope.kernels;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.engine.VectorApi;
import org.isotrope.kernels.engine.plan.Executors;
import org.isotrope.kernels.engine.program.BandedProgram;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.threads.Crew;
import org.jspecify.annotations.Nullable;

/** A sum of products of banded matrices along axes, or the transpose of one. */
final class BandedOperator extends PlannedOperator {
    /** Of the operator that is not transposed. */
    private final String name;
    /** What lies beyond walls, for a person to read. */
    private final String walls;
    private final boolean transposed;
    private final BandedProgram program;
    private volatile @Nullable BandedOperator adjoint;

    BandedOperator(String name, List<KroneckerProduct> terms, Space domain, Space range, String walls) {
        this(name, walls, false, domain, range,
                BandedProgram.of(domain.grid().shape(), range.components(), domain.components(), terms));
    }

    private BandedOperator(
            String name, String walls, boolean transposed, Space domain, Space range, BandedProgram program) {
        super(domain, range);
        VectorApi.require();
        this.name = name;
        this.walls = walls;
        this.transposed = transposed;
        this.program = program;
    }

    LinearOperator merged(double a, double b, BandedOperator other) {
        List<KroneckerProduct> sum = new ArrayList<>(times(a, program));
        sum.addAll(times(b, other.program));
        String text = "(" + factor(a) + label() + (b == -1 ? " − " : " + ") + factor(Math.abs(b) == 1 ? 1 : b)
                + other.label() + ")";
        String beyond = walls.equals(other.walls) ? walls : walls + ", and " + other.walls;
        return new BandedOperator(text, sum, domain(), range(), beyond);
    }

    /** What one value of the result is made of. */
    void row(int output, long node, StencilProgram.EntryConsumer entries) {
        int[] shape = domain().grid().shape();
        for (KroneckerProduct term : program.terms()) {
            if (term.output() == output) {
                row(term, shape, 0, node, domain().grid().size(), (long) term.input(), term.factor(), entries);
            }
        }
    }

    /** Goes through the nodes that a row of a term reads, axis by axis. */
    private static void row(KroneckerProduct term, int[] shape, int axis, long node, long size, long column,
            double weight, StencilProgram.EntryConsumer entries) {
        if (axis == shape.length) {
            entries.accept(column, weight);
            return;
        }
        long inner = size / shape[axis];
        int i = (int) (node / inner);
        BandedMatrix matrix = term.along().get(axis);
        int width = matrix == null ? 1 : matrix.width(i);
        for (int k = 0; k < width; k++) {
            int read = matrix == null ? i : Math.floorMod(matrix.firstColumn(i) + k, shape[axis]);
            double factor = matrix == null ? 1 : matrix.weight(i, k);
            row(term, shape, axis + 1, node % inner, inner, column * shape[axis] + read, weight * factor, entries);
        }
    }

    /** How far rows read along an axis. */
    int reach(int axis) {
        int reach = 0;
        for (KroneckerProduct term : program.terms()) {
            BandedMatrix matrix = term.along().get(axis);
            for (int row = 0; matrix != null && row < matrix.size(); row++) {
                for (int k = 0; k < matrix.width(row); k++) {
                    int distance = Math.abs(matrix.firstColumn(row) + k - row);
                    reach = matrix.weight(row, k) == 0 ? reach : Math.max(reach, distance);
                }
            }
        }
        return reach;
    }

    /** This operator of some input components alone. */
    LinearOperator reading(boolean[] inputs) {
        return new BandedOperator(name, program.terms().stream().filter(term -> inputs[term.input()]).toList(), domain(),
                range(), walls);
    }

    LinearOperator scaled(double factor) {
        return new BandedOperator(factor(factor) + label(), times(factor, program), domain(), range(), walls);
    }

    private static List<KroneckerProduct> times(double factor, BandedProgram program) {
        return program.terms().stream()
                .map(term -> new KroneckerProduct(term.output(), term.input(), factor * term.factor(), term.along()))
                .toList();
    }

    private static String factor(double factor) {
        return factor == 1 ? "" : factor + " ";
    }

    private String label() {
        return name + (transposed ? "ᵀ" : "");
    }

    @Override
    public BandedOperator adjoint() {
        BandedOperator known = adjoint;
        if (known == null) {
            // two threads may both get here; either transpose will do
            known = new BandedOperator(name, walls, !transposed, range(), domain(), program.transpose());
            known.adjoint = this;
            adjoint = known;
        }
        return known;
    }

    @Override
    public BandedPlan plan(Precision precision, Execution execution) {
        return new BandedPlan(this, precision, execution);
    }

    BandedProgram program() {
        return program;
    }

    /** Most threads that are of use to a plan of this operator. */
    int threads(Execution execution) {
        return execution.threadsFor(program.nodes() * range().components());
    }

    static final class BandedPlan implements Plan, Crew.Job {
        private final BandedOperator operator;
        private final Precision precision;
        private final boolean reference;
        private final StencilExecutor executor;
        private final Crew crew;
        private final int threads;

        private BandedPlan(BandedOperator operator, Precision precision, Execution execution) {
            if (execution.algorithm() != Algorithm.AUTOMATIC && execution.algorithm() != Algorithm.SWEEPS) {
                throw new IllegalArgumentException("algorithm is " + execution.algorithm()
                        + "; it had to be SWEEPS or AUTOMATIC for an operator whose weights vary along axes");
            }
            this.operator = operator;
            this.precision = precision;
            this.reference = execution.reference();
            this.executor = reference
                    ? Executors.reference(operator.program, precision)
                    : Executors.banded(operator.program, precision);
            this.crew = Crew.of(execution.executor(), execution.threads());
            this.threads = Math.min(operator.threads(execution), crew.size());
        }

        @Override
        public void apply(Field in, Field out) {
            Fits.requirePrecision(precision, in);
            Fits.require(operator.domain(), operator.range(), in, out);
            if (threads == 1) {
                executor.run(in.segment(), out.segment(), 0, 1);
            } else {
                crew.run(this, in.segment(), out.segment(), threads);
            }
        }

        @Override
        public void run(MemorySegment in, MemorySegment out, int part, int parts) {
            executor.run(in, out, part, parts);
        }

        StencilExecutor executor() {
            return executor;
        }

        @Override
        public Precision precision() {
            return precision;
        }

        @Override
        public String explain() {
            return (reference ? "scalar reference of " : "") + "rows of varying weights, " + precision + ", "
                    + operator.program.terms().size() + " terms, " + threads + (threads == 1 ? " thread" : " threads");
        }
    }

    @Override
    public String explain() {
        StringBuilder text = new StringBuilder(label());
        text.append(": ").append(domain().type()).append(" → ").append(range().type());
        text.append("\nbeyond walls: ").append(walls);
        text.append("\nfloat: ").append(standardPlan(Precision.FLOAT).explain());
        text.append("\ndouble: ").append(standardPlan(Precision.DOUBLE).explain());
        for (KroneckerProduct term : program.terms()) {
            text.append("\n").append(term.output()).append(" ← ").append(term.input()).append(": ")
                    .append(term.factor());
            for (int a = 0; a < term.along().size(); a++) {
                BandedMatrix matrix = term.along().get(a);
                if (matrix != null) {
                    text.append(", along axis ").append(a).append(' ').append(matrix);
                }
            }
        }
        return text.toString();
    }
}
