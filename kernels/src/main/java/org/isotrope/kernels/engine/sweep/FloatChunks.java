package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.jspecify.annotations.Nullable;

/**
 * The passes of {@link FloatPlanes} and {@link FloatMendedRows} over a flat run of elements, for all outputs.
 *
 * <p>One pass computes outputs that read the same components by few taps ({@link FloatJointTaps}). A run is cut into
 * chunks that stay in cache when more than one pass works on them; the last vector of a run overlaps the one before and
 * is computed anew, from zero, to the same bits.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatChunks {
    /** Elements of a chunk: within a second-level cache, and long enough for the machine to fetch ahead. */
    static final int CHUNK = 1 << 16;

    private final long nodes;
    private final boolean stars;
    /** What lies beyond the ends of rows, or nothing where they are mended afterwards. */
    private final FloatRowEnds ends;
    /** Whether whole rows of stars may go by {@link FloatStarPairs}, which reads nothing beyond the row of a node. */
    private final boolean pairs;

    /**
     * For a program.
     *
     * @param stars whether stars have passes of their own
     * @param ends of rows, null where some neighbour beyond is more than one node
     */
    FloatChunks(StencilProgram program, boolean stars, @Nullable FloatRowEnds ends) {
        this.nodes = program.nodes();
        this.stars = stars;
        this.ends = ends != null ? ends : new FloatRowEnds(program.size(2), -1, -1);
        this.pairs = stars && FloatRowEnds.vectors(program.size(2)) > 0;
    }

    /**
     * Computes a run of elements, at least {@link FloatSweep#LANES}, of each output.
     *
     * @param in input elements
     * @param out output elements
     * @param taps of all outputs
     * @param from first element in the plane of an output
     * @param end behind the last
     */
    void run(MemorySegment in, MemorySegment out, FloatRowTaps[] taps, long from, long end) {
        long whole = end - (end - from) % FloatSweep.LANES;
        FloatJointTaps joint = taps[0].joint();
        boolean single = joint != null
                ? joint.size() == taps.length
                : taps.length == 1 && taps[0].weights().length <= FloatSweep.TAPS;
        long step = single ? whole - from : CHUNK;
        for (long chunk = from; chunk < whole; chunk += step) {
            passes(in, out, taps, chunk, Math.min(chunk + step, whole));
        }
        if (whole < end) {
            passes(in, out, taps, end - FloatSweep.LANES, end);
        }
    }

    private void passes(MemorySegment in, MemorySegment out, FloatRowTaps[] taps, long from, long end) {
        for (int r = 0; r < taps.length; r++) {
            FloatRowTaps these = taps[r];
            if (these.joint() != null) {
                if (these.joint().due() == r) {
                    joint(in, out, taps, these.joint(), from, end);
                }
                continue;
            }
            int count = these.weights().length;
            long first = r * nodes + from;
            long last = r * nodes + end;
            for (long i = first; count == 0 && i < last; i++) {
                out.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) 0);
            }
            if (goesByPairs(these) && isWhole(first, last)) {
                FloatStarPairs.pass(in, out, first * Float.BYTES, last * Float.BYTES, these.bytes(), these.weights(),
                        these.before(), ends);
                continue;
            }
            if (stars && these.isStar() && these.hasMargin(in, first * Float.BYTES, last * Float.BYTES)) {
                star(in, out, first * Float.BYTES, last * Float.BYTES, these);
                continue;
            }
            for (int t = 0; t < count; t += FloatSweep.TAPS) {
                FloatSweep.pass(in, out, first * Float.BYTES, last * Float.BYTES, these.bytes(), these.weights(), t,
                        Math.min(FloatSweep.TAPS, count - t));
            }
        }
    }

    private boolean goesByPairs(FloatRowTaps taps) {
        return pairs && taps.isPaired(ends.size());
    }

    private boolean isWhole(long first, long end) {
        return first % ends.size() == 0 && end % ends.size() == 0;
    }

    private void joint(
            MemorySegment in, MemorySegment out, FloatRowTaps[] taps, FloatJointTaps joint, long from, long end) {
        int r = joint.star();
        if (r >= 0 && taps[r].hasMargin(in, (r * nodes + from) * Float.BYTES, (r * nodes + end) * Float.BYTES)) {
            joint.pass(in, out, from * Float.BYTES, end * Float.BYTES, ends);
        } else {
            joint.pass(in, out, from * Float.BYTES, end * Float.BYTES);
        }
    }

    private void star(MemorySegment in, MemorySegment out, long first, long end, FloatRowTaps star) {
        if (star.open()) {
            FloatOpenStar.pass(in, out, first, end, star.bytes(), star.weights(), star.before(), ends);
        } else {
            FloatStar.pass(in, out, first, end, star.bytes(), star.weights(), star.before(), ends);
        }
    }

    /** Whether vectors on both sides of each star's output elements are in the memory of the input. */
    boolean hasMargin(MemorySegment in, FloatRowTaps[] taps, long first, long end) {
        for (int r = 0; r < taps.length; r++) {
            if (!goesByPairs(taps[r])
                    && !taps[r].hasMargin(in, (r * nodes + first) * Float.BYTES, (r * nodes + end) * Float.BYTES)) {
                return false;
            }
        }
        return true;
    }
}
