package org.isotrope.kernels.verify;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what the calling thread allocates on the heap. */
final class Allocations {
    private static final int WARM_UP = 20_000;
    private static final int COUNTED = 2_000;
    private static final int ROUNDS = 5;

    private Allocations() {}

    /** Bytes a run of the action, the least of several rounds after warming up. */
    static double each(Runnable action) {
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)
                || !threads.isThreadAllocatedMemorySupported()) {
            throw new IllegalStateException("this JVM does not count allocations; it had to for this law");
        }
        for (int k = 0; k < WARM_UP; k++) {
            action.run();
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int k = 0; k < COUNTED; k++) {
                action.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        // the counting itself may allocate a few bytes a round, far fewer than one a run
        return Math.floor((double) least / COUNTED);
    }
}
