package org.isotrope.jmh;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What benchmarks have in common: how they are timed, and the fields and grids they work on. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class Workbench {
    /** Number format of the fields. */
    @Param({"FLOAT", "DOUBLE"})
    public Precision precision;

    /** A periodic grid of n nodes a unit apart along each axis. */
    static Grid periodic(int dimension, int n) {
        Axis[] axes = new Axis[dimension];
        Arrays.fill(axes, Axis.periodic(0, n, n));
        return Grid.of(axes);
    }

    /** A bounded grid of n cells of length 1 along each axis. */
    static Grid bounded(int dimension, int n) {
        Axis[] axes = new Axis[dimension];
        Arrays.fill(axes, Axis.cells(0, n, n));
        return Grid.of(axes);
    }

    /** A field of smooth values of order 1. */
    final Field smooth(FieldType type, Grid grid) {
        Field field = Fields.automatic().precision(precision).of(type, grid);
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, Math.sin(0.37 * (i % 1009)) * Math.cos(0.001 * i));
        }
        return field;
    }

    final Field empty(FieldType type, Grid grid) {
        return Fields.automatic().precision(precision).of(type, grid);
    }

    /** Fails a run whose result is not what another way to compute it gives. */
    static void requireEqual(Field found, Field expected, double tolerance) {
        double largest = 0;
        for (long i = 0; i < expected.count(); i += 97) {
            largest = Math.max(largest, Math.abs(expected.getFlat(i)));
        }
        for (long i = 0; i < found.count(); i += 97) {
            if (!(Math.abs(found.getFlat(i) - expected.getFlat(i)) <= tolerance * largest)) {
                throw new IllegalStateException("value " + i + " is " + found.getFlat(i) + "; it had to be "
                        + expected.getFlat(i));
            }
        }
    }
}
