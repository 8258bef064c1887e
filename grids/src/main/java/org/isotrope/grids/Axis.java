package org.isotrope.grids;

import java.util.Arrays;

/**
 * A strictly increasing set of nodes along one coordinate: uniform or nonuniform, bounded or periodic.
 *
 * <p>Whether an axis closes on itself belongs to the axis, never to a boundary condition. On a bounded axis the nodes
 * either lie on the walls (node-centred, the first and last node <em>are</em> the walls) or half a cell inside them
 * (cell-centred). Coordinates carry whatever length unit the caller uses.
 *
 * <p>Immutable; two axes are equal when they have the same nodes, topology and centring.
 */
public final class Axis {
    /** Where the nodes of a bounded axis lie between its walls. */
    public enum Centring {
        /** The end nodes lie on the walls. */
        NODE,
        /** The end nodes lie half a spacing inside the walls. */
        CELL
    }

    private final double[] nodes;
    private final double[] weights;
    private final boolean uniform;
    private final double spacing;
    /** Zero on a bounded axis. */
    private final double period;
    private final Centring centring;

    private Axis(double[] nodes, double spacing, double period, Centring centring) {
        this.nodes = nodes;
        this.weights = new double[nodes.length];
        this.uniform = true;
        this.spacing = spacing;
        this.period = period;
        this.centring = centring;
        Arrays.fill(weights, spacing);
    }

    private Axis(double[] nodes, double[] weights, double period, Centring centring) {
        this.nodes = nodes;
        this.weights = weights;
        this.uniform = false;
        this.spacing = Double.NaN;
        this.period = period;
        this.centring = centring;
    }

    /**
     * A bounded axis of {@code n} equally spaced nodes, the first at {@code low} and the last at {@code high}
     * (NumPy's {@code linspace}); spacing {@code (high − low)/(n − 1)}.
     *
     * @param low coordinate of the first node
     * @param high coordinate of the last node, above {@code low}
     * @param n number of nodes, at least 2
     * @return the axis
     */
    public static Axis uniform(double low, double high, int n) {
        Coordinates.requireInterval(low, high);
        Coordinates.requireCount(n, 2);
        double[] nodes = new double[n];
        for (int i = 0; i < n; i++) {
            // symmetric in both ends, so that a mirrored axis has exactly mirrored nodes
            nodes[i] = (low * (n - 1 - i) + high * i) / (n - 1);
        }
        // the quotient may be a rounding error off the ends that the caller named
        nodes[0] = low;
        nodes[n - 1] = high;
        return new Axis(Coordinates.requireIncreasing(nodes), (high - low) / (n - 1), 0, Centring.NODE);
    }

    /**
     * A bounded, cell-centred axis of {@code n} equal cells between two walls; nodes at {@code low + (i + ½)h} with
     * {@code h = (high − low)/n}.
     *
     * @param low coordinate of the lower wall
     * @param high coordinate of the upper wall, above {@code low}
     * @param n number of cells, at least 1
     * @return the axis
     */
    public static Axis cells(double low, double high, int n) {
        Coordinates.requireInterval(low, high);
        Coordinates.requireCount(n, 1);
        double[] nodes = new double[n];
        for (int i = 0; i < n; i++) {
            nodes[i] = (low * (2L * (n - i) - 1) + high * (2L * i + 1)) / (2.0 * n);
        }
        return new Axis(Coordinates.requireIncreasing(nodes), (high - low) / n, 0, Centring.CELL);
    }

    /**
     * A periodic axis of {@code n} equally spaced nodes: the first at {@code low}, the period {@code high − low}, so
     * that {@code high} is the image of {@code low} and not a node of its own.
     *
     * @param low coordinate of the first node
     * @param high coordinate of its first image, above {@code low}
     * @param n number of nodes a period, at least 1
     * @return the axis
     */
    public static Axis periodic(double low, double high, int n) {
        Coordinates.requireInterval(low, high);
        Coordinates.requireCount(n, 1);
        double[] nodes = new double[n];
        for (int i = 0; i < n; i++) {
            nodes[i] = (low * (n - i) + high * i) / n;
        }
        nodes[0] = low;
        return new Axis(Coordinates.requireIncreasing(nodes), (high - low) / n, high - low, Centring.NODE);
    }

