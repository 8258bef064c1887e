package org.isotrope.kernels.engine.spectral;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.program.ReweightedExecutor;
import org.isotrope.kernels.engine.spectral.KernelSpectra.Kind;
import org.isotrope.kernels.engine.threads.Interruption;
import org.isotrope.kernels.engine.threads.Pool;
import org.isotrope.kernels.fourier.RealFourierTransform;
import org.isotrope.kernels.stencil.Stencil;

/**
 * Runs a stencil program as products of spectra: of each tile each input component is transformed once, each output
 * component once back. Parts share the tiles; where the grid is one tile it is the first part's.
 */
public final class SpectralConvolution implements ReweightedExecutor {
    private final SpectralShape shape;
    private final Precision precision;
    private final KernelSpectra kernels;
    private final int inputs;
    private final int outputs;
    private final long spectrumBytes;
    private final SpectralTiles tiles;
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
            long padded = plan.shape.isCopied() ? plan.shape.paddedSize() * plan.precision.bytes() : 0;
            // the margin of the values stays zero for ever
            values = arena.allocate(plan.inputs * padded, 64);
            result = arena.allocate(plan.outputs * padded, 64);
            re = arena.allocate(plan.inputs * plan.spectrumBytes, 64);
            im = arena.allocate(plan.inputs * plan.spectrumBytes, 64);
            productRe = arena.allocate(plan.outputs * plan.spectrumBytes, 64);
            productIm = arena.allocate(plan.outputs * plan.spectrumBytes, 64);
        }
    }

    /**
     * Prepares.
     *
     * @param shape of the transforms
     * @param precision of fields
     */
    public SpectralConvolution(SpectralShape shape, Precision precision) {
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
        int[] occupied = shape.occupied();
        this.forward = RealFourierTransform.padded(shape.padded, occupied, inputs, precision);
        this.inverse = outputs == inputs
                ? forward : RealFourierTransform.padded(shape.padded, occupied, outputs, precision);
        int last = shape.padded[shape.padded.length - 1];
        this.tiles = new SpectralTiles(shape, precision, Arena.ofAuto().allocate((long) last * precision.bytes(), 64));
        this.pool = new Pool<>(() -> new Work(this));
    }

    @Override
    public String tiles() {
        return shape.tiles() == 1 ? "one tile" : shape.tiles() + " tiles";
    }

    @Override
    public void reweight(double[] weights) {
        kernels.compute(weights);
    }

    @Override
    public void run(MemorySegment in, MemorySegment out, int part, int parts) {
        int count = shape.tiles();
        int from = (int) ((long) count * part / parts);
        int to = (int) ((long) count * (part + 1) / parts);
        if (count == 1) {
            from = 0;
            to = part == 0 ? 1 : 0;
        }
        if (from == to) {
            return;
        }
        Work work = pool.take();
        try {
            for (int tile = from; tile < to; tile++) {
                Interruption.check();
                run(tile, in, out, work);
            }
        } finally {
            pool.give(work);
        }
    }

    private void run(int tile, MemorySegment in, MemorySegment out, Work work) {
        if (shape.isCopied()) {
            tiles.gather(tile, in, work.values, inputs);
            forward.forward(work.values, work.re, work.im);
        } else {
            forward.forward(in, work.re, work.im);
        }
        for (int output = 0; output < outputs; output++) {
            multiply(work, output);
        }
        if (shape.isCopied()) {
            inverse.inverse(work.productRe, work.productIm, work.result);
            tiles.scatter(tile, work.result, out, outputs);
        } else {
            inverse.inverse(work.productRe, work.productIm, out);
        }
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
