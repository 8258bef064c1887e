package org.isotrope.kernels;

import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;

/** One operator followed by another, through an intermediate field. */
final class Composition extends PlannedOperator {
    private final LinearOperator first;
    private final LinearOperator second;

    Composition(LinearOperator first, LinearOperator second) {
        super(first.domain(), second.range());
        if (!second.domain().equals(first.range())) {
            throw new IllegalArgumentException("next takes " + second.domain() + "\nit had to take " + first.range());
        }
        this.first = first;
        this.second = second;
    }

    /** The product of matrices. */
    SparseMatrix matrix() {
        return SparseMatrix.of(second).times(SparseMatrix.of(first));
    }

    private record Steps(Plan first, Plan second, Scratch scratch, Space domain, Space range) implements Plan {
        @Override
        public void apply(Field in, Field out) {
            Fits.requirePrecision(precision(), in);
            Fits.require(domain, range, in, out);
            Field middle = scratch.take();
            try {
                first.apply(in, middle);
                second.apply(middle, out);
            } finally {
                scratch.give(middle);
            }
        }

        @Override
        public Precision precision() {
            return first.precision();
        }

        @Override
        public String explain() {
            return first.explain() + ", then " + second.explain();
        }
    }

    @Override
    public Plan plan(Precision precision, Execution execution) {
        return new Steps(first.plan(precision, execution), second.plan(precision, execution),
                new Scratch(first.range(), precision), domain(), range());
    }

    @Override
    public LinearOperator adjoint() {
        return new Composition(second.adjoint(), first.adjoint());
    }

    @Override
    public String explain() {
        return "composition of\n" + first.explain().indent(2) + "then\n" + second.explain().indent(2).stripTrailing();
    }
}
