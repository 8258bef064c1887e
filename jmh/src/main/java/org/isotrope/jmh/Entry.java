package org.isotrope.jmh;

import java.util.List;

/**
 * Some contestants at one workload, measured one after the other.
 *
 * @param workload name of the workload
 * @param who names of the contestants
 * @param precision FLOAT or DOUBLE
 * @param variant as in {@link Row}
 */
record Entry(String workload, List<String> who, String precision, String variant) {
    Entry(String workload, String... who) {
        this(workload, List.of(who), "FLOAT", "");
    }

    Entry with(String otherPrecision, String otherVariant) {
        return new Entry(workload, who, otherPrecision, otherVariant);
    }

    /** The same without those that are missing on this machine. */
    Entry without(List<String> missing) {
        return new Entry(workload, who.stream().filter(name -> !missing.contains(name)).toList(), precision, variant);
    }
}
