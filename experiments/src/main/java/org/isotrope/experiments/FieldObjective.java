package org.isotrope.experiments;

import org.isotrope.autodiff.optimise.Objective;
import org.isotrope.kernels.time.DivergedException;

/** Objectives of simulations. */
final class FieldObjective {
    private FieldObjective() {}

    /** An objective that is infinite where its simulation diverges, so that line searches turn back. */
    static Objective turningBack(Objective objective) {
        return (x, gradient) -> {
            try {
                return objective.value(x, gradient);
            } catch (DivergedException diverged) {
                return Double.POSITIVE_INFINITY;
            }
        };
    }
}
