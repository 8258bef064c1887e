package org.isotrope.kernels.spectral;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Runs a {@link Gathering}. */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatGather {
    private FloatGather() {}

    /**
     * Fills the dense array that begins at an element of {@code to} from the array that begins at one of {@code from}.
     */
    static void run(Gathering gathering, MemorySegment from, long fromFirst, MemorySegment to, long toFirst) {
        long row = gathering.shape[2];
        long next = toFirst;
        for (int i = 0; i < gathering.shape[0]; i++) {
            for (int j = 0; j < gathering.shape[1]; j++) {
                long first = gathering.offsets[0][i];
                long second = gathering.offsets[1][j];
                double factor = gathering.factors[0][i] * gathering.factors[1][j];
                if (first == Gathering.NOTHING || second == Gathering.NOTHING) {
                    clear(to, next, row);
                } else if (gathering.plainRows && factor == 1) {
                    long begin = fromFirst + first + second + gathering.offsets[2][0];
                    MemorySegment.copy(from, begin * Float.BYTES, to, next * Float.BYTES, row * Float.BYTES);
                } else {
                    row(gathering, from, fromFirst + first + second, factor, to, next);
                }
                next += row;
            }
        }
    }

    private static void clear(MemorySegment to, long first, long count) {
        for (long k = 0; k < count; k++) {
            to.setAtIndex(ValueLayout.JAVA_FLOAT, first + k, (float) 0);
        }
    }

    private static void row(
            Gathering gathering, MemorySegment from, long begin, double factor, MemorySegment to, long next) {
        long[] offsets = gathering.offsets[2];
        double[] factors = gathering.factors[2];
        for (int k = 0; k < offsets.length; k++) {
            float value = (float) 0;
            if (offsets[k] != Gathering.NOTHING) {
                value = (float) (factor * factors[k]) * from.getAtIndex(ValueLayout.JAVA_FLOAT, begin + offsets[k]);
            }
            to.setAtIndex(ValueLayout.JAVA_FLOAT, next + k, value);
        }
    }
}
