package org.isotrope.jmh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a study found.
 *
 * @param rows of contestants, in the order they were measured
 * @param startUp milliseconds from main to the first and to steady results in fresh JVMs, by the names of programs
 * @param choices lines of {@link Choices}
 * @param checks lines of {@link Checks}, the vector width in bytes first
 * @param profiles lines of {@link Profile}, by workloads that missed a bar
 * @param missing contestants that are not on this machine, and runs that failed, a sentence each
 * @param extent how much was measured
 */
record Results(
        List<Row> rows, Map<String, List<Double>> startUp, List<String> choices, List<String> checks,
        Map<String, List<String>> profiles, List<String> missing, Programme.Extent extent) {
    /** Of a new study. */
    Results(Programme.Extent extent) {
        this(new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>(),
                new ArrayList<>(), extent);
    }

    /** Microseconds a call, in single precision. */
    OptionalDouble median(String workload, String who, String variant) {
        return find(workload, who, variant).stream().mapToDouble(Row::median).findFirst();
    }

    /** A row in single precision; the last one, if it was measured several times. */
    List<Row> find(String workload, String who, String variant) {
        List<Row> found = rows.stream().filter(row -> row.is(workload, who, variant)).toList();
        return found.isEmpty() ? found : List.of(found.getLast());
    }

    /** Milliseconds of a program in fresh JVMs, to the first result (0) or to steady speed (1). */
    double startUp(String who, int which) {
        List<Double> found = startUp.getOrDefault(who, List.of());
        return which < found.size() ? found.get(which) : Double.NaN;
    }

    /** Billions of flops a second in registers, the most that was seen. */
    OptionalDouble peak() {
        return rows.stream().filter(row -> row.who().equals("fma")).mapToDouble(Results::speed).max();
    }

    /** The same in the rounds of a workload. */
    OptionalDouble peak(String workload) {
        return find(workload, "fma", "").stream().mapToDouble(Results::speed).findFirst();
    }

    private static double speed(Row row) {
        return row.work().flops() / row.median() / 1000;
    }

    /** Gigabytes a second of a copy of n³ values. */
    OptionalDouble copy(String n, String precision) {
        return rows.stream()
                .filter(row -> row.workload().matches("(memory|laplacian)-" + n) && row.who().equals("copy"))
                .filter(row -> row.precision().equals(precision))
                .mapToDouble(row -> row.work().bytes() / row.median() / 1000).findFirst();
    }
}
