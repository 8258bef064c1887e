package org.isotrope.jmh;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.grids.Field;

/** Convolutions as Java programmers write them: for each output row and weight one pass over the row; zero beyond edges. */
final class JavaConvolution {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private JavaConvolution() {}

    /** Adds a row times a weight, all in values. */
    private interface Row {
        void add(long to, long from, float weight, int count);
    }

    /**
     * One of the three.
     *
     * @param form floatArray, segment or vectorArray
     */
    static Task task(String form, Field in, Field out, Taps taps, int n) {
        if (form.equals("segment")) {
            MemorySegment u = in.segment();
            MemorySegment o = out.segment();
            return () -> {
                o.fill((byte) 0);
                rows(taps, n, (to, from, weight, count) -> segments(o, u, to, from, weight, count));
            };
        }
        float[] u = in.segment().toArray(FLOAT);
        float[] o = new float[(int) out.count()];
        Row row = form.equals("vectorArray")
                ? (to, from, weight, count) -> vectors(o, u, (int) to, (int) from, weight, count)
                : (to, from, weight, count) -> arrays(o, u, (int) to, (int) from, weight, count);
        return new ArrayTask(o, out, () -> {
            Arrays.fill(o, 0);
            rows(taps, n, row);
        });
    }

    private static void rows(Taps taps, int n, Row row) {
        int planes = taps.dimension() == 3 ? n : 1;
        int cube = taps.cube();
        for (int q = 0; q < taps.outputs(); q++) {
            for (int x = 0; x < planes; x++) {
                for (int y = 0; y < n; y++) {
                    for (int t = 0; t < taps.inputs() * cube; t++) {
                        float weight = (float) taps.weights()[q * taps.inputs() * cube + t];
                        int plane = taps.dimension() == 3 ? x + taps.offset(t % cube, 0) : 0;
                        int line = y + taps.offset(t % cube, taps.dimension() - 2);
                        if (weight != 0 && plane >= 0 && plane < planes && line >= 0 && line < n) {
                            int z = taps.offset(t % cube, taps.dimension() - 1);
                            int first = Math.max(0, -z);
                            long to = ((long) (q * planes + x) * n + y) * n + first;
                            long from = ((long) (t / cube * planes + plane) * n + line) * n + first + z;
                            row.add(to, from, weight, n - Math.abs(z));
                        }
                    }
                }
            }
        }
    }

    private static void arrays(float[] o, float[] u, int to, int from, float weight, int count) {
        for (int i = 0; i < count; i++) {
            o[to + i] += weight * u[from + i];
        }
    }

    private static void segments(MemorySegment o, MemorySegment u, long to, long from, float weight, int count) {
        for (int i = 0; i < count; i++) {
            o.setAtIndex(FLOAT, to + i, o.getAtIndex(FLOAT, to + i) + weight * u.getAtIndex(FLOAT, from + i));
        }
    }

    private static void vectors(float[] o, float[] u, int to, int from, float weight, int count) {
        FloatVector w = FloatVector.broadcast(SPECIES, weight);
        int i = 0;
        for (; i <= count - SPECIES.length(); i += SPECIES.length()) {
            FloatVector.fromArray(SPECIES, u, from + i).fma(w, FloatVector.fromArray(SPECIES, o, to + i))
                    .intoArray(o, to + i);
        }
        for (; i < count; i++) {
            o[to + i] += weight * u[from + i];
        }
    }
}
