package org.isotrope.jmh;

import java.util.List;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;

/** Finite differences of n³ values: the 7-point and the 25-point Laplacian, gradient, divergence and curl. */
final class Differences extends Workload {
    private final String operator;

    /**
     * The workload.
     *
     * @param operator laplacian, mirrored (the Laplacian between walls), laplacian25, gradient, divergence or curl
     */
    Differences(String operator, int n, Precision precision) {
        this.operator = operator;
        super(precision, 3, n, operator.equals("laplacian25") ? 4 : 1,
                operator.equals("mirrored") ? Taps.Edges.MIRROR : Taps.Edges.PERIODIC);
    }

    @Override
    LinearOperator operator(Grid grid) {
        return switch (operator) {
            case "laplacian" -> Operators.laplacian(grid);
            case "mirrored" -> Operators.laplacian(grid, Boundaries.all(Boundary.mirror()));
            case "laplacian25" -> Differential.on(grid).accuracy(8).laplacian();
            case "gradient" -> Operators.gradient(grid);
            case "divergence" -> Operators.divergence(grid);
            case "curl" -> Operators.curl(grid);
            default -> throw new IllegalArgumentException("operator is " + operator + "; it had to be a difference");
        };
    }

    @Override
    Task other(String who) throws Throwable {
        boolean laplacian = operator.equals("laplacian");
        String function = operator.equals("mirrored") ? "laplacian" : operator;
        long mirror = operator.equals("mirrored") ? 1 : 0;
        return switch (who) {
            case "plainC" -> plain(function, weights(), 0, n, n, mirror);
            case "tunedC" -> {
                long block = n <= 128 ? n : 32;
                List<long[]> sizes = List.of(new long[] {n, block, mirror});
                Task rows = tuned(function, weights(), 8L * (n + 8), sizes);
                yield laplacian && n >= 64
                        ? Task.fastest(rows, tuned("laplacian_planes", weights(), 0, sizes)) : rows;
            }
            case "floatArray", "segment", "vectorArray" -> JavaLaplacian.task(who, in, out, n);
            default -> throw new IllegalArgumentException("who is " + who + "; it had to be a contestant");
        };
    }

    /** The numbers that C takes, from a row of taps. */
    private double[] weights() {
        int k = 2 * taps.reach() + 1;
        double[] row = new double[taps.reach() + 1];
        for (int s = 0; s < row.length; s++) {
            row[s] = taps.weights()[taps.cube() / 2 + s];
        }
        return switch (operator) {
            // the first component of a gradient or divergence reads the planes before and after
            case "gradient", "divergence" -> new double[] {taps.weights()[taps.cube() / 2 + k * k]};
            case "curl" -> new double[] {0.5};
            default -> row;
        };
    }
}
