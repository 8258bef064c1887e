package org.isotrope.kernels.engine.plan;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.stencil.Stencil;

/** Times the algorithms that can run a program, once for each stencil, shape and precision in the life of the JVM. */
final class Measurement {
    /** Rounds of one run each; the fastest counts, since everything that disturbs makes a run slower. */
    private static final int ROUNDS = 12;

    private record Key(
            Stencil stencil, List<Integer> shape, Precision precision, double allowedError, List<Algorithm> runnable) {}

    private static final Map<Key, Map<Algorithm, Double>> KNOWN = new ConcurrentHashMap<>();

    private Measurement() {}

    /**
     * Nanoseconds a node.
     *
     * @param program what to compute
     * @param precision of the fields
     * @param allowedError relative error that changed weights may make
     * @param runnable the algorithms to time, at least one
     * @return one entry for each
     */
    static Map<Algorithm, Double> of(
            StencilProgram program, Precision precision, double allowedError, List<Algorithm> runnable) {
        List<Integer> shape = List.of(program.size(0), program.size(1), program.size(2));
        Key key = new Key(program.stencil(), shape, precision, allowedError, runnable);
        return KNOWN.computeIfAbsent(key, any -> time(program, precision, allowedError, runnable));
    }

    private static Map<Algorithm, Double> time(
            StencilProgram program, Precision precision, double allowedError, List<Algorithm> runnable) {
        Map<Algorithm, Double> nanoseconds = new EnumMap<>(Algorithm.class);
        try (Arena arena = Arena.ofShared()) {
            MemorySegment in = arena.allocate(
                    program.nodes() * program.stencil().inputs() * precision.bytes(), 64);
            MemorySegment out = arena.allocate(
                    program.nodes() * program.stencil().outputs() * precision.bytes(), 64);
            Map<Algorithm, StencilExecutor> executors = new EnumMap<>(Algorithm.class);
            for (Algorithm algorithm : runnable) {
                executors.put(algorithm, Planner.of(program, precision, algorithm, allowedError).executor());
                nanoseconds.put(algorithm, Double.POSITIVE_INFINITY);
            }
            // small programs are repeated, for the clock to see them and the compiler to finish
            int repeats = Math.clamp(2_000_000 / program.nodes(), 1, 1000);
            for (int round = 0; round < ROUNDS; round++) {
                executors.forEach((algorithm, executor) -> {
                    long start = System.nanoTime();
                    for (int repeat = 0; repeat < repeats; repeat++) {
                        executor.run(in, out, 0, 1);
                    }
                    double each = (System.nanoTime() - start) / (double) repeats / program.nodes();
                    nanoseconds.merge(algorithm, each, Math::min);
                });
            }
        }
        return nanoseconds;
    }
}
