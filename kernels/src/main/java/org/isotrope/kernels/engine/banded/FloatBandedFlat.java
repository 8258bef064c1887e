package org.isotrope.kernels.engine.banded;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.engine.program.AxisRows;
import org.isotrope.kernels.engine.program.BandedProgram;
import org.isotrope.kernels.engine.program.ColumnBand;
import org.jspecify.annotations.Nullable;

/**
 * One output component of a {@link BandedProgram} that many rows of a plane give in one sweep: a sum of a matrix along
 * the rows, one across them and maybe one across planes, all of one input component and with two neighbours on either
 * side. Planes and rows next to walls, or next to where a period closes, read others and are left to the caller.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatBandedFlat {
    private static final int TAPS = FloatBandedStar.TAPS;
    private static final int REACH = FloatBandedStar.REACH;

    private final BandedProgram program;
    private final int output;
    private final int input;
    private final FloatBandedStar.Weights weights;
    private final FloatBandedEnds ends;
    private final int firstRow;
    private final int endRow;
    /** Of each plane: weights of the planes that it reads, empty where there is but one. */
    private final float[][] planeWeights;
    private final int[][] planes;
    private final long[][] displacements;
    private final boolean[] served;

    private FloatBandedFlat(BandedProgram program, int output, FloatBandedColumns columns, ColumnBand band) {
        BandedProgram.Group rest = program.groups(output).getLast();
        KroneckerProduct across = rest.others().getFirst();
        int n0 = program.size(0);
        int n1 = program.size(1);
        this.program = program;
        this.output = output;
        this.input = across.input();
        AxisRows rows = AxisRows.of(program.along(across, 1), n1);
        int first = n1 / 2;
        while (first > 0 && inLine(rows.sources(first - 1), first - 1)) {
            first--;
        }
        int end = n1 / 2;
        while (end < n1 && inLine(rows.sources(end), end)) {
            end++;
        }
        this.firstRow = Math.min(first, end);
        this.endRow = end;
        float[] w = new float[TAPS * n1];
        for (int i1 = firstRow; i1 < endRow; i1++) {
            for (int k = 0; k < TAPS; k++) {
                w[TAPS * i1 + k] = (float) (across.factor() * rows.weights(i1)[k]);
            }
        }
        this.weights = FloatBandedStar.Weights.of(columns.table(), columns.stride(), program.size(2), w);
        this.ends = new FloatBandedEnds(program, input, output, columns, band, w);
        this.planeWeights = new float[n0][0];
        this.planes = new int[n0][0];
        this.displacements = new long[n0][0];
        this.served = new boolean[n0];
        for (int i0 = 0; i0 < n0; i0++) {
            served[i0] = rest.planar().isEmpty() || plane(rest.planar().getFirst(), i0);
        }
    }

    /** Whether a plane reads two on either side, itself in the middle. */
    private boolean plane(KroneckerProduct term, int i0) {
        AxisRows reads = AxisRows.single(program.along(term, 0), i0);
        int[] sources = reads.sources(0);
        if (sources.length != TAPS || sources[REACH] != i0) {
            return false;
        }
        planes[i0] = sources;
        planeWeights[i0] = new float[TAPS];
        displacements[i0] = new long[TAPS];
        long planeBytes = (long) program.size(1) * program.size(2) * Float.BYTES;
        for (int k = 0; k < TAPS; k++) {
            planeWeights[i0][k] = (float) (term.factor() * reads.weights(0)[k]);
            displacements[i0][k] = (sources[k] - i0) * planeBytes;
        }
        return true;
    }

    /** Null if the component is none that is served. */
    static @Nullable FloatBandedFlat of(BandedProgram program, int output, @Nullable FloatBandedColumns columns) {
        int[] line = new int[TAPS];
        Arrays.setAll(line, k -> k - REACH);
        BandedProgram.Group along = program.groups(output).getFirst();
        BandedProgram.Group rest = program.groups(output).getLast();
        if (columns == null || program.groups(output).size() != 2 || !along.isBare()
                || !Arrays.equals(columns.offsets(), line) || rest.planar().size() > 1 || rest.others().size() != 1
                || program.size(2) < Math.max(FloatBandedStar.LANES, 2 * columns.edges())
                || !FloatBandedEnds.serves(program)) {
            return null;
        }
        KroneckerProduct across = rest.others().getFirst();
        if (program.along(across, 0) != null || across.input() != along.planar().getFirst().input()) {
            return null;
        }
        if (!rest.planar().isEmpty()) {
            BandedMatrix matrix = program.along(rest.planar().getFirst(), 0);
            if (matrix == null || rest.planar().getFirst().input() != across.input()) {
                return null;
            }
        }
        return new FloatBandedFlat(program, output, columns, along.band());
    }

    private static boolean inLine(int[] sources, int i) {
        boolean fits = sources.length == TAPS;
        for (int k = 0; fits && k < TAPS; k++) {
            fits = sources[k] == i - REACH + k;
        }
        return fits;
    }

    /** Whether some rows of a plane between these are served. */
    boolean serves(int i0, int from, int end) {
        return served[i0] && Math.min(end, endRow) - Math.max(from, firstRow) > 0;
    }

    /** The first row that is served of those from here on. */
    int first(int from) {
        return Math.max(from, firstRow);
    }

    /** Behind the last row that is served of those up to here. */
    int end(int end) {
        return Math.min(end, endRow);
    }

    FloatBandedEnds.Work work() {
        return ends.work();
    }

    /** Computes rows {@code from ≤ i1 < end}, all of them served, of a plane that is. */
    void run(MemorySegment in, MemorySegment out, FloatBandedEnds.Work work, int i0, int from, int end) {
        float[] w = planeWeights[i0];
        long[] at = displacements[i0];
        FloatBandedStar.rows(in, out, position(input, i0, from), position(output, i0, from), from, end - from, weights, w,
                at);
        ends.run(in, out, work, i0, w, planes[i0], from, end);
    }

    private long position(int component, int i0, int i1) {
        return (((long) component * program.size(0) + i0) * program.size(1) + i1) * program.size(2) * Float.BYTES;
    }
}
