package org.isotrope.autodiff.optimise;

import java.util.Locale;

/**
 * Where a run ended, and why. Arrays are copies, free to keep and to change.
 *
 * @param parameters the last accepted parameters
 * @param value the objective there
 * @param gradientNorm the largest magnitude of an entry of the gradient there, after projection where there are bounds
 * @param iterations how many iterations were taken
 * @param evaluations how often the objective was evaluated
 * @param reason why the run ended
 * @param history the objective at the start and after every iteration: {@code iterations + 1} values
 */
public record Result(double[] parameters, double value, double gradientNorm, int iterations, int evaluations,
                     StopReason reason, double[] history) {

    /** Copies the arrays. */
    public Result {
        parameters = parameters.clone();
        history = history.clone();
    }

    /**
     * Whether a tolerance was met, rather than a limit.
     *
     * @return {@link StopReason#converged()} of the reason
     */
    public boolean converged() {
        return reason.converged();
    }

    /**
     * The last accepted parameters.
     *
     * @return a copy
     */
    @Override
    public double[] parameters() {
        return parameters.clone();
    }

    /**
     * The objective at the start and after every iteration.
     *
     * @return a copy, {@code iterations + 1} values
     */
    @Override
    public double[] history() {
        return history.clone();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "value %.10g, gradient norm %.3g after %d iterations and %d evaluations: %s",
            value, gradientNorm, iterations, evaluations, reason);
    }
}
