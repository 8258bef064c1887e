package org.isotrope.autodiff;

/** A differentiable map between short arrays, with its pullback. */
public interface ArrayFunction {
    /**
     * Number of results.
     *
     * @return length of {@code y}
     */
    int results();

    /**
     * The value.
     *
     * @param x argument, not to be changed
     * @param y result, overwritten
     */
    void value(double[] x, double[] y);

    /**
     * Adds the pullback, {@code x̄ += (∂y/∂x)ᵀ ȳ}.
     *
     * @param x argument, not to be changed
     * @param yAdjoint ȳ, not to be changed
     * @param xAdjoint x̄, added to
     */
    void pullback(double[] x, double[] yAdjoint, double[] xAdjoint);

    /**
     * The pushforward, {@code ẏ = (∂y/∂x) ẋ}. Unless overridden it is put together from one pullback a result, which is
     * exact.
     *
     * @param x argument, not to be changed
     * @param xTangent ẋ, not to be changed
     * @param yTangent ẏ, overwritten
     */
    default void pushforward(double[] x, double[] xTangent, double[] yTangent) {
        double[] unit = new double[yTangent.length];
        double[] row = new double[x.length];
        for (int j = 0; j < unit.length; j++) {
            unit[j] = 1;
            java.util.Arrays.fill(row, 0);
            pullback(x, unit, row);
            unit[j] = 0;
            yTangent[j] = 0;
            for (int i = 0; i < row.length; i++) {
                yTangent[j] += row[i] * xTangent[i];
            }
        }
    }

    /**
     * Adds the derivative of the pullback along ẋ at constant ȳ, {@code x̄̇_i += Σ_jk ȳ_j ∂²y_j/∂x_i∂x_k ẋ_k}: nothing
     * for a linear map. Only Hessian-vector products ask for it.
     *
     * @param x argument, not to be changed
     * @param xTangent ẋ, not to be changed
     * @param yAdjoint ȳ, not to be changed
     * @param xAdjointTangent x̄̇, added to
     * @throws IllegalStateException unless overridden
     */
    default void pullbackTangent(double[] x, double[] xTangent, double[] yAdjoint, double[] xAdjointTangent) {
        throw new IllegalStateException("function " + this + " has no second derivatives;"
                + " it had to override pullbackTangent for Hessian-vector products");
    }

    /** A map written in dual numbers. */
    @FunctionalInterface
    interface Formula {
        /**
         * The value.
         *
         * @param x arguments
         * @return as many results as were promised
         */
        Dual[] value(Dual[] x);
    }

    /**
     * A map written in dual numbers, which give all its derivatives; a pullback evaluates it once an argument.
     *
     * @param results number of results
     * @param formula the map
     * @return the map with first and second derivatives
     */
    static ArrayFunction of(int results, Formula formula) {
        return new DualFunction(results, formula);
    }
}
