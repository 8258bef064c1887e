package org.isotrope.autodiff;

import org.isotrope.grids.Axis;
import org.isotrope.grids.Grid;

/**
 * The weights of a B-spline around a point with their first and second derivatives in the position.
 *
 * <p>Order 1: {@code 1 − |x|}; 2: {@code ¾ − x²}, {@code ½(3/2 − |x|)²}; 3: {@code (4 − 6x² + 3|x|³)/6},
 * {@code (2 − |x|)³/6}, at distances x in spacings. Source: R. Hockney, J. Eastwood, Computer Simulation Using
 * Particles, chapter 5.
 */
final class SplineWeights {
    private final Grid grid;
    private final int dimension;
    private final int order;
    private final int width;
    private final int count;
    private final double[][] inverseCell;
    private final double[][] nodes;
    private final double determinant;
    // of the point that was located last
    private final int[][] index;
    /** {@code axis[derivative][a][k]}, in axis coordinates. */
    private final double[][][] axis;
    private final long[] flat;
    private final double[] volume;
    private final double[] weight;
    private final double[] slope;
    private final double[] curvature;

    SplineWeights(Grid grid, int order) {
        if (order < 1 || order > 3) {
            throw new IllegalArgumentException("order of the B-spline is " + order
                    + "; it had to be 1, 2 or 3, to have a derivative in the position");
        }
        this.grid = grid;
        this.dimension = grid.dimension();
        this.order = order;
        this.width = order + 1;
        int all = 1;
        this.nodes = new double[dimension][];
        double product = 1;
        for (int a = 0; a < dimension; a++) {
            Axis along = grid.axis(a);
            if (order > 1 && !along.isUniform()) {
                throw new IllegalArgumentException("axis " + a + " is " + along + "; it had to be uniform for B-splines"
                        + " of order " + order);
            }
            if (order > 1 && along.size() < width) {
                throw new IllegalArgumentException("axis " + a + " has " + along.size() + " nodes; it had to have at"
                        + " least " + width + " for B-splines of order " + order);
            }
            all *= width;
            nodes[a] = along.nodes();
            product *= along.weight(0);
        }
        this.determinant = grid.weight(new int[dimension]) / product;
        this.count = all;
        this.inverseCell = grid.inverseCell();
        this.index = new int[dimension][width];
        this.axis = new double[3][dimension][width];
        this.flat = new long[all];
        this.volume = new double[all];
        this.weight = new double[all];
        this.slope = new double[all * dimension];
        this.curvature = new double[all * dimension * dimension];
    }

    int dimension() {
        return dimension;
    }

    /** Number of nodes around a point; some may have weight 0. */
    int count() {
        return count;
    }

    long flat(int k) {
        return flat[k];
    }

    /** Quadrature weight of the node. */
    double volume(int k) {
        return volume[k];
    }

    double weight(int k) {
        return weight[k];
    }

