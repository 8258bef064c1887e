package org.isotrope.jmh;

import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Plan;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The 7-point Laplacian of n³ values, 2 values of compulsory traffic and 13 flops a point, beside a copy of the same
 * memory and plain C.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class LaplacianBenchmark {
    @Param({"16", "64", "65", "128", "256", "512"})
    int n;

    @Param({"FLOAT", "DOUBLE"})
    Precision precision;

    /** Whether the JVM has done much else before. */
    @Param("false")
    boolean polluted;

    private Field in;
    private Field out;
    private Plan periodic;
    private Plan bounded;
    private Plan allThreads;
    private MethodHandle plainC;
    private boolean written;

    @Setup
    public void setup() {
        if (polluted) {
            Pollution.spread();
        }
        Grid ring = Grid.of(Axis.periodic(0, 1, n), Axis.periodic(0, 1, n), Axis.periodic(0, 1, n));
        Grid box = Grid.of(Axis.uniform(0, 1, n), Axis.uniform(0, 1, n), Axis.uniform(0, 1, n));
        Fields fields = Fields.automatic().precision(precision);
        in = fields.scalar(ring, x -> Math.sin(40 * x[0]) * Math.cos(30 * x[1]) + x[2]);
        out = fields.scalar(ring);
        periodic = Operators.laplacian(ring).plan(precision, Execution.serial());
        allThreads = Operators.laplacian(ring).plan(precision, Execution.standard());
        bounded = Operators.laplacian(box, Boundaries.all(Boundary.mirror())).plan(precision, Execution.serial());
        boxIn = Fields.wrap(in.segment(), in.type(), box, precision);
        boxOut = Fields.wrap(out.segment(), out.type(), box, precision);
        plainC = NativeBaseline.laplacian(precision);
    }

    private Field boxIn;
    private Field boxOut;

    @TearDown(Level.Trial)
    public void verify() {
        if (!written) {
            return;
        }
        double h = 1.0 / n;
        int[] at = {n / 3, 0, n - 1};
        double expected = -6 * in.get(0, at);
        for (int a = 0; a < 3; a++) {
            for (int s = -1; s <= 1; s += 2) {
                int[] next = at.clone();
                next[a] = Math.floorMod(next[a] + s, n);
                expected += in.get(0, next);
            }
        }
        double found = out.get(0, at) * h * h;
        if (Math.abs(found - expected) > 1e-4) {
            throw new IllegalStateException("Laplacian is " + found + "; it had to be " + expected);
        }
    }

    @Benchmark
    public void isotropePeriodic() {
        periodic.apply(in, out);
        written = true;
    }

    @Benchmark
    public void isotropePeriodicAllThreads() {
        allThreads.apply(in, out);
        written = true;
    }

    @Benchmark
    public void isotropeBounded() {
        bounded.apply(boxIn, boxOut);
    }

    @Benchmark
    public void plainC() throws Throwable {
        double w = (double) n * n;
        if (precision == Precision.FLOAT) {
            plainC.invokeExact(out.segment(), in.segment(), (long) n, (float) w, (float) (-6 * w));
        } else {
            plainC.invokeExact(out.segment(), in.segment(), (long) n, w, -6 * w);
        }
        written = true;
    }

    @Benchmark
    public void ceilingCopy() {
        out.segment().copyFrom(in.segment());
    }
}
