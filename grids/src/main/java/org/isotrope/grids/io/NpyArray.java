package org.isotrope.grids.io;

import java.lang.foreign.MemorySegment;
import org.isotrope.grids.Precision;

/**
 * An array as a file holds it, in native memory.
 *
 * @param shape number of entries along each axis, possibly none (a single number) and possibly 0
 * @param precision number format of the entries
 * @param data the entries in C order and native byte order, exactly as many as the shape says
 */
public record NpyArray(long[] shape, Precision precision, MemorySegment data) {
    /**
     * Copies the shape and checks that data and shape agree.
     *
     * @param shape number of entries along each axis
     * @param precision number format of the entries
     * @param data the entries
     */
    public NpyArray {
        shape = shape.clone();
        long count = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("shape has an entry " + size + "; it had to be at least 0");
            }
            count = Math.multiplyExact(count, size);
        }
        if (data.byteSize() != Math.multiplyExact(count, (long) precision.bytes())) {
            throw new IllegalArgumentException("data has " + data.byteSize() + " bytes; it had to have "
                    + count * precision.bytes() + " for " + count + " entries of " + precision);
        }
    }

    /**
     * Number of entries along each axis.
     *
     * @return a fresh array
     */
    @Override
    public long[] shape() {
        return shape.clone();
    }

    /**
     * Number of entries.
     *
     * @return the product of the shape
     */
    public long count() {
        return data.byteSize() / precision.bytes();
    }

    /**
     * One entry.
     *
     * @param flat position in C order
     * @return its value
     */
    public double get(long flat) {
        return precision == Precision.FLOAT
                ? data.getAtIndex(java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED, flat)
                : data.getAtIndex(java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED, flat);
    }
}
