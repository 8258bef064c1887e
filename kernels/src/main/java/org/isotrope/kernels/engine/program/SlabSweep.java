package org.isotrope.kernels.engine.program;

import java.lang.foreign.MemorySegment;

/** Flat sweeps that one thread runs slab by slab: planes of axis 0, or bands of the rows of a single plane. */
public interface SlabSweep {
    /** Fewest rows of a band: enough to fill vectors across rows. */
    int BAND = 16;

    /** Forgets what is known of the input, which other values have taken the place of. */
    void start();

    /**
     * Computes all components of one slab of the output.
     *
     * @param in all input components; since the last start, values that were read have not changed
     * @param out all output components
     * @param slab index of the slab
     */
    void slab(MemorySegment in, MemorySegment out, int slab);
}
