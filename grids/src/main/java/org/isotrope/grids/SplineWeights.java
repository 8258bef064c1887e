package org.isotrope.grids;

/**
 * The nodes that a point reads, and their weights with first and second derivatives in the position.
 *
 * <p>Working memory of one thread, made by {@link Interpolation#weights}: {@link #locate} moves it to a point, the other
 * methods read. Node {@code k} of {@link #count} has the weight {@code W_k = Π_a w_a} of its axes; nodes are distinct, and
 * some may have weight 0. Derivatives are in space, {@code ∇W = A⁻ᵀ ∂_ξ W}.
 */
public final class SplineWeights {
    private final Grid grid;
    private final OutOfDomain outside;
    private final int dimension;
    private final int count;
    private final AxisWeights[] axes;
    private final double[][] cell;
    private final double[][] inverseCell;
    private final double determinant;
    /** Which of its axis's nodes node k is made of, {@code part[a][k]}. */
    private final int[][] part;
    // of the point that was located last
    private final double[] coordinates;
    private final long[] flat;
    private final double[] volume;
    private final double[] weight;
    private final double[] slope;

    SplineWeights(Grid grid, int order, OutOfDomain outside) {
        this.grid = grid;
        this.outside = outside;
        this.dimension = grid.dimension();
        this.axes = new AxisWeights[dimension];
        this.cell = grid.cell();
        this.inverseCell = grid.inverseCell();
        this.determinant = Math.abs(Matrices.determinant(cell));
        int all = 1;
        for (int a = 0; a < dimension; a++) {
            axes[a] = new AxisWeights(grid.axis(a), order);
            all *= axes[a].width;
        }
        this.count = all;
        this.part = new int[dimension][all];
        int stride = all;
        for (int a = 0; a < dimension; a++) {
            stride /= axes[a].width;
            for (int k = 0; k < all; k++) {
                part[a][k] = k / stride % axes[a].width;
            }
        }
        this.coordinates = new double[dimension];
        this.flat = new long[all];
        this.volume = new double[all];
        this.weight = new double[all];
        this.slope = new double[all * dimension];
    }

    /**
     * Coordinates of a point.
     *
     * @return the dimension of space
     */
    public int dimension() {
        return dimension;
    }

    /**
     * Number of nodes that a point reads, the same for every point.
     *
     * @return the product over axes of {@code order + 1}, or of the axis's size where that is less
     */
    public int count() {
        return count;
    }

    /**
     * A node.
     *
     * @param k 0 to {@code count() − 1}
     * @return its flat index in the grid
     */
    public long flat(int k) {
        return flat[k];
    }

    /**
     * Quadrature weight of a node.
     *
     * @param k 0 to {@code count() − 1}
     * @return volume of its dual cell
     */
    public double volume(int k) {
        return volume[k];
    }

    /**
     * Interpolation weight of a node.
     *
     * @param k 0 to {@code count() − 1}
     * @return the weight; all of them sum to one
     */
    public double weight(int k) {
        return weight[k];
    }

