package org.isotrope.jmh;

import java.util.Arrays;
import java.util.Locale;
import org.isotrope.grids.Precision;

/**
 * Some contestants at one workload in this JVM, in turns, for a first look: medians of {@code seconds} of each in
 * microseconds, and what they are of the first one's.
 */
public final class Quick {
    private Quick() {}

    /**
     * Measures.
     *
     * @param args a workload, optionally {@code double} after a colon, and contestants
     */
    public static void main(String[] args) throws Throwable {
        String[] name = args[0].split(":");
        Precision precision = name.length > 1 ? Precision.valueOf(name[1].toUpperCase(Locale.ROOT)) : Precision.FLOAT;
        String[] who = Arrays.copyOfRange(args, 1, args.length);
        Workload work = Workloads.named(name[0], precision);
        Task[] tasks = new Task[who.length];
        for (int i = 0; i < who.length; i++) {
            tasks[i] = work.by(who[i]);
        }
        double[] medians = Rounds.medians(tasks, 3);
        for (int i = 0; i < who.length; i++) {
            tasks[i].run();
            tasks[i].deliver();
            if (!Workload.isCeiling(who[i])) {
                work.verify(who[i]);
            }
            System.out.printf(Locale.ROOT, "%-24s %-20s %12.2f µs %8.3f%n", args[0], who[i], medians[i],
                    medians[i] / medians[0]);
        }
    }
}
