package org.isotrope.grids;

/**
 * What lies beyond one side of a bounded axis: a linear map from interior values to ghost values, given by a rule or by
 * a condition at the wall.
 *
 * <p>Counted from the wall, {@code u₀, u₁, …} are the interior nodes and {@code g₁, g₂, …} the ghosts, {@code g₁} the one
 * next to {@code u₀}. Ghosts at corners apply the rule axis by axis; the rules of different axes commute.
 *
 * <table>
 * <caption>Rules, and their names elsewhere</caption>
 * <tr><th>here</th><th>g₁, g₂, …</th><th>NumPy pad</th><th>SciPy ndimage</th><th>ImgLib2</th></tr>
 * <tr><td>{@link #zero()}</td><td>0, 0, …</td><td>constant</td><td>grid-constant</td><td>zero</td></tr>
 * <tr><td>{@link #extrapolate extrapolate(0)}</td><td>u₀, u₀, …</td><td>edge</td><td>nearest</td><td>border</td></tr>
 * <tr><td>{@link #mirror()}</td><td>u₁, u₂, …</td><td>reflect</td><td>mirror</td><td>mirrorSingle</td></tr>
 * <tr><td>{@link #symmetric()}</td><td>u₀, u₁, …</td><td>symmetric</td><td>reflect</td><td>mirrorDouble</td></tr>
 * </table>
 */
public sealed interface Boundary
        permits Boundary.Zero, Boundary.Extrapolate, Boundary.Mirror, Boundary.Symmetric, Condition, Condition.Standing {
    /**
     * The interior values that make up a ghost.
     *
     * @param k how far beyond the wall the ghost lies, from 1
     * @return coefficients of {@code u₀, u₁, …}, fresh; empty when the ghost is 0
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    double[] ghost(int k);

    /**
     * This boundary as a rule for ghosts on a side of an axis. Rules are the same anywhere; conditions at the wall
     * ({@link #value}, {@link #slope}, {@link #mixed}) depend on where the wall is and on how far nodes are from it.
     *
     * @param grid the grid
     * @param axis a bounded axis of it
     * @param side which end
     * @return the rule
     * @throws IllegalArgumentException if a condition on the slope stands at a wall that is not orthogonal to its axis
     */
    default Boundary on(Grid grid, int axis, Boundaries.Side side) {
        return this;
    }

    private static void requireGhost(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k + "; it had to be at least 1, the ghost next to the wall");
        }
    }

    /**
     * Nothing lies beyond: ghosts are 0.
     *
     * @return the boundary
     */
    static Boundary zero() {
        return new Zero();
    }

    /**
     * The polynomial through the interior values next to the wall goes on: constant (the edge value repeats), linear,
     * quadratic or cubic. With centred second-order differences, order 2 gives the one-sided first derivative of second
     * order, and order 3 the one-sided second derivative of second order.
     *
     * @param order 0 to 3
     * @return the boundary
     */
    static Boundary extrapolate(int order) {
        return new Extrapolate(order);
    }

    /**
     * Reflection about the end node, which is not repeated; a node-centred wall without flux.
     *
     * @return the boundary
     */
    static Boundary mirror() {
        return new Mirror();
    }

    /**
     * Reflection about the face half a spacing beyond the end node, which is repeated; a cell-centred wall without flux.
     *
     * @return the boundary
     */
    static Boundary symmetric() {
        return new Symmetric();
    }

    /**
     * The value at the wall is given: 0, or data that an affine operator takes besides the field (Dirichlet). At a
     * cell-centred wall ghosts are odd about it, {@code 2g − u₀}, {@code 2g − u₁}, …; a node-centred wall has its value
     * in the node {@code u₀}, and ghosts are odd about that, {@code 2u₀ − u₁}, {@code 2u₀ − u₂}, …
     *
     * @return the condition
     */
    static Boundary value() {
        return new Condition(Condition.Kind.VALUE, 0);
    }

    /**
     * The outward derivative {@code q} at the wall is given: 0, or data that an affine operator takes besides the field
     * (Neumann). Ghosts are mirror images with {@code 2sq} added, {@code s} the distance of the node from the wall:
     * without data {@link #symmetric} at a cell-centred wall and {@link #mirror} at a node-centred one.
     *
     * @return the condition
     */
    static Boundary slope() {
        return new Condition(Condition.Kind.SLOPE, 0);
    }

    /**
     * The combination {@code ∂ₙu + γu = β} at the wall is given, {@code ∂ₙ} the outward derivative: 0, or data that an
     * affine operator takes besides the field (Robin). With {@code s} the distance of a node from the wall its ghost is
     * {@code (2sβ + (1 − γs) u)/(1 + γs)} at a cell-centred wall and {@code u + 2s (β − γu₀)} at a node-centred one.
     *
     * @param gamma finite, in one over the unit of length; without solution where {@code γs = −1} for a node
     * @return the condition
     * @throws IllegalArgumentException if {@code gamma} is not finite
     */
    static Boundary mixed(double gamma) {
        if (!Double.isFinite(gamma)) {
            throw new IllegalArgumentException("gamma is " + gamma + "; it had to be finite");
        }
        return new Condition(Condition.Kind.MIXED, gamma);
    }

    /** See {@link Boundary#zero()}. */
    record Zero() implements Boundary {
        @Override
        public double[] ghost(int k) {
            requireGhost(k);
            return new double[0];
        }

        @Override
        public String toString() {
            return "zero";
        }
    }

    /**
     * See {@link Boundary#extrapolate}.
     *
     * @param order degree of the polynomial, 0 to 3
     */
    record Extrapolate(int order) implements Boundary {
        /**
         * Checks the order.
         *
         * @param order 0 to 3
         */
        public Extrapolate {
            if (order < 0 || order > 3) {
                throw new IllegalArgumentException("order of extrapolation is " + order + "; it had to be from 0 to 3");
            }
        }

        @Override
        public double[] ghost(int k) {
            requireGhost(k);
            double x = k;
            return switch (order) {
                case 0 -> new double[] {1};
                case 1 -> new double[] {x + 1, -x};
                case 2 -> new double[] {(x + 1) * (x + 2) / 2, -x * (x + 2), x * (x + 1) / 2};
                default -> new double[] {(x + 1) * (x + 2) * (x + 3) / 6, -x * (x + 2) * (x + 3) / 2,
                    x * (x + 1) * (x + 3) / 2, -x * (x + 1) * (x + 2) / 6};
            };
        }

        @Override
        public String toString() {
            return "extrapolate(" + order + ")";
        }
    }

    /** See {@link Boundary#mirror()}. */
    record Mirror() implements Boundary {
        @Override
        public double[] ghost(int k) {
            requireGhost(k);
            double[] coefficients = new double[k + 1];
            coefficients[k] = 1;
            return coefficients;
        }

        @Override
        public String toString() {
            return "mirror";
        }
    }

    /** See {@link Boundary#symmetric()}. */
    record Symmetric() implements Boundary {
        @Override
        public double[] ghost(int k) {
            requireGhost(k);
            double[] coefficients = new double[k];
            coefficients[k - 1] = 1;
            return coefficients;
        }

        @Override
        public String toString() {
            return "symmetric";
        }
    }
}
