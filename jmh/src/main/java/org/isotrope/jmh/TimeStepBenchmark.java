package org.isotrope.jmh;

import java.lang.invoke.MethodHandle;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Plan;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A hundred steps of explicit diffusion on n³ values: as a power, whose steps run as waves through the cache, and as plain
 * sweeps of Isotrope and of C.
 */
public class TimeStepBenchmark extends Workbench {
    private static final int STEPS = 100;

    /** Nodes along each axis. */
    @Param({"64", "256"})
    public int n;

    private Field start;
    private Field now;
    private Field next;
    private Plan power;
    private Plan step;
    private MethodHandle plainC;

    @Setup
    public void setup() {
        Grid grid = periodic(3, n);
        LinearOperator explicit =
                Operators.identity(grid, FieldType.SCALAR).plus(Operators.laplacian(grid).times(0.1));
        power = explicit.power(STEPS).plan(precision, Execution.serial());
        step = explicit.plan(precision, Execution.serial());
        start = smooth(FieldType.SCALAR, grid);
        now = empty(FieldType.SCALAR, grid);
        next = empty(FieldType.SCALAR, grid);
        plainC = NativeBaseline.laplacian(precision);
    }

    @Benchmark
    public void isotrope() {
        power.apply(start, now);
    }

    @Benchmark
    public void isotropeStepByStep() {
        step.apply(start, now);
        for (int k = 1; k < STEPS; k += 2) {
            step.apply(now, next);
            step.apply(next, now);
        }
    }

    @Benchmark
    public void plainC() throws Throwable {
        Field from = start;
        for (int k = 0; k < STEPS; k++) {
            Field to = k % 2 == 0 ? now : next;
            if (precision == Precision.FLOAT) {
                plainC.invokeExact(to.segment(), from.segment(), (long) n, 0.1f, 0.4f);
            } else {
                plainC.invokeExact(to.segment(), from.segment(), (long) n, 0.1, 0.4);
            }
            from = to;
        }
    }
}
