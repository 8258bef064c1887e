package org.isotrope.kernels.engine.program;

import java.lang.foreign.MemorySegment;

/** A stencil program made ready for one precision. Stateless while running: several threads may run one at once. */
public interface StencilExecutor {
    /**
     * Computes one part of the output; the parts together write every value exactly once.
     *
     * @param in all input components
     * @param out all output components
     * @param part which part, 0 to {@code parts − 1}
     * @param parts number of parts
     */
    void run(MemorySegment in, MemorySegment out, int part, int parts);

    /**
     * The pieces that the work falls into, for a person to read.
     *
     * @return sizes of tiles in a few words
     */
    default String tiles() {
        return "untiled";
    }
}
