package org.isotrope.jmh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.Execution;

/**
 * The planner's choice beside all its alternatives, for radial kernels within a relative error of 1e-6 of every radius
 * from 1 to 15 nodes on 1024² values and from 1 to 8 on 128³. Prints a line each: workload, algorithm, microseconds, or
 * what was chosen in the end. After a calibration of the cost model, where that is asked for, it prints the rates first, in
 * the order of the tables that plans go by without one.
 */
public final class Choices {
    private static final double SECONDS = 0.3;
    private static final double REHEARSAL = 0.6;
    private static final double GLANCE = 0.03;
    /** An alternative that takes this many times as long as the choice at first sight is no contest. */
    private static final double HOPELESS = 1.6;

    private Choices() {}

    /**
     * Measures.
     *
     * @param args {@code calibrated}, or none; {@code rates} prints the rates and measures no plans
     */
    public static void main(String[] args) throws Throwable {
        if (args.length > 0) {
            System.out.println(Execution.calibrate());
            if (args[0].equals("rates")) {
                return;
            }
        }
        // every algorithm is compiled before any is judged
        for (String name : List.of("allowed2-7-200", "allowed3-5-40", "allowed2-3-1024", "allowed3-3-128")) {
            rehearse(name);
        }
        for (int radius = 1; radius <= 15; radius++) {
            compare("allowed2-" + (2 * radius + 1) + "-1024");
        }
        for (int radius = 1; radius <= 8; radius++) {
            compare("allowed3-" + (2 * radius + 1) + "-128");
        }
    }

    /** The choice and the algorithms that can run the workload, by names. */
    private static Map<String, Task> candidates(Workload workload) throws Throwable {
        Map<String, Task> candidates = new LinkedHashMap<>();
        candidates.put("isotrope", workload.by("isotrope"));
        for (Algorithm algorithm : Algorithm.values()) {
            String name = algorithm.name().toLowerCase(Locale.ROOT);
            try {
                if (algorithm != Algorithm.AUTOMATIC) {
                    candidates.put(name, workload.by("isotrope-" + name));
                }
            } catch (IllegalArgumentException refused) {
                // the planner cannot choose it either
            }
        }
        return candidates;
    }

    private static void rehearse(String name) throws Throwable {
        for (Task task : candidates(Workloads.named(name, Precision.FLOAT)).values()) {
            once(task, REHEARSAL);
        }
    }

    private static void compare(String name) throws Throwable {
        Workload workload = Workloads.named(name, Precision.FLOAT);
        List<String> who = new ArrayList<>();
        List<Task> tasks = new ArrayList<>();
        double choice = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, Task> candidate : candidates(workload).entrySet()) {
            double seconds = once(candidate.getValue(), GLANCE);
            // the choice comes first
            choice = Math.min(choice, tasks.isEmpty() ? seconds : choice);
            if (seconds <= HOPELESS * choice) {
                who.add(candidate.getKey());
                tasks.add(candidate.getValue());
            } else {
                System.out.println(name + " " + candidate.getKey() + " " + 1e6 * seconds);
            }
        }
        double[] medians = Rounds.medians(tasks.toArray(Task[]::new), SECONDS);
        for (int i = 0; i < medians.length; i++) {
            System.out.println(name + " " + who.get(i) + " " + medians[i]);
        }
        workload.by("isotrope").run();
        workload.verify("isotrope");
        System.out.println(name + " chosen " + workload.explain());
    }

    /** Seconds of the last of some calls. */
    private static double once(Task task, double atLeast) throws Throwable {
        long start = System.nanoTime();
        long last;
        int calls = 0;
        do {
            last = System.nanoTime();
            task.run();
            calls++;
        } while (calls < 2 || System.nanoTime() - start < 1e9 * atLeast);
        return (System.nanoTime() - last) / 1e9;
    }
}
