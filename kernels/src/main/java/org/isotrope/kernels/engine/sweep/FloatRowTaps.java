package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.jspecify.annotations.Nullable;

/**
 * The taps of an output component for rows of one class, as flat sweeps take them; byte displacements are relative to
 * the node in the plane of the output component.
 *
 * @param bytes byte displacements
 * @param weights of the taps
 * @param rows where they are from
 * @param lowest least displacement in elements of all components, 0 where there is no tap
 * @param highest greatest displacement
 * @param before for a star the taps before those along the row, −1 for other taps
 * @param open whether a star is without its middle
 * @param straight whether all taps stay in their column
 * @param ends how the ends of rows are mended after a star where they are few, null where they need not be
 * @param joint outputs that one pass computes with this one, null for none
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
record FloatRowTaps(
        long[] bytes,
        float[] weights,
        StencilProgram.RowTaps rows,
        long lowest,
        long highest,
        int before,
        boolean open,
        boolean straight,
        @Nullable FloatStarEnds ends,
        @Nullable FloatJointTaps joint) {
    /**
     * The taps of all outputs.
     *
     * @param program of the rows
     * @param rows of one class
     * @param ends of rows, null where some neighbour beyond is more than one node
     * @param stars whether stars have passes of their own, which leave nothing to mend
     */
    static FloatRowTaps[] of(
            StencilProgram program, StencilProgram.RowTaps[] rows, @Nullable FloatRowEnds ends, boolean stars) {
        FloatRowTaps[] taps = new FloatRowTaps[rows.length];
        boolean[] onTheWay = new boolean[rows.length];
        for (int r = 0; r < taps.length; r++) {
            onTheWay[r] = stars && servedStarAt(program, rows[r]) >= 0;
        }
        @Nullable FloatJointTaps[] joints = FloatJointTaps.of(program, rows, onTheWay);
        for (int r = 0; r < taps.length; r++) {
            int count = rows[r].weights().length;
            long[] bytes = new long[count];
            float[] weights = new float[count];
            // without streams, which take a fresh JVM longer than many sweeps
            long lowest = count == 0 ? 0 : Long.MAX_VALUE;
            long highest = count == 0 ? 0 : Long.MIN_VALUE;
            boolean straight = true;
            for (int t = 0; t < count; t++) {
                lowest = Math.min(lowest, rows[r].displacements()[t]);
                highest = Math.max(highest, rows[r].displacements()[t]);
                straight &= rows[r].offsets()[t] == 0;
                bytes[t] = (rows[r].displacements()[t] - r * program.nodes()) * Float.BYTES;
                weights[t] = (float) rows[r].weights()[t];
            }
            int before = servedStarAt(program, rows[r]);
            boolean open = before >= 0 && isOpen(rows[r], before);
            boolean mended = before >= 0 && ends != null && (!stars || FloatRowEnds.vectors(program.size(2)) > 0);
            int last = before + (open ? 1 : 2);
            FloatStarEnds mends = mended ? new FloatStarEnds(bytes, weights, before, last, ends) : null;
            taps[r] = new FloatRowTaps(bytes, weights, rows[r], lowest, highest, before, open, straight, mends,
                    joints[r]);
        }
        return taps;
    }

    /** Whether rows away from walls are stars that {@link FloatStarPairs} has passes for, with ends that it takes. */
    static boolean isPaired(StencilProgram program) {
        if (FloatRowEnds.vectors(program.size(2)) == 0 || FloatRowEnds.of(program) == null) {
            return false;
        }
        int plane = Math.min(program.map(0).low(), program.size(0) - 1);
        StencilProgram.RowTaps[] rows = program.rowTaps(plane, Math.min(program.map(1).low(), program.size(1) - 1));
        int before = rows.length == 1 ? servedStarAt(program, rows[0]) : -1;
        return before >= 0 && isPaired(program.size(2), before, isOpen(rows[0], before), rows[0].offsets().length);
    }

    /** Whether these are such a star. */
    boolean isPaired(int size) {
        return isStar() && isPaired(size, before, open, weights.length);
    }

    private static boolean isPaired(int size, int before, boolean open, int taps) {
        return !open && FloatStarPairs.serves(size, before, taps - before - FloatStar.WIDTH);
    }

    /** The first tap of those along the row, where the taps are a star that there is a pass for; −1 elsewhere. */
    private static int servedStarAt(StencilProgram program, StencilProgram.RowTaps rows) {
        int before = starAt(rows);
        if (before < 0 || program.size(2) < FloatSweep.LANES) {
            return -1;
        }
        boolean served = isOpen(rows, before)
                ? FloatOpenStar.serves(before, rows.offsets().length - before - FloatOpenStar.WIDTH)
                : FloatStar.serves(before, rows.offsets().length - before - FloatStar.WIDTH);
        return served ? before : -1;
    }

    /**
     * The first tap of those along the row, where these are the two neighbours of a node in one row, with or without their
     * middle, and all others stay in their column; −1 elsewhere.
     */
    static int starAt(StencilProgram.RowTaps rows) {
        int[] offsets = rows.offsets();
        int low = 0;
        while (low < offsets.length && offsets[low] == 0) {
            low++;
        }
        int high = offsets.length - 1;
        while (high > low && offsets[high] == 0) {
            high--;
        }
        long[] d = rows.displacements();
        int width = high - low + 1;
        if (width < FloatOpenStar.WIDTH || width > FloatStar.WIDTH || offsets[low] != -1 || offsets[high] != 1
                || d[high] - d[low] != 2) {
            return -1;
        }
        return width == FloatOpenStar.WIDTH || offsets[low + 1] == 0 && d[low + 1] == d[low] + 1 ? low : -1;
    }

    /** Whether a star is without its middle. */
    static boolean isOpen(StencilProgram.RowTaps rows, int before) {
        return rows.offsets()[before + 1] == 1;
    }

    /** The least displacement of all outputs, at most 0. */
    static long lowest(FloatRowTaps[] taps) {
        long lowest = 0;
        for (FloatRowTaps these : taps) {
            lowest = Math.min(lowest, these.lowest);
        }
        return lowest;
    }

    /** The greatest displacement of all outputs, at least 0. */
    static long highest(FloatRowTaps[] taps) {
        long highest = 0;
        for (FloatRowTaps these : taps) {
            highest = Math.max(highest, these.highest);
        }
        return highest;
    }

    boolean isStar() {
        return before >= 0;
    }

    /** From an output element to the element of the same row that it is the middle of. */
    private long middle() {
        return bytes[before] + Float.BYTES;
    }

    /** Whether vectors on both sides of a star's output elements, from byte to byte, are in the memory of its input. */
    boolean hasMargin(MemorySegment in, long first, long end) {
        return !isStar()
                || first + middle() >= FloatRowEnds.MARGIN && end + middle() + FloatRowEnds.MARGIN <= in.byteSize();
    }
}
