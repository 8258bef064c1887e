package org.isotrope.kernels.engine.threads;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Threads that share the parts of a job with the caller. */
public sealed interface Crew permits Team, Helpers {
    /** Work that falls into independent parts. */
    interface Job {
        /**
         * Does one part.
         *
         * @param in input memory
         * @param out output memory
         * @param part which part, 0 to {@code parts − 1}
         * @param parts number of parts
         */
        void run(MemorySegment in, MemorySegment out, int part, int parts);
    }

    /**
     * Threads for an execution.
     *
     * @param executor the caller's own, or null for the common team
     * @param threads most threads, the caller included
     * @return the crew
     */
    static Crew of(@Nullable Executor executor, int threads) {
        return executor == null ? Team.common() : new Helpers(executor, threads);
    }

    /**
     * Most parts that may run at once.
     *
     * @return number of workers plus the caller
     */
    int size();

    /**
     * Does all parts of a job and returns when every one is done.
     *
     * @param newJob the job
     * @param input memory it reads
     * @param output memory it writes
     * @param wanted number of parts, at least 1; no more than {@link #size()} are made
     */
    void run(Job newJob, MemorySegment input, MemorySegment output, int wanted);
}
