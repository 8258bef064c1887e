package org.isotrope.kernels.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.KernelSpectra.Kind;
import org.isotrope.kernels.fourier.RealFourierTransform;
import org.isotrope.kernels.stencil.Stencil;

/**
 * Runs a stencil program as a product of spectra: each input component is transformed once, each output component once
 * back. All of it is the first part's; there is nothing to do for others.
 */
final class SpectralConvolution implements ReweightedExecutor {
    private final SpectralShape shape;
    private final Precision precision;
    private final KernelSpectra kernels;
    private final int inputs;
    private final int outputs;
    private final long spectrumBytes;
    private final RealFourierTransform forward;
    private final RealFourierTransform inverse;
    private final Pool<Work> pool;

    private static final class Work {
        final MemorySegment values;
        final MemorySegment result;
        final MemorySegment re;
        final MemorySegment im;
        final MemorySegment productRe;
        final MemorySegment productIm;

        Work(SpectralConvolution plan) {
            Arena arena = Arena.ofAuto();
            long padded = plan.shape.isPadded ? plan.shape.paddedSize() * plan.precision.bytes() : 0;
            // the margin of the values stays zero for ever
            values = arena.allocate(plan.inputs * padded, 64);
            result = arena.allocate(plan.outputs * padded, 64);
            re = arena.allocate(plan.inputs * plan.spectrumBytes, 64);
            im = arena.allocate(plan.inputs * plan.spectrumBytes, 64);
            productRe = arena.allocate(plan.outputs * plan.spectrumBytes, 64);
            productIm = arena.allocate(plan.outputs * plan.spectrumBytes, 64);
        }
    }

    SpectralConvolution(SpectralShape shape, Precision precision) {
        this.shape = shape;
        this.precision = precision;
        Stencil stencil = shape.program.stencil();
        this.inputs = stencil.inputs();
        this.outputs = stencil.outputs();
        this.spectrumBytes = shape.spectrumSize() * precision.bytes();
        this.kernels = new KernelSpectra(shape, precision);
        double[] weights = new double[stencil.size()];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = stencil.weight(t);
        }
        kernels.compute(weights);
        this.forward = RealFourierTransform.of(shape.padded, inputs, precision);
        this.inverse = outputs == inputs ? forward : RealFourierTransform.of(shape.padded, outputs, precision);
        this.pool = new Pool<>(() -> new Work(this));
    }

    @Override
    public void reweight(double[] weights) {
        kernels.compute(weights);
    }

    @Override
    public void run(MemorySegment in, MemorySegment out, int part, int parts) {
        if (part > 0) {
            return;
        }
        Interruption.check();
        Work work = pool.take();
        if (shape.isPadded) {
            shape.pad(in, work.values, inputs, precision);
            forward.forward(work.values, work.re, work.im);
        } else {
            forward.forward(in, work.re, work.im);
        }
        Interruption.check();
        for (int output = 0; output < outputs; output++) {
            multiply(work, output);
        }
        if (shape.isPadded) {
            inverse.inverse(work.productRe, work.productIm, work.result);
            shape.crop(work.result, out, outputs, precision);
        } else {
            inverse.inverse(work.productRe, work.productIm, out);
        }
        pool.give(work);
    }

    private void multiply(Work work, int output) {
        long to = output * spectrumBytes;
        boolean first = true;
        for (int input = 0; input < inputs; input++) {
            int pair = output * inputs + input;
            if (kernels.kind(pair) == Kind.NONE) {
                continue;
            }
            if (precision == Precision.FLOAT) {
                FloatSpectralProducts.add(kernels.kind(pair), first, kernels.real(pair), kernels.imaginary(pair), work.re,
                        work.im, input * spectrumBytes, work.productRe, work.productIm, to);
            } else {
                DoubleSpectralProducts.add(kernels.kind(pair), first, kernels.real(pair), kernels.imaginary(pair), work.re,
                        work.im, input * spectrumBytes, work.productRe, work.productIm, to);
            }
            first = false;
        }
        if (first) {
            work.productRe.asSlice(to, spectrumBytes).fill((byte) 0);
            work.productIm.asSlice(to, spectrumBytes).fill((byte) 0);
        }
    }
}
