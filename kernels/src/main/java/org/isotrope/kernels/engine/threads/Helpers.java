package org.isotrope.kernels.engine.threads;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Threads of a caller's executor that help with the parts of one job at a time.
 *
 * <p>Parts are claimed one by one, by the caller too, so a busy or saturated executor only makes a job slower. Which part
 * computes what is fixed by the job alone. Starting a job allocates nothing here; what the executor allocates for a task is
 * its own affair.
 */
final class Helpers implements Crew {
    private static final int BITS = 16;
    private static final long MASK = (1L << BITS) - 1;

    private final Executor executor;
    private final int size;
    private final Runnable help = this::help;
    /** A thread that is not the caller, to ask what memory it may touch. */
    private final Thread stranger = Thread.ofPlatform().unstarted(help);

    private final ReentrantLock busy = new ReentrantLock();
    /** Number of the job, its parts, and the next part, in one word: a claim is good for one job only. */
    private final AtomicLong claims = new AtomicLong();
    private final AtomicInteger done = new AtomicInteger();

    // written before the claims are opened, read after a claim
    private Job job;
    private MemorySegment in;
    private MemorySegment out;
    private volatile Throwable failure;

    Helpers(Executor executor, int threads) {
        this.executor = executor;
        this.size = (int) Math.min(threads, MASK);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void run(Job newJob, MemorySegment input, MemorySegment output, int wanted) {
        if (executor instanceof ExecutorService service && service.isShutdown()) {
            throw new IllegalStateException("executor has been shut down; it had to take tasks");
        }
        int count = Math.min(wanted, size);
        boolean shared = input.isAccessibleBy(stranger) && output.isAccessibleBy(stranger);
        if (count <= 1 || !shared || busy.isHeldByCurrentThread() || !busy.tryLock()) {
            newJob.run(input, output, 0, 1);
            return;
        }
        try {
            share(newJob, input, output, count);
        } finally {
            busy.unlock();
        }
    }

    private void share(Job newJob, MemorySegment input, MemorySegment output, int count) {
        job = newJob;
        in = input;
        out = output;
        failure = null;
        done.set(0);
        long number = (claims.get() >>> 2 * BITS) + 1;
        claims.set(number << 2 * BITS | (long) count << BITS);
        try {
            for (int helper = 1; helper < count; helper++) {
                executor.execute(help);
            }
        } catch (RejectedExecutionException saturated) {
            // the caller does what nobody else claims
        }
        help();
        // no part may still touch memory when the caller goes on, whatever happened
        while (done.get() < count) {
            Thread.onSpinWait();
        }
        job = null;
        in = null;
        out = null;
        Team.rethrow(failure);
    }

    private void help() {
        while (true) {
            long claim = claims.get();
            int parts = (int) (claim >>> BITS & MASK);
            int part = (int) (claim & MASK);
            if (part >= parts) {
                return;
            }
            if (!claims.compareAndSet(claim, claim + 1)) {
                continue;
            }
            try {
                job.run(in, out, part, parts);
            } catch (Throwable thrown) {
                failure = thrown;
            } finally {
                done.incrementAndGet();
            }
        }
    }
}
