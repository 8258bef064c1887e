package org.isotrope.jmh;

import java.lang.invoke.MethodHandle;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Plan;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Derivatives of n³ periodic values: the 25-point Laplacian of eighth order, and gradient, divergence and curl of second
 * order; 2, 4, 4 and 6 values of compulsory traffic a point and 37, 6, 8 and 12 flops as the plain loops count them.
 */
public class DerivativeBenchmark extends Workbench {
    /** Weights of the eighth-order second difference. */
    private static final double[] EIGHTH = {-205.0 / 72, 8.0 / 5, -1.0 / 5, 8.0 / 315, -1.0 / 560};

    /** Which operator. */
    @Param({"laplacian25", "gradient", "divergence", "curl"})
    public String operator;

    /** Nodes along each axis. */
    @Param({"64", "256"})
    public int n;

    private Field in;
    private Field out;
    private Field weights;
    private Plan plan;
    private MethodHandle plainC;

    @Setup
    public void setup() {
        Grid grid = periodic(3, n);
        Differential second = Differential.on(grid);
        LinearOperator made = switch (operator) {
            case "laplacian25" -> Differential.on(grid).accuracy(8).laplacian();
            case "gradient" -> second.gradient();
            case "divergence" -> second.divergence();
            default -> second.curl();
        };
        plan = made.plan(precision, Execution.serial());
        in = smooth(made.domain().type(), grid);
        out = empty(made.range().type(), grid);
        weights = empty(FieldType.SCALAR, periodic(1, EIGHTH.length));
        weights.set(3 * EIGHTH[0], 0, 0);
        for (int k = 1; k < EIGHTH.length; k++) {
            weights.set(EIGHTH[k], 0, k);
        }
        plainC = operator.equals("laplacian25")
                ? NativeBaseline.laplacian25(precision)
                : NativeBaseline.differences(operator, precision);
    }

    @TearDown(Level.Trial)
    public void verify() {
        Field expected = empty(out.type(), out.grid());
        plan.apply(in, expected);
        requireEqual(out, expected, precision == Precision.FLOAT ? 1e-5 : 1e-13);
    }

    @Benchmark
    public void isotrope() {
        plan.apply(in, out);
    }

    @Benchmark
    public void plainC() throws Throwable {
        if (operator.equals("laplacian25")) {
            plainC.invokeExact(out.segment(), in.segment(), weights.segment(), (long) n);
        } else if (precision == Precision.FLOAT) {
            plainC.invokeExact(out.segment(), in.segment(), (long) n, 0.5f);
        } else {
            plainC.invokeExact(out.segment(), in.segment(), (long) n, 0.5);
        }
    }
}
