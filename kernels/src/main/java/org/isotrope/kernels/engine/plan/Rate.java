package org.isotrope.kernels.engine.plan;

import org.isotrope.kernels.engine.spectral.SpectralShape;

/** What the work of stencils is counted in; {@link Rates} say how long each takes. */
enum Rate {
    /** A value written by sweeps, whatever its taps. */
    SWEPT_VALUE,
    /** A tap of a sweep in 1D and 2D. */
    SWEPT_TAP_2D,
    /** A tap of a sweep in 3D, where rows come from farther away. */
    SWEPT_TAP_3D,
    /** A value of a block in 2D: into the box, out of registers; half of it for input, half for output. */
    COPIED_VALUE_2D,
    /** The same in 3D. */
    COPIED_VALUE_3D,
    /** A step of a block of four vectors in each of its rows. */
    STEP,
    /** The same with what folding adds to it. */
    FOLDED_STEP,
    /** An element of a row that is folded about the middle axis. */
    FOLDED_ROW,
    /** An element of a column that is folded before the steps. */
    FOLDED_COLUMN,
    /** A block of a pass along one axis, before its first step. */
    PASS,
    /** A step of a pass along rows of a single product, for four vectors. */
    LONE_STEP,
    /** Such a pass before its first step. */
    LONE_PASS,
    /** A step of a pass along rows of several products that adds mirrored inputs first. */
    MIRRORED_STEP,
    /** A value of a window of several products, which outgrows the nearer caches, for each time it is read. */
    WINDOW_VALUE,
    /** Spectra in 1D and 2D, relative to {@link SpectralShape#cost}. */
    SPECTRA_2D,
    /** Spectra in 3D, relative to {@link SpectralShape#cost}. */
    SPECTRA_3D,
    /** A byte from or to memory beyond all caches, for all cores together. */
    BYTE
}
