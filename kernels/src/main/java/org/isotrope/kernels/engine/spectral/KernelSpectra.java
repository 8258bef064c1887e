package org.isotrope.kernels.engine.spectral;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.fourier.RealFourierTransform;
import org.isotrope.kernels.stencil.Stencil;

/**
 * The spectra of a stencil's kernels, one for each pair of components, computed in {@code double}: even kernels have real
 * ones and odd kernels imaginary ones, exactly, and the other part is not kept.
 */
final class KernelSpectra {
    /** What is known of a kernel. */
    enum Kind { NONE, EVEN, ODD, GENERAL }

    private final SpectralShape shape;
    private final Precision precision;
    private final RealFourierTransform transform;
    private final MemorySegment kernel;
    private final MemorySegment re;
    private final MemorySegment im;
    private final Kind[] kinds;
    private final MemorySegment[] reals;
    private final MemorySegment[] imaginaries;

    /** Makes room; kernels that are even or odd with these weights are taken to stay so. */
    KernelSpectra(SpectralShape shape, Precision precision) {
        this.shape = shape;
        this.precision = precision;
        this.transform = RealFourierTransform.of(shape.padded, Precision.DOUBLE);
        Arena arena = Arena.ofAuto();
        this.kernel = arena.allocate(shape.paddedSize() * Double.BYTES, 64);
        this.re = arena.allocate(shape.spectrumSize() * Double.BYTES, 64);
        this.im = arena.allocate(shape.spectrumSize() * Double.BYTES, 64);
        Stencil stencil = shape.program.stencil();
        int pairs = stencil.outputs() * stencil.inputs();
        this.kinds = new Kind[pairs];
        this.reals = new MemorySegment[pairs];
        this.imaginaries = new MemorySegment[pairs];
        long bytes = shape.spectrumSize() * precision.bytes();
        for (int pair = 0; pair < pairs; pair++) {
            kinds[pair] = kind(stencil, pair / stencil.inputs(), pair % stencil.inputs());
            boolean real = kinds[pair] == Kind.EVEN || kinds[pair] == Kind.GENERAL;
            boolean imaginary = kinds[pair] == Kind.ODD || kinds[pair] == Kind.GENERAL;
            reals[pair] = real ? arena.allocate(bytes, 64) : MemorySegment.NULL;
            imaginaries[pair] = imaginary ? arena.allocate(bytes, 64) : MemorySegment.NULL;
        }
    }

    private static Kind kind(Stencil stencil, int output, int input) {
        boolean any = false;
        boolean even = true;
        boolean odd = true;
        for (int t = 0; t < stencil.size(); t++) {
            if (stencil.output(t) == output && stencil.input(t) == input) {
                any = true;
                double mirror = mirror(stencil, t);
                even &= stencil.weight(t) == mirror;
                odd &= stencil.weight(t) == -mirror;
            }
        }
        return !any ? Kind.NONE : even ? Kind.EVEN : odd ? Kind.ODD : Kind.GENERAL;
    }

    /** The weight at the opposite offset, not a number where there is no tap. */
    private static double mirror(Stencil stencil, int tap) {
        for (int t = 0; t < stencil.size(); t++) {
            boolean opposite = stencil.output(t) == stencil.output(tap) && stencil.input(t) == stencil.input(tap);
            for (int a = 0; a < stencil.dimension() && opposite; a++) {
                opposite = stencil.offset(t, a) == -stencil.offset(tap, a);
            }
            if (opposite) {
                return stencil.weight(t);
            }
        }
        return Double.NaN;
    }

    /** Transforms all kernels. */
    void compute(double[] weights) {
        Stencil stencil = shape.program.stencil();
        for (int pair = 0; pair < kinds.length; pair++) {
            if (kinds[pair] == Kind.NONE) {
                continue;
            }
            kernel.fill((byte) 0);
            for (int t = 0; t < weights.length; t++) {
                if (stencil.output(t) * stencil.inputs() + stencil.input(t) == pair) {
                    // taps of a stencil wider than the grid may share a node
                    long place = shape.place(t, -1);
                    double before = kernel.getAtIndex(ValueLayout.JAVA_DOUBLE, place);
                    kernel.setAtIndex(ValueLayout.JAVA_DOUBLE, place, before + weights[t]);
                }
            }
            transform.forward(kernel, re, im);
            store(re, reals[pair]);
            store(im, imaginaries[pair]);
        }
    }

    private void store(MemorySegment from, MemorySegment to) {
        if (to.byteSize() == 0) {
            return;
        }
        if (precision == Precision.DOUBLE) {
            to.copyFrom(from);
            return;
        }
        long count = shape.spectrumSize();
        for (long i = 0; i < count; i++) {
            to.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) from.getAtIndex(ValueLayout.JAVA_DOUBLE, i));
        }
    }

    Kind kind(int pair) {
        return kinds[pair];
    }

    /** Real part; empty for odd kernels. */
    MemorySegment real(int pair) {
        return reals[pair];
    }

    /** Imaginary part; empty for even kernels. */
    MemorySegment imaginary(int pair) {
        return imaginaries[pair];
    }
}
