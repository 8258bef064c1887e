package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isotrope.kernels.engine.program.AxisMap;
import org.isotrope.kernels.engine.program.StencilProgram;

/**
 * Rows of two or four vectors that are next to walls along the outer axes, where what is beyond is another row or
 * nothing: all of them in a few loops, one for those that have as many taps, where a sweep of each has a set-up that
 * costs more than the row.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatWallRows {
    /** Pairs of vectors with the same weights, as many taps before those along the row, and neighbours alike; plane by plane. */
    private static final class Group {
        private final int before;
        private final float[] weights;
        /** From a pair to its neighbours, as {@link FloatStarTable} takes them. */
        private final long low;
        private final long high;
        private final List<long[]> entries = new ArrayList<>();
        /** Entries before those of each plane. */
        private final int[] starts;
        private long[] table = {};

        private Group(int before, float[] weights, long low, long high, int planes) {
            this.before = before;
            this.weights = weights;
            this.low = low;
            this.high = high;
            this.starts = new int[planes + 1];
        }
    }

    private static final int PAIR = 2 * FloatSweep.LANES;

    private final StencilProgram program;
    private final FloatRowEnds ends;
    private final List<Group> groups = new ArrayList<>();
    /** Rows of other kinds in each plane. */
    private final int[][] others;

    /**
     * Prepares.
     *
     * @param program of one input and one output component
     * @param ends of its rows, which are an even number of vectors
     */
    FloatWallRows(StencilProgram program, FloatRowEnds ends) {
        this.program = program;
        this.ends = ends;
        this.others = new int[program.size(0)][];
        AxisMap map = program.map(1);
        for (int i0 = 0; i0 < others.length; i0++) {
            int[] left = new int[program.size(1)];
            int count = 0;
            for (int i1 = 0; i1 < left.length; i1++) {
                if (program.map(0).isInterior(i0) && map.isInterior(i1)) {
                    i1 = program.size(1) - map.high() - 1;
                } else if (!isListed(i0, i1)) {
                    left[count++] = i1;
                }
            }
            others[i0] = Arrays.copyOf(left, count);
            for (Group group : groups) {
                group.starts[i0 + 1] = group.entries.size();
            }
        }
        for (Group group : groups) {
            group.table = group.entries.stream().flatMapToLong(Arrays::stream).toArray();
            group.entries.clear();
        }
    }

    private boolean isListed(int i0, int i1) {
        StencilProgram.RowTaps taps = program.rowTaps(i0, i1)[0];
        int before = FloatRowTaps.starAt(taps);
        int count = taps.weights().length;
        if (before < 0 || FloatRowTaps.isOpen(taps, before) || taps.displacements()[before] != -1
                || !FloatStarTable.serves(before, count - before - FloatStar.WIDTH)) {
            return false;
        }
        float[] weights = new float[count];
        for (int t = 0; t < count; t++) {
            weights[t] = (float) taps.weights()[t];
        }
        long row = ((long) i0 * program.size(1) + i1) * program.size(2);
        for (int column = 0; column < program.size(2); column += PAIR) {
            long low = column == 0 ? beyond(ends.below(), 0) : -Float.BYTES;
            long high = column + PAIR == program.size(2) ? beyond(ends.above(), column) : (long) PAIR * Float.BYTES;
            group(before, weights, low, high).entries.add(entry(taps, before, row + column));
        }
        return true;
    }

    /** Bytes from the pair at a column to what stands for a node beyond the end of a row. */
    private static long beyond(int source, int column) {
        return source < 0 ? FloatStarTable.NOTHING : (long) (source - column) * Float.BYTES;
    }

    /** A pair of vectors as {@link FloatStarTable} takes it. */
    private static long[] entry(StencilProgram.RowTaps taps, int before, long pair) {
        long[] entry = new long[1 + taps.offsets().length - FloatStar.WIDTH];
        entry[0] = pair * Float.BYTES;
        int next = 1;
        for (int t = 0; t < taps.offsets().length; t++) {
            if (t < before || t >= before + FloatStar.WIDTH) {
                entry[next++] = (pair + taps.displacements()[t]) * Float.BYTES;
            }
        }
        return entry;
    }

    private Group group(int before, float[] weights, long low, long high) {
        for (Group group : groups) {
            if (group.before == before && group.low == low && group.high == high && Arrays.equals(group.weights, weights)) {
                return group;
            }
        }
        Group group = new Group(before, weights, low, high, others.length);
        groups.add(group);
        return group;
    }

    /**
     * Computes such rows.
     *
     * @param in input elements
     * @param out output elements
     * @param from first plane
     * @param end behind the last
     */
    void run(MemorySegment in, MemorySegment out, int from, int end) {
        for (int g = 0; g < groups.size(); g++) {
            Group group = groups.get(g);
            FloatStarTable.pass(in, out, group.table, group.starts[from], group.starts[end], group.weights, group.before,
                    group.low, group.high);
        }
    }

    /** Rows of a plane that are next to walls and left to the caller. */
    int[] others(int plane) {
        return others[plane];
    }
}
