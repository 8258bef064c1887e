package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.TreeSet;
import org.isotrope.kernels.engine.program.AxisMap;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.jspecify.annotations.Nullable;

/**
 * Edge columns of a stencil program, many rows at a time.
 *
 * <p>The few columns that edge nodes read are gathered into strips, one contiguous run of rows for each column of each
 * plane. There an edge column is a stencil along the rows like any other, with the sources of its boundary as further
 * strips, and the lanes of a vector run across rows. Where rows beyond the walls are copies of rows inside, the strips
 * go on beyond the walls too and every row has the taps of the interior; otherwise edge rows stay with the caller.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatEdges {
    /** Displacements in the strips, relative to the output row in the first strip of its plane. */
    private record Taps(int[] displacements, float[] weights) {}

    private final StencilProgram program;
    private final int[] sources;
    private final int[] edges;
    private final int @Nullable [] moves;
    /** Rows that the strips hold before the first row of the grid. */
    private final int lead;
    private final int height;
    private final int firstRow;
    private final int endRow;
    /** {@code taps[class of plane][output · edges + edge]}. */
    private final Taps[][] taps;
    private final int[][] planesRead;

    FloatEdges(StencilProgram program) {
        this.program = program;
        AxisMap rows = program.map(1);
        AxisMap columns = program.columns();
        int n2 = program.size(2);
        this.edges = new int[columns.low() + columns.high()];
        for (int e = 0; e < edges.length; e++) {
            edges[e] = e < columns.low() ? e : n2 - edges.length + e;
        }
        this.sources = sources(program, edges);
        this.moves = rows.moves();
        this.lead = moves != null ? -rows.lowest() : 0;
        int rowsHeld = program.size(1) + (moves != null ? rows.highest() - rows.lowest() : 0);
        this.height = (rowsHeld + 2 * FloatSweep.LANES - 1) / FloatSweep.LANES * FloatSweep.LANES;
        this.firstRow = moves != null ? 0 : rows.low();
        this.endRow = moves != null ? program.size(1) : program.size(1) - rows.high();
        AxisMap planes = program.map(0);
        this.taps = new Taps[planes.classes()][];
        this.planesRead = new int[planes.classes()][];
        for (int c0 = 0; c0 < taps.length; c0++) {
            int i0 = planes.indexOf(c0);
            if (i0 < program.size(0) && planes.classOf(i0) == c0) {
                ready(c0, program.rowTaps(i0, rows.low()));
            }
        }
    }

    /** Whether there is something to gain: edge columns, and enough interior rows to fill vectors. */
    static boolean serve(StencilProgram program) {
        AxisMap rows = program.map(1);
        AxisMap columns = program.columns();
        int edges = columns.low() + columns.high();
        // strips of the columns that edges read, generously counted, must fit one array
        long reach = 4L * (edges + columns.highest() - columns.lowest());
        long components = program.stencil().inputs() + program.stencil().outputs();
        boolean fit = reach * components * program.size(0) * (program.size(1) + 64L) < 1 << 28;
        return fit && edges > 0 && edges < program.size(2)
                && program.size(1) - rows.low() - rows.high() >= FloatSweep.LANES;
    }

    private static int[] sources(StencilProgram program, int[] edges) {
        TreeSet<Integer> found = new TreeSet<>();
        AxisMap columns = program.columns();
        for (int edge : edges) {
            for (int o = columns.lowest(); o <= columns.highest(); o++) {
                for (int source : columns.reads(edge, o).sources()) {
                    found.add(source);
                }
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The strips of a plane: the columns read of every input component, then the edge columns of every output. */
    private int planeElements() {
        int strips = program.stencil().inputs() * sources.length + program.stencil().outputs() * edges.length;
        return strips * height;
    }

    private int result(int output, int edge) {
        return program.stencil().inputs() * sources.length + output * edges.length + edge;
    }

    private void ready(int planeClass, StencilProgram.RowTaps[] rows) {
        taps[planeClass] = new Taps[rows.length * edges.length];
        TreeSet<Integer> planes = new TreeSet<>();
        for (int r = 0; r < rows.length; r++) {
            for (int plane : rows[r].planes()) {
                planes.add(plane);
            }
            for (int e = 0; e < edges.length; e++) {
                taps[planeClass][r * edges.length + e] = ready(rows[r], edges[e]);
            }
        }
        planesRead[planeClass] = planes.stream().mapToInt(Integer::intValue).toArray();
    }

    private Taps ready(StencilProgram.RowTaps rows, int edge) {
        AxisMap columns = program.columns();
        int count = 0;
        for (int offset : rows.offsets()) {
            count += columns.reads(edge, offset).sources().length;
        }
        int[] displacements = new int[count];
        float[] weights = new float[count];
        int next = 0;
        for (int t = 0; t < rows.weights().length; t++) {
            AxisMap.Reads reads = columns.reads(edge, rows.offsets()[t]);
            for (int k = 0; k < reads.sources().length; k++) {
                int strip = rows.inputs()[t] * sources.length
                        + Arrays.binarySearch(sources, reads.sources()[k]);
                displacements[next] = rows.planes()[t] * planeElements() + strip * height + rows.rows()[t];
                weights[next++] = (float) (rows.weights()[t] * reads.coefficients()[k]);
            }
        }
        return new Taps(displacements, weights);
    }

    /** Rows before this one are left to the caller. */
    int firstRow() {
        return firstRow;
    }

    /** Rows from this one on are left to the caller. */
    int endRow() {
        return endRow;
    }

    /** For one thread, to be given to {@link #mend}. */
    FloatStrips strips() {
        return new FloatStrips(program.size(0) * planeElements() + FloatSweep.LANES, 0, program.size(0));
    }

    /** Computes the edge columns of the rows {@code from ≤ i1 < end} of a plane, as far as they are served. */
    void mend(MemorySegment in, MemorySegment out, FloatStrips strips, int plane, int from, int end) {
        int first = Math.max(from, firstRow);
        int count = Math.min(end, endRow) - first;
        if (count <= 0) {
            return;
        }
        int planeClass = program.map(0).classOf(plane);
        for (int offset : planesRead[planeClass]) {
            if (!strips.hold(plane + offset)) {
                gather(in, strips.values(), plane + offset, first, count);
                strips.note(plane + offset, first + count);
            }
        }
        int base = plane * planeElements() + lead + first;
        for (int r = 0; r < program.stencil().outputs(); r++) {
            long row = r * program.nodes() + ((long) plane * program.size(1) + first) * program.size(2);
            for (int e = 0; e < edges.length; e++) {
                Taps these = taps[planeClass][r * edges.length + e];
                int result = base + result(r, e) * height;
                FloatStrips.run(strips.values(), base, result, count, these.displacements, these.weights);
                FloatStrips.scatter(strips.values(), result, out, row + edges[e], program.size(2), count);
            }
        }
    }

    private void gather(MemorySegment in, float[] strips, int plane, int first, int count) {
        AxisMap rows = program.map(1);
        int from = first + rows.lowest();
        int end = first + count + rows.highest();
        int inside = Math.max(from, 0);
        int insideEnd = Math.min(end, program.size(1));
        int n2 = program.size(2);
        for (int c = 0; c < program.stencil().inputs(); c++) {
            long start = ((long) c * program.size(0) + plane) * program.size(1) * n2;
            for (int k = 0; k < sources.length; k++) {
                long column = start + sources[k];
                int strip = plane * planeElements() + (c * sources.length + k) * height + lead;
                FloatStrips.gather(in, column + (long) inside * n2, n2, strips, strip + inside,
                        insideEnd - inside);
                for (int i = from; i < inside; i++) {
                    ghost(in, column, strips, strip, i);
                }
                for (int i = insideEnd; i < end; i++) {
                    ghost(in, column, strips, strip, i);
                }
            }
        }
    }

    private void ghost(MemorySegment in, long column, float[] strips, int strip, int i) {
        if (moves != null) {
            int source = moves[i - program.map(1).lowest()];
            float value = source < 0
                    ? (float) 0
                    : in.getAtIndex(ValueLayout.JAVA_FLOAT, column + (long) source * program.size(2));
            strips[strip + i] = value;
        }
    }
}
