package org.isotrope.kernels.engine.elementwise;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * Element by element arithmetic over whole segments; lanes never mix, so bits do not depend on the vector width.
 *
 * <p>Vector loops stand in methods of their own: where a JVM has seen mostly segments shorter than a vector, it takes
 * the loop for dead, and a vector that is made before it would be boxed on the heap in every call.
 */
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
        if (whole > 0) {
            addScaledVectors(a, x, y, whole, null);
        }
        for (long i = whole; i < y.byteSize(); i += Float.BYTES) {
            y.set(ValueLayout.JAVA_FLOAT, i, Math.fma(a, at(x, i), at(y, i)));
        }
    }

    private static void addScaledVectors(float a, MemorySegment x, MemorySegment y, long whole, @Nullable Apart apart) {
        FloatVector as = FloatVector.broadcast(SPECIES, a);
        for (long i = 0; i < whole; i += STEP) {
            load(x, i).fma(as, load(y, i)).intoMemorySegment(y, i, ORDER);
        }
    }

    /** {@code y = a x}. */
    static void scale(double factor, MemorySegment x, MemorySegment y) {
        float a = (float) factor;
        long whole = wholeVectors(y);
        if (whole > 0) {
            scaleVectors(a, x, y, whole, null);
        }
        for (long i = whole; i < y.byteSize(); i += Float.BYTES) {
            y.set(ValueLayout.JAVA_FLOAT, i, a * at(x, i));
        }
    }

    private static void scaleVectors(float a, MemorySegment x, MemorySegment y, long whole, @Nullable Apart apart) {
        FloatVector as = FloatVector.broadcast(SPECIES, a);
        for (long i = 0; i < whole; i += STEP) {
            load(x, i).mul(as).intoMemorySegment(y, i, ORDER);
        }
    }

    /** {@code z = fma(a, x, y)}. */
    static void combine(double factor, MemorySegment x, MemorySegment y, MemorySegment z) {
        float a = (float) factor;
        long whole = wholeVectors(z);
        if (whole > 0) {
            combineVectors(a, x, y, z, whole, null);
        }
        for (long i = whole; i < z.byteSize(); i += Float.BYTES) {
            z.set(ValueLayout.JAVA_FLOAT, i, Math.fma(a, at(x, i), at(y, i)));
        }
    }

    private static void combineVectors(
            float a, MemorySegment x, MemorySegment y, MemorySegment z, long whole, @Nullable Apart apart) {
        FloatVector as = FloatVector.broadcast(SPECIES, a);
        for (long i = 0; i < whole; i += STEP) {
            load(x, i).fma(as, load(y, i)).intoMemorySegment(z, i, ORDER);
        }
    }

    /** {@code z = x y}. */
    static void multiply(MemorySegment x, MemorySegment y, MemorySegment z) {
        long whole = wholeVectors(z);
        if (whole > 0) {
            multiplyVectors(x, y, z, whole, null);
        }
        for (long i = whole; i < z.byteSize(); i += Float.BYTES) {
            z.set(ValueLayout.JAVA_FLOAT, i, at(x, i) * at(y, i));
        }
    }

    private static void multiplyVectors(
            MemorySegment x, MemorySegment y, MemorySegment z, long whole, @Nullable Apart apart) {
        for (long i = 0; i < whole; i += STEP) {
            load(x, i).mul(load(y, i)).intoMemorySegment(z, i, ORDER);
        }
    }

    /** {@code z = fma(x, y, z)}. */
    static void addProduct(MemorySegment x, MemorySegment y, MemorySegment z) {
        long whole = wholeVectors(z);
        if (whole > 0) {
            addProductVectors(x, y, z, whole, null);
        }
        for (long i = whole; i < z.byteSize(); i += Float.BYTES) {
            z.set(ValueLayout.JAVA_FLOAT, i, Math.fma(at(x, i), at(y, i), at(z, i)));
        }
    }

    private static void addProductVectors(
            MemorySegment x, MemorySegment y, MemorySegment z, long whole, @Nullable Apart apart) {
        for (long i = 0; i < whole; i += STEP) {
            load(x, i).fma(load(y, i), load(z, i)).intoMemorySegment(z, i, ORDER);
        }
    }

    /** {@code y = min(max(x, low), high)}. */
    static void clamp(double lowest, double highest, MemorySegment x, MemorySegment y) {
        float low = (float) lowest;
        float high = (float) highest;
        long whole = wholeVectors(y);
        if (whole > 0) {
            clampVectors(low, high, x, y, whole, null);
        }
        for (long i = whole; i < y.byteSize(); i += Float.BYTES) {
            y.set(ValueLayout.JAVA_FLOAT, i, Math.min(Math.max(at(x, i), low), high));
        }
    }

    private static void clampVectors(
            float low, float high, MemorySegment x, MemorySegment y, long whole, @Nullable Apart apart) {
        FloatVector lows = FloatVector.broadcast(SPECIES, low);
        FloatVector highs = FloatVector.broadcast(SPECIES, high);
        for (long i = 0; i < whole; i += STEP) {
            load(x, i).max(lows).min(highs).intoMemorySegment(y, i, ORDER);
        }
    }

    /** {@code z = x / y}. */
    static void divide(MemorySegment x, MemorySegment y, MemorySegment z) {
        long whole = wholeVectors(z);
        if (whole > 0) {
            divideVectors(x, y, z, whole, null);
        }
        for (long i = whole; i < z.byteSize(); i += Float.BYTES) {
            z.set(ValueLayout.JAVA_FLOAT, i, at(x, i) / at(y, i));
        }
    }

    private static void divideVectors(
            MemorySegment x, MemorySegment y, MemorySegment z, long whole, @Nullable Apart apart) {
        for (long i = 0; i < whole; i += STEP) {
            load(x, i).div(load(y, i)).intoMemorySegment(z, i, ORDER);
        }
    }
}
