package org.isotrope.jmh;

/** One call of what is timed. */
@FunctionalInterface
public interface Task {
    /**
     * Does the work once.
     *
     * @throws Throwable what a call of C may throw
     */
    void run() throws Throwable;

    /** Brings the result where it is checked, for those that do not work on fields. */
    default void deliver() {}

    /** The fastest of some that do the same: the best of five calls each after one that warms up, fewer of long ones. */
    static Task fastest(Task... tasks) throws Throwable {
        Task fastest = tasks[0];
        long least = Long.MAX_VALUE;
        for (Task task : tasks) {
            task.run();
            long first = System.nanoTime();
            for (int call = 0; call < 5 && (call == 0 || System.nanoTime() - first < 100_000_000); call++) {
                long start = System.nanoTime();
                task.run();
                long duration = System.nanoTime() - start;
                if (duration < least) {
                    least = duration;
                    fastest = task;
                }
            }
        }
        return fastest;
    }
}
