package org.isotrope.kernels.fourier;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.isotrope.grids.Precision;

/** Checks of shapes and memory that the transforms share. */
final class Shapes {
    private Shapes() {}

    static int[] require(int[] shape, int components) {
        if (shape.length < 1 || shape.length > 3) {
            throw new IllegalArgumentException("shape has " + shape.length + " axes; it had to have 1 to 3");
        }
        for (int n : shape) {
            if (n < 1 || n > Lengths.LONGEST) {
                throw new IllegalArgumentException("shape is " + Arrays.toString(shape) + "; each size had to be 1 to "
                        + Lengths.LONGEST);
            }
        }
        if (components < 1) {
            throw new IllegalArgumentException("components are " + components + "; they had to be at least 1");
        }
        return shape.clone();
    }

    /** Bytes of all components; the largest number of planes and bytes is known to fit then. */
    static long bytes(int[] shape, int components, Precision precision) {
        try {
            long bytes = (long) components * precision.bytes();
            for (int n : shape) {
                bytes = Math.multiplyExact(bytes, (long) n);
            }
            return bytes;
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException("shape is " + Arrays.toString(shape) + " with " + components
                    + " components; its bytes had to fit a 64-bit integer", overflow);
        }
    }

    static long product(int[] shape, int from, int to) {
        long product = 1;
        for (int a = from; a < to; a++) {
            product *= shape[a];
        }
        return product;
    }

    static void requireMemory(MemorySegment segment, String name, long bytes) {
        if (!segment.isNative()) {
            throw new IllegalArgumentException(name + " is a heap segment; it had to be native memory");
        }
        if (segment.byteSize() < bytes) {
            throw new IllegalArgumentException(name + " has " + segment.byteSize() + " bytes; it had to have at least "
                    + bytes);
        }
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException(name + " lies in memory that is closed");
        }
        if (!segment.isAccessibleBy(Thread.currentThread())) {
            throw new WrongThreadException(name + " belongs to another thread; it had to be accessible by this one");
        }
    }

    static void requireWritable(MemorySegment segment, String name, long bytes) {
        requireMemory(segment, name, bytes);
        if (segment.isReadOnly()) {
            throw new IllegalArgumentException(name + " is read-only; it had to be writable");
        }
    }

    static void requireApart(
            MemorySegment one, String oneName, long oneBytes, MemorySegment other, String otherName, long otherBytes) {
        if (one.address() < other.address() + otherBytes && other.address() < one.address() + oneBytes) {
            throw new IllegalArgumentException(oneName + " overlaps " + otherName + " in memory; it had to lie apart");
        }
    }
}
