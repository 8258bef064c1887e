package org.isotrope.kernels.engine.gradient;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.threads.Crew;
import org.isotrope.kernels.engine.threads.Pool;
import org.isotrope.kernels.engine.threads.Team;
import org.isotrope.kernels.stencil.Stencil;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@code ⟨ȳ, A f⟩} in the tap weights of {@code A}: for a tap from component c to r at offset o it is
 * {@code Σ_i ȳ_r(i) f_c(i + o)}, with f continued beyond the walls.
 *
 * <p>Both fields are copied into boxes of the same rows, f with its margin filled, ȳ with a margin of zeros. Then every
 * tap is one dot product of the boxes shifted against each other, over one contiguous run; sixteen neighbouring taps,
 * four along the block axis by four along rows, share their loads ({@link FloatCorrelation}). Groups of taps are shared
 * between threads; each has one fixed order of summation.
 */
public final class TapGradient {
    private final StencilProgram program;
    private final Precision precision;
    /** Sixteen taps or fewer: where their runs begin in either box, and which taps they are, −1 for none. */
    private record Group(long[] inputFirst, long[] outputFirst, int[] taps) {}

    /** Running sums of one thread. */
    private record Lanes(float[] floats, double[] doubles) {}

    private final long boxSize;
    private final long[] strides;
    private final long origin;
    private final long run;
    /** Zeros before and behind each component of ȳ, so that one run serves all shifts along the block axis. */
    private final long apron;
    private final List<Group> groups;
    private final MemorySegment inputBox;
    private final MemorySegment outputBox;
    private final @Nullable FloatPadding floats;
    private final @Nullable DoublePadding doubles;
    private final double[][] sums;
    private final Pool<Lanes> pool;
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
        int blockAxis = stencil.dimension() == 3 ? 0 : 1;
        this.apron = (below(blockAxis) + above(blockAxis)) * strides[blockAxis] + FloatCorrelation.DEALT;
        long nodes = (program.size(0) - 1) * strides[0] + (program.size(1) - 1) * strides[1] + program.size(2);
        long stretch = (below(blockAxis) + above(blockAxis)) * strides[blockAxis];
        this.run = (nodes + stretch + FloatCorrelation.DEALT - 1) / FloatCorrelation.DEALT * FloatCorrelation.DEALT;
        this.groups = groups(blockAxis);
        Arena arena = Arena.ofAuto();
        long inputElements = stencil.inputs() * boxSize + FloatCorrelation.DEALT;
        long outputElements = stencil.outputs() * (boxSize + 2 * apron);
        int[] below = {below(0), below(1), below(2)};
        int[] above = {above(0), above(1), above(2)};
        boolean single = precision == Precision.FLOAT;
        this.floats = single ? new FloatPadding(program, below, above) : null;
        this.doubles = single ? null : new DoublePadding(program, below, above);
        this.sums = new double[groups.size()][FloatCorrelation.SIDE * FloatCorrelation.SIDE];
        int lanes = FloatCorrelation.SIDE * FloatCorrelation.SIDE * FloatCorrelation.DEALT;
        this.pool = new Pool<>(() -> new Lanes(new float[single ? lanes : 0], new double[single ? 0 : lanes]));
        this.inputBox = arena.allocate(inputElements * precision.bytes(), 64);
        this.outputBox = arena.allocate(outputElements * precision.bytes(), 64);
    }

    /** Taps in squares of the block axis and the last axis; equal output, input and middle offset in each. */
    private List<Group> groups(int blockAxis) {
        Stencil stencil = program.stencil();
        Map<List<Integer>, int[]> squares = new LinkedHashMap<>();
        int side = FloatCorrelation.SIDE;
        for (int t = 0; t < stencil.size(); t++) {
            int block = program.offset(t, blockAxis) + below(blockAxis);
            int column = program.offset(t, 2) + below(2);
            List<Integer> square = List.of(stencil.output(t), stencil.input(t), program.offset(t, 1 - blockAxis),
                    block / side, column / side);
            int[] taps = squares.computeIfAbsent(square, any -> {
                int[] none = new int[side * side];
                Arrays.fill(none, -1);
                return none;
            });
            taps[block % side * side + column % side] = t;
        }
        List<Group> made = new ArrayList<>();
        squares.forEach((square, taps) -> made.add(group(blockAxis, square, taps)));
        return made;
    }

    private Group group(int blockAxis, List<Integer> square, int[] taps) {
        int side = FloatCorrelation.SIDE;
        long[] inputFirst = new long[side];
        long[] outputFirst = new long[side];
        // the run begins where the lowest shift along the block axis reads for the first node
        long start = origin - below(blockAxis) * strides[blockAxis];
        for (int k = 0; k < side; k++) {
            // shifts beyond the stencil repeat the last one and are not used
            int block = Math.min(square.get(3) * side + k, below(blockAxis) + above(blockAxis)) - below(blockAxis);
            int column = Math.min(square.get(4) * side + k, below(2) + above(2)) - below(2);
            inputFirst[k] = square.get(1) * boxSize + start + square.get(2) * strides[1 - blockAxis] + column;
            outputFirst[k] = square.get(0) * (boxSize + 2 * apron) + apron + start - block * strides[blockAxis];
        }
        return new Group(inputFirst, outputFirst, taps);
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
        if (floats != null) {
            pad(floats, in, outAdjoint);
        } else if (doubles != null) {
            pad(doubles, in, outAdjoint);
        }
        result = gradient;
        Team.common().run(work, inputBox, outputBox, threads);
    }

    private void pad(FloatPadding padding, MemorySegment in, MemorySegment outAdjoint) {
        for (int c = 0; c < program.stencil().inputs(); c++) {
            padding.pad(in, c * program.nodes(), inputBox, c * boxSize);
        }
        for (int r = 0; r < program.stencil().outputs(); r++) {
            padding.copyInterior(outAdjoint, r * program.nodes(), outputBox, r * (boxSize + 2 * apron) + apron);
        }
    }

    private void pad(DoublePadding padding, MemorySegment in, MemorySegment outAdjoint) {
        for (int c = 0; c < program.stencil().inputs(); c++) {
            padding.pad(in, c * program.nodes(), inputBox, c * boxSize);
        }
        for (int r = 0; r < program.stencil().outputs(); r++) {
            padding.copyInterior(outAdjoint, r * program.nodes(), outputBox, r * (boxSize + 2 * apron) + apron);
        }
    }

    private final class Work implements Crew.Job {
        @Override
        public void run(MemorySegment in, MemorySegment out, int part, int parts) {
            int from = (int) ((long) groups.size() * part / parts);
            int end = (int) ((long) groups.size() * (part + 1) / parts);
            for (int g = from; g < end; g++) {
                Arrays.fill(sums[g], 0);
            }
            Lanes lanes = pool.take();
            for (long at = 0; at < run; at += FloatCorrelation.CHUNK) {
                int count = (int) Math.min(FloatCorrelation.CHUNK, run - at);
                for (int g = from; g < end; g++) {
                    Group group = groups.get(g);
                    if (precision == Precision.FLOAT) {
                        FloatCorrelation.add(in, group.inputFirst, out, group.outputFirst, at, count, lanes.floats,
                                sums[g]);
                    } else {
                        DoubleCorrelation.add(in, group.inputFirst, out, group.outputFirst, at, count, lanes.doubles,
                                sums[g]);
                    }
                }
            }
            pool.give(lanes);
            for (int g = from; g < end; g++) {
                int[] taps = groups.get(g).taps;
                for (int k = 0; k < taps.length; k++) {
                    if (taps[k] >= 0) {
                        result[taps[k]] = sums[g][k];
                    }
                }
            }
        }
    }
}
