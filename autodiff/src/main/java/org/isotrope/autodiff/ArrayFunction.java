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
}
