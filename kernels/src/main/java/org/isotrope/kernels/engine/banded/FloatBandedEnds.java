package org.isotrope.kernels.engine.banded;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.TreeSet;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.isotrope.kernels.engine.program.BandedProgram;
import org.isotrope.kernels.engine.program.ColumnBand;
import org.isotrope.kernels.engine.sweep.FloatStrips;
import org.jspecify.annotations.Nullable;

/**
 * The columns at the ends of rows that {@link FloatBandedStar} leaves, many rows at a time: what they read is gathered into
 * strips, one contiguous run of rows for each column of each plane, and the lanes of a vector run across rows.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatBandedEnds {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /**
     * A column at an end.
     *
     * @param column its number
     * @param own its strip
     * @param sources strips that it reads
     * @param weights as many
     */
    private record Edge(int column, int own, int[] sources, float[] weights) {}

    /**
     * Working memory of one thread.
     *
     * @param strips of the columns
     * @param places in strips of the planes that a column reads
     */
    record Work(FloatStrips strips, int[] places) {}

    private final BandedProgram program;
    private final int input;
    private final int output;
    private final int[] columns;
    private final Edge[] edges;
    private final int height;
    /** Weights across rows, a run of rows for each tap. */
    private final float[] across;

    /**
     * The ends of an output component.
     *
     * @param program whole
     * @param input component that is read
     * @param output component that is written
     * @param along the matrix along rows
     * @param band what its rows read
     * @param weights across rows, five for each
     */
    FloatBandedEnds(BandedProgram program, int input, int output, FloatBandedColumns along, ColumnBand band,
            float[] weights) {
        this.program = program;
        this.input = input;
        this.output = output;
        int n1 = program.size(1);
        int n2 = program.size(2);
        int count = along.isPeriodic() ? 2 * FloatBandedStar.REACH : along.edges();
        int[][] sources = new int[count][];
        float[][] factors = new float[count][];
        int[] ends = new int[count];
        TreeSet<Integer> read = new TreeSet<>();
        for (int e = 0; e < count; e++) {
            ends[e] = !along.isPeriodic() ? along.edge(e) : e < FloatBandedStar.REACH ? e : n2 - count + e;
            if (along.isPeriodic()) {
                closing(along, ends[e], e, sources, factors, n2);
            } else {
                atWall(along, band, e, sources, factors, n2);
            }
            read.add(ends[e]);
            Arrays.stream(sources[e]).forEach(read::add);
        }
        this.columns = read.stream().mapToInt(Integer::intValue).toArray();
        this.edges = new Edge[count];
        for (int e = 0; e < count; e++) {
            edges[e] = new Edge(ends[e], strip(ends[e]), Arrays.stream(sources[e]).map(this::strip).toArray(),
                    factors[e]);
        }
        this.height = n1 + 2 * LANES;
        this.across = new float[FloatBandedStar.TAPS * height];
        for (int k = 0; k < FloatBandedStar.TAPS; k++) {
            for (int i = 0; i < n1; i++) {
                across[k * height + i] = weights[FloatBandedStar.TAPS * i + k];
            }
        }
    }

    private int strip(int column) {
        return Arrays.binarySearch(columns, column);
    }

    /** Images beyond the ends. */
    private static void closing(
            FloatBandedColumns along, int column, int e, int[][] sources, float[][] weights, int size) {
        sources[e] = Arrays.stream(along.offsets()).map(o -> Math.floorMod(column + o, size)).toArray();
        weights[e] = new float[sources[e].length];
        for (int o = 0; o < weights[e].length; o++) {
            weights[e][o] = along.table()[o * along.stride() + column];
        }
    }

    /** What the reference reads: what has weights, then the offsets of the others, with weight 0. */
    private static void atWall(
            FloatBandedColumns along, ColumnBand band, int e, int[][] sources, float[][] weights, int size) {
        int[] inside = Arrays.stream(band.offsets()).map(offset -> along.edge(e) + offset)
                .filter(source -> source >= 0 && source < size).toArray();
        int count = along.sources(e).length;
        sources[e] = Arrays.copyOf(along.sources(e), count + inside.length);
        System.arraycopy(inside, 0, sources[e], count, inside.length);
        weights[e] = Arrays.copyOf(along.weights(e), sources[e].length);
    }

    /** Whether strips of all planes fit one array. */
    static boolean serves(BandedProgram program) {
        return 16L * program.size(0) * (program.size(1) + 64L) < 1 << 28;
    }

    Work work() {
        FloatStrips strips = new FloatStrips(program.size(0) * columns.length * height, height, program.size(0));
        return new Work(strips, new int[FloatBandedStar.TAPS]);
    }

    /**
     * Computes the columns of the rows {@code from ≤ i1 < end} of a plane.
     *
     * @param in input
     * @param out output
     * @param work of this thread
     * @param i0 the plane
     * @param planes weights across planes, none in a plane by itself
     * @param sources planes that are read
     * @param from first row, at least two behind the first of the plane
     * @param end behind the last row
     */
    void run(
            MemorySegment in, MemorySegment out, Work work, int i0, float[] planes, int[] sources, int from,
            int end) {
        FloatStrips strips = work.strips;
        gather(in, strips, i0, from, end);
        for (int plane : sources) {
            gather(in, strips, plane, from, end);
        }
        int count = end - from;
        for (Edge edge : edges) {
            for (int k = 0; k < sources.length; k++) {
                work.places[k] = place(sources[k], edge.own) + from;
            }
            column(strips.values(), place(i0, edge.own) + from, place(i0, 0) + from, edge.sources, edge.weights, planes,
                    work.places, from, count, strips.results(), null);
            long target = ((long) output * program.size(0) + i0) * program.size(1) + from;
            FloatStrips.scatter(strips.results(), 0, out, target * program.size(2) + edge.column, program.size(2), count);
        }
    }

    private int place(int plane, int strip) {
        return (plane * columns.length + strip) * height;
    }

    private void gather(MemorySegment in, FloatStrips strips, int plane, int from, int end) {
        if (strips.hold(plane)) {
            return;
        }
        strips.note(plane, end);
        int first = from - FloatBandedStar.REACH;
        int count = end - from + 2 * FloatBandedStar.REACH;
        long row = ((long) input * program.size(0) + plane) * program.size(1) + first;
        for (int s = 0; s < columns.length; s++) {
            FloatStrips.gather(in, row * program.size(2) + columns[s], program.size(2), strips.values(),
                    place(plane, s) + first, count);
        }
    }

    private void column(
            float[] v, int own, int strips, int[] sources, float[] along, float[] planes, int[] planesAt, int row,
            int count, float[] result, @Nullable Apart apart) {
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int i = 0; i < count; i += LANES) {
            FloatVector sum = zero;
            for (int s = 0; s < sources.length; s++) {
                FloatVector weight = FloatVector.broadcast(SPECIES, along[s]);
                sum = FloatVector.fromArray(SPECIES, v, strips + sources[s] * height + i).fma(weight, sum);
            }
            // a vector that one loop after another carries is made an object
            zero.add(sum).intoArray(result, i);
            FloatVector planar = zero;
            for (int k = 0; k < planes.length; k++) {
                FloatVector weight = FloatVector.broadcast(SPECIES, planes[k]);
                planar = FloatVector.fromArray(SPECIES, v, planesAt[k] + i).fma(weight, planar);
            }
            FloatVector.fromArray(SPECIES, result, i).add(planar).intoArray(result, i);
            FloatVector others = zero;
            for (int k = 0; k < FloatBandedStar.TAPS; k++) {
                FloatVector weight = FloatVector.fromArray(SPECIES, across, k * height + row + i);
                others = FloatVector.fromArray(SPECIES, v, own + i + k - FloatBandedStar.REACH).fma(weight, others);
            }
            FloatVector.fromArray(SPECIES, result, i).add(others).intoArray(result, i);
        }
    }
}
