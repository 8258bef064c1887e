package org.isotrope.kernels;

import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;

/** The plan of an operator that needs none. */
record DirectPlan(LinearOperator operator, Precision precision) implements Plan {
    @Override
    public void apply(Field in, Field out) {
        Fits.requirePrecision(precision, in);
        operator.apply(in, out);
    }

    @Override
    public String explain() {
        return "applied as given";
    }
}
