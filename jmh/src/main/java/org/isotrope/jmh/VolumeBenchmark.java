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
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.stencil.Stencil;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Kernels on n³ values, zero beyond the edges: radial ones inside their ball, the products that lead to and from vectors,
 * and a general one in its cube; beside plain C on the whole cube of weights. Flops are counted as a dense convolution,
 * 2 k³ for each pair of components.
 */
public class VolumeBenchmark extends Workbench {
    /** Which types, and whether the weights have symmetries. */
    @Param({"scalar-scalar", "scalar-vector", "vector-scalar", "vector-vector", "general"})
    public String kernel;

    /** Reach in nodes; the kernel is 2r + 1 nodes wide. */
    @Param({"2", "3", "5"})
    public int radius;

    /** Nodes along each axis. */
    @Param("128")
    public int n;

    private Field in;
    private Field out;
    private Field weights;
    private Plan plan;
    private MethodHandle plainC;
    private int inputs;
    private int outputs;

    @Setup
    public void setup() {
        Grid grid = bounded(3, n);
        inputs = kernel.startsWith("vector") ? 3 : 1;
        outputs = kernel.endsWith("vector") ? 3 : 1;
        FieldType domain = inputs == 3 ? FieldType.VECTOR : FieldType.SCALAR;
        FieldType range = outputs == 3 ? FieldType.VECTOR : FieldType.SCALAR;
        LinearOperator made = switch (kernel) {
            case "general" -> Operators.stencil(general(), grid, domain, range, Boundaries.all(Boundary.zero()));
            case "vector-vector" -> Operators.convolution(grid, Radial.of("e⁻ʳ", r -> Math.exp(-r)).within(radius),
                    domain, range);
            default -> Operators.radial(grid, Radial.of("e⁻ʳ", r -> Math.exp(-r)).within(radius), domain, range);
        };
        plan = made.plan(precision, Execution.serial());
        in = smooth(domain, grid);
        out = empty(range, grid);
        weights = weights(made);
        plainC = NativeBaseline.convolution3(precision);
    }

    private Stencil general() {
        Random random = new Random(7);
        Stencil.Builder cube = Stencil.builder(3, 1, 1);
        for (int x = -radius; x <= radius; x++) {
            for (int y = -radius; y <= radius; y++) {
                for (int z = -radius; z <= radius; z++) {
                    cube.tap(0, 0, random.nextDouble() - 0.5, x, y, z);
                }
            }
        }
        return cube.build();
    }

    /** The weights of every pair of components in cubes, as the images of points. */
    private Field weights(LinearOperator made) {
        int k = 2 * radius + 1;
        Field cubes = empty(FieldType.SCALAR, periodic(1, inputs * outputs * k * k * k));
        int middle = n / 2;
        for (int c = 0; c < inputs; c++) {
            Field point = empty(in.type(), in.grid());
            point.set(1, c, middle, middle, middle);
            Field image = made.apply(point);
            for (int r = 0; r < outputs; r++) {
                for (int at = 0; at < k * k * k; at++) {
                    // what is read at an offset is where the image of a point lies at the opposite one
                    double weight = image.get(r, middle + radius - at / (k * k), middle + radius - at / k % k,
                            middle + radius - at % k);
                    cubes.set(weight, 0, (r * inputs + c) * k * k * k + at);
                }
            }
        }
        return cubes;
    }

    @TearDown(Level.Trial)
    public void verify() {
        Field expected = empty(out.type(), out.grid());
        plan.apply(in, expected);
        requireEqual(out, expected, precision == Precision.FLOAT ? 1e-4 : 1e-12);
    }

    @Benchmark
    public void isotrope() {
        plan.apply(in, out);
    }

    @Benchmark
    public void plainC() throws Throwable {
        plainC.invokeExact(out.segment(), in.segment(), weights.segment(), (long) n, 2L * radius + 1, (long) inputs,
                (long) outputs);
    }
}
