package org.isotrope.kernels;

import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.stencil.Stencil;

/** The dense matrix of a stencil on a small grid, built node by node from what {@link Boundary#ghost} says. */
final class DenseStencil {
    private final Grid grid;
    private final Boundaries boundaries;

    private DenseStencil(Grid grid, Boundaries boundaries) {
        this.grid = grid;
        this.boundaries = boundaries;
    }

    /** Rows are output components times nodes, columns input components times nodes. */
    static double[][] matrix(Stencil stencil, Grid grid, Boundaries boundaries) {
        DenseStencil dense = new DenseStencil(grid, boundaries);
        int nodes = Math.toIntExact(grid.size());
        double[][] matrix = new double[stencil.outputs() * nodes][stencil.inputs() * nodes];
        for (int node = 0; node < nodes; node++) {
            int[] index = grid.index(node);
            for (int t = 0; t < stencil.size(); t++) {
                double[] row = matrix[stencil.output(t) * nodes + node];
                int[] target = new int[index.length];
                for (int a = 0; a < index.length; a++) {
                    target[a] = index[a] + stencil.offset(t, a);
                }
                dense.add(row, stencil.input(t) * nodes, stencil.weight(t), target, 0, 0);
            }
        }
        return matrix;
    }

    private void add(double[] row, int first, double weight, int[] target, int axis, int flat) {
        if (axis == target.length) {
            row[first + flat] += weight;
            return;
        }
        double[] line = line(axis, target[axis]);
        for (int j = 0; j < line.length; j++) {
            if (line[j] != 0) {
                add(row, first, weight * line[j], target, axis + 1, flat * line.length + j);
            }
        }
    }

    /** The value at any position along an axis as a combination of its nodes. */
    private double[] line(int axis, int position) {
        int n = grid.axis(axis).size();
        double[] line = new double[n];
        if (grid.axis(axis).isPeriodic()) {
            line[Math.floorMod(position, n)] = 1;
        } else if (position < 0) {
            double[] ghost = boundaries.at(axis, Boundaries.Side.LOW).ghost(-position);
            System.arraycopy(ghost, 0, line, 0, ghost.length);
        } else if (position >= n) {
            double[] ghost = boundaries.at(axis, Boundaries.Side.HIGH).ghost(position - n + 1);
            for (int k = 0; k < ghost.length; k++) {
                line[n - 1 - k] = ghost[k];
            }
        } else {
            line[position] = 1;
        }
        return line;
    }
}
