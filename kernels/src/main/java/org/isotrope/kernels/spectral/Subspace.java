package org.isotrope.kernels.spectral;

import java.util.ArrayList;
import java.util.List;
import org.isotrope.grids.Grid;

/** The span of the periodic lattice vectors of a grid. */
final class Subspace {
    private final List<double[]> basis = new ArrayList<>();
    private double volume = 1;

    private Subspace() {}

    static Subspace ofPeriodic(Grid grid) {
        Subspace span = new Subspace();
        double[][] cell = grid.cell();
        for (int a = 0; a < grid.dimension(); a++) {
            if (grid.axis(a).isPeriodic()) {
                double[] vector = new double[grid.dimension()];
                for (int i = 0; i < vector.length; i++) {
                    vector[i] = cell[i][a] * grid.axis(a).period();
                }
                span.add(vector);
            }
        }
        return span;
    }

    private void add(double[] vector) {
        double[] inside = project(vector);
        double[] rest = new double[vector.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = vector[i] - inside[i];
        }
        double length = Wavevectors.length(rest);
        volume *= length;
        for (int i = 0; i < rest.length; i++) {
            rest[i] /= length;
        }
        basis.add(rest);
    }

    int dimension() {
        return basis.size();
    }

    /** Length, area or volume that the lattice vectors span; 1 if there is none. */
    double volume() {
        return volume;
    }

    double[] project(double[] vector) {
        double[] sum = new double[vector.length];
        for (double[] direction : basis) {
            double product = 0;
            for (int i = 0; i < sum.length; i++) {
                product += direction[i] * vector[i];
            }
            for (int i = 0; i < sum.length; i++) {
                sum[i] += product * direction[i];
            }
        }
        return sum;
    }
}
