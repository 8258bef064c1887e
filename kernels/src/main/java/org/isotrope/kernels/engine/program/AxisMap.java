package org.isotrope.kernels.engine.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundary;
import org.jspecify.annotations.Nullable;

/**
 * What a stencil reads along one axis: for output index {@code i} and offset {@code o}, a short list of source indices
 * with coefficients.
 *
 * <p>In the interior, {@code low ≤ i < size − high}, the list is just {@code i + o} with coefficient 1. Nearer the ends
 * it is what the axis and its boundaries make of {@code i + o}: the wrapped index, nothing, or a combination of
 * interior nodes. The {@linkplain #transpose() transpose} of such a map is again one, which is why adjoints run on the
 * same engine as operators.
 */
public final class AxisMap {
    /**
     * Sources in increasing order, with their coefficients.
     *
     * @param sources indices of nodes
     * @param coefficients one for each source
     */
    public record Reads(int[] sources, double[] coefficients) {
        static final Reads NONE = new Reads(new int[0], new double[0]);
    }

    private final int size;
    private final int low;
    private final int high;
    private final int lowest;
    private final int highest;
    /** {@code edges[class][o − lowest]}, one class for each edge index. */
    private final Reads[][] edges;

    private AxisMap(int size, int low, int high, int lowest, int highest) {
        this.size = size;
        // where both edges meet nothing is interior
        this.low = low + high < size ? low : size;
        this.high = low + high < size ? high : 0;
        this.lowest = lowest;
        this.highest = highest;
        this.edges = new Reads[this.low + this.high][highest - lowest + 1];
    }

    /** An axis of one node that no tap leaves, to fill up missing dimensions. */
    static AxisMap trivial() {
        return new AxisMap(1, 0, 0, 0, 0);
    }

    /**
     * The map of an axis for offsets {@code lowest} to {@code highest}.
     *
     * @param number which axis, for messages
     * @param below boundary at the first node, ignored on periodic axes
     * @param above boundary at the last node, ignored on periodic axes
     */
    static AxisMap of(Axis axis, int number, Boundary below, Boundary above, int lowest, int highest) {
        AxisMap map = new AxisMap(axis.size(), -lowest, highest, lowest, highest);
        for (int e = 0; e < map.edges.length; e++) {
            for (int o = lowest; o <= highest; o++) {
                map.edges[e][o - lowest] = axis.isPeriodic()
                        ? direct(Math.floorMod(map.edgeIndex(e) + o, map.size))
                        : map.bounded(map.edgeIndex(e) + o, number, below, above);
            }
        }
        return map;
    }

    private static Reads direct(int source) {
        return new Reads(new int[] {source}, new double[] {1});
    }

    private Reads bounded(int position, int number, Boundary below, Boundary above) {
        if (position >= 0 && position < size) {
            return direct(position);
        }
        boolean atLow = position < 0;
        Boundary boundary = atLow ? below : above;
        double[] ghost = boundary.ghost(atLow ? -position : position - size + 1);
        if (ghost.length > size) {
            throw new IllegalArgumentException("axis " + number + " has " + size + " nodes; it had to have at least "
                    + ghost.length + " for boundary " + boundary + " under a stencil that reaches "
                    + (atLow ? -lowest : highest) + " nodes beyond the wall");
        }
        int count = 0;
        for (double coefficient : ghost) {
            count += coefficient != 0 ? 1 : 0;
        }
        int[] sources = new int[count];
        double[] coefficients = new double[count];
        int next = 0;
        for (int k = 0; k < ghost.length; k++) {
            int j = atLow ? k : ghost.length - 1 - k;
            if (ghost[j] != 0) {
                sources[next] = atLow ? j : size - 1 - j;
                coefficients[next++] = ghost[j];
            }
        }
        return new Reads(sources, coefficients);
    }

    /** The map of the transposed operator: index {@code j} with offset {@code −o} reads all {@code i} that read it. */
    AxisMap transpose() {
        Map<Long, List<double[]>> readers = new HashMap<>();
        int newLow = highest;
        int newHigh = -lowest;
        for (int e = 0; e < edges.length; e++) {
            int i = edgeIndex(e);
            for (int o = lowest; o <= highest; o++) {
                Reads reads = edges[e][o - lowest];
                for (int k = 0; k < reads.sources.length; k++) {
                    int j = reads.sources[k];
                    if (j == i + o && reads.coefficients[k] == 1) {
                        continue;
                    }
                    readers.computeIfAbsent(key(j, o), any -> new ArrayList<>())
                            .add(new double[] {i, reads.coefficients[k]});
                    if (j < size / 2) {
                        newLow = Math.max(newLow, j + 1);
                    } else {
                        newHigh = Math.max(newHigh, size - j);
                    }
                }
            }
        }
        AxisMap transposed = new AxisMap(size, newLow, newHigh, -highest, -lowest);
        for (int e = 0; e < transposed.edges.length; e++) {
            int j = transposed.edgeIndex(e);
            for (int o = lowest; o <= highest; o++) {
                List<double[]> all = new ArrayList<>(readers.getOrDefault(key(j, o), List.of()));
                if (readsDirectly(j - o, o)) {
                    all.add(new double[] {j - o, 1});
                }
                all.sort((a, b) -> Double.compare(a[0], b[0]));
                transposed.edges[e][highest - o] = new Reads(
                        all.stream().mapToInt(entry -> (int) entry[0]).toArray(),
                        all.stream().mapToDouble(entry -> entry[1]).toArray());
            }
        }
        return transposed;
    }

