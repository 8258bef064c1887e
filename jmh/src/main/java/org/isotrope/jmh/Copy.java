package org.isotrope.jmh;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;

/** Copies of as many bytes as the smaller of two segments has, by one thread or one for each processor. */
final class Copy {
    private static final int LINE = 64;

    private Copy() {}

    /**
     * A copy.
     *
     * @param who copy or copy-all
     */
    static Task task(String who, MemorySegment from, MemorySegment to) {
        long bytes = Math.min(from.byteSize(), to.byteSize());
        if (who.equals("copy")) {
            return () -> MemorySegment.copy(from, 0, to, 0, bytes);
        }
        int threads = Runtime.getRuntime().availableProcessors();
        long part = bytes / threads / LINE * LINE;
        return () -> {
            CompletableFuture<?>[] others = new CompletableFuture<?>[threads - 1];
            for (int t = 1; t < threads; t++) {
                long start = t * part;
                long size = t == threads - 1 ? bytes - start : part;
                others[t - 1] = CompletableFuture.runAsync(() -> MemorySegment.copy(from, start, to, start, size));
            }
            MemorySegment.copy(from, 0, to, 0, threads == 1 ? bytes : part);
            CompletableFuture.allOf(others).join();
        };
    }
}
