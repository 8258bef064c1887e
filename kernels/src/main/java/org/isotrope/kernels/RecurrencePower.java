package org.isotrope.kernels;

import org.isotrope.grids.Precision;

/** Steps of a linear recurrence of one level. */
final class RecurrencePower extends PlannedOperator {
    private final Recurrence recurrence;
    private final int steps;

    RecurrencePower(Recurrence recurrence, int steps) {
        super(recurrence.space(), recurrence.space());
        this.recurrence = recurrence;
        this.steps = steps;
    }

    @Override
    public Plan plan(Precision precision, Execution execution) {
        return recurrence.plan(steps, precision, execution);
    }

    @Override
    public LinearOperator adjoint() {
        return new RecurrencePower(recurrence.adjoint(), steps);
    }

    @Override
    public String explain() {
        return steps + " steps of " + recurrence.explain() + "\nfloat: " + standardPlan(Precision.FLOAT).explain()
                + "\ndouble: " + standardPlan(Precision.DOUBLE).explain();
    }
}
