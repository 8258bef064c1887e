package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.jspecify.annotations.Nullable;

/**
 * Outputs at rows of one class that one pass computes, because they read the same components: those of a gradient, or
 * of the gradient of each component of a vector.
 *
 * <p>Joined are outputs of two or three taps, at most three at once. Outputs of four taps, whose weights and
 * displacements do not all stay in registers, are slower together inside a cache and faster beyond it. There they are
 * joined: by threes where the weights of all are the same, by twos elsewhere.
 *
 * <p>Components a multiple of 128 MiB apart, as large powers of two make them, are not written side by side: streams that
 * far apart get into each other's way. One pass then took 1.5 times as long as three at 128 MiB and 3.5 times at 512 MiB,
 * in C too; at 64 MiB it does not.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatJointTaps {
    /** Bytes of input and output beyond which they come from memory. */
    private static final long CACHE = 1 << 24;

    /** Bytes; components that are a multiple of them apart get into each other's way. */
    private static final long CONFLICT = 1 << 27;

    /** Most outputs of one pass. */
    private static final int OUTPUTS = 3;

    /** Most taps of an output that are joined wherever the fields are. */
    private static final int FEW = 3;

    /** Most taps of an output. */
    private static final int TAPS = 4;

    private final int[] outputs;
    private final int star;
    private final long[] o;
    private final long[] d;
    private final float[] w;

    private FloatJointTaps(StencilProgram.RowTaps[] rows, long nodes, int[] outputs, int star) {
        this.outputs = outputs;
        this.star = star;
        this.o = Arrays.stream(outputs).mapToLong(r -> r * nodes * Float.BYTES).toArray();
        int taps = rows[outputs[0]].weights().length;
        this.d = new long[outputs.length * taps];
        this.w = new float[outputs.length * taps];
        for (int k = 0; k < d.length; k++) {
            StencilProgram.RowTaps row = rows[outputs[k / taps]];
            d[k] = row.displacements()[k % taps] * Float.BYTES;
            w[k] = (float) row.weights()[k % taps];
        }
    }

    /**
     * What is computed with each output.
     *
     * @param program of the rows
     * @param rows taps of all outputs at rows of one class
     * @param stars which outputs get the neighbours beyond the ends of rows on the way
     * @return the same object for all outputs of a pass, null for outputs that are computed alone
     */
    static @Nullable FloatJointTaps[] of(StencilProgram program, StencilProgram.RowTaps[] rows, boolean[] stars) {
        long components = (long) program.stencil().inputs() + program.stencil().outputs();
        boolean large = components * program.nodes() * Float.BYTES > CACHE;
        @Nullable FloatJointTaps[] joints = new @Nullable FloatJointTaps[rows.length];
        boolean[] taken = new boolean[rows.length];
        boolean apart = program.nodes() * Float.BYTES % CONFLICT != 0;
        for (int r = 0; apart && r < rows.length; r++) {
            if (taken[r]) {
                continue;
            }
            List<Integer> together = new ArrayList<>(List.of(r));
            for (int next = r + 1; next < rows.length; next++) {
                if (!taken[next] && fits(rows, stars, large, together, next)) {
                    together.add(next);
                    taken[next] = true;
                }
            }
            if (together.size() > 1) {
                join(program, rows, stars, together, joints);
            }
        }
        return joints;
    }

    private static void join(
            StencilProgram program,
            StencilProgram.RowTaps[] rows,
            boolean[] stars,
            List<Integer> together,
            @Nullable FloatJointTaps[] joints) {
        // the pass with a star has it last
        int[] outputs = together.stream().sorted((a, b) -> Boolean.compare(stars[a], stars[b]))
                .mapToInt(Integer::intValue).toArray();
        int last = outputs[outputs.length - 1];
        FloatJointTaps joint = new FloatJointTaps(rows, program.nodes(), outputs, stars[last] ? last : -1);
        for (int output : outputs) {
            joints[output] = joint;
        }
    }

    private static boolean fits(
            StencilProgram.RowTaps[] rows, boolean[] stars, boolean large, List<Integer> together, int next) {
        int taps = rows[next].weights().length;
        // rows of many taps are the most of all, and long to compare
        if (taps < 2 || taps > (large ? TAPS : FEW)) {
            return false;
        }
        boolean shares = false;
        boolean same = true;
        int ends = stars[next] ? 1 : 0;
        for (int r : together) {
            if (rows[r].weights().length != taps) {
                return false;
            }
            shares |= Arrays.stream(rows[r].inputs())
                    .anyMatch(input -> Arrays.stream(rows[next].inputs()).anyMatch(other -> other == input));
            same &= Arrays.equals(rows[r].weights(), rows[next].weights());
            ends += stars[r] ? 1 : 0;
        }
        if (ends > 1 || ends == 1 && taps != FloatJointStar.TAPS) {
            return false;
        }
        int most = taps <= FEW || same ? OUTPUTS : 2;
        return shares && together.size() < most;
    }

    /** The output at which the pass is due; others have it behind them. */
    int due() {
        return Math.min(outputs[0], outputs[outputs.length - 1]);
    }

    /** Number of outputs. */
    int size() {
        return outputs.length;
    }

    /** The output that gets neighbours beyond the ends of rows on the way, −1 for none. */
    int star() {
        return star;
    }

    /**
     * One pass over whole vectors; what neighbours beyond the ends of rows should have given is garbage.
     *
     * @param in input elements
     * @param out output elements
     * @param first byte position of the first node
     * @param end byte position behind the last node
     */
    void pass(MemorySegment in, MemorySegment out, long first, long end) {
        FloatJointSweep.pass(in, out, first, end, o, d, w);
    }

    /**
     * One pass that leaves nothing to mend, if one of the outputs is a star with the margin it needs.
     *
     * @param in input elements
     * @param out output elements
     * @param first byte position of the first node
     * @param end byte position behind the last node
     * @param ends what the first and last node of a row have for neighbours
     */
    void pass(MemorySegment in, MemorySegment out, long first, long end, FloatRowEnds ends) {
        FloatJointStar.pass(in, out, first, end, o, d, w, ends);
    }
}
