package org.isotrope.kernels.verify;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what the calling thread allocates on the heap. */
final class Allocations {
    private static final int RUNS = 1_000;

    /**
     * How long to wait for the compiler: until code is compiled, vectors are objects on the heap. In time of this thread,
     * of which the compiler has its share however busy the machine is.
     */
    static final long PATIENCE_NANOS = 5_000_000_000L;

    private Allocations() {}

    /**
     * Bytes a run of the action, once it has been compiled.
     *
     * @param patience nanoseconds of this thread after which what still allocates is taken for compiled
     */
    static double each(Runnable action, long patience) {
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)
                || !threads.isThreadAllocatedMemorySupported()) {
            throw new IllegalStateException("this JVM does not count allocations; it had to for this law");
        }
        long start = spent(threads);
        long least = Long.MAX_VALUE;
        // the counting itself may allocate a few bytes, far fewer than one a run
        while (least >= RUNS && spent(threads) - start < patience) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int k = 0; k < RUNS; k++) {
                action.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return Math.floor((double) least / RUNS);
    }

    private static long spent(ThreadMXBean threads) {
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
