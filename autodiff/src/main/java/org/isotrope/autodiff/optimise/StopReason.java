package org.isotrope.autodiff.optimise;

/** Why a run ended. */
public enum StopReason {

    /** The gradient norm fell to its tolerance: a stationary point. */
    GRADIENT_NORM(true),

    /** The objective changed by less than its tolerance, relative to its magnitude. */
    RELATIVE_DECREASE(true),

    /** The step became shorter than its tolerance, relative to the length of the parameter vector. */
    STEP_SIZE(true),

    /**
     * No step along the search direction, steepest descent included, lowers the objective any further. Close to a
     * minimum this says that rounding has been reached; far from one, that value and gradient do not belong together.
     */
    NO_DESCENT(false),

    /** The objective became NaN or infinite and the method has no way of stepping back. */
    NOT_FINITE(false),

    /** The largest number of iterations was reached. */
    ITERATION_LIMIT(false),

    /** The largest number of evaluations was reached. */
    EVALUATION_LIMIT(false),

    /** The callback asked to stop. */
    CALLBACK(false);

    private final boolean converged;

    StopReason(boolean converged) {
        this.converged = converged;
    }

    /**
     * Whether a tolerance was met, rather than a limit.
     *
     * @return {@code true} for the three convergence criteria
     */
    public boolean converged() {
        return converged;
    }
}
