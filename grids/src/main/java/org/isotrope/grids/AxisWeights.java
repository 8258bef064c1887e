package org.isotrope.grids;

import java.util.Arrays;

/**
 * Which nodes of one axis a point reads, and their weights with two derivatives in the axis coordinate.
 *
 * <p>Working memory of one thread; {@link #locate} overwrites everything.
 */
final class AxisWeights {
    private final Axis axis;
    private final double[] nodes;
    private final int order;
    private final boolean periodic;
    private final double low;
    private final double high;

    /** Number of nodes read, always the same. */
    final int width;
    final int[] index;
    final double[] weight;
    final double[] slope;
    final double[] curvature;
    // of all order + 1 nodes that the spline touches on an endless axis
    private final double[] raw;
    private final double[] rawSlope;
    private final double[] rawCurvature;

    AxisWeights(Axis axis, int order) {
        this.axis = axis;
        this.nodes = axis.sharedNodes();
        this.order = order;
        this.periodic = axis.isPeriodic();
        this.low = axis.low();
        this.high = axis.high();
        this.width = Math.min(order + 1, nodes.length);
        this.index = new int[width];
        this.weight = new double[width];
        this.slope = new double[width];
        this.curvature = new double[width];
        this.raw = new double[order + 1];
        this.rawSlope = new double[order + 1];
        this.rawCurvature = new double[order + 1];
    }

    Axis axis() {
        return axis;
    }

    /** Whether a finite coordinate lies between the walls. */
    boolean contains(double x) {
        return periodic || x >= low && x <= high;
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    /** The image between the walls of a coordinate outside. */
    double wrapped(double x) {
        double length = high - low;
        if (length == 0) {
            return low;
        }
        double offset = (x - low) % length;
        if (offset < 0) {
            // a tiny negative remainder plus the length may round to the length itself
            offset = offset + length < length ? offset + length : 0;
        }
        return low + offset;
    }

    /** Computes everything at a coordinate, on a bounded axis between the walls. */
    void locate(double coordinate) {
        int n = nodes.length;
        if (n == 1) {
            index[0] = 0;
            set(0, 1, 0, 0);
            return;
        }
        double x = periodic ? wrapped(coordinate) : coordinate;
        switch (order) {
            case 0 -> {
                index[0] = nearest(x);
                set(0, 1, 0, 0);
            }
            case 1 -> linear(x);
            default -> spline(x);
        }
    }

    /** A point so far outside that the weights do not change with it. */
    void flatten() {
        Arrays.fill(slope, 0);
        Arrays.fill(curvature, 0);
    }

    private void set(int j, double w, double first, double second) {
        weight[j] = w;
        slope[j] = first;
        curvature[j] = second;
    }

    /** The last node at or before x, −1 if there is none. */
    private int below(double x) {
        int n = nodes.length;
        if (axis.isUniform()) {
            int guess = Math.clamp((long) Math.floor((x - nodes[0]) / axis.spacing()), 0, n - 1);
            // the quotient is rounded, the nodes decide
            if (guess + 1 < n && nodes[guess + 1] <= x) {
                return guess + 1;
            }
            return nodes[guess] <= x ? guess : guess - 1;
        }
        int from = -1;
        int to = n;
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            if (nodes[middle] <= x) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** The node whose dual cell holds x. */
    private int nearest(double x) {
        int n = nodes.length;
        int below = below(x);
        if (below < 0) {
            return 0;
        }
        int next = below + 1;
        double end = next < n ? nodes[next] : periodic ? nodes[0] + axis.period() : Double.POSITIVE_INFINITY;
        double face = axis.centring() == Axis.Centring.CELL
                ? nodes[below] + 0.5 * axis.weight(below)
                : nodes[below] + 0.5 * (end - nodes[below]);
        return x < face ? below : next < n ? next : periodic ? 0 : below;
    }

    private void linear(double x) {
        int n = nodes.length;
        int below = below(x);
        if (!periodic) {
            // in the half cell before a wall the line through the two end nodes goes on
            below = Math.clamp(below, 0, n - 2);
        }
        int next = below + 1 < n ? below + 1 : 0;
        double end = below + 1 < n ? nodes[below + 1] : nodes[0] + axis.period();
        double step = end - nodes[below];
        double fraction = (x - nodes[below]) / step;
        index[0] = below;
        index[1] = next;
        set(0, 1 - fraction, -1 / step, 0);
        set(1, fraction, 1 / step, 0);
    }

    private void spline(double x) {
        double h = axis.spacing();
        double s = (x - nodes[0]) / h;
        double corner = order == 2 ? Math.floor(s + 0.5) : Math.floor(s);
        double t = s - corner;
        if (order == 2) {
            raw(0, 0.5 * (0.5 - t) * (0.5 - t), t - 0.5, 1);
            raw(1, 0.75 - t * t, -2 * t, -2);
            raw(2, 0.5 * (0.5 + t) * (0.5 + t), t + 0.5, 1);
        } else {
            double u = 1 - t;
            raw(0, u * u * u / 6, -0.5 * u * u, u);
            raw(1, (4 - t * t * (6 - 3 * t)) / 6, t * (1.5 * t - 2), 3 * t - 2);
            raw(2, (4 - u * u * (6 - 3 * u)) / 6, u * (2 - 1.5 * u), 3 * u - 2);
            raw(3, t * t * t / 6, 0.5 * t * t, t);
        }
        fold((int) corner - 1);
        for (int j = 0; j < width; j++) {
            slope[j] /= h;
            curvature[j] /= h * h;
        }
    }

    private void raw(int j, double w, double first, double second) {
        raw[j] = w;
        rawSlope[j] = first;
        rawCurvature[j] = second;
    }

    /** Takes the nodes of an endless axis back to those there are. */
    private void fold(int lowest) {
        int n = nodes.length;
        int first = periodic ? width == n ? 0 : lowest : Math.clamp(lowest, 0, n - width);
        for (int j = 0; j < width; j++) {
            index[j] = periodic ? Math.floorMod(first + j, n) : first + j;
            set(j, 0, 0, 0);
        }
        for (int j = 0; j <= order; j++) {
            int node = lowest + j;
            if (periodic) {
                add(width == n ? Math.floorMod(node, n) : j, 1, j);
            } else if (node < 0) {
                // a ghost on the line through the two end nodes, which keeps the first moment
                add(0, 1.0 - node, j);
                add(1, node, j);
            } else if (node >= n) {
                int beyond = node - (n - 1);
                add(width - 1, 1.0 + beyond, j);
                add(width - 2, -beyond, j);
            } else {
                add(node - first, 1, j);
            }
        }
    }

    private void add(int j, double factor, int from) {
        weight[j] += factor * raw[from];
        slope[j] += factor * rawSlope[from];
        curvature[j] += factor * rawCurvature[from];
    }
}
