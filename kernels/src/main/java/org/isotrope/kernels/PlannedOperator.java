package org.isotrope.kernels;

import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.jspecify.annotations.Nullable;

/** An operator that plans itself once for each precision when it is first applied. */
abstract class PlannedOperator implements LinearOperator {
    private final Space domain;
    private final Space range;
    private volatile @Nullable Plan floats;
    private volatile @Nullable Plan doubles;

    PlannedOperator(Space domain, Space range) {
        this.domain = domain;
        this.range = range;
    }

    @Override
    public final Space domain() {
        return domain;
    }

    @Override
    public final Space range() {
        return range;
    }

    @Override
    public abstract Plan plan(Precision precision, Execution execution);

    @Override
    public final void apply(Field in, Field out) {
        standardPlan(in.precision()).apply(in, out);
    }

    final Plan standardPlan(Precision precision) {
        Plan plan = precision == Precision.FLOAT ? floats : doubles;
        if (plan == null) {
            // two threads may both get here; either plan will do
            plan = plan(precision, Execution.standard());
            if (precision == Precision.FLOAT) {
                floats = plan;
            } else {
                doubles = plan;
            }
        }
        return plan;
    }
}
