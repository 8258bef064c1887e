package org.isotrope.jmh;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Twelve independent chains of fma in registers: 10 million times 24 flops a lane, the most that arithmetic can do. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FmaCeiling {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int REPEATS = 10_000_000;

    /** Of one call. */
    static double flops() {
        return 24.0 * REPEATS * SPECIES.length();
    }

    private float factor = 0.999f;
    private float addend = 1e-3f;

    @Benchmark
    public float fma() {
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
        FloatVector k = c.add(c);
        FloatVector l = d.add(d);
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
            k = k.fma(x, y);
            l = l.fma(x, y);
        }
        return a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h))).add(i.add(j).add(k.add(l))).lane(0);
    }
}