    /**
     * A bounded, node-centred axis with the given nodes.
     *
     * @param nodes strictly increasing, finite coordinates, at least 2
     * @return the axis; it counts as uniform only if made by one of the uniform constructors
     */
    public static Axis nodes(double... nodes) {
        Coordinates.requireCount(nodes.length, 2);
        double[] copy = Coordinates.requireIncreasing(nodes.clone());
        return new Axis(copy, dualCells(copy, 0), 0, Centring.NODE);
    }

    /**
     * A bounded, cell-centred axis of unequal cells: each node is the midpoint of its cell and its quadrature weight the
     * width of the cell, so that the end nodes lie half a weight inside the walls.
     *
     * @param faces strictly increasing, finite coordinates, at least 2: the lower wall, the faces between cells, the
     *     upper wall
     * @return the axis of {@code faces.length − 1} nodes
     */
    public static Axis cellsBetween(double... faces) {
        if (faces.length < 2) {
            throw new IllegalArgumentException("number of faces is " + faces.length + "; it had to be at least 2");
        }
        Coordinates.requireIncreasing(faces);
        double[] nodes = new double[faces.length - 1];
        double[] widths = new double[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = 0.5 * faces[i] + 0.5 * faces[i + 1];
            widths[i] = faces[i + 1] - faces[i];
        }
        return new Axis(Coordinates.requireIncreasing(nodes), widths, 0, Centring.CELL);
    }

    /**
     * A periodic axis with the given nodes in one period.
     *
     * @param period length after which the nodes repeat; above the span of the nodes
     * @param nodes strictly increasing, finite coordinates, at least 1
     * @return the axis
     */
    public static Axis periodicNodes(double period, double... nodes) {
        Coordinates.requireCount(nodes.length, 1);
        Coordinates.requireIncreasing(nodes);
        double span = nodes[nodes.length - 1] - nodes[0];
        if (!(period > span) || Double.isInfinite(period)) {
            throw new IllegalArgumentException("period is " + period + "; it had to be finite and above the span "
                    + span + " of the nodes");
        }
        return new Axis(nodes.clone(), dualCells(nodes, period), period, Centring.NODE);
    }

    /**
     * An axis of one node, along which nothing varies; its quadrature weight is 1.
     *
     * @param coordinate the node
     * @return the axis
     */
    public static Axis singleton(double coordinate) {
        return new Axis(Coordinates.requireIncreasing(new double[] {coordinate}), 1, 0, Centring.NODE);
    }

    /**
     * Number of nodes.
     *
     * @return at least 1
     */
    public int size() {
        return nodes.length;
    }

    /**
     * Coordinate of a node.
     *
     * @param i index, 0 to {@code size() − 1}
     * @return the coordinate
     * @throws IllegalArgumentException if there is no such node
     */
    public double node(int i) {
        requireIndex(i);
        return nodes[i];
    }

    /**
     * All coordinates.
     *
     * @return a fresh array of {@code size()} increasing values
     */
    public double[] nodes() {
        return nodes.clone();
    }

    /** The nodes themselves, not to be changed. */
    double[] sharedNodes() {
        return nodes;
    }

    /**
     * Whether the nodes are equally spaced by construction.
     *
     * @return true for uniform, cell-centred, periodic and singleton axes
     */
    public boolean isUniform() {
        return uniform;
    }

    /**
     * Distance of neighbouring nodes of a uniform axis.
     *
     * @return the spacing, positive
     * @throws IllegalStateException if the axis is nonuniform
     */
    public double spacing() {
        if (!uniform) {
            throw new IllegalStateException("axis " + this + " has no single spacing; it had to be uniform");
        }
        return spacing;
    }

    /**
     * Whether the axis closes on itself.
     *
     * @return true if periodic, false if bounded
     */
    public boolean isPeriodic() {
        return period > 0;
    }

    /**
     * Length after which a periodic axis repeats.
     *
     * @return the period, positive
     * @throws IllegalStateException if the axis is bounded
     */
    public double period() {
        if (!isPeriodic()) {
            throw new IllegalStateException("axis " + this + " has no period; it had to be periodic");
        }
        return period;
    }

    /**
     * Where the nodes lie between the walls.
     *
     * @return the centring; {@link Centring#NODE} for periodic axes
     */
    public Centring centring() {
        return centring;
    }

    /**
     * Quadrature weight of a node: the length of its dual cell, which reaches half-way to each neighbour. An end node of
     * a bounded, node-centred axis reaches as far outwards as inwards, so every weight of a uniform axis is its spacing.
     * On a cell-centred axis the dual cell is the cell.
     *
     * @param i index, 0 to {@code size() − 1}
     * @return the length, positive
     * @throws IllegalArgumentException if there is no such node
     */
    public double weight(int i) {
        requireIndex(i);
        return weights[i];
    }

