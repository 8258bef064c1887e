package org.isotrope.jmh;

import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Plan;
import org.isotrope.kernels.RadialOperator;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.radial.Shells;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A radial kernel inside its disc on 1024² values, zero beyond the edges, beside plain C on the same square of weights. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class RadialBenchmark {
    private static final int N = 1024;

    /** Radius in nodes; the kernel is 2r + 1 nodes wide. */
    @Param({"3", "7", "15"})
    int radius;

    @Param({"FLOAT", "DOUBLE"})
    Precision precision;

    /** Whether the JVM has done much else before. */
    @Param("false")
    boolean polluted;

    private Field in;
    private Field out;
    private Field weights;
    private Field check;
    private Plan plan;
    private MethodHandle plainC;

    @Setup
    public void setup() throws Throwable {
        if (polluted) {
            Pollution.spread();
        }
        Grid grid = Grid.of(Axis.uniform(0, N - 1, N), Axis.uniform(0, N - 1, N));
        RadialOperator operator = Operators.radial(grid, Radial.gaussian(2, radius / 3.0).within(radius));
        plan = operator.plan(precision, Execution.serial());
        Fields fields = Fields.automatic().precision(precision);
        in = fields.scalar(grid, x -> Math.sin(x[0]) * Math.cos(0.3 * x[1]));
        out = fields.scalar(grid);
        check = fields.scalar(grid);
        int k = 2 * radius + 1;
        weights = fields.scalar(Grid.of(Axis.uniform(0, k - 1, k), Axis.uniform(0, k - 1, k)));
        Shells shells = operator.shells();
        for (int s = 0; s < shells.size(); s++) {
            int[] offset = shells.offset(s);
            weights.set(operator.values()[shells.shell(s)], 0, offset[0] + radius, offset[1] + radius);
        }
        plainC = NativeBaseline.convolution(precision);
        plainC();
        check.copyFrom(out);
    }

    @TearDown
    public void verify() {
        for (long i = 0; i < out.count(); i += 97) {
            if (Math.abs(out.getFlat(i) - check.getFlat(i)) > 1e-4) {
                throw new IllegalStateException("value " + i + " is " + out.getFlat(i) + "; it had to be "
                        + check.getFlat(i));
            }
        }
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
