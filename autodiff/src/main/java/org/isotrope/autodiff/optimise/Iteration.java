package org.isotrope.autodiff.optimise;

import java.util.Locale;

/**
 * The state of a run after one iteration. Arrays are copies, free to keep and to change.
 *
 * @param number how many iterations have been taken; 0 is the start
 * @param value the objective at {@code parameters}
 * @param gradientNorm the largest magnitude of an entry of the gradient, after projection where there are bounds
 * @param stepNorm the Euclidean length of the step that led here; 0 at the start
 * @param evaluations how often the objective has been evaluated so far
 * @param parameters the current parameters
 * @param gradient the gradient at {@code parameters}, without projection
 */
public record Iteration(int number, double value, double gradientNorm, double stepNorm, int evaluations,
                        double[] parameters, double[] gradient) {

    /** Copies the arrays. */
    public Iteration {
        parameters = parameters.clone();
        gradient = gradient.clone();
    }

    /**
     * The current parameters.
     *
     * @return a copy
     */
    @Override
    public double[] parameters() {
        return parameters.clone();
    }

    /**
     * The gradient at the current parameters.
     *
     * @return a copy
     */
    @Override
    public double[] gradient() {
        return gradient.clone();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT,
            "iteration %d: value %.10g, gradient norm %.3g, step %.3g, %d evaluations",
            number, value, gradientNorm, stepNorm, evaluations);
    }
}
