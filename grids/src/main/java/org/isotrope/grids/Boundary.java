package org.isotrope.grids;

/**
 * What lies beyond one side of a bounded axis: a linear map from interior values to ghost values.
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
public sealed interface Boundary {
    /**
     * The interior values that make up a ghost.
     *
     * @param k how far beyond the wall the ghost lies, from 1
     * @return coefficients of {@code u₀, u₁, …}, fresh; empty when the ghost is 0
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    double[] ghost(int k);

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
     * The polynomial through the interior values next to the wall goes on: constant (the edge value repeats), linear or
     * quadratic. With centred second-order differences, order 2 gives the one-sided second-order first derivative.
     *
     * @param order 0, 1 or 2
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
     * @param order degree of the polynomial, 0 to 2
     */
    record Extrapolate(int order) implements Boundary {
        /**
         * Checks the order.
         *
         * @param order 0, 1 or 2
         */
        public Extrapolate {
            if (order < 0 || order > 2) {
                throw new IllegalArgumentException("order of extrapolation is " + order + "; it had to be 0, 1 or 2");
            }
        }

        @Override
        public double[] ghost(int k) {
            requireGhost(k);
            double x = k;
            return switch (order) {
                case 0 -> new double[] {1};
                case 1 -> new double[] {x + 1, -x};
                default -> new double[] {(x + 1) * (x + 2) / 2, -x * (x + 2), x * (x + 1) / 2};
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