    /** Derivative of the weight along a direction, d coordinates of an array from {@code first} on. */
    double slope(int k, double[] direction, int first) {
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            sum += slope[k * dimension + i] * direction[first + i];
        }
        return sum;
    }

    /** Adds the gradient of the weight to d entries of an array. */
    void addSlope(int k, double factor, double[] gradient, int first) {
        for (int i = 0; i < dimension; i++) {
            gradient[first + i] += factor * slope[k * dimension + i];
        }
    }

    /** Adds the Hessian of the weight times a direction to d entries of an array. */
    void addCurvature(int k, double factor, double[] direction, double[] gradient, int first) {
        for (int i = 0; i < dimension; i++) {
            double sum = 0;
            for (int j = 0; j < dimension; j++) {
                sum += curvature[(k * dimension + i) * dimension + j] * direction[first + j];
            }
            gradient[first + i] += factor * sum;
        }
    }

    /** Computes everything for point p of an array of positions. */
    void locate(double[] positions, int p) {
        for (int a = 0; a < dimension; a++) {
            double coordinate = 0;
            for (int i = 0; i < dimension; i++) {
                coordinate += inverseCell[a][i] * positions[p * dimension + i];
            }
            if (order == 1) {
                linear(a, coordinate, p);
            } else {
                spline(a, coordinate, p);
            }
        }
        for (int k = 0; k < count; k++) {
            combine(k);
        }
    }

    private void combine(int k) {
        long node = 0;
        double size = determinant;
        int rest = k;
        int stride = count;
        double product = 1;
        for (int a = 0; a < dimension; a++) {
            stride /= width;
            int j = rest / stride;
            rest %= stride;
            node = node * nodes[a].length + index[a][j];
            size *= grid.axis(a).weight(index[a][j]);
            product *= axis[0][a][j];
        }
        flat[k] = node;
        volume[k] = size;
        weight[k] = product;
        for (int i = 0; i < dimension; i++) {
            double first = 0;
            for (int a = 0; a < dimension; a++) {
                first += derivative(k, a, -1) * inverseCell[a][i];
            }
            slope[k * dimension + i] = first;
            for (int j = 0; j < dimension; j++) {
                double second = 0;
                for (int a = 0; a < dimension; a++) {
                    for (int b = 0; b < dimension; b++) {
                        second += derivative(k, a, b) * inverseCell[a][i] * inverseCell[b][j];
                    }
                }
                curvature[(k * dimension + i) * dimension + j] = second;
            }
        }
    }

    /** Derivative of the product of weights along axis a, and axis b unless that is −1. */
    private double derivative(int k, int a, int b) {
        int rest = k;
        int stride = count;
        double product = 1;
        for (int c = 0; c < dimension; c++) {
            stride /= width;
            int j = rest / stride;
            rest %= stride;
            product *= axis[(c == a ? 1 : 0) + (c == b ? 1 : 0)][c][j];
        }
        return product;
    }

    private void set(int a, int j, double w, double first, double second) {
        axis[0][a][j] = w;
        axis[1][a][j] = first;
        axis[2][a][j] = second;
    }

    private void linear(int a, double coordinate, int p) {
        Axis along = grid.axis(a);
        double[] at = nodes[a];
        int n = at.length;
        double x = coordinate;
        boolean flat = n == 1;
        if (along.isPeriodic()) {
            x = wrap(along, coordinate, a, p);
            flat = false;
        } else {
            double reach = along.centring() == Axis.Centring.CELL ? 0.5 * along.weight(0) : 0;
            requireWithin(x, at[0] - reach, at[n - 1] + reach, a, p);
            // between the wall and the first cell centre the value is that of the centre
            flat |= x < at[0] || x > at[n - 1];
            x = Math.clamp(x, at[0], at[n - 1]);
        }
        int below = 0;
        int above = n - 1;
        while (above - below > 1) {
            int middle = (below + above) >>> 1;
            if (at[middle] <= x) {
                below = middle;
            } else {
                above = middle;
            }
        }
        if (along.isPeriodic() && (n == 1 || x >= at[n - 1])) {
            below = n - 1;
        }
        int next = below + 1 < n ? below + 1 : along.isPeriodic() ? 0 : below;
        double end = below + 1 < n ? at[below + 1] : along.isPeriodic() ? at[0] + along.period() : at[below] + 1;
        double step = end - at[below];
        double fraction = (x - at[below]) / step;
        index[a][0] = below;
        index[a][1] = next;
        set(a, 0, 1 - fraction, flat ? 0 : -1 / step, 0);
        set(a, 1, fraction, flat ? 0 : 1 / step, 0);
    }

    private void spline(int a, double coordinate, int p) {
        Axis along = grid.axis(a);
        int n = nodes[a].length;
        double h = along.spacing();
        double first = nodes[a][0];
        double x = coordinate;
        if (along.isPeriodic()) {
            x = wrap(along, coordinate, a, p);
        } else {
            double margin = order == 2 ? 0.5 * h : h;
            requireWithin(x, first + margin, nodes[a][n - 1] - margin, a, p);
        }
        double s = (x - first) / h;
        int lowest;
        if (order == 2) {
            int nearest = (int) Math.floor(s + 0.5);
            lowest = along.isPeriodic() ? nearest - 1 : Math.clamp(nearest - 1, 0, n - 3);
        } else {
            int below = (int) Math.floor(s);
            lowest = along.isPeriodic() ? below - 1 : Math.clamp(below - 1, 0, n - 4);
        }
        for (int j = 0; j < width; j++) {
            index[a][j] = along.isPeriodic() ? Math.floorMod(lowest + j, n) : lowest + j;
            double x1 = s - (lowest + j);
            double side = Math.signum(x1);
            double distance = Math.abs(x1);
            double outer = 0.5 * width - distance;
            if (order == 2) {
                if (distance <= 0.5) {
                    set(a, j, 0.75 - x1 * x1, -2 * x1 / h, -2 / (h * h));
                } else {
                    set(a, j, 0.5 * outer * outer, -side * outer / h, 1 / (h * h));
                }
            } else if (distance <= 1) {
                set(a, j, (4 + distance * distance * (3 * distance - 6)) / 6,
                        side * distance * (1.5 * distance - 2) / h,
                        (3 * distance - 2) / (h * h));
            } else {
                set(a, j, outer * outer * outer / 6, -side * outer * outer / (2 * h), outer / (h * h));
            }
        }
    }

    private static double wrap(Axis along, double coordinate, int a, int p) {
        if (!Double.isFinite(coordinate)) {
            throw new IllegalArgumentException("point " + p + " has coordinate " + coordinate + " along axis " + a
                    + "; it had to be finite");
        }
        double offset = (coordinate - along.node(0)) % along.period();
        if (offset < 0) {
            // a tiny negative remainder plus the period may round to the period itself
            offset = offset + along.period() < along.period() ? offset + along.period() : 0;
        }
        return along.node(0) + offset;
    }

    private void requireWithin(double x, double low, double high, int a, int p) {
        // a point on the limit must not fall to the rounding of the limit
        double slack = 1e-12 * (high - low);
        if (!(x >= low - slack && x <= high + slack)) {
            throw new IllegalArgumentException("point " + p + " has coordinate " + x + " along axis " + a
                    + "; it had to be in [" + low + ", " + high + "] for B-splines of order " + order);
        }
    }
}
