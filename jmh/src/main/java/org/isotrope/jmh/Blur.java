package org.isotrope.jmh;

import java.util.List;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.stencil.Stencil;

/**
 * A Gaussian of σ = radius/5 on n³ values, zero beyond the edges, as a product along the axes: 1e-6 of its mass lies
 * beyond the radius along each axis.
 */
final class Blur extends Workload {
    private final int radius;
    private final double[] weights;

    Blur(int radius, int n, Precision precision) {
        this.radius = radius;
        weights = weights(radius);
        super(precision, 3, n, radius, Taps.Edges.ZERO);
    }

    private static double[] weights(int radius) {
        double[] half = new double[radius + 1];
        double sigma = radius / 5.0;
        double sum = 0;
        for (int k = 0; k <= radius; k++) {
            half[k] = Math.exp(-k * k / (2 * sigma * sigma));
            sum += (k == 0 ? 1 : 2) * half[k];
        }
        for (int k = 0; k <= radius; k++) {
            half[k] /= sum;
        }
        return half;
    }

    private Stencil stencil() {
        Stencil.Builder cube = Stencil.builder(3, 1, 1);
        for (int x = -radius; x <= radius; x++) {
            for (int y = -radius; y <= radius; y++) {
                for (int z = -radius; z <= radius; z++) {
                    cube.tap(0, 0, weights[Math.abs(x)] * weights[Math.abs(y)] * weights[Math.abs(z)], x, y, z);
                }
            }
        }
        return cube.build();
    }

    @Override
    Taps taps(LinearOperator small, int reach, Taps.Edges edges) {
        // images of points would take seconds
        Stencil stencil = stencil();
        double[] cube = new double[stencil.size()];
        int k = 2 * radius + 1;
        for (int t = 0; t < cube.length; t++) {
            cube[t] = stencil.weight(0, 0, t / (k * k) - radius, t / k % k - radius, t % k - radius);
        }
        return new Taps(3, 1, 1, reach, edges, cube);
    }

    @Override
    LinearOperator operator(Grid grid) {
        return Operators.stencil(stencil(), grid, FieldType.SCALAR, FieldType.SCALAR, Boundaries.all(Boundary.zero()));
    }

    @Override
    Execution execution() {
        return Execution.serial().allowing(1e-6);
    }

    @Override
    double tolerance() {
        return super.tolerance() + execution().allowedError();
    }

    @Override
    Task other(String who) throws Throwable {
        long values = in.count();
        return switch (who) {
            case "plainC" -> plain("blur", weights, values, n, 0, radius);
            case "tunedC" -> tuned("blur", weights, values + 8L * (n + 64), List.of(new long[] {n, 0, radius}));
            default -> throw new IllegalArgumentException("who is " + who + "; it had to be a contestant");
        };
    }
}
