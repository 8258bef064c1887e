package org.isotrope.kernels;

import java.util.List;
import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.steps.Recursion;
import org.jspecify.annotations.Nullable;

/**
 * A number of steps of a {@link Recurrence}, bound to a precision and an execution policy: made once, applied often.
 * Applying allocates nothing and several threads may apply one plan at the same time, each to fields of its own.
 */
public final class RecurrencePlan implements Plan {
    private final Recurrence recurrence;
    private final int steps;
    private final Precision precision;
    private final Recursion recursion;
    private final Stepping stepping;
    private final States.Shelf shelf;

    RecurrencePlan(Recurrence recurrence, int steps, Precision precision, Recursion recursion,
            List<States.Place> fixed, Stepping stepping) {
        this.recurrence = recurrence;
        this.steps = steps;
        this.precision = precision;
        this.recursion = recursion;
        this.stepping = stepping;
        this.shelf = new States.Shelf(recurrence.space(), precision, recursion.levels(), fixed);
    }

    /**
     * Makes the steps of a recurrence of one level.
     *
     * @param in the first state, {@code u_0}
     * @param out apart from {@code in}; becomes {@code u_steps}
     * @throws IllegalArgumentException if the recurrence has two levels, or as for any plan
     */
    @Override
    public void apply(Field in, Field out) {
        if (recurrence.levels() == 2) {
            throw new IllegalArgumentException("states given are 1; they had to be 2 for " + recurrence);
        }
        requireFit(in, out);
        run(in, null, out, null);
    }

    /**
     * Makes the steps of a recurrence of two levels.
     *
     * @param now the first state, {@code u_0}; for an adjoint {@code p_0}
     * @param before the one before, {@code u_{−1}}; for an adjoint {@code q_0}
     * @param nowOut becomes {@code u_steps} or {@code p_steps}
     * @param beforeOut becomes {@code u_{steps−1}} or {@code q_steps}
     * @throws IllegalArgumentException if the recurrence has one level, a field is of another grid, type or precision, or
     *     an output overlaps another field; nothing is written then
     * @throws IllegalStateException if a field's memory is closed, or the executor of the plan has been shut down; nothing
     *     is written then
     * @throws java.util.concurrent.CancellationException if the thread is interrupted, which is noticed between slabs; the
     *     outputs are incomplete then, and the thread stays interrupted
     */
    public void apply(Field now, Field before, Field nowOut, Field beforeOut) {
        if (recurrence.levels() == 1) {
            throw new IllegalArgumentException("states given are 2; they had to be 1 for " + recurrence);
        }
        requireFit(now, nowOut);
        requireFit(before, beforeOut);
        now.requireApart(beforeOut, "beforeOut");
        before.requireApart(nowOut, "nowOut");
        if (nowOut.segment().asOverlappingSlice(beforeOut.segment()).isPresent()) {
            throw new IllegalArgumentException("beforeOut overlaps nowOut in memory; it had to lie apart");
        }
        run(now, before, nowOut, beforeOut);
    }

    private void requireFit(Field in, Field out) {
        Fits.requirePrecision(precision, in);
        Fits.require(recurrence.space(), recurrence.space(), in, out);
    }

    private void run(Field now, @Nullable Field before, Field nowOut, @Nullable Field beforeOut) {
        States states = shelf.take();
        try {
            states.state(0, nowOut);
            if (before == null || beforeOut == null) {
                stepping.run(now, null, states, steps);
            } else if (states.hasResult()) {
                beforeOut.copyFrom(before);
                states.result(beforeOut);
                stepping.run(now, null, states, steps);
            } else {
                states.state(1, beforeOut);
                stepping.run(now, before, states, steps);
                if (steps == 1) {
                    beforeOut.copyFrom(now);
                }
            }
        } finally {
            shelf.give(states);
        }
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public String explain() {
        int stages = recursion.stages().size();
        String waves = stepping.waves(" ", stages == 1 ? "" : " stages, " + stages + " a step");
        String formula = recurrence.isPower() ? "" : " of " + recurrence;
        return steps + " steps" + formula + waves + ", each by " + stepping.explain();
    }
}
