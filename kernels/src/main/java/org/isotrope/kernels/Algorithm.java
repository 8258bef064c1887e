package org.isotrope.kernels;

/** How a plan may compute a stencil. */
public enum Algorithm {
    /** The fastest of the others for the stencil and the grid, by a cost model ({@link Execution} says on which machine). */
    AUTOMATIC,
    /** Long sweeps over dense rows, taps in canonical order. */
    SWEEPS,
    /** Blocks of outputs held in registers, taps in canonical order: the same bits as {@link #SWEEPS}. */
    BLOCKS,
    /**
     * Inputs that share a weight by mirror symmetry are added first, then blocks. Another order of rounding: against
     * {@link #SWEEPS} results differ by some units in the last place of the sum of absolute products.
     */
    FOLDED,
    /**
     * The stencil as a sum of few products of weights along the axes, one axis after the other. Chosen automatically only
     * within an {@linkplain Execution#allowing allowed error}; results differ by no more than that, and by rounding.
     */
    SEPARABLE,
    /**
     * Products of spectra: their cost does not depend on the number of taps. Periodic axes are circular, axes with zeros
     * beyond their walls are padded; large grids, and those with other boundaries, are computed tile by tile
     * (overlap-save), as long as no boundary combines values. Chosen automatically only within an
     * {@linkplain Execution#allowing allowed error} that is above rounding, which here is relative to the largest input,
     * and an infinity or a not-a-number anywhere may be one everywhere. Threads share tiles; a grid that is one tile is
     * the calling thread's.
     */
    FOURIER
}
