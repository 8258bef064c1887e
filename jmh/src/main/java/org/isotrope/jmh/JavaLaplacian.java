package org.isotrope.jmh;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.grids.Field;

/** The periodic 7-point Laplacian as Java programmers write it, row by row. */
final class JavaLaplacian {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private JavaLaplacian() {}

    /**
     * One of the three.
     *
     * @param form floatArray, segment or vectorArray; arrays are copied out once, for the sake of checks, after each call
     */
    static Task task(String form, Field in, Field out, int n) {
        if (form.equals("segment")) {
            return () -> segments(out.segment(), in.segment(), n);
        }
        float[] u = in.segment().toArray(FLOAT);
        float[] o = new float[u.length];
        boolean vectors = form.equals("vectorArray");
        return new ArrayTask(o, out, () -> {
            for (int x = 0; x < n; x++) {
                for (int y = 0; y < n; y++) {
                    int a = (Math.floorMod(x - 1, n) * n + y) * n;
                    int b = (Math.floorMod(x + 1, n) * n + y) * n;
                    int e = (x * n + Math.floorMod(y - 1, n)) * n;
                    int f = (x * n + Math.floorMod(y + 1, n)) * n;
                    int r = (x * n + y) * n;
                    int done = vectors ? vectors(o, u, r, a, b, e, f, n) : 1;
                    for (int z = done; z < n - 1; z++) {
                        o[r + z] = -6 * u[r + z] + (u[r + z - 1] + u[r + z + 1] + u[a + z] + u[b + z] + u[e + z] + u[f + z]);
                    }
                    o[r] = -6 * u[r] + (u[r + n - 1] + u[r + 1] + u[a] + u[b] + u[e] + u[f]);
                    int l = n - 1;
                    o[r + l] = -6 * u[r + l] + (u[r + l - 1] + u[r] + u[a + l] + u[b + l] + u[e + l] + u[f + l]);
                }
            }
        });
    }

    private static int vectors(float[] o, float[] u, int r, int a, int b, int e, int f, int n) {
        int z = 1;
        for (; z + SPECIES.length() < n; z += SPECIES.length()) {
            FloatVector sum = FloatVector.fromArray(SPECIES, u, r + z - 1)
                    .add(FloatVector.fromArray(SPECIES, u, r + z + 1))
                    .add(FloatVector.fromArray(SPECIES, u, a + z)).add(FloatVector.fromArray(SPECIES, u, b + z))
                    .add(FloatVector.fromArray(SPECIES, u, e + z)).add(FloatVector.fromArray(SPECIES, u, f + z));
            FloatVector.fromArray(SPECIES, u, r + z).mul(-6).add(sum).intoArray(o, r + z);
        }
        return z;
    }

    private static void segments(MemorySegment o, MemorySegment u, int n) {
        for (int x = 0; x < n; x++) {
            for (int y = 0; y < n; y++) {
                long a = ((long) Math.floorMod(x - 1, n) * n + y) * n;
                long b = ((long) Math.floorMod(x + 1, n) * n + y) * n;
                long e = ((long) x * n + Math.floorMod(y - 1, n)) * n;
                long f = ((long) x * n + Math.floorMod(y + 1, n)) * n;
                long r = ((long) x * n + y) * n;
                for (int z = 1; z < n - 1; z++) {
                    point(o, u, r, r - 1, r + 1, a, b, e, f, z);
                }
                point(o, u, r, r + n - 1, r + 1, a, b, e, f, 0);
                point(o, u, r, r - 1, r - n + 1, a, b, e, f, n - 1);
            }
        }
    }

    private static void point(
            MemorySegment o, MemorySegment u, long r, long p, long q, long a, long b, long e, long f, long z) {
        float sum = u.getAtIndex(FLOAT, p + z) + u.getAtIndex(FLOAT, q + z) + u.getAtIndex(FLOAT, a + z)
                + u.getAtIndex(FLOAT, b + z) + u.getAtIndex(FLOAT, e + z) + u.getAtIndex(FLOAT, f + z);
        o.setAtIndex(FLOAT, r + z, -6 * u.getAtIndex(FLOAT, r + z) + sum);
    }
}
