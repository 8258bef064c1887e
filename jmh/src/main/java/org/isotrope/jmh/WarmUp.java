package org.isotrope.jmh;

import java.util.Arrays;

/**
 * How long a fresh JVM takes from {@code main} to the first result of a task, and to steady speed: the moment from which
 * on the medians of twenty calls stay for a tenth of a second within a quarter of the final one, that of the later half
 * of all calls in a second and a half.
 */
final class WarmUp {
    private static final long DURATION = 1_500_000_000L;
    private static final long HELD = 100_000_000L;
    private static final int WINDOW = 20;

    private final long[] ends = new long[100_000];
    private int calls;

    private WarmUp() {}

    /**
     * Calls a task until its speed is steady, and prints the milliseconds to the first result and to steady speed, and
     * the microseconds of the final median.
     *
     * @param start {@link System#nanoTime()} at the beginning of main
     */
    static void print(long start, Runnable task) {
        WarmUp way = new WarmUp();
        way.call(start, task);
        double last = way.median(way.calls / 2, way.calls - way.calls / 2);
        System.out.println(way.ends[0] / 1e6 + " " + way.steady(1.25 * last) / 1e6 + " " + last / 1e3);
    }

    private void call(long start, Runnable task) {
        do {
            task.run();
            ends[calls++] = System.nanoTime() - start;
        } while (calls < ends.length && (ends[calls - 1] < DURATION || calls < 20 * WINDOW));
    }

    /** When calls began to take no longer than that. */
    private long steady(double nanoseconds) {
        int from = 1;
        for (int k = 1; k + WINDOW <= calls && ends[k] - ends[from] < HELD; k += WINDOW) {
            if (median(k, WINDOW) > nanoseconds) {
                from = k + WINDOW;
            }
        }
        return ends[Math.min(from, calls) - 1];
    }

    /** The median duration of some calls, not of the first one. */
    private double median(int first, int count) {
        long[] durations = new long[count];
        for (int i = 0; i < count; i++) {
            durations[i] = ends[first + i] - ends[first + i - 1];
        }
        Arrays.sort(durations);
        return durations[count / 2];
    }
}
