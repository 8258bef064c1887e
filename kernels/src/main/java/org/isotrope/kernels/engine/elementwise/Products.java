package org.isotrope.kernels.engine.elementwise;

import java.lang.foreign.MemorySegment;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.VectorApi;
import org.isotrope.kernels.engine.threads.Pool;

/** Bilinear combinations of component planes, {@code out_k = Σ c a_i b_j}, chunk by chunk through the first-level cache. */
public final class Products {
    /** Bytes of a chunk of one plane. */
    private static final long CHUNK = 8192;

    private final int[] starts;
    private final int[] first;
    private final int[] second;
    private final float[] floats;
    private final double[] doubles;
    private final Pool<Places> pool;

    /** Where terms begin in memory; one for each thread that runs at the moment. */
    private record Places(long[] a, long[] b) {}

    /**
     * The terms, sorted by output component.
     *
     * @param starts terms of component k are {@code starts[k]} to {@code starts[k + 1] − 1}
     * @param first component of a for each term
     * @param second component of b for each term
     * @param weights c for each term
     */
    public Products(int[] starts, int[] first, int[] second, double[] weights) {
        this.starts = starts.clone();
        this.first = first.clone();
        this.second = second.clone();
        this.doubles = weights.clone();
        this.floats = new float[weights.length];
        for (int t = 0; t < weights.length; t++) {
            floats[t] = (float) weights[t];
        }
        int terms = weights.length;
        this.pool = new Pool<>(() -> new Places(new long[terms], new long[terms]));
    }

    /**
     * Computes all components.
     *
     * @param precision of all segments
     * @param a component planes
     * @param b component planes
     * @param out component planes, overwritten
     * @param nodes of a plane
     */
    public void run(Precision precision, MemorySegment a, MemorySegment b, MemorySegment out, long nodes) {
        VectorApi.require();
        long plane = nodes * precision.bytes();
        Places places = pool.take();
        for (long at = 0; at < plane; at += CHUNK) {
            long bytes = Math.min(CHUNK, plane - at);
            for (int t = 0; t < first.length; t++) {
                places.a[t] = first[t] * plane + at;
                places.b[t] = second[t] * plane + at;
            }
            for (int k = 0; k + 1 < starts.length; k++) {
                component(precision, a, b, places, k, out, k * plane + at, bytes);
            }
        }
        pool.give(places);
    }

    private void component(
            Precision precision,
            MemorySegment a,
            MemorySegment b,
            Places places,
            int k,
            MemorySegment out,
            long at,
            long bytes) {
        if (starts[k] == starts[k + 1]) {
            out.asSlice(at, bytes).fill((byte) 0);
        }
        for (int t = starts[k]; t < starts[k + 1]; t += FloatProducts.TERMS) {
            int count = Math.min(FloatProducts.TERMS, starts[k + 1] - t);
            boolean begins = t == starts[k];
            switch (precision) {
                case FLOAT -> FloatProducts.pass(a, places.a, b, places.b, floats, t, count, begins, out, at, bytes);
                case DOUBLE -> DoubleProducts.pass(a, places.a, b, places.b, doubles, t, count, begins, out, at, bytes);
            }
        }
    }
}
