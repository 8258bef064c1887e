package org.isotrope.kernels.engine.threads;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A fixed team of daemon threads that work on the parts of one job at a time, the caller taking part.
 *
 * <p>Which part computes what is fixed by the job alone, so the number of threads never shows in the results. Starting a
 * job allocates nothing. When the team is busy with another caller's job, or may not touch the memory, the caller does
 * all parts itself.
 */
public final class Team implements Crew {
    private static final Team COMMON = new Team(Runtime.getRuntime().availableProcessors() - 1);

    /** How often a worker looks for a new job before it goes to sleep: some ten microseconds. */
    private static final int SPINS = 5_000;

    private final ReentrantLock busy = new ReentrantLock();
    private final Thread[] workers;
    private final AtomicInteger pending = new AtomicInteger();
    private boolean started;

    // written by the caller before the generation, read by workers after it
    private Job job;
    private MemorySegment in;
    private MemorySegment out;
    private int parts;
    private volatile Throwable failure;
    private volatile int generation;

    private Team(int workers) {
        this.workers = new Thread[workers];
    }

    /**
     * The team of all processors, its threads started at first use.
     *
     * @return the one team of this JVM
     */
    public static Team common() {
        return COMMON;
    }

    @Override
    public int size() {
        return workers.length + 1;
    }

    @Override
    public void run(Job newJob, MemorySegment input, MemorySegment output, int wanted) {
        int count = Math.min(wanted, size());
        if (count <= 1 || busy.isHeldByCurrentThread() || !busy.tryLock()) {
            newJob.run(input, output, 0, 1);
            return;
        }
        try {
            start();
            if (!input.isAccessibleBy(workers[0]) || !output.isAccessibleBy(workers[0])) {
                newJob.run(input, output, 0, 1);
                return;
            }
            share(newJob, input, output, count);
        } finally {
            busy.unlock();
        }
    }

    private void share(Job newJob, MemorySegment input, MemorySegment output, int count) {
        job = newJob;
        in = input;
        out = output;
        parts = count;
        failure = null;
        pending.set(workers.length);
        generation++;
        for (Thread worker : workers) {
            LockSupport.unpark(worker);
        }
        Throwable own = null;
        try {
            newJob.run(input, output, 0, count);
        } catch (Throwable thrown) {
            own = thrown;
        }
        // no part may still touch memory when the caller goes on, whatever happened
        while (pending.get() > 0) {
            Thread.onSpinWait();
        }
        job = null;
        in = null;
        out = null;
        rethrow(own != null ? own : failure);
    }

    /** Throws what a part threw, if anything. */
    static void rethrow(Throwable thrown) {
        switch (thrown) {
            case null -> {}
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalStateException(thrown);
        }
    }

    private void start() {
        if (started) {
            return;
        }
        for (int w = 0; w < workers.length; w++) {
            int part = w + 1;
            workers[w] = Thread.ofPlatform().daemon().name("isotrope-" + part).unstarted(() -> work(part));
            workers[w].start();
        }
        started = true;
    }

    private void work(int part) {
        int seen = 0;
        while (true) {
            int spins = 0;
            while (generation == seen) {
                if (++spins > SPINS) {
                    LockSupport.park(this);
                } else {
                    Thread.onSpinWait();
                }
            }
            seen = generation;
            // closing a shared arena under a job leaves its thread interrupted, which is nothing to the next job
            Thread.interrupted();
            try {
                if (part < parts) {
                    job.run(in, out, part, parts);
                }
            } catch (Throwable thrown) {
                failure = thrown;
            } finally {
                pending.decrementAndGet();
            }
        }
    }
}
