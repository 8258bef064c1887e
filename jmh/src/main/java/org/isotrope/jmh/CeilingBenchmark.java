package org.isotrope.jmh;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Precision;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Copy and triad, {@code a = b + s c}, of contiguous memory: what any sweep over fields has to pay.
 */
public class CeilingBenchmark extends Workbench {
    /** Nodes along each of three axes. */
    @Param({"16", "64", "128", "256", "512"})
    public int n;

    private Field a;
    private Field b;
    private Field c;

    @Setup
    public void setup() {
        a = empty(FieldType.SCALAR, periodic(3, n));
        b = smooth(FieldType.SCALAR, periodic(3, n));
        c = n > 256 ? b : smooth(FieldType.SCALAR, periodic(3, n));
    }

    @Benchmark
    public void copy() {
        a.segment().copyFrom(b.segment());
    }

    @Benchmark
    public void triad() {
        if (precision == Precision.FLOAT) {
            floats(a.segment(), b.segment(), c.segment());
        } else {
            doubles(a.segment(), b.segment(), c.segment());
        }
    }

    private static void floats(MemorySegment a, MemorySegment b, MemorySegment c) {
        FloatVector factor = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, 3);
        for (long i = 0; i < a.byteSize(); i += FloatVector.SPECIES_PREFERRED.vectorByteSize()) {
            FloatVector x = FloatVector.fromMemorySegment(FloatVector.SPECIES_PREFERRED, b, i, ByteOrder.nativeOrder());
            FloatVector y = FloatVector.fromMemorySegment(FloatVector.SPECIES_PREFERRED, c, i, ByteOrder.nativeOrder());
            y.fma(factor, x).intoMemorySegment(a, i, ByteOrder.nativeOrder());
        }
    }

    private static void doubles(MemorySegment a, MemorySegment b, MemorySegment c) {
        DoubleVector factor = DoubleVector.broadcast(DoubleVector.SPECIES_PREFERRED, 3);
        for (long i = 0; i < a.byteSize(); i += DoubleVector.SPECIES_PREFERRED.vectorByteSize()) {
            DoubleVector x =
                    DoubleVector.fromMemorySegment(DoubleVector.SPECIES_PREFERRED, b, i, ByteOrder.nativeOrder());
            DoubleVector y =
                    DoubleVector.fromMemorySegment(DoubleVector.SPECIES_PREFERRED, c, i, ByteOrder.nativeOrder());
            y.fma(factor, x).intoMemorySegment(a, i, ByteOrder.nativeOrder());
        }
    }
}
