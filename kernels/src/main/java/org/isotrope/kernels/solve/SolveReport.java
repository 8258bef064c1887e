package org.isotrope.kernels.solve;

import java.util.Locale;

/**
 * How a solve went.
 *
 * @param outcome why it ended
 * @param iterations number of iterations
 * @param residual the Euclidean norm of {@code b − A x} over stored values, computed from the final x
 * @param target what the norm had to fall to
 * @param history the norms that the recurrence saw, the first one before the first iteration
 */
public record SolveReport(Outcome outcome, int iterations, double residual, double target, double[] history) {
    /** Why a solve ended. */
    public enum Outcome {
        /** The residual fell to its target. */
        CONVERGED("converged"),
        /** The limit on iterations was reached. */
        ITERATIONS("ran into the limit on iterations"),
        /** The residual stopped falling; rounding allows no more, or the system is singular. */
        STAGNATED("stagnated"),
        /** The method cannot go on: for conjugate gradients, the operator is not symmetric and positive definite. */
        BREAKDOWN("broke down"),
        /** A number became infinite or NaN. */
        NOT_FINITE("met numbers that are not finite");

        private final String phrase;

        Outcome(String phrase) {
            this.phrase = phrase;
        }
    }

    /**
     * Whether the residual fell to its target.
     *
     * @return true for {@link Outcome#CONVERGED}
     */
    public boolean converged() {
        return outcome == Outcome.CONVERGED;
    }

    /**
     * One sentence.
     *
     * @return for example {@code converged after 12 iterations with residual 3.1e-11; it had to be at most 1.0e-10}
     */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s after %d iterations with residual %.3g; it had to be at most %.3g",
                outcome.phrase, iterations, residual, target);
    }
}
