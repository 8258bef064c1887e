package org.isotrope.kernels.engine.program;

/**
 * An executor whose weights may be replaced between runs while taps stay where they are. Replacing them allocates
 * nothing; it may not happen during a run.
 */
public interface ReweightedExecutor extends StencilExecutor {
    /**
     * Replaces all weights.
     *
     * @param weights one a tap of the program's stencil, in its order
     */
    void reweight(double[] weights);
}
