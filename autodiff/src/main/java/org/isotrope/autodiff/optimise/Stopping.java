package org.isotrope.autodiff.optimise;

/**
 * When a run ends: three tolerances, of which the first one met ends the run, and two limits.
 *
 * @param gradientNorm the run ends when the largest magnitude of a gradient entry (projected, where there are bounds)
 *     is at most this; absolute, in units of the objective over those of the parameter; 0 asks for an exact zero
 * @param relativeDecrease the run ends when an iteration changed the objective by at most this times the larger
 *     magnitude of the two values; 0 turns the criterion off
 * @param stepSize the run ends when the Euclidean length of a step is at most this times that of the parameter vector;
 *     0 turns the criterion off
 * @param maxIterations the largest number of iterations; 0 only evaluates the start
 * @param maxEvaluations the largest number of evaluations of the objective, at least 1
 */
public record Stopping(double gradientNorm, double relativeDecrease, double stepSize,
                       int maxIterations, int maxEvaluations) {

    /**
     * Checks the tolerances and limits.
     *
     * @throws IllegalArgumentException if a tolerance is negative or NaN, or a limit is too small
     */
    public Stopping {
        requireTolerance("gradientNorm", gradientNorm);
        requireTolerance("relativeDecrease", relativeDecrease);
        requireTolerance("stepSize", stepSize);
        if (maxIterations < 0) {
            throw new IllegalArgumentException("maxIterations was " + maxIterations + " but had to be at least 0.");
        }
        if (maxEvaluations < 1) {
            throw new IllegalArgumentException("maxEvaluations was " + maxEvaluations + " but had to be at least 1.");
        }
    }

    private static void requireTolerance(String name, double tolerance) {
        if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
            throw new IllegalArgumentException(name + " was " + tolerance + " but had to be finite and at least 0.");
        }
    }

    /**
     * The same criteria with another gradient tolerance.
     *
     * @param tolerance the new {@link #gradientNorm()}
     * @return the changed copy
     * @throws IllegalArgumentException if {@code tolerance} is negative or not finite
     */
    public Stopping withGradientNorm(double tolerance) {
        return new Stopping(tolerance, relativeDecrease, stepSize, maxIterations, maxEvaluations);
    }

    /**
     * The same criteria with another tolerance on the decrease of the objective.
     *
     * @param tolerance the new {@link #relativeDecrease()}
     * @return the changed copy
     * @throws IllegalArgumentException if {@code tolerance} is negative or not finite
     */
    public Stopping withRelativeDecrease(double tolerance) {
        return new Stopping(gradientNorm, tolerance, stepSize, maxIterations, maxEvaluations);
    }

    /**
     * The same criteria with another tolerance on the length of the step.
     *
     * @param tolerance the new {@link #stepSize()}
     * @return the changed copy
     * @throws IllegalArgumentException if {@code tolerance} is negative or not finite
     */
    public Stopping withStepSize(double tolerance) {
        return new Stopping(gradientNorm, relativeDecrease, tolerance, maxIterations, maxEvaluations);
    }

    /**
     * The same criteria with another limit on iterations.
     *
     * @param limit the new {@link #maxIterations()}
     * @return the changed copy
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public Stopping withMaxIterations(int limit) {
        return new Stopping(gradientNorm, relativeDecrease, stepSize, limit, maxEvaluations);
    }

    /**
     * The same criteria with another limit on evaluations.
     *
     * @param limit the new {@link #maxEvaluations()}
     * @return the changed copy
     * @throws IllegalArgumentException if {@code limit} is less than 1
     */
    public Stopping withMaxEvaluations(int limit) {
        return new Stopping(gradientNorm, relativeDecrease, stepSize, maxIterations, limit);
    }
}
