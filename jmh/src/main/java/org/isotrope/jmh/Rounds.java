package org.isotrope.jmh;

import java.util.Arrays;

/** Tasks in turns in one JVM, so that what the machine does meanwhile happens to all of them. */
final class Rounds {
    private static final double BATCH = 2e-3;

    private Rounds() {}

    /**
     * Median durations in microseconds.
     *
     * @param seconds for each task, of which a quarter warms up
     */
    static double[] medians(Task[] tasks, double seconds) throws Throwable {
        int[] batch = new int[tasks.length];
        double longest = 0;
        for (int i = 0; i < tasks.length; i++) {
            repeat(tasks[i], 0.25 * seconds);
            double one = time(tasks[i], 3);
            batch[i] = (int) Math.max(1, BATCH / one);
            longest = Math.max(longest, one * batch[i]);
        }
        int rounds = (int) Math.max(5, 0.75 * seconds / longest);
        double[][] durations = new double[tasks.length][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < tasks.length; i++) {
                durations[i][round] = time(tasks[i], batch[i]);
            }
        }
        return Arrays.stream(durations).mapToDouble(some -> {
            Arrays.sort(some);
            return 1e6 * some[some.length / 2];
        }).toArray();
    }

    /** Runs a task again and again for some seconds, at least once. */
    static void repeat(Task task, double seconds) throws Throwable {
        long start = System.nanoTime();
        do {
            task.run();
        } while (System.nanoTime() - start < 1e9 * seconds);
    }

    /** Seconds a call, after one that is not timed: others had the caches. */
    private static double time(Task task, int calls) throws Throwable {
        task.run();
        long start = System.nanoTime();
        for (int call = 0; call < calls; call++) {
            task.run();
        }
        return (System.nanoTime() - start) / 1e9 / calls;
    }
}
