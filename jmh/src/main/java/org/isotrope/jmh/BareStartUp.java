package org.isotrope.jmh;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The periodic Laplacian of {@link StartUp} with the Vector API alone, written for this one size: what a JVM needs to
 * warm up for such a loop, whoever calls it. Flat sweeps over the rows of a plane between its first and its last one; the
 * ends of rows are mended.
 */
public final class BareStartUp implements Runnable {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    private static final int N = 64;
    private static final long ROW = 4L * N;
    private static final long PLANE = ROW * N;
    /** In front of a field and behind it, where vectors of the first and of the last row end. */
    private static final long MARGIN = 64;

    private final float weight = N * N;
    private final MemorySegment in;
    private final MemorySegment out;

    private BareStartUp() {
        Arena arena = Arena.ofAuto();
        in = arena.allocate(N * PLANE + 2 * MARGIN, 64);
        out = arena.allocate(N * PLANE + 2 * MARGIN, 64);
        float[] ones = new float[N * N * N];
        Arrays.fill(ones, 1);
        MemorySegment.copy(ones, 0, in, FLOAT, MARGIN, ones.length);
    }

    /**
     * Measures this JVM.
     *
     * @param args none
     */
    public static void main(String[] args) {
        WarmUp.print(System.nanoTime(), new BareStartUp());
    }

    @Override
    public void run() {
        for (int x = 0; x < N; x++) {
            long below = Math.floorMod(x - 1, N) * PLANE;
            long above = Math.floorMod(x + 1, N) * PLANE;
            rows(x * PLANE, below, above, 0, 1, (N - 1) * ROW, ROW);
            rows(x * PLANE, below, above, 1, N - 1, -ROW, ROW);
            rows(x * PLANE, below, above, N - 1, N, -ROW, (1 - N) * ROW);
        }
    }

    /** Rows {@code from} to {@code end} of a plane; neighbouring rows begin {@code left} and {@code right} bytes away. */
    private void rows(long plane, long below, long above, int from, int end, long left, long right) {
        long first = MARGIN + plane + from * ROW;
        long last = MARGIN + plane + end * ROW;
        sweep(first, last, below - plane, above - plane, left, right);
        for (long row = first; row < last; row += ROW) {
            mend(row, row + ROW - 4, row + 4, below - plane, above - plane, left, right);
            mend(row + ROW - 4, row + ROW - 8, row, below - plane, above - plane, left, right);
        }
    }

    private void sweep(long first, long end, long below, long above, long left, long right) {
        FloatVector middle = FloatVector.broadcast(SPECIES, -6);
        FloatVector scale = FloatVector.broadcast(SPECIES, weight);
        for (long i = first; i < end; i += SPECIES.vectorByteSize()) {
            FloatVector.fromMemorySegment(SPECIES, in, i, ORDER).fma(middle,
                    FloatVector.fromMemorySegment(SPECIES, in, i - 4, ORDER)
                            .add(FloatVector.fromMemorySegment(SPECIES, in, i + 4, ORDER))
                            .add(FloatVector.fromMemorySegment(SPECIES, in, i + left, ORDER)
                                    .add(FloatVector.fromMemorySegment(SPECIES, in, i + right, ORDER)))
                            .add(FloatVector.fromMemorySegment(SPECIES, in, i + below, ORDER)
                                    .add(FloatVector.fromMemorySegment(SPECIES, in, i + above, ORDER))))
                    .mul(scale).intoMemorySegment(out, i, ORDER);
        }
    }

    private void mend(long i, long before, long after, long below, long above, long left, long right) {
        float sum = in.get(FLOAT, before) + in.get(FLOAT, after) + (in.get(FLOAT, i + left) + in.get(FLOAT, i + right))
                + (in.get(FLOAT, i + below) + in.get(FLOAT, i + above));
        out.set(FLOAT, i, weight * Math.fma(-6, in.get(FLOAT, i), sum));
    }
}
