package org.isotrope.grids.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.isotrope.grids.Precision;

/**
 * An NPY file in memory, usually mapped: its header, and entries of exactly the size that the header says.
 *
 * @param header what the file says about itself
 * @param entries the bytes behind the header, in the file's order
 */
record NpyFile(NpyHeader header, MemorySegment entries) {
    static NpyFile of(MemorySegment bytes) throws IOException {
        NpyHeader header = NpyHeader.read(bytes);
        long available = bytes.byteSize() - header.dataStart();
        long needed = header.precision().bytes();
        try {
            for (long size : header.shape()) {
                needed = Math.multiplyExact(needed, size);
            }
        } catch (ArithmeticException overflow) {
            throw new IOException("shape is " + NpyHeader.shown(Arrays.toString(header.shape()))
                    + "; it had to fit into 2⁶³ bytes", overflow);
        }
        if (needed != available) {
            throw new IOException("file has " + available + " bytes of entries; there had to be " + needed
                    + " for shape " + NpyHeader.shown(Arrays.toString(header.shape())) + " of f"
                    + header.precision().bytes());
        }
        return new NpyFile(header, bytes.asSlice(header.dataStart()));
    }

    /** Writes the entries in C order and native byte order, in a precision of the caller's choice. */
    void copyTo(MemorySegment target, Precision precision) {
        boolean dense = !header.fortran() || header.shape().length < 2;
        if (dense && header.order() == ByteOrder.nativeOrder() && header.precision() == precision) {
            target.copyFrom(entries);
        } else {
            reorder(target, precision);
        }
    }

    /** Goes through the array in C order and fetches each entry from where the file has it. */
    private void reorder(MemorySegment target, Precision precision) {
        long[] shape = header.shape();
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int k = 0; k < shape.length; k++) {
            int a = header.fortran() ? k : shape.length - 1 - k;
            strides[a] = stride;
            stride *= shape[a];
        }
        long[] index = new long[shape.length];
        long count = entries.byteSize() / header.precision().bytes();
        ValueLayout.OfFloat floats = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(header.order());
        ValueLayout.OfDouble doubles = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(header.order());
        long from = 0;
        for (long to = 0; to < count; to++) {
            double value = header.precision() == Precision.FLOAT
                    ? entries.getAtIndex(floats, from)
                    : entries.getAtIndex(doubles, from);
            if (precision == Precision.FLOAT) {
                target.setAtIndex(ValueLayout.JAVA_FLOAT, to, (float) value);
            } else {
                target.setAtIndex(ValueLayout.JAVA_DOUBLE, to, value);
            }
            for (int a = shape.length - 1; a >= 0; a--) {
                from += strides[a];
                if (++index[a] < shape[a]) {
                    break;
                }
                from -= shape[a] * strides[a];
                index[a] = 0;
            }
        }
    }
}
