package org.isotrope.kernels.difference;

import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Boundary;

/**
 * The ghost nodes beyond one wall of a bounded axis: where they lie, and which interior values make up theirs.
 *
 * <p>On a uniform axis the nodes go on with the same spacing. On a nonuniform one ghosts lie at the mirror images of
 * the nodes: about the end node where that is the wall, about the wall where nodes are the centres of cells, and about
 * the face half a spacing beyond the end node where the boundary repeats it. Extrapolation is that of the polynomial
 * through the nodes as they lie.
 */
final class Ghosts {
    private final Axis axis;
    private final Side side;
    private final Boundary boundary;
    private final boolean aboutFace;

    Ghosts(Axis axis, Side side, Boundary boundary) {
        this.axis = axis;
        this.side = side;
        this.boundary = boundary;
        this.aboutFace = boundary instanceof Boundary.Symmetric
                || axis.centring() == Axis.Centring.CELL && !(boundary instanceof Boundary.Mirror);
    }

    /** Index along the axis of the node that is the j-th from the wall. */
    private int index(int j) {
        return side == Side.LOW ? j : axis.size() - 1 - j;
    }

    private double node(int j) {
        return axis.node(index(j));
    }

    /** Coordinate of the k-th ghost, from 1. */
    double position(int k) {
        if (axis.isUniform()) {
            return node(0) + (side == Side.LOW ? -k : k) * axis.spacing();
        }
        return aboutFace ? 2 * face() - node(k - 1) : 2 * node(0) - node(k);
    }

    /** The wall between the end node and the first ghost. */
    private double face() {
        if (axis.centring() == Axis.Centring.CELL) {
            return side == Side.LOW ? axis.low() : axis.high();
        }
        return 1.5 * node(0) - 0.5 * node(1);
    }

    /** Nodes that positions and values of the first k ghosts need. */
    int nodesFor(int k) {
        int nodes = 1;
        for (int j = 1; j <= k; j++) {
            nodes = Math.max(nodes, boundary.ghost(j).length);
        }
        return axis.isUniform() ? nodes : Math.max(nodes, aboutFace ? Math.max(k, 2) : k + 1);
    }

    /** Adds a weight of the k-th ghost to those of the nodes that make it up. */
    void fold(int k, double weight, double[] row) {
        double[] coefficients = boundary.ghost(k);
        if (boundary instanceof Boundary.Extrapolate extrapolate && !axis.isUniform()) {
            double[] x = new double[extrapolate.order() + 1];
            for (int j = 0; j < x.length; j++) {
                x[j] = node(j);
            }
            coefficients = Fornberg.recursion(position(k), x, 0)[0];
        }
        for (int j = 0; j < coefficients.length; j++) {
            if (coefficients[j] != 0) {
                row[index(j)] += weight * coefficients[j];
            }
        }
    }

    @Override
    public String toString() {
        return boundary.toString();
    }
}