    private boolean readsDirectly(int i, int o) {
        if (i < 0 || i >= size) {
            return false;
        }
        if (isInterior(i)) {
            return true;
        }
        Reads reads = edges[edgeOf(i)][o - lowest];
        for (int k = 0; k < reads.sources.length; k++) {
            if (reads.sources[k] == i + o && reads.coefficients[k] == 1) {
                return true;
            }
        }
        return false;
    }

    private long key(int j, int o) {
        return (long) j * (highest - lowest + 1) + (o - lowest);
    }

    /** {@return number of nodes} */
    public int size() {
        return size;
    }

    /**
     * Indices below this one are edge indices.
     *
     * @return their number
     */
    public int low() {
        return low;
    }

    /**
     * So many indices at the upper end are edge indices.
     *
     * @return their number
     */
    public int high() {
        return high;
    }

    /**
     * Whether a node reads {@code i + o} for all offsets.
     *
     * @param i output index
     * @return true for all but edge indices
     */
    public boolean isInterior(int i) {
        return i >= low && i < size - high;
    }

    /**
     * Number of classes: one for each edge index, and the last one for the whole interior.
     *
     * @return at least 1
     */
    public int classes() {
        return edges.length + 1;
    }

    /**
     * The class of an output index.
     *
     * @param i output index
     * @return below {@link #classes()}
     */
    public int classOf(int i) {
        return isInterior(i) ? edges.length : edgeOf(i);
    }

    /**
     * Any index of a class; an interior one may not exist.
     *
     * @param anyClass class
     * @return the lowest of an interior class
     */
    public int indexOf(int anyClass) {
        return anyClass == edges.length ? low : edgeIndex(anyClass);
    }

    private int edgeOf(int i) {
        return i < low ? i : low + i - (size - high);
    }

    private int edgeIndex(int e) {
        return e < low ? e : size - high + e - low;
    }

    /**
     * Smallest offset of the stencil, at most 0.
     *
     * @return in nodes
     */
    public int lowest() {
        return lowest;
    }

    /**
     * Largest offset of the stencil, at least 0.
     *
     * @return in nodes
     */
    public int highest() {
        return highest;
    }

    /**
     * The node that stands at each position {@code lowest … size − 1 + highest}, −1 for none, where the map does
     * nothing but move values: then copies of rows beyond the walls give every node the taps of the interior.
     *
     * @return null if some position is a combination of nodes, or not the same for all that read it
     */
    public int @Nullable [] moves() {
        int[] moves = new int[size + highest - lowest];
        boolean[] known = new boolean[moves.length];
        for (int i = 0; i < size; i++) {
            if (isInterior(i)) {
                continue;
            }
            for (int o = lowest; o <= highest; o++) {
                Reads reads = edges[edgeOf(i)][o - lowest];
                if (reads.sources.length > 1 || reads.sources.length == 1 && reads.coefficients[0] != 1) {
                    return null;
                }
                int source = reads.sources.length == 0 ? -1 : reads.sources[0];
                int position = i + o;
                boolean inside = position >= 0 && position < size;
                if (inside && source != position || known[position - lowest] && moves[position - lowest] != source) {
                    return null;
                }
                moves[position - lowest] = source;
                known[position - lowest] = true;
            }
        }
        for (int i = 0; i < size; i++) {
            moves[i - lowest] = i;
        }
        return moves;
    }

    /**
     * Most nodes that stand for one position.
     *
     * @return at least 1
     */
    public int mostReads() {
        int most = 1;
        for (Reads[] positions : edges) {
            for (Reads reads : positions) {
                most = Math.max(most, reads.sources.length);
            }
        }
        return most;
    }

    /**
     * What output index {@code i} reads at an offset.
     *
     * @param i output index
     * @param offset of a tap, in nodes
     * @return sources with their coefficients
     */
    public Reads reads(int i, int offset) {
        return isInterior(i) ? direct(i + offset) : edges[edgeOf(i)][offset - lowest];
    }
}
