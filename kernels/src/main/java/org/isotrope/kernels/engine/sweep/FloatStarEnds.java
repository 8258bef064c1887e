package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * Mends the first and the last node of rows after a flat sweep of a star, one node after the other, by the taps of
 * {@link FloatStar} with the neighbour beyond the end in its place.
 *
 * <p>This is for few rows, and where the passes of {@link FloatStar} would have to put that neighbour into vectors in
 * several instructions. Scalar code is never boxed, however rarely it runs. Loops are compiled by themselves ({@link Apart}),
 * because C2 takes several times longer where it compiles them for each caller again.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatStarEnds {
    private final End low;
    private final End high;
    private final long rowBytes;

    /**
     * For rows of one class.
     *
     * @param bytes byte displacements of the taps from a node
     * @param weights of the taps
     * @param below the tap that reads below a node
     * @param above the tap that reads above it
     * @param ends what there is instead beyond the ends
     */
    FloatStarEnds(long[] bytes, float[] weights, int below, int above, FloatRowEnds ends) {
        this.low = new End(bytes, weights, below, ends.below() - (-1), ends.below() >= 0);
        this.high = new End(bytes, weights, above, ends.above() - ends.size(), ends.above() >= 0);
        this.rowBytes = ends.rowBytes();
    }

    /**
     * Both ends of each row.
     *
     * @param in input elements
     * @param out output elements
     * @param first byte position of the first row
     * @param distance bytes from row to row
     * @param rows number of rows
     */
    void mend(MemorySegment in, MemorySegment out, long first, long distance, int rows) {
        low.mend(in, out, first, distance, rows);
        high.mend(in, out, first + rowBytes - Float.BYTES, distance, rows);
    }

    /** One end of rows. */
    private static final class End {
        /** Most taps of a star. */
        private static final int TAPS = 7;

        private final int count;
        private final long[] d = new long[TAPS];
        private final float[] w = new float[TAPS];

        /**
         * Its taps.
         *
         * @param tap the one that reads beyond
         * @param farther nodes from there to what is read instead
         * @param reads whether there is anything to read
         */
        End(long[] bytes, float[] weights, int tap, int farther, boolean reads) {
            int next = 0;
            for (int t = 0; t < bytes.length; t++) {
                if (t != tap || reads) {
                    d[next] = t == tap ? bytes[t] + (long) farther * Float.BYTES : bytes[t];
                    w[next++] = weights[t];
                }
            }
            count = next;
        }

        void mend(MemorySegment in, MemorySegment out, long first, long distance, int rows) {
            switch (count) {
                case 7 -> seven(in, out, first, distance, rows, null);
                case 5 -> five(in, out, first, distance, rows, null);
                default -> any(in, out, first, distance, rows, null);
            }
        }

        private static float value(MemorySegment in, long position) {
            return in.get(ValueLayout.JAVA_FLOAT_UNALIGNED, position);
        }

        private void seven(
                MemorySegment in, MemorySegment out, long first, long distance, int rows, @Nullable Apart apart) {
            long d0 = d[0];
            long d1 = d[1];
            long d2 = d[2];
            long d3 = d[3];
            long d4 = d[4];
            long d5 = d[5];
            long d6 = d[6];
            float w0 = w[0];
            float w1 = w[1];
            float w2 = w[2];
            float w3 = w[3];
            float w4 = w[4];
            float w5 = w[5];
            float w6 = w[6];
            for (int k = 0; k < rows; k++) {
                long at = first + k * distance;
                float sum = Math.fma(w0, value(in, at + d0), (float) 0);
                sum = Math.fma(w1, value(in, at + d1), sum);
                sum = Math.fma(w2, value(in, at + d2), sum);
                sum = Math.fma(w3, value(in, at + d3), sum);
                sum = Math.fma(w4, value(in, at + d4), sum);
                sum = Math.fma(w5, value(in, at + d5), sum);
                sum = Math.fma(w6, value(in, at + d6), sum);
                out.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, sum + (float) 0);
            }
        }

        private void five(
                MemorySegment in, MemorySegment out, long first, long distance, int rows, @Nullable Apart apart) {
            long d0 = d[0];
            long d1 = d[1];
            long d2 = d[2];
            long d3 = d[3];
            long d4 = d[4];
            float w0 = w[0];
            float w1 = w[1];
            float w2 = w[2];
            float w3 = w[3];
            float w4 = w[4];
            for (int k = 0; k < rows; k++) {
                long at = first + k * distance;
                float sum = Math.fma(w0, value(in, at + d0), (float) 0);
                sum = Math.fma(w1, value(in, at + d1), sum);
                sum = Math.fma(w2, value(in, at + d2), sum);
                sum = Math.fma(w3, value(in, at + d3), sum);
                sum = Math.fma(w4, value(in, at + d4), sum);
                out.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, sum + (float) 0);
            }
        }

        private void any(
                MemorySegment in, MemorySegment out, long first, long distance, int rows, @Nullable Apart apart) {
            for (int k = 0; k < rows; k++) {
                long at = first + k * distance;
                float sum = (float) 0;
                for (int t = 0; t < count; t++) {
                    sum = Math.fma(w[t], value(in, at + d[t]), sum);
                }
                out.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, sum + (float) 0);
            }
        }
    }
}
