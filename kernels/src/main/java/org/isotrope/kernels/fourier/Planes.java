package org.isotrope.kernels.fourier;

import java.lang.foreign.MemorySegment;

/**
 * Where the real and the imaginary parts of complex values begin. Scratch is described once; a caller's memory is set
 * anew before every use, so that nothing is allocated.
 */
final class Planes {
    MemorySegment re;
    MemorySegment im;
    long reAt;
    long imAt;

    Planes(MemorySegment re, long reAt, MemorySegment im, long imAt) {
        this.re = re;
        this.im = im;
        this.reAt = reAt;
        this.imAt = imAt;
    }

    void set(MemorySegment newRe, long newReAt, MemorySegment newIm, long newImAt) {
        re = newRe;
        im = newIm;
        reAt = newReAt;
        imAt = newImAt;
    }

    /** The same memory with the parts exchanged; an inverse transform is a forward one between such planes. */
    Planes swapped() {
        return new Planes(im, imAt, re, reAt);
    }
}