    /**
     * Derivative of a weight along a direction, after {@link #locate} with derivatives.
     *
     * @param k 0 to {@code count() − 1}
     * @param direction holds a vector in space
     * @param first where in the array the vector begins
     * @return the derivative
     */
    public double slope(int k, double[] direction, int first) {
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            sum += slope[k * dimension + i] * direction[first + i];
        }
        return sum;
    }

    /**
     * Adds a multiple of the gradient of a weight, after {@link #locate} with derivatives.
     *
     * @param k 0 to {@code count() − 1}
     * @param factor the multiple
     * @param gradient holds a vector in space
     * @param first where in the array the vector begins
     */
    public void addSlope(int k, double factor, double[] gradient, int first) {
        for (int i = 0; i < dimension; i++) {
            gradient[first + i] += factor * slope[k * dimension + i];
        }
    }

    /**
     * Adds a multiple of the Hessian of a weight times a direction.
     *
     * @param k 0 to {@code count() − 1}
     * @param factor the multiple
     * @param direction holds a vector in space
     * @param gradient holds a vector in space, to be added to
     * @param first where in both arrays the vectors begin
     */
    public void addCurvature(int k, double factor, double[] direction, double[] gradient, int first) {
        for (int a = 0; a < dimension; a++) {
            for (int b = 0; b < dimension; b++) {
                double along = 0;
                for (int j = 0; j < dimension; j++) {
                    along += inverseCell[b][j] * direction[first + j];
                }
                double second = factor * derivative(k, a, b) * along;
                for (int i = 0; i < dimension; i++) {
                    gradient[first + i] += second * inverseCell[a][i];
                }
            }
        }
    }

    /** Derivative of the weight of node k along axes a and b. */
    private double derivative(int k, int a, int b) {
        double product = 1;
        for (int c = 0; c < dimension; c++) {
            AxisWeights along = axes[c];
            int j = part[c][k];
            product *= c == a && c == b ? along.curvature[j] : c == a || c == b ? along.slope[j] : along.weight[j];
        }
        return product;
    }

    /**
     * Moves to a point.
     *
     * @param positions coordinates in space, point after point
     * @param p which point of the array
     * @param derivatives whether the first derivatives will be asked for
     * @return false if the point lies outside and is to be ignored; nothing may be read then
     * @throws IllegalArgumentException if a coordinate is not finite, or outside where that is an error
     */
    public boolean locate(double[] positions, int p, boolean derivatives) {
        if (!aim(positions, p * dimension, p)) {
            return false;
        }
        combine(derivatives);
        return true;
    }

    /** Everything along single axes; {@code name} is the point's number in messages, −1 for none. */
    boolean aim(double[] positions, int first, long name) {
        if (!toCoordinates(positions, first, name)) {
            return false;
        }
        for (int a = 0; a < dimension; a++) {
            aimAlong(a);
        }
        return true;
    }

    /** Everything along one axis, of a point whose coordinates are known. */
    private void aimAlong(int a) {
        AxisWeights along = axes[a];
        double x = coordinates[a];
        boolean inside = along.contains(x);
        if (!inside) {
            x = outside == OutOfDomain.PERIODIC && isOutside(a) ? along.wrapped(x)
                    : Math.clamp(x, along.low(), along.high());
        }
        along.locate(x);
        if (!inside && outside == OutOfDomain.CLAMP) {
            along.flatten();
        }
    }

    /** Judges a point without weighing it. */
    boolean toCoordinates(double[] positions, int first, long name) {
        boolean kept = true;
        for (int a = 0; a < dimension; a++) {
            double coordinate = positions[first + a];
            if (!grid.isRectangular()) {
                coordinate = 0;
                for (int i = 0; i < dimension; i++) {
                    coordinate += inverseCell[a][i] * positions[first + i];
                }
            }
            coordinates[a] = coordinate;
            if (!Double.isFinite(coordinate)) {
                throw refused(coordinate, a, name, "finite");
            }
        }
        for (int a = 0; a < dimension; a++) {
            boolean matters = outside == OutOfDomain.THROW || outside == OutOfDomain.IGNORE;
            if (matters && !axes[a].contains(coordinates[a]) && isOutside(a)) {
                if (outside == OutOfDomain.THROW) {
                    throw refused(coordinates[a], a, name, "in [" + axes[a].low() + ", " + axes[a].high() + "]");
                }
                kept = false;
            }
        }
        return kept;
    }

    /** Whether a coordinate is beyond a wall by more than its rounding. */
    private boolean isOutside(int a) {
        double low = axes[a].low();
        double high = axes[a].high();
        double slack = 1e-12 * (high - low) + rounding(a);
        return !(coordinates[a] >= low - slack && coordinates[a] <= high + slack);
    }

    /**
     * How far beyond a wall a position on it may come out of {@code A⁻¹x}: {@code ε |A⁻¹||A||A⁻¹||A||ξ|}, the first pair
     * for the two products and the second for the inverse, which is itself rounded. At most a millionth of a cell, so
     * that a position far away along another axis does not open this one.
     */
    private double rounding(int a) {
        if (grid.isRectangular()) {
            return 0;
        }
        double[] size = coordinates;
        for (int pair = 0; pair < 2; pair++) {
            size = magnitudes(inverseCell, magnitudes(cell, size));
        }
        return Math.min(16 * Precision.DOUBLE.unitRoundoff() * size[a], 1e-6 * grid.axis(a).weight(0));
    }

    private static double[] magnitudes(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                product[i] += Math.abs(matrix[i][j] * vector[j]);
            }
        }
        return product;
    }

    private static IllegalArgumentException refused(double coordinate, int a, long name, String bounds) {
        return new IllegalArgumentException((name < 0 ? "position" : "point " + name) + " has coordinate " + coordinate
                + " along axis " + a + "; it had to be " + bounds);
    }

    /** Whether a node of a point that is judged has an index along axis a in a range. */
    boolean touches(int a, int from, int to) {
        aimAlong(a);
        for (int i : axes[a].index) {
            if (i >= from && i < to) {
                return true;
            }
        }
        return false;
    }

    /** Whether node k has an index along axis a in a range. */
    boolean isWithin(int k, int a, int from, int to) {
        int i = axes[a].index[part[a][k]];
        return i >= from && i < to;
    }

    /** Products of what {@link #aim} has found along single axes. */
    void combine(boolean derivatives) {
        int done = 1;
        flat[0] = 0;
        volume[0] = determinant;
        weight[0] = 1;
        for (int a = 0; a < dimension; a++) {
            AxisWeights along = axes[a];
            Axis axis = along.axis();
            int n = axis.size();
            double[] factor = along.weight;
            // downwards, so that no product is overwritten before it has been used
            for (int k = done - 1; k >= 0; k--) {
                long row = flat[k] * n;
                double product = weight[k];
                double size = volume[k];
                for (int j = along.width - 1; j >= 0; j--) {
                    int to = k * along.width + j;
                    flat[to] = row + along.index[j];
                    weight[to] = product * factor[j];
                    volume[to] = size * axis.weight(along.index[j]);
                }
            }
            done *= along.width;
        }
        if (derivatives) {
            differentiate();
        }
    }

    private void differentiate() {
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < dimension; i++) {
                slope[k * dimension + i] = 0;
            }
            for (int a = 0; a < dimension; a++) {
                double along = derivative(k, a, -1);
                for (int i = 0; i < dimension; i++) {
                    slope[k * dimension + i] += along * inverseCell[a][i];
                }
            }
        }
    }
}
