package org.isotrope.kernels.engine.elementwise;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic of {@linkplain Update updates} on runs of elements that lie anywhere in their segments; lanes never mix, so
 * bits do not depend on the vector width or on where runs are cut.
 *
 * <p>Positions and lengths are in bytes. Vector loops stand in methods of their own, as in {@link FloatArithmetic}.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatUpdates {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    private FloatUpdates() {}

    private static FloatVector load(MemorySegment segment, long position) {
        return FloatVector.fromMemorySegment(SPECIES, segment, position, ORDER);
    }

    private static float at(MemorySegment segment, long position) {
        return segment.get(ValueLayout.JAVA_FLOAT, position);
    }

    private static void put(MemorySegment segment, long position, float value) {
        segment.set(ValueLayout.JAVA_FLOAT, position, value);
    }

    /** {@code z = a x}. */
    static void scale(double factor, MemorySegment x, long xs, MemorySegment z, long zs, long length) {
        float a = (float) factor;
        long whole = length - length % STEP;
        if (whole > 0) {
            scaleVectors(a, x, xs, z, zs, whole, null);
        }
        for (long i = whole; i < length; i += Float.BYTES) {
            put(z, zs + i, a * at(x, xs + i));
        }
    }

    private static void scaleVectors(
            float a, MemorySegment x, long xs, MemorySegment z, long zs, long whole, @Nullable Apart apart) {
        FloatVector as = FloatVector.broadcast(SPECIES, a);
        for (long i = 0; i < whole; i += STEP) {
            load(x, xs + i).mul(as).intoMemorySegment(z, zs + i, ORDER);
        }
    }

    /** {@code z = fma(a, x, y)}. */
    static void combine(
            double factor,
            MemorySegment x,
            long xs,
            MemorySegment y,
            long ys,
            MemorySegment z,
            long zs,
            long length) {
        float a = (float) factor;
        long whole = length - length % STEP;
        if (whole > 0) {
            combineVectors(a, x, xs, y, ys, z, zs, whole, null);
        }
        for (long i = whole; i < length; i += Float.BYTES) {
            put(z, zs + i, Math.fma(a, at(x, xs + i), at(y, ys + i)));
        }
    }

    private static void combineVectors(
            float a, MemorySegment x, long xs, MemorySegment y, long ys, MemorySegment z, long zs, long whole,
            @Nullable Apart apart) {
        FloatVector as = FloatVector.broadcast(SPECIES, a);
        for (long i = 0; i < whole; i += STEP) {
            load(x, xs + i).fma(as, load(y, ys + i)).intoMemorySegment(z, zs + i, ORDER);
        }
    }

    /** {@code z = x y}. */
    static void multiply(
            MemorySegment x, long xs, MemorySegment y, long ys, MemorySegment z, long zs, long length) {
        long whole = length - length % STEP;
        if (whole > 0) {
            multiplyVectors(x, xs, y, ys, z, zs, whole, null);
        }
        for (long i = whole; i < length; i += Float.BYTES) {
            put(z, zs + i, at(x, xs + i) * at(y, ys + i));
        }
    }

    private static void multiplyVectors(
            MemorySegment x, long xs, MemorySegment y, long ys, MemorySegment z, long zs, long whole,
            @Nullable Apart apart) {
        for (long i = 0; i < whole; i += STEP) {
            load(x, xs + i).mul(load(y, ys + i)).intoMemorySegment(z, zs + i, ORDER);
        }
    }

    /** {@code z = fma(x, y, z)}. */
    static void addProduct(
            MemorySegment x, long xs, MemorySegment y, long ys, MemorySegment z, long zs, long length) {
        long whole = length - length % STEP;
        if (whole > 0) {
            addProductVectors(x, xs, y, ys, z, zs, whole, null);
        }
        for (long i = whole; i < length; i += Float.BYTES) {
            put(z, zs + i, Math.fma(at(x, xs + i), at(y, ys + i), at(z, zs + i)));
        }
    }

    private static void addProductVectors(
            MemorySegment x, long xs, MemorySegment y, long ys, MemorySegment z, long zs, long whole,
            @Nullable Apart apart) {
        for (long i = 0; i < whole; i += STEP) {
            load(x, xs + i).fma(load(y, ys + i), load(z, zs + i)).intoMemorySegment(z, zs + i, ORDER);
        }
    }

    /** {@code z = z + fma(fma(fma(a₃, x, a₂), x, a₁), x, a₀)}. */
    static void addCubic(double[] a, MemorySegment x, long xs, MemorySegment z, long zs, long length) {
        float a0 = (float) a[0];
        float a1 = (float) a[1];
        float a2 = (float) a[2];
        float a3 = (float) a[3];
        long whole = length - length % STEP;
        if (whole > 0) {
            addCubicVectors(a0, a1, a2, a3, x, xs, z, zs, whole, null);
        }
        for (long i = whole; i < length; i += Float.BYTES) {
            float v = at(x, xs + i);
            put(z, zs + i, at(z, zs + i) + Math.fma(Math.fma(Math.fma(a3, v, a2), v, a1), v, a0));
        }
    }

    private static void addCubicVectors(
            float a0, float a1, float a2, float a3, MemorySegment x, long xs, MemorySegment z, long zs, long whole,
            @Nullable Apart apart) {
        FloatVector c0 = FloatVector.broadcast(SPECIES, a0);
        FloatVector c1 = FloatVector.broadcast(SPECIES, a1);
        FloatVector c2 = FloatVector.broadcast(SPECIES, a2);
        FloatVector c3 = FloatVector.broadcast(SPECIES, a3);
        for (long i = 0; i < whole; i += STEP) {
            FloatVector v = load(x, xs + i);
            FloatVector cubic = v.fma(c3, c2).fma(v, c1).fma(v, c0);
            load(z, zs + i).add(cubic).intoMemorySegment(z, zs + i, ORDER);
        }
    }
}
