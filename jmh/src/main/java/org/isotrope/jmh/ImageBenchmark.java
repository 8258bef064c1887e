package org.isotrope.jmh;

import java.lang.invoke.MethodHandle;
import java.util.Random;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Plan;
import org.isotrope.kernels.stencil.Stencil;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Kernels on n² values, zero beyond the edges, beside plain C: a general one in its square, a radial one within a relative
 * error of 1e-6, and the product of two Gaussians along the axes.
 */
public class ImageBenchmark extends Workbench {
    private static final int N = 1024;

    /** What the weights are. */
    @Param({"general", "radial-1e-6", "gaussian"})
    public String kernel;

    /** Reach in nodes; the kernel is 2r + 1 nodes wide. */
    @Param({"7", "15"})
    public int radius;

    private Field in;
    private Field out;
    private Field weights;
    private Plan plan;
    private MethodHandle plainC;

    @Setup
    public void setup() {
        Grid grid = bounded(2, N);
        Random random = new Random(7);
        int k = 2 * radius + 1;
        weights = empty(FieldType.SCALAR, periodic(1, k * k));
        Stencil.Builder square = Stencil.builder(2, 1, 1);
        for (int at = 0; at < k * k; at++) {
            int x = at / k - radius;
            int y = at % k - radius;
            double squares = (x * x + y * y) / (double) (radius * radius);
            double weight = switch (kernel) {
                case "general" -> random.nextDouble() - 0.5;
                // smooth to its cutoff, as kernels are that products approximate
                case "radial-1e-6" -> squares >= 1 ? 0 : Math.pow(1 - squares, 4) * Math.exp(-squares);
                default -> Math.exp(-4.5 * squares);
            };
            weights.set(weight, 0, at);
            if (weight != 0) {
                square.tap(0, 0, weight, x, y);
            }
        }
        LinearOperator made = Operators.stencil(square.build(), grid, FieldType.SCALAR, FieldType.SCALAR,
                Boundaries.all(Boundary.zero()));
        Execution serial = Execution.serial();
        plan = made.plan(precision, kernel.equals("general") ? serial : serial.allowing(1e-6));
        in = smooth(FieldType.SCALAR, grid);
        out = empty(FieldType.SCALAR, grid);
        plainC = NativeBaseline.convolution(precision);
    }

    @TearDown(Level.Trial)
    public void verify() {
        Field expected = empty(out.type(), out.grid());
        plan.apply(in, expected);
        requireEqual(out, expected, precision == Precision.FLOAT ? 1e-4 : 1e-5);
    }

    @Benchmark
    public void isotrope() {
        plan.apply(in, out);
    }

    @Benchmark
    public void plainC() throws Throwable {
        plainC.invokeExact(out.segment(), in.segment(), weights.segment(), (long) N, 2L * radius + 1);
    }
}
