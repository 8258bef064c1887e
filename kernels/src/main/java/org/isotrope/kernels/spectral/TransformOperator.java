package org.isotrope.kernels.spectral;

import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Plan;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.engine.VectorApi;
import org.jspecify.annotations.Nullable;

/**
 * An operator that runs in the calling thread, by one plan for each precision, which is made when it is first needed.
 */
abstract class TransformOperator implements LinearOperator {
    private final Space domain;
    private final Space range;
    private volatile @Nullable Plan floats;
    private volatile @Nullable Plan doubles;

    TransformOperator(Space domain, Space range) {
        VectorApi.require();
        this.domain = domain;
        this.range = range;
    }

    /** The work itself; fields have been checked. */
    abstract Steps steps(Precision precision);

    /** What a plan does, and in what words. */
    interface Steps {
        void run(Field in, Field out);

        String explain();
    }

    private record CheckedPlan(TransformOperator operator, Precision precision, Steps steps) implements Plan {
        @Override
        public void apply(Field in, Field out) {
            if (in.precision() != precision) {
                throw new IllegalArgumentException("in has precision " + in.precision() + "; it had to be "
                        + precision + ", for which this plan was made");
            }
            operator.domain.require(in, "in");
            operator.range.require(out, "out");
            if (out.precision() != precision) {
                throw new IllegalArgumentException("out has precision " + out.precision() + "; it had to be "
                        + precision + " like in");
            }
            in.requireApart(out, "out");
            steps.run(in, out);
        }

        @Override
        public String explain() {
            return steps.explain();
        }
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
    public final void apply(Field in, Field out) {
        plan(in.precision()).apply(in, out);
    }

    /**
     * {@inheritDoc} Transforms run in the calling thread, so that there is one plan for each precision.
     */
    @Override
    public final Plan plan(Precision precision, Execution execution) {
        return plan(precision);
    }

    final Plan plan(Precision precision) {
        Plan plan = precision == Precision.FLOAT ? floats : doubles;
        if (plan == null) {
            // two threads may both get here; either plan will do
            plan = new CheckedPlan(this, precision, steps(precision));
            if (precision == Precision.FLOAT) {
                floats = plan;
            } else {
                doubles = plan;
            }
        }
        return plan;
    }
}
