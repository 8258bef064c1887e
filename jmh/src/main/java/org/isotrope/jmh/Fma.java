package org.isotrope.jmh;

import java.util.concurrent.CompletableFuture;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Ten independent chains of fma in registers, 20 flops a lane a repeat: the most that arithmetic can do. Two more do not
 * fit into sixteen registers.
 */
final class Fma {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int REPEATS = 500_000;

    private static volatile float sink;

    private Fma() {}

    /** Of one call on one thread. */
    static double flops() {
        return 20.0 * REPEATS * SPECIES.length();
    }

    /**
     * The ceiling.
     *
     * @param who fma, or fma-2 for two threads that do as much each
     */
    static Task task(String who) {
        if (who.equals("fma")) {
            return () -> sink = chains(0.999f, 1e-3f);
        }
        return () -> {
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> sink = chains(0.999f, 1e-3f));
            sink = chains(0.999f, 1e-3f);
            other.join();
        };
    }

    private static float chains(float factor, float addend) {
        FloatVector x = FloatVector.broadcast(SPECIES, factor);
        FloatVector y = FloatVector.broadcast(SPECIES, addend);
        FloatVector a = x;
        FloatVector b = y;
        FloatVector c = x.add(y);
        FloatVector d = x.sub(y);
        FloatVector e = a.neg();
        FloatVector f = b.neg();
        FloatVector g = c.neg();
        FloatVector h = d.neg();
        FloatVector i = a.add(a);
        FloatVector j = b.add(b);
        for (int r = 0; r < REPEATS; r++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
        }
        return a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h))).add(i.add(j)).lane(0);
    }
}
