package org.isotrope.kernels.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Element by element arithmetic over whole segments; lanes never mix, so bits do not depend on the vector width. */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatArithmetic {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    private FloatArithmetic() {}

    private static FloatVector load(MemorySegment segment, long position) {
        return FloatVector.fromMemorySegment(SPECIES, segment, position, ORDER);
    }

    private static float at(MemorySegment segment, long position) {
        return segment.get(ValueLayout.JAVA_FLOAT, position);
    }

    private static long wholeVectors(MemorySegment segment) {
        return segment.byteSize() - segment.byteSize() % STEP;
    }

    /** {@code y = fma(a, x, y)}. */
    static void addScaled(double factor, MemorySegment x, MemorySegment y) {
        float a = (float) factor;
        long whole = wholeVectors(y);
        FloatVector as = FloatVector.broadcast(SPECIES, a);
        for (long i = 0; i < whole; i += STEP) {
            load(x, i).fma(as, load(y, i)).intoMemorySegment(y, i, ORDER);
        }
        for (long i = whole; i < y.byteSize(); i += Float.BYTES) {
            y.set(ValueLayout.JAVA_FLOAT, i, Math.fma(a, at(x, i), at(y, i)));
        }
    }

    /** {@code y = a x}. */
    static void scale(double factor, MemorySegment x, MemorySegment y) {
        float a = (float) factor;
        long whole = wholeVectors(y);
        FloatVector as = FloatVector.broadcast(SPECIES, a);
        for (long i = 0; i < whole; i += STEP) {
            load(x, i).mul(as).intoMemorySegment(y, i, ORDER);
        }
        for (long i = whole; i < y.byteSize(); i += Float.BYTES) {
            y.set(ValueLayout.JAVA_FLOAT, i, a * at(x, i));
        }
    }

    /** {@code z = fma(a, x, y)}. */
    static void combine(double factor, MemorySegment x, MemorySegment y, MemorySegment z) {
        float a = (float) factor;
        long whole = wholeVectors(z);
        FloatVector as = FloatVector.broadcast(SPECIES, a);
        for (long i = 0; i < whole; i += STEP) {
            load(x, i).fma(as, load(y, i)).intoMemorySegment(z, i, ORDER);
        }
        for (long i = whole; i < z.byteSize(); i += Float.BYTES) {
            z.set(ValueLayout.JAVA_FLOAT, i, Math.fma(a, at(x, i), at(y, i)));
        }
    }

    /** {@code z = x y}. */
    static void multiply(MemorySegment x, MemorySegment y, MemorySegment z) {
        long whole = wholeVectors(z);
        for (long i = 0; i < whole; i += STEP) {
            load(x, i).mul(load(y, i)).intoMemorySegment(z, i, ORDER);
        }
        for (long i = whole; i < z.byteSize(); i += Float.BYTES) {
            z.set(ValueLayout.JAVA_FLOAT, i, at(x, i) * at(y, i));
        }
    }

    /** {@code z = fma(x, y, z)}. */
    static void addProduct(MemorySegment x, MemorySegment y, MemorySegment z) {
        long whole = wholeVectors(z);
        for (long i = 0; i < whole; i += STEP) {
            load(x, i).fma(load(y, i), load(z, i)).intoMemorySegment(z, i, ORDER);
        }
        for (long i = whole; i < z.byteSize(); i += Float.BYTES) {
            z.set(ValueLayout.JAVA_FLOAT, i, Math.fma(at(x, i), at(y, i), at(z, i)));
        }
    }

    /** {@code z = x / y}. */
    static void divide(MemorySegment x, MemorySegment y, MemorySegment z) {
        long whole = wholeVectors(z);
        for (long i = 0; i < whole; i += STEP) {
            load(x, i).div(load(y, i)).intoMemorySegment(z, i, ORDER);
        }
        for (long i = whole; i < z.byteSize(); i += Float.BYTES) {
            z.set(ValueLayout.JAVA_FLOAT, i, at(x, i) / at(y, i));
        }
    }
}
