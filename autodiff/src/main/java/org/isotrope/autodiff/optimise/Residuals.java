package org.isotrope.autodiff.optimise;

import java.util.function.BiConsumer;

/**
 * A vector of residuals {@code r(x)} with its Jacobian, for the minimisation of {@code ½ Σ r_i(x)²}.
 *
 * <p>A residual that is NaN or infinite says that the function is undefined at {@code x}.
 */
public interface Residuals {

    /**
     * How many residuals there are.
     *
     * @return the length of the residual vector, the same at every call
     */
    int count();

    /**
     * Evaluates the residuals.
     *
     * @param x the parameters; to be read only, and not to be kept after the call
     * @param residualsOut receives the {@link #count()} residuals; its old contents are undefined
     */
    void residuals(double[] x, double[] residualsOut);

    /**
     * Evaluates the Jacobian.
     *
     * @param x the parameters; to be read only, and not to be kept after the call
     * @param rowsOut receives {@code ∂r_i/∂x_j} in row {@code i}, column {@code j}; its old contents are undefined, so
     *     every entry must be written
     */
    void jacobian(double[] x, double[][] rowsOut);

    /**
     * Residuals from two functions.
     *
     * @param count how many residuals there are
     * @param residuals writes the residuals at its first argument to its second
     * @param jacobian writes the rows of the Jacobian at its first argument to its second
     * @return the residuals
     * @throws IllegalArgumentException if {@code count} is not positive
     */
    static Residuals of(int count, BiConsumer<double[], double[]> residuals,
                        BiConsumer<double[], double[][]> jacobian) {
        if (count < 1) {
            throw new IllegalArgumentException("count was " + count + " but had to be positive.");
        }
        return new Residuals() {
            @Override
            public int count() {
                return count;
            }

            @Override
            public void residuals(double[] x, double[] residualsOut) {
                residuals.accept(x, residualsOut);
            }

            @Override
            public void jacobian(double[] x, double[][] rowsOut) {
                jacobian.accept(x, rowsOut);
            }
        };
    }
}
