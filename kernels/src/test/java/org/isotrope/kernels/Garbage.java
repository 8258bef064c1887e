package org.isotrope.kernels;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Counts the bytes that calls leave on the heap once they have been compiled. The compiler in the background decides when
 * the code is final, but code that allocates in every call allocates in every round of calls: the cheapest round tells.
 */
public final class Garbage {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** In time of the calling thread: while others have the machine, the compiler waits for a processor, too. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    /** How long the calling thread works at a stretch, and how long it then leaves its processor to the compiler. */
    private static final long STRETCH_NANOS = 200_000_000L;
    private static final long REST_NANOS = 50_000_000L;

    private Garbage() {}

    /** Bytes that the calling thread has allocated so far. */
    public static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Bytes that the calling thread allocates in the cheapest of all rounds of calls until one is free. */
    public static long ofCheapestRound(int calls, Runnable work) {
        return ofCheapestRound(calls, work, Garbage::allocated);
    }

    /** Bytes of the cheapest of all rounds of calls until one is free, by a counter of the bytes allocated so far. */
    public static long ofCheapestRound(int calls, Runnable work, LongSupplier allocated) {
        return ofCheapestRound(calls, work, allocated, Integer.MAX_VALUE);
    }

    /** The same among a number of rounds, for calls that are known to allocate. */
    public static long ofCheapestRound(int calls, Runnable work, LongSupplier allocated, int rounds) {
        long least = Long.MAX_VALUE;
        long begun = THREADS.getCurrentThreadCpuTime();
        long spent = 0;
        long rests = 0;
        for (int round = 0; round < rounds && least > 0 && spent < PATIENCE_NANOS; round++) {
            if (spent / STRETCH_NANOS > rests) {
                rests = spent / STRETCH_NANOS;
                LockSupport.parkNanos(REST_NANOS);
            }
            long before = allocated.getAsLong();
            for (int call = 0; call < calls; call++) {
                work.run();
            }
            least = Math.min(least, allocated.getAsLong() - before);
            spent = THREADS.getCurrentThreadCpuTime() - begun;
        }
        return least;
    }
}
