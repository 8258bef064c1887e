package org.isotrope.kernels;

import org.isotrope.grids.Precision;

/** An operator applied several times: the steps of a {@link Recurrence} without further terms. */
final class Power extends PlannedOperator {
    private final LinearOperator base;
    private final int exponent;

    private Power(LinearOperator base, int exponent) {
        super(base.domain(), base.range());
        this.base = base;
        this.exponent = exponent;
    }

    static LinearOperator of(LinearOperator base, int exponent) {
        if (exponent < 0) {
            throw new IllegalArgumentException("exponent is " + exponent + "; it had to be at least 0");
        }
        Recurrence.requireRepeatable(base);
        return switch (exponent) {
            case 0 -> Operators.identity(base.domain().grid(), base.domain().type());
            case 1 -> base;
            default -> base instanceof Power power && (long) power.exponent * exponent <= Integer.MAX_VALUE
                    ? new Power(power.base, power.exponent * exponent)
                    : new Power(base, exponent);
        };
    }

    @Override
    public Plan plan(Precision precision, Execution execution) {
        return Recurrence.of(base).plan(exponent, precision, execution);
    }

    @Override
    public LinearOperator adjoint() {
        return new Power(base.adjoint(), exponent);
    }

    @Override
    public String explain() {
        return "power " + exponent + " of\n" + base.explain().indent(2)
                + "float: " + standardPlan(Precision.FLOAT).explain()
                + "\ndouble: " + standardPlan(Precision.DOUBLE).explain();
    }
}
