package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.TreeSet;
import org.isotrope.kernels.engine.program.AxisMap;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.jspecify.annotations.Nullable;

/**
 * Ends of rows after flat sweeps of stars: the last node of a row and the first of the next, which are neighbours in
 * memory, mended together.
 *
 * <p>The two last elements of a row and the two first of the next are the record of the seam between them. Records are
 * gathered into strips, where a tap that stays in its column is a displacement by whole records, and the neighbour beyond
 * the end of a row is an element of the same record or of the one beside it. So a row costs a load and a store of its
 * record, a part of a vector of sums, and a store of two results.
 *
 * <p>Rows next to walls along axis 1 have other taps and stay with the caller.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatSeams {
    private static final int RECORD = FloatSeamSums.RECORD;

    /** Elements from one vector of sums to the next; here, as a class with masks takes a fresh JVM some milliseconds. */
    static final int STRIDE = Math.max(FloatSweep.LANES, RECORD);

    /** Elements of strips before the record of the seam in front of all rows, and behind the last. */
    private static final int MARGIN = STRIDE + RECORD;

    /** Most records that one call of {@link #mend} may be asked for, plus one. */
    private final int most;

    private final StencilProgram program;
    private final FloatRowEnds ends;
    /** {@code stars[class of plane][output]}, null for other taps than stars. */
    private final FloatSeamSums.@Nullable Star[][] stars;
    /** Planes that a plane of a class reads, counted through the components. */
    private final int[][] planesRead;
    /** Zeros, which is what lies beyond an end that has no neighbour. */
    private final float[] nothing;

    /**
     * Prepares.
     *
     * @param program whose outputs are stars or read their own column only
     * @param ends of its rows
     * @param most rows that are mended in one call
     */
    FloatSeams(StencilProgram program, FloatRowEnds ends, int most) {
        this.program = program;
        this.ends = ends;
        this.most = most + 1;
        AxisMap planes = program.map(0);
        this.stars = new FloatSeamSums.Star[planes.classes()][];
        this.planesRead = new int[planes.classes()][];
        for (int c0 = 0; c0 < stars.length; c0++) {
            int i0 = planes.indexOf(c0);
            if (i0 < program.size(0) && planes.classOf(i0) == c0) {
                ready(c0, program.rowTaps(i0, program.map(1).low()));
            }
        }
        this.nothing = new float[ends.below() < 0 || ends.above() < 0 ? results() : 0];
    }

    /** Whether records fit into arrays, and there are enough interior rows to gain something. */
    static boolean serve(StencilProgram program, FloatRowEnds ends) {
        AxisMap rows = program.map(1);
        int interior = program.size(1) - rows.low() - rows.high();
        long all = (long) program.stencil().inputs() * program.size(0) * program.size(1);
        return interior >= 4 && all < 1 << 26 && ends.isNear();
    }

    /** Rows of all components. */
    private int rows() {
        return program.stencil().inputs() * program.size(0) * program.size(1);
    }

    private void ready(int planeClass, StencilProgram.RowTaps[] rows) {
        stars[planeClass] = new FloatSeamSums.Star[rows.length];
        TreeSet<Integer> read = new TreeSet<>();
        for (int r = 0; r < rows.length; r++) {
            int[] offsets = rows[r].offsets();
            int before = FloatRowTaps.starAt(rows[r]);
            if (before < 0) {
                continue;
            }
            int[] d = new int[offsets.length];
            float[] w = new float[offsets.length];
            for (int t = 0; t < d.length; t++) {
                int plane = rows[r].inputs()[t] * program.size(0) + rows[r].planes()[t];
                d[t] = RECORD * (plane * program.size(1) + rows[r].rows()[t]) + offsets[t];
                w[t] = (float) rows[r].weights()[t];
                read.add(plane);
            }
            stars[planeClass][r] = new FloatSeamSums.Star(d, w, before,
                    FloatRowTaps.isOpen(rows[r], before) ? FloatOpenStar.WIDTH : FloatStar.WIDTH);
        }
        int[] planes = new int[read.size()];
        int next = 0;
        for (int plane : read) {
            planes[next++] = plane;
        }
        planesRead[planeClass] = planes;
    }

    private int results() {
        return RECORD * most + STRIDE;
    }

    /** For one thread, to be given to {@link #mend}. */
    FloatStrips strips() {
        int planes = program.stencil().inputs() * program.size(0);
        return new FloatStrips(RECORD * (rows() + 1) + 2 * MARGIN, results(), planes);
    }

    /**
     * Mends the ends of interior rows, which go up within a tile.
     *
     * @param in input elements
     * @param out output elements
     * @param strips of this thread, for the rows of one tile
     * @param plane the first of some planes of one class
     * @param planes their number, 1 unless all rows are mended
     * @param from first row
     * @param end behind the last; rows that are not interior are left out
     */
    void mend(MemorySegment in, MemorySegment out, FloatStrips strips, int plane, int planes, int from, int end) {
        AxisMap map = program.map(1);
        int first = Math.max(from, map.low());
        int count = Math.min(end, program.size(1) - map.high()) - first;
        if (count <= 0) {
            return;
        }
        int n1 = program.size(1);
        int planeClass = program.map(0).classOf(plane);
        for (int displacement : planesRead[planeClass]) {
            gather(in, strips, plane + displacement, planes, first, count);
        }
        // the seam before the first row, and one more than rows
        int seam = plane * n1 + first - 1;
        int seams = (planes - 1) * n1 + count + 1;
        int base = MARGIN + RECORD * (seam + 1);
        for (int r = 0; r < stars[planeClass].length; r++) {
            FloatSeamSums.Star star = stars[planeClass][r];
            if (star != null) {
                sum(strips, base, star, RECORD * seams);
                long row = ((long) r * program.size(0) + plane) * n1 + first;
                scatter(strips.results(), out, row * ends.rowBytes(), seams);
            }
        }
    }

    private void sum(FloatStrips strips, int base, FloatSeamSums.Star star, int elements) {
        // where a first node finds its neighbour below: with its own record, or the one before the last node's
        int below = base + star.d()[star.before()] + 1 + ends.belowInRecord();
        int above = base + star.d()[star.before() + star.width() - 1] - 1 + ends.aboveInRecord();
        boolean low = ends.below() >= 0;
        boolean high = ends.above() >= 0;
        float[] records = strips.values();
        FloatSeamSums.sum(records, base, low ? records : nothing, low ? below : 0, high ? records : nothing,
                high ? above : 0, star, strips.results(), elements);
    }

    /** The first seam has a row to mend behind it only, the last one before it only. */
    private void scatter(float[] results, MemorySegment out, long firstRow, int seams) {
        int inner = seams - 2;
        out.set(ValueLayout.JAVA_FLOAT_UNALIGNED, firstRow, results[2]);
        long end = firstRow + ends.rowBytes() - Float.BYTES;
        FloatSeamSums.scatter(results, RECORD, out, end, ends.rowBytes(), inner);
        out.set(ValueLayout.JAVA_FLOAT_UNALIGNED, end + inner * ends.rowBytes(), results[RECORD * (seams - 1) + 1]);
    }

    /** Gathers what is missing of the records of some planes, in runs as long as may be. */
    private void gather(MemorySegment in, FloatStrips strips, int plane, int planes, int first, int count) {
        AxisMap map = program.map(1);
        for (int k = plane; k < plane + planes; k++) {
            int from = k * program.size(1) + first - 1 + map.lowest();
            if (strips.hold(k)) {
                from = Math.max(from, strips.end(k));
            }
            int end;
            int run = k;
            do {
                end = run * program.size(1) + first + count + map.highest();
                strips.note(run, end);
                run++;
            } while (run < plane + planes && !strips.hold(run));
            if (from < end) {
                gather(in, strips.values(), from, end);
            }
            k = run - 1;
        }
    }

    /** Gathers the records of the seams {@code from ≤ seam < end}; seam 0 is behind row 0. */
    private void gather(MemorySegment in, float[] records, int from, int end) {
        int start = from;
        int stop = end;
        int all = rows();
        if (start < 0) {
            // nothing is in memory before the first row, and nothing behind the last
            pair(in, 0, records, MARGIN + 2);
            start = 0;
        }
        if (stop == all) {
            stop = all - 1;
            pair(in, all * ends.rowBytes() - FloatSeamSums.BEFORE, records, MARGIN + RECORD * all);
        }
        long first = (start + 1) * ends.rowBytes() - FloatSeamSums.BEFORE;
        FloatSeamSums.gather(in, first, ends.rowBytes(), records, MARGIN + RECORD * (start + 1), stop - start);
    }

    private static void pair(MemorySegment in, long position, float[] to, int at) {
        to[at] = in.get(ValueLayout.JAVA_FLOAT_UNALIGNED, position);
        to[at + 1] = in.get(ValueLayout.JAVA_FLOAT_UNALIGNED, position + Float.BYTES);
    }
}
