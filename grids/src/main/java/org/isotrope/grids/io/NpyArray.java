package org.isotrope.grids.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.isotrope.grids.Precision;

/**
 * An array as a file holds it, in native memory.
 *
 * @param shape number of entries along each axis, possibly none (a single number) and possibly 0
 * @param precision number format of the entries
 * @param data the entries in C order and native byte order, exactly as many as the shape says
 */
public record NpyArray(long[] shape, Precision precision, MemorySegment data) {
    /** NumPy's own limit. */
    static final int MOST_AXES = 64;

    /**
     * Copies the shape and checks that data and shape agree.
     *
     * @param shape number of entries along each axis, at most 64 of them
     * @param precision number format of the entries
     * @param data the entries, in native memory
     * @throws IllegalArgumentException if the shape is negative, too long or too large, if the data lie on the heap, or
     *     if they have another size
     */
    public NpyArray {
        shape = shape.clone();
        if (shape.length > MOST_AXES) {
            throw new IllegalArgumentException("shape has " + shape.length + " entries; it had to have at most "
                    + MOST_AXES);
        }
        long bytes = precision.bytes();
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("shape has an entry " + size + "; it had to be at least 0");
            }
            try {
                bytes = Math.multiplyExact(bytes, size);
            } catch (ArithmeticException overflow) {
                throw new IllegalArgumentException("shape is " + Arrays.toString(shape)
                        + "; it had to fit into 2⁶³ bytes", overflow);
            }
        }
        if (!data.isNative()) {
            throw new IllegalArgumentException("data lies on the heap; it had to be in native memory");
        }
        if (data.byteSize() != bytes) {
            throw new IllegalArgumentException("data has " + data.byteSize() + " bytes; it had to have " + bytes
                    + " for " + bytes / precision.bytes() + " entries of " + precision);
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
                ? data.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, flat)
                : data.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, flat);
    }
}
