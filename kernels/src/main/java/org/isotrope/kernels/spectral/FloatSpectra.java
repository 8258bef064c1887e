package org.isotrope.kernels.spectral;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * Products of a real table with one plane of a spectrum; lanes never mix, so bits do not depend on the vector width.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatSpectra {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    private FloatSpectra() {}

    private static FloatVector load(MemorySegment segment, long position) {
        return FloatVector.fromMemorySegment(SPECIES, segment, position, ORDER);
    }

    private static float at(MemorySegment segment, long position) {
        return segment.get(ValueLayout.JAVA_FLOAT, position);
    }

    /** {@code z = (s t) x}, with x and z from a byte on; z may be x. */
    static void multiply(double sign, MemorySegment t, MemorySegment x, long xFirst, MemorySegment z, long zFirst) {
        multiply(sign, t, x, xFirst, z, zFirst, null);
    }

    private static void multiply(
            double sign, MemorySegment t, MemorySegment x, long xFirst, MemorySegment z, long zFirst,
            @Nullable Apart apart) {
        float s = (float) sign;
        long bytes = t.byteSize();
        long whole = bytes - bytes % STEP;
        FloatVector signs = FloatVector.broadcast(SPECIES, s);
        for (long i = 0; i < whole; i += STEP) {
            load(t, i).mul(signs).mul(load(x, xFirst + i)).intoMemorySegment(z, zFirst + i, ORDER);
        }
        for (long i = whole; i < bytes; i += Float.BYTES) {
            z.set(ValueLayout.JAVA_FLOAT, zFirst + i, at(t, i) * s * at(x, xFirst + i));
        }
    }

    /** {@code z = fma(s t, x, z)}. */
    static void addProduct(double sign, MemorySegment t, MemorySegment x, long xFirst, MemorySegment z, long zFirst) {
        addProduct(sign, t, x, xFirst, z, zFirst, null);
    }

    private static void addProduct(
            double sign, MemorySegment t, MemorySegment x, long xFirst, MemorySegment z, long zFirst,
            @Nullable Apart apart) {
        float s = (float) sign;
        long bytes = t.byteSize();
        long whole = bytes - bytes % STEP;
        FloatVector signs = FloatVector.broadcast(SPECIES, s);
        for (long i = 0; i < whole; i += STEP) {
            load(t, i).mul(signs).fma(load(x, xFirst + i), load(z, zFirst + i))
                    .intoMemorySegment(z, zFirst + i, ORDER);
        }
        for (long i = whole; i < bytes; i += Float.BYTES) {
            z.set(ValueLayout.JAVA_FLOAT, zFirst + i, Math.fma(at(t, i) * s, at(x, xFirst + i), at(z, zFirst + i)));
        }
    }
}
