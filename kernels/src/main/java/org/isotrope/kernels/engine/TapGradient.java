package org.isotrope.kernels.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.stencil.Stencil;

/**
 * The gradient of {@code ⟨ȳ, A f⟩} in the tap weights of {@code A}: for a tap from component c to r at offset o it is
 * {@code Σ_i ȳ_r(i) f_c(i + o)}, with f continued beyond the walls.
 *
 * <p>Both fields are copied into boxes of the same shape, f with its margin filled, ȳ with a margin of zeros. Then every
 * tap is one dot product of the boxes shifted against each other, over one contiguous run. Taps are shared between
 * threads; each has one fixed order of summation.
 */
public final class TapGradient {
    private final StencilProgram program;
    private final Precision precision;
    private final long boxSize;
    private final long[] strides;
    private final long origin;
    private final long run;
    private final MemorySegment inputBox;
    private final MemorySegment outputBox;
    private final Work work = new Work();
    private double[] result = new double[0];

    /**
     * Prepares the boxes.
     *
     * @param program a program that is not transposed
     * @param precision of the fields
     */
    public TapGradient(StencilProgram program, Precision precision) {
        this.program = program;
        this.precision = precision;
        Stencil stencil = program.stencil();
        int[] padded = new int[3];
        for (int a = 0; a < 3; a++) {
            padded[a] = below(a) + program.size(a) + above(a);
        }
        this.strides = new long[] {(long) padded[1] * padded[2], padded[2], 1};
        this.boxSize = padded[0] * strides[0];
        this.origin = below(0) * strides[0] + below(1) * strides[1] + below(2);
        this.run = (program.size(0) - 1) * strides[0] + (program.size(1) - 1) * strides[1] + program.size(2);
        Arena arena = Arena.ofAuto();
        this.inputBox = arena.allocate(stencil.inputs() * boxSize * precision.bytes(), 64);
        this.outputBox = arena.allocate(stencil.outputs() * boxSize * precision.bytes(), 64);
    }

    private int below(int axis) {
        int lead = 3 - program.stencil().dimension();
        return axis < lead ? 0 : -program.stencil().lowest(axis - lead);
    }

    private int above(int axis) {
        int lead = 3 - program.stencil().dimension();
        return axis < lead ? 0 : program.stencil().highest(axis - lead);
    }

    /**
     * Computes the gradient.
     *
     * @param in f, all components
     * @param outAdjoint ȳ, all components
     * @param gradient one entry a tap, overwritten
     * @param threads most threads to use
     */
    public synchronized void compute(MemorySegment in, MemorySegment outAdjoint, double[] gradient, int threads) {
        int[] below = {below(0), below(1), below(2)};
        int[] above = {above(0), above(1), above(2)};
        if (precision == Precision.FLOAT) {
            FloatPadding padding = new FloatPadding(program, below, above);
            for (int c = 0; c < program.stencil().inputs(); c++) {
                padding.pad(in, c * program.nodes(), inputBox, c * boxSize);
            }
            for (int r = 0; r < program.stencil().outputs(); r++) {
                padding.copyInterior(outAdjoint, r * program.nodes(), outputBox, r * boxSize);
            }
        } else {
            DoublePadding padding = new DoublePadding(program, below, above);
            for (int c = 0; c < program.stencil().inputs(); c++) {
                padding.pad(in, c * program.nodes(), inputBox, c * boxSize);
            }
            for (int r = 0; r < program.stencil().outputs(); r++) {
                padding.copyInterior(outAdjoint, r * program.nodes(), outputBox, r * boxSize);
            }
        }
        result = gradient;
        Team.common().run(work, inputBox, outputBox, threads);
    }

    private final class Work implements Team.Job {
        @Override
        public void run(MemorySegment in, MemorySegment out, int part, int parts) {
            int taps = program.stencil().size();
            int end = (int) ((long) taps * (part + 1) / parts);
            for (int tap = (int) ((long) taps * part / parts); tap < end; tap++) {
                long shift = 0;
                for (int a = 0; a < 3; a++) {
                    shift += program.offset(tap, a) * strides[a];
                }
                long inFirst = program.stencil().input(tap) * boxSize + origin + shift;
                long outFirst = program.stencil().output(tap) * boxSize + origin;
                result[tap] = Elementwise.dot(precision, out, outFirst, in, inFirst, run);
            }
        }
    }
}
