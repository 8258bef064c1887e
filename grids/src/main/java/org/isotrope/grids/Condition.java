package org.isotrope.grids;

import org.isotrope.grids.Boundaries.Side;

/**
 * A condition at a wall: {@link Boundary#value}, {@link Boundary#slope} or {@link Boundary#mixed}. It becomes a rule for
 * ghosts, and data on the wall become a part of ghosts, where it {@linkplain #on stands}.
 *
 * <p>Ghosts of nonuniform axes lie at the mirror images of the nodes about the wall. Second order at the wall: what the
 * straight line through a node and its ghost has at the wall is what the condition says.
 *
 * @param kind what is given
 * @param gamma {@code γ} of a mixed condition, 0 for others
 */
public record Condition(Kind kind, double gamma) implements Boundary {
    /** What a condition gives. */
    public enum Kind {
        /** {@code u = g} (Dirichlet). */
        VALUE,
        /** {@code ∂ₙu = q} (Neumann). */
        SLOPE,
        /** {@code ∂ₙu + γu = β} (Robin). */
        MIXED
    }

    @Override
    public double[] ghost(int k) {
        throw new IllegalStateException("boundary " + this + " stands nowhere; it had to be asked for its rule on a side"
                + " of a grid");
    }

    @Override
    public Boundary on(Grid grid, int axis, Side side) {
        Axis along = grid.axis(axis);
        boolean node = along.centring() == Axis.Centring.NODE;
        if (kind == Kind.SLOPE) {
            requireOrthogonal(grid, axis);
            return node ? Boundary.mirror() : Boundary.symmetric();
        }
        if (kind == Kind.MIXED) {
            requireOrthogonal(grid, axis);
        }
        return new Standing(kind, gamma, along, side, length(grid, axis));
    }

    /**
     * How much of a datum on the wall is in a ghost.
     *
     * @param grid the grid
     * @param axis a bounded axis of it
     * @param side which end
     * @param k how far beyond the wall the ghost lies, from 1
     * @return the factor, in units of length but for values
     * @throws IllegalArgumentException if a slope is given at a wall that is not orthogonal to its axis, or a mixed
     *     condition has no solution
     */
    public double datum(Grid grid, int axis, Side side, int k) {
        Axis along = grid.axis(axis);
        boolean node = along.centring() == Axis.Centring.NODE;
        if (kind == Kind.VALUE) {
            return node ? 0 : 2;
        }
        requireOrthogonal(grid, axis);
        double s = distance(along, side, k) * length(grid, axis);
        return kind == Kind.SLOPE || node ? 2 * s : 2 * s / solvable(1 + gamma * s, gamma, s);
    }

    private static double solvable(double denominator, double gamma, double s) {
        if (Math.abs(denominator) < 1e-12) {
            throw new IllegalArgumentException("gamma is " + gamma + "; its product with the distance " + s
                    + " of a node from the wall had to be other than -1");
        }
        return denominator;
    }

    /** Of the node whose mirror image the k-th ghost is, along the axis. */
    private static double distance(Axis axis, Side side, int k) {
        boolean node = axis.centring() == Axis.Centring.NODE;
        if (axis.isUniform()) {
            return (node ? k : k - 0.5) * axis.spacing();
        }
        int index = node ? k : k - 1;
        if (index >= axis.size()) {
            throw new IllegalArgumentException("axis has " + axis.size() + " nodes; it had to have at least "
                    + (index + 1) + " for ghost " + k + " at the mirror image of one");
        }
        double wall = side == Side.LOW ? axis.low() : axis.high();
        return Math.abs(axis.node(side == Side.LOW ? index : axis.size() - 1 - index) - wall);
    }

    /** Physical length of a unit of the axis. */
    private static double length(Grid grid, int axis) {
        double sum = 0;
        for (double[] row : grid.cell()) {
            sum += row[axis] * row[axis];
        }
        return Math.sqrt(sum);
    }

    private void requireOrthogonal(Grid grid, int axis) {
        double[][] cell = grid.cell();
        for (int b = 0; b < cell.length; b++) {
            double dot = 0;
            for (double[] row : cell) {
                dot += row[axis] * row[b];
            }
            if (b != axis && Math.abs(dot) > 1e-12 * length(grid, axis) * length(grid, b)) {
                throw new IllegalArgumentException("boundary " + this + " stands across axis " + axis + ", which is not"
                        + " orthogonal to axis " + b + "; it had to be for a condition on the outward derivative");
            }
        }
    }

    @Override
    public String toString() {
        return switch (kind) {
            case VALUE -> "value";
            case SLOPE -> "slope";
            case MIXED -> "mixed(" + gamma + ")";
        };
    }

    /** A condition where it stands, without data. */
    record Standing(Kind kind, double gamma, Axis axis, Side side, double length) implements Boundary {
        @Override
        public double[] ghost(int k) {
            if (k < 1) {
                throw new IllegalArgumentException("k is " + k + "; it had to be at least 1, the ghost next to the wall");
            }
            boolean node = axis.centring() == Axis.Centring.NODE;
            double[] coefficients = new double[node ? k + 1 : k];
            if (kind == Kind.VALUE) {
                coefficients[0] = node ? 2 : 0;
                coefficients[coefficients.length - 1] = -1;
                return coefficients;
            }
            double s = distance(axis, side, k) * length;
            if (node) {
                coefficients[0] = -2 * s * gamma;
                coefficients[k] = 1;
            } else {
                coefficients[k - 1] = (1 - gamma * s) / solvable(1 + gamma * s, gamma, s);
            }
            return coefficients;
        }

        @Override
        public String toString() {
            return new Condition(kind, gamma).toString();
        }
    }
}
