package org.isotrope.autodiff.optimise;

/** A learning rate as a function of the step, counted from 1. */
@FunctionalInterface
public interface LearningRate {

    /**
     * The learning rate of a step.
     *
     * @param step the number of the step, from 1
     * @return the rate, finite and not negative
     */
    double at(int step);

    /**
     * The same rate at every step.
     *
     * @param rate the rate
     * @return the constant schedule
     * @throws IllegalArgumentException if {@code rate} is not positive and finite
     */
    static LearningRate constant(double rate) {
        Vectors.requirePositive("rate", rate);
        return step -> rate;
    }

    /**
     * Half a cosine from one rate to another, and the last rate from then on (I. Loshchilov, F. Hutter, "SGDR", 2017,
     * without restarts).
     *
     * @param first the rate of step 1
     * @param last the rate of step {@code steps} and of all later ones
     * @param steps how many steps the decay takes, at least 2
     * @return the decaying schedule
     * @throws IllegalArgumentException if a rate is not positive and finite, or if {@code steps} is less than 2
     */
    static LearningRate cosine(double first, double last, int steps) {
        Vectors.requirePositive("first", first);
        Vectors.requirePositive("last", last);
        if (steps < 2) {
            throw new IllegalArgumentException("steps was " + steps + " but had to be at least 2.");
        }
        return step -> {
            double phase = Math.min(1.0, (step - 1.0) / (steps - 1.0));
            return last + 0.5 * (first - last) * (1 + Math.cos(Math.PI * phase));
        };
    }

    /**
     * {@code first * factor^(step - 1)}.
     *
     * @param first the rate of step 1
     * @param factor the ratio of each rate to the one before it
     * @return the geometric schedule
     * @throws IllegalArgumentException if an argument is not positive and finite
     */
    static LearningRate exponential(double first, double factor) {
        Vectors.requirePositive("first", first);
        Vectors.requirePositive("factor", factor);
        return step -> first * Math.pow(factor, step - 1.0);
    }

    /**
     * This schedule after a linear rise: the first {@code steps} rates are scaled by {@code step / steps}.
     *
     * @param steps how many steps the rise takes, at least 1
     * @return the schedule with a warm-up
     * @throws IllegalArgumentException if {@code steps} is less than 1
     */
    default LearningRate withWarmUp(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps was " + steps + " but had to be at least 1.");
        }
        return step -> at(step) * Math.min(1.0, step / (double) steps);
    }
}
