package org.isotrope.kernels.engine.gradient;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.spectral.DoubleSpectralProducts;
import org.isotrope.kernels.engine.spectral.FloatSpectralProducts;
import org.isotrope.kernels.engine.spectral.SpectralShape;
import org.isotrope.kernels.engine.spectral.SpectralTiles;
import org.isotrope.kernels.fourier.RealFourierTransform;
import org.isotrope.kernels.stencil.Stencil;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@code ⟨ȳ, A f⟩} in the tap weights of {@code A} by the correlation theorem: for each pair of
 * components one product of spectra and one transform back, of which the offsets of the taps are read.
 */
public final class SpectralGradient {
    private final SpectralShape shape;
    private final Precision precision;
    private final RealFourierTransform inputs;
    private final RealFourierTransform outputs;
    private final RealFourierTransform single;
    private final SpectralTiles corner;
    private final long spectrumBytes;
    private final MemorySegment padded;
    private final MemorySegment inRe;
    private final MemorySegment inIm;
    private final MemorySegment outRe;
    private final MemorySegment outIm;
    private final MemorySegment productRe;
    private final MemorySegment productIm;
    private final MemorySegment correlation;

    private SpectralGradient(SpectralShape shape, Precision precision) {
        this.shape = shape;
        this.precision = precision;
        Stencil stencil = shape.program.stencil();
        this.inputs = RealFourierTransform.padded(shape.padded, shape.occupied(), stencil.inputs(), precision);
        this.outputs = RealFourierTransform.padded(shape.padded, shape.occupied(), stencil.outputs(), precision);
        this.single = RealFourierTransform.of(shape.padded, precision);
        this.spectrumBytes = shape.spectrumSize() * precision.bytes();
        long bytes = shape.paddedSize() * precision.bytes();
        Arena arena = Arena.ofAuto();
        int most = Math.max(stencil.inputs(), stencil.outputs());
        // of a grid that is taken whole nothing is read beyond walls
        this.corner = new SpectralTiles(shape, precision, MemorySegment.NULL);
        this.padded = arena.allocate(shape.isCopied() ? most * bytes : 0, 64);
        this.inRe = arena.allocate(stencil.inputs() * spectrumBytes, 64);
        this.inIm = arena.allocate(stencil.inputs() * spectrumBytes, 64);
        this.outRe = arena.allocate(stencil.outputs() * spectrumBytes, 64);
        this.outIm = arena.allocate(stencil.outputs() * spectrumBytes, 64);
        this.productRe = arena.allocate(spectrumBytes, 64);
        this.productIm = arena.allocate(spectrumBytes, 64);
        this.correlation = arena.allocate(bytes, 64);
    }

    /**
     * Prepares.
     *
     * @param program not transposed
     * @param precision of the fields
     * @return null where spectra cannot run the program
     */
    public static @Nullable SpectralGradient of(StencilProgram program, Precision precision) {
        SpectralShape shape = SpectralShape.whole(program);
        return shape == null ? null : new SpectralGradient(shape, precision);
    }

    /**
     * Computes the gradient.
     *
     * @param in f, all components
     * @param outAdjoint ȳ, all components
     * @param gradient one entry a tap, overwritten
     */
    public synchronized void compute(MemorySegment in, MemorySegment outAdjoint, double[] gradient) {
        Stencil stencil = shape.program.stencil();
        transform(inputs, in, inRe, inIm, stencil.inputs());
        transform(outputs, outAdjoint, outRe, outIm, stencil.outputs());
        for (int r = 0; r < stencil.outputs(); r++) {
            for (int c = 0; c < stencil.inputs(); c++) {
                correlate(r, c, gradient);
            }
        }
    }

    private void transform(
            RealFourierTransform transform, MemorySegment dense, MemorySegment re, MemorySegment im, int components) {
        if (shape.isCopied()) {
            corner.gather(0, dense, padded, components);
            transform.forward(padded, re, im);
        } else {
            transform.forward(dense, re, im);
        }
    }

    private void correlate(int output, int input, double[] gradient) {
        if (precision == Precision.FLOAT) {
            FloatSpectralProducts.correlate(outRe, outIm, output * spectrumBytes, inRe, inIm, input * spectrumBytes,
                    productRe, productIm);
        } else {
            DoubleSpectralProducts.correlate(outRe, outIm, output * spectrumBytes, inRe, inIm, input * spectrumBytes,
                    productRe, productIm);
        }
        single.inverse(productRe, productIm, correlation);
        Stencil stencil = shape.program.stencil();
        for (int t = 0; t < gradient.length; t++) {
            if (stencil.output(t) == output && stencil.input(t) == input) {
                long place = shape.place(t, 1);
                gradient[t] = precision == Precision.FLOAT
                        ? correlation.getAtIndex(ValueLayout.JAVA_FLOAT, place)
                        : correlation.getAtIndex(ValueLayout.JAVA_DOUBLE, place);
            }
        }
    }
}
