package org.isotrope.grids;

import java.util.Arrays;

/**
 * Multilinear interpolation at points of a grid and its exact transpose, deposition.
 *
 * <p>The value at a point is {@code Σ_j w_j f(x_j)} over the 2ᵈ nodes of the cell around it, with weights
 * {@code Π_a (1 − |ξ_a − ξ_a,j|/h_a)} in axis coordinates, which sum to one and reproduce linear functions. Deposition of
 * a charge {@code q} adds {@code q w_j / dV_j}, with {@code dV_j} the quadrature weight of the node, so that total charge
 * and, away from walls, first moments are kept. Between the wall and the first node of a cell-centred axis the nearest
 * node takes the whole weight.
 *
 * <p>Immutable and safe for concurrent use; the fields are not synchronised.
 */
public final class Interpolation {
    private final Grid grid;

    private Interpolation(Grid grid) {
        this.grid = grid;
    }

    /**
     * Multilinear interpolation on a grid, nonuniform, sheared and periodic axes included.
     *
     * @param grid the grid
     * @return the interpolation
     */
    public static Interpolation multilinear(Grid grid) {
        return new Interpolation(grid);
    }

    /**
     * Value of a scalar field at a point.
     *
     * @param field a scalar field on this grid
     * @param position coordinates in space; on periodic axes any, on bounded ones between the walls
     * @return the interpolated value
     * @throws IllegalArgumentException if the position is outside or not finite
     */
    public double value(Field field, double... position) {
        requireScalarHere(field);
        long[] nodes = new long[1 << grid.dimension()];
        double[] weights = weights(position, nodes);
        double value = 0;
        for (int k = 0; k < nodes.length; k++) {
            if (weights[k] != 0) {
                value += weights[k] * field.getFlat(nodes[k]);
            }
        }
        return value;
    }

    /**
     * Adds a charge at a point to a scalar field.
     *
     * @param charge the amount
     * @param position coordinates in space; on periodic axes any, on bounded ones between the walls
     * @param field a scalar field on this grid
     * @throws IllegalArgumentException if the position is outside or not finite; the field is unchanged then
     */
    public void deposit(double charge, double[] position, Field field) {
        requireScalarHere(field);
        long[] nodes = new long[1 << grid.dimension()];
        double[] weights = weights(position, nodes);
        for (int k = 0; k < nodes.length; k++) {
            if (weights[k] != 0) {
                double density = charge * weights[k] / grid.weight(grid.index(nodes[k]));
                field.setFlat(nodes[k], field.getFlat(nodes[k]) + density);
            }
        }
    }

    /** Fills in the flat indices of the corners and returns their weights. */
    private double[] weights(double[] position, long[] nodes) {
        double[] coordinates = grid.toCoordinates(position);
        double[] weights = new double[nodes.length];
        weights[0] = 1;
        int corners = 1;
        for (int a = 0; a < coordinates.length; a++) {
            Axis axis = grid.axis(a);
            double fractional = fractionalIndex(coordinates, a);
            int below = (int) Math.floor(fractional);
            double fraction = fractional - below;
            int above = below + 1 < axis.size() ? below + 1 : axis.isPeriodic() ? 0 : below;
            for (int k = corners - 1; k >= 0; k--) {
                long row = nodes[k] * axis.size();
                double weight = weights[k];
                nodes[2 * k] = row + below;
                weights[2 * k] = weight * (1 - fraction);
                nodes[2 * k + 1] = row + above;
                weights[2 * k + 1] = weight * fraction;
            }
            corners *= 2;
        }
        return weights;
    }

    /** Index of the node below plus the fraction of the way to the next one; at most {@code n − 1} when bounded. */
    private double fractionalIndex(double[] coordinates, int a) {
        Axis axis = grid.axis(a);
        double coordinate = coordinates[a];
        int n = axis.size();
        double first = axis.node(0);
        if (axis.isPeriodic()) {
            if (!Double.isFinite(coordinate)) {
                throw outside(coordinate, a, "finite");
            }
            double offset = (coordinate - first) % axis.period();
            if (offset < 0) {
                // a tiny negative remainder plus the period may round to the period itself
                offset = offset + axis.period() < axis.period() ? offset + axis.period() : 0;
            }
            return within(axis, offset + first);
        }
        double reach = axis.centring() == Axis.Centring.CELL ? 0.5 * axis.weight(0) : 0;
        double low = first - reach;
        double high = axis.node(n - 1) + reach;
        if (!(coordinate >= low && coordinate <= high)) {
            double rounding = 1e-12 * (high - low) + rounding(coordinates, a);
            if (!(coordinate >= low - rounding && coordinate <= high + rounding)) {
                throw outside(coordinate, a, "in [" + low + ", " + high + "]");
            }
        }
        return within(axis, Math.clamp(coordinate, first, axis.node(n - 1)));
    }

    /**
     * How far beyond a wall a position on it may come out of {@code A⁻¹x}: {@code ε |A⁻¹||A||A⁻¹||A||ξ|}, the first pair
     * for the two products and the second for the inverse, which is itself rounded. At most a millionth of a cell, so
     * that a position far away along another axis does not open this one.
     */
    private double rounding(double[] coordinates, int a) {
        if (grid.isRectangular()) {
            return 0;
        }
        double[][] cell = grid.cell();
        double[][] inverse = grid.inverseCell();
        double[] size = coordinates;
        for (int pair = 0; pair < 2; pair++) {
            size = magnitudes(inverse, magnitudes(cell, size));
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

    private static IllegalArgumentException outside(double coordinate, int a, String bounds) {
        return new IllegalArgumentException("position has coordinate " + coordinate + " along axis " + a
                + "; it had to be " + bounds);
    }

    private static double within(Axis axis, double coordinate) {
        int n = axis.size();
        int found = Arrays.binarySearch(axis.sharedNodes(), coordinate);
        if (found >= 0) {
            return found;
        }
        int below = Math.max(-found - 2, 0);
        double low = axis.node(below);
        double high = below + 1 < n ? axis.node(below + 1) : axis.node(0) + axis.period();
        double index = below + (coordinate - low) / (high - low);
        // stay inside the cell when the division rounds up to its end
        return Math.min(index, Math.nextDown(below + 1.0));
    }

    private void requireScalarHere(Field field) {
        if (!field.grid().equals(grid)) {
            throw new IllegalArgumentException("field lives on another grid:\n" + field.grid() + "\nit had to be\n"
                    + grid);
        }
        if (field.components() != 1) {
            throw new IllegalArgumentException("field is a " + field.type() + " field of " + field.components()
                    + " components; it had to have one");
        }
    }
}