    private static double[] dualCells(double[] nodes, double period) {
        int last = nodes.length - 1;
        double[] weights = new double[nodes.length];
        double seam = nodes[0] + period - nodes[last];
        for (int i = 0; i <= last; i++) {
            double above = i < last ? nodes[i + 1] - nodes[i] : period > 0 ? seam : nodes[i] - nodes[i - 1];
            double below = i > 0 ? nodes[i] - nodes[i - 1] : period > 0 ? seam : above;
            weights[i] = 0.5 * (below + above);
        }
        return weights;
    }

    /**
     * Where the domain of a bounded axis begins: the first node, or the wall half a cell below it.
     *
     * @return the coordinate of the lower wall; of a periodic axis the first node
     */
    public double low() {
        return centring == Centring.CELL ? nodes[0] - 0.5 * weights[0] : nodes[0];
    }

    /**
     * Where the domain ends: the last node of a bounded axis, or the wall half a cell above it.
     *
     * @return the coordinate of the upper wall; of a periodic axis the first image of the first node
     */
    public double high() {
        int last = nodes.length - 1;
        return isPeriodic() ? nodes[0] + period : centring == Centring.CELL ? nodes[last] + 0.5 * weights[last]
                : nodes[last];
    }

    /**
     * Whether the axis looks the same from both ends, so that reversing its nodes is a symmetry.
     *
     * @return true for uniform axes and for nonuniform ones whose spacings and weights read the same backwards
     */
    public boolean isMirrorSymmetric() {
        if (uniform) {
            return true;
        }
        int n = nodes.length;
        double tolerance = 1e-12 * (nodes[n - 1] - nodes[0]);
        for (int i = 0; i + 1 < n; i++) {
            double step = nodes[i + 1] - nodes[i];
            double mirrored = nodes[n - 1 - i] - nodes[n - 2 - i];
            if (Math.abs(step - mirrored) > tolerance) {
                return false;
            }
        }
        return centring == Centring.NODE || Math.abs(weights[0] - weights[n - 1]) <= tolerance;
    }

    /**
     * Whether another axis has the same size, spacings, topology and centring, so that the two may be exchanged; the
     * coordinates themselves may be shifted.
     *
     * @param other the other axis
     * @return true if both have the same shape up to rounding of the spacings (1e-12 relative)
     */
    public boolean isCongruentTo(Axis other) {
        if (size() != other.size() || uniform != other.uniform || centring != other.centring
                || !close(period, other.period)) {
            return false;
        }
        if (uniform) {
            return close(spacing, other.spacing);
        }
        for (int i = 1; i < nodes.length; i++) {
            if (!close(nodes[i] - nodes[i - 1], other.nodes[i] - other.nodes[i - 1])) {
                return false;
            }
        }
        // nodes fix the faces of cells up to the width of the first
        return close(weights[0], other.weights[0]);
    }

    private static boolean close(double a, double b) {
        return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Axis that
                && uniform == that.uniform
                && period == that.period
                && centring == that.centring
                && Arrays.equals(nodes, that.nodes)
                && Arrays.equals(weights, that.weights);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(nodes) + Double.hashCode(period);
    }

    /**
     * One line: kind, range, size, spacing.
     *
     * @return for example {@code uniform [-1, 1], 21 nodes, spacing 0.1}
     */
    @Override
    public String toString() {
        int n = nodes.length;
        if (n == 1 && !isPeriodic()) {
            return "singleton at " + Coordinates.number(nodes[0]);
        }
        String kind = (isPeriodic() ? "periodic " : "") + (uniform ? "uniform " : "nonuniform ")
                + (centring == Centring.CELL ? "cells " : "");
        double end = isPeriodic() ? nodes[0] + period : nodes[n - 1];
        String range = "[" + Coordinates.number(nodes[0]) + ", " + Coordinates.number(end) + (isPeriodic() ? ")" : "]");
        String step = uniform ? "spacing " + Coordinates.number(spacing) : "weights "
                + Coordinates.number(Arrays.stream(weights).min().orElseThrow()) + " to "
                + Coordinates.number(Arrays.stream(weights).max().orElseThrow());
        return kind + range + ", " + n + " nodes, " + step;
    }

    private void requireIndex(int i) {
        if (i < 0 || i >= nodes.length) {
            throw new IllegalArgumentException("index of the node is " + i + "; it had to be in [0, " + nodes.length
                    + ")");
        }
    }
}
