package org.isotrope.kernels.spectral;

import org.isotrope.grids.Axis;
import org.isotrope.grids.Grid;
import org.jspecify.annotations.Nullable;

/** The eigenvalues of a Laplacian from the phases of its modes along the axes, {@code Σ_ab g^ab ∂_a ∂_b}. */
final class Eigenvalues {
    private final int d;
    private final double[][] metric;
    private final double[][] phases;
    private final double[][] first;
    private final double[][] second;
    private final double[][] fourth;

    Eigenvalues(PoissonProblem problem, @Nullable WallAxis[] walls) {
        Grid grid = problem.grid();
        d = grid.dimension();
        phases = new double[d][];
        first = new double[d][];
        second = new double[d][];
        for (int a = 0; a < d; a++) {
            Axis axis = grid.axis(a);
            Symbols symbols = Symbols.of(axis.spacing(), problem.accuracy());
            WallAxis wall = walls[a];
            int n = wall == null ? axis.size() : wall.length();
            phases[a] = new double[n];
            first[a] = new double[n];
            second[a] = new double[n];
            for (int k = 0; k < n; k++) {
                phases[a][k] = wall == null ? periodicPhase(k, n) : wall.phase(k);
                first[a][k] = wall == null ? symbols.first(phases[a][k]) : 0;
                second[a][k] = symbols.second(phases[a][k]);
            }
        }
        metric = metric(grid);
        fourth = new double[d][d];
        if (problem.isIsotropic() && !grid.isRectangular()) {
            throw new IllegalArgumentException("grid has a sheared cell; it had to be rectangular for isotropic"
                    + " differences:\n" + grid);
        }
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                boolean varies = grid.axis(a).size() > 1 && grid.axis(b).size() > 1;
                if (a != b && varies && metric[a][b] != 0 && (walls[a] != null || walls[b] != null)) {
                    throw new IllegalArgumentException("cell couples axes " + a + " and " + b + " and axis "
                            + (walls[a] != null ? a : b) + " has walls; both had to be periodic, for transforms to"
                            + " diagonalise the Laplacian:\n" + grid);
                }
                if (a < b && problem.isIsotropic()) {
                    double h = grid.axis(a).spacing();
                    double k = grid.axis(b).spacing();
                    fourth[a][b] = (h * h + k * k) / 12;
                }
            }
        }
    }

    /** Exactly π at the Nyquist index, so that it is known there. */
    static double periodicPhase(int k, int n) {
        return 2 * k == n ? Math.PI : 2 * Math.PI * (2 * k < n ? k : k - n) / n;
    }

    private double[][] metric(Grid grid) {
        double[][] inverse = grid.inverseCell();
        double[][] product = new double[d][d];
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                double diagonal = 0;
                for (int i = 0; i < d; i++) {
                    product[a][b] += inverse[a][i] * inverse[b][i];
                    diagonal += inverse[a][i] * inverse[a][i];
                }
                // axes that are orthogonal but for rounding
                if (Math.abs(product[a][b]) < 1e-15 * diagonal) {
                    product[a][b] = 0;
                }
            }
        }
        return product;
    }

    /** Whether nothing varies along an axis in a mode. */
    boolean isLevel(int axis, int k) {
        return phases[axis][k] == 0;
    }

    /** The eigenvalue of the mode with one index an axis. */
    double at(int[] mode) {
        double sum = 0;
        for (int a = 0; a < d; a++) {
            sum += metric[a][a] * second[a][mode[a]];
            for (int b = a + 1; b < d; b++) {
                sum -= 2 * metric[a][b] * first[a][mode[a]] * first[b][mode[b]];
                sum += fourth[a][b] * second[a][mode[a]] * second[b][mode[b]];
            }
        }
        return sum;
    }
}
