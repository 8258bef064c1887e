package org.isotrope.autodiff.optimise;

/**
 * A scalar function of a parameter vector, evaluated together with its gradient.
 *
 * <p>A value or a gradient entry that is NaN or infinite says that the function is undefined at {@code x}; line
 * searches then step back towards the last defined point.
 */
@FunctionalInterface
public interface Objective {

    /**
     * Evaluates the function and its gradient.
     *
     * @param x the parameters; to be read only, and not to be kept after the call
     * @param gradientOut receives the partial derivatives, of the same length as {@code x}; its old contents are
     *     undefined, so every entry must be written
     * @return the value of the function at {@code x}
     */
    double value(double[] x, double[] gradientOut);
}
