package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * One row of each of some planes, in one loop: rows next to walls after a flat sweep over whole planes. Such a loop has
 * next to no set-up, where a sweep of each row would cost as much as a dozen vectors. Loops are compiled by themselves ({@link Apart}).
 */
final class FloatEdgeRows {
    private static final VectorSpecies<Float> SPECIES = FloatSweep.SPECIES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    private FloatEdgeRows() {}

    /**
     * Computes rows; the last vector of a row may overlap the one before.
     *
     * @param in input elements
     * @param out output elements
     * @param first byte position of the first row
     * @param rowBytes bytes of a row, at least a vector
     * @param distance bytes from row to row
     * @param rows number of rows
     * @param d byte displacements of the taps
     * @param w weights of the taps
     */
    static void run(
            MemorySegment in, MemorySegment out, long first, long rowBytes, long distance, int rows, long[] d, float[] w) {
        if (w.length == 7) {
            seven(in, out, first, rowBytes, distance, rows, d, w, null);
        } else {
            any(in, out, first, rowBytes, distance, rows, d, w, null);
        }
    }

    private static FloatVector load(MemorySegment segment, long position) {
        return FloatVector.fromMemorySegment(SPECIES, segment, position, ORDER);
    }

    private static FloatVector weight(float[] w, int tap) {
        return FloatVector.broadcast(SPECIES, w[tap]);
    }

    private static int vectors(long rowBytes, int rows) {
        return (int) ((rowBytes + STEP - 1) / STEP) * rows;
    }

    private static void seven(
            MemorySegment in, MemorySegment out, long first, long rowBytes, long distance, int rows, long[] d, float[] w,
            @Nullable Apart apart) {
        long d0 = d[0];
        long d1 = d[1];
        long d2 = d[2];
        long d3 = d[3];
        long d4 = d[4];
        long d5 = d[5];
        long d6 = d[6];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector w6 = weight(w, 6);
        FloatVector zero = FloatVector.zero(SPECIES);
        int count = vectors(rowBytes, rows);
        long at = first;
        long last = first + rowBytes - STEP;
        for (int k = 0; k < count; k++) {
            FloatVector sum = w0.fma(load(in, at + d0), zero);
            sum = w1.fma(load(in, at + d1), sum);
            sum = w2.fma(load(in, at + d2), sum);
            sum = w3.fma(load(in, at + d3), sum);
            sum = w4.fma(load(in, at + d4), sum);
            sum = w5.fma(load(in, at + d5), sum);
            sum = w6.fma(load(in, at + d6), sum);
            zero.add(sum).intoMemorySegment(out, at, ORDER);
            if (at == last) {
                last += distance;
                at = last - rowBytes + STEP;
            } else {
                at = Math.min(at + STEP, last);
            }
        }
    }

    private static void any(
            MemorySegment in, MemorySegment out, long first, long rowBytes, long distance, int rows, long[] d, float[] w,
            @Nullable Apart apart) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int count = vectors(rowBytes, rows);
        long at = first;
        long last = first + rowBytes - STEP;
        for (int k = 0; k < count; k++) {
            FloatVector sum = zero;
            for (int t = 0; t < w.length; t++) {
                sum = weight(w, t).fma(load(in, at + d[t]), sum);
            }
            zero.add(sum).intoMemorySegment(out, at, ORDER);
            if (at == last) {
                last += distance;
                at = last - rowBytes + STEP;
            } else {
                at = Math.min(at + STEP, last);
            }
        }
    }
}
