package org.isotrope.jmh;

import java.util.concurrent.TimeUnit;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Plan;
import org.isotrope.kernels.radial.Radial;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;

/**
 * Small fields on a prepared plan: the 7-point Laplacian of 16³ values and a disc of radius 3 on 64², every call timed.
 */
public class LatencyBenchmark extends Workbench {
    private Field cubeIn;
    private Field cubeOut;
    private Field squareIn;
    private Field squareOut;
    private Plan laplacian;
    private Plan disc;

    @Setup
    public void setup() {
        Grid cube = periodic(3, 16);
        Grid square = bounded(2, 64);
        laplacian = Operators.laplacian(cube).plan(precision, Execution.serial());
        disc = Operators.radial(square, Radial.gaussian(2, 1.5).within(3)).plan(precision, Execution.serial());
        cubeIn = smooth(FieldType.SCALAR, cube);
        cubeOut = empty(FieldType.SCALAR, cube);
        squareIn = smooth(FieldType.SCALAR, square);
        squareOut = empty(FieldType.SCALAR, square);
    }

    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public void laplacian16() {
        laplacian.apply(cubeIn, cubeOut);
    }

    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public void disc64() {
        disc.apply(squareIn, squareOut);
    }
}
