package org.isotrope.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the studies measure, in order; the contestants of a bar follow each other. */
final class Programme {
    /** How much is measured. */
    enum Extent {
        /** What the bars need. */
        BARS,
        /** That, and the other contestants at some workloads. */
        SHORT,
        /** All sizes, both precisions, three vector widths. */
        FULL
    }

    /** Workloads of the bars with hand-tuned C. */
    static final List<String> TUNED = List.of(
            "laplacian-64", "laplacian-128", "mirrored-64", "mirrored-128", "laplacian-512", "laplacian25-256",
            "gradient-256", "divergence-256", "curl-256", "disc-7-1024", "disc-15-1024", "disc-31-1024", "ball-5-128",
            "ball-7-128", "ball-11-128", "scalarvector-7-128", "vectorscalar-7-128", "vectorvector-7-128",
            "square-15-1024", "cube-7-128", "blur-21-256", "diffusion-256");

    /** Workloads whose bars depend on the ceiling of arithmetic. */
    static final String SCALED = "(disc|ball|scalar|vector|square|cube|smooth|diffusion).*";

    /** Workloads so small that every call is timed, too. */
    static final List<String> SMALL = List.of("laplacian-16", "disc-7-64");

    /** A hundred steps in time, of which no bar tells. */
    static final List<String> STEPPED = List.of("advection-256", "wave-256");

    /** Workloads that more threads have to speed up. */
    static final List<String> THREADED = List.of("disc-15-1024", "ball-7-128", "cube-7-128");

    /** What may lie beyond the walls of a Laplacian. */
    static final List<String> WALLS = List.of("mirror", "zero", "extrapolated", "onesided", "values");

    /** Workloads with a twin in a JVM that has done much else before. */
    static final List<String> POLLUTED =
            Stream.of(TUNED, SMALL, List.of("smooth-31-1024", "shells-7-128")).flatMap(List::stream).toList();

    /** Who computes a workload for Isotrope. */
    static String ours(String workload) {
        return workload.startsWith("shells") ? "gradient" : "isotrope";
    }

    private final Extent extent;
    private final List<Entry> entries = new ArrayList<>();

    private Programme(Extent extent) {
        this.extent = extent;
    }

    /** All entries of an extent. */
    static List<Entry> of(Extent extent) {
        Programme programme = new Programme(extent);
        programme.ceilings();
        for (String workload : TUNED) {
            programme.tuned(workload);
        }
        programme.others();
        if (extent == Extent.FULL) {
            programme.everything();
        }
        return programme.entries;
    }

    private void ceilings() {
        for (String n : List.of("64", "128", "256")) {
            add("memory-" + n, "copy", "triad", "fma");
        }
    }

    private void tuned(String workload) {
        List<String> who = new ArrayList<>(List.of("isotrope", "tunedC"));
        boolean heavy = workload.startsWith("diffusion") || workload.startsWith("vectorvector");
        if (extent == Extent.FULL || workload.matches("(laplacian|mirrored)-.*") || extent == Extent.SHORT && !heavy) {
            who.add("plainC");
        }
        if (workload.equals("laplacian-512")) {
            who.addAll(List.of("copy", "isotrope-all", "copy-all"));
        }
        if (workload.matches(SCALED)) {
            who.add("fma");
        }
        if (THREADED.contains(workload)) {
            who.addAll(List.of("isotrope-2", "fma-2"));
        }
        if (extent != Extent.BARS && List.of("laplacian-64", "laplacian-128", "disc-15-1024").contains(workload)) {
            who.addAll(List.of("floatArray", "segment", "vectorArray"));
        }
        if (extent == Extent.FULL && workload.startsWith("diffusion")) {
            who.add("steps");
        }
        if (extent != Extent.BARS && workload.startsWith("disc")) {
            who.addAll(List.of("openCv", "boofCv"));
        }
        add(workload, who.toArray(String[]::new));
        pollute(workload);
    }

    private void others() {
        add("smooth-31-1024", "isotrope", "tunedC", "fma");
        pollute("smooth-31-1024");
        add("shells-7-128", "isotrope", "gradient", "adjoint");
        pollute("shells-7-128");
        add("geometry-256", Stream.of(List.of("isotrope", "unevenperiodic", "uneven"), WALLS).flatMap(List::stream)
                .toArray(String[]::new));
        for (String workload : SMALL) {
            add(workload, "isotrope", "tunedC", "plainC");
            for (String who : List.of("isotrope", "tunedC")) {
                entries.add(new Entry(workload, who).with("FLOAT", "latency"));
            }
            pollute(workload);
        }
        if (extent != Extent.BARS) {
            for (String workload : STEPPED) {
                add(workload, extent == Extent.FULL
                        ? new String[] {"isotrope", "isotrope-2", "steps", "tunedC", "plainC"}
                        : new String[] {"isotrope", "steps", "tunedC"});
            }
            add("compact-31-1024", "isotrope", "tunedC");
            add("laplacian-65", "isotrope", "plainC");
            add("ball-7-63", "isotrope", "plainC");
            add("circular2-15-1024", "isotrope-fourier", "fftw", "jTransforms");
            add("circular3-15-128", "isotrope-fourier", "fftw", "jTransforms");
            for (String workload : List.of("laplacian-128", "ball-7-128")) {
                entries.add(new Entry(workload, "isotrope", "tunedC").with("DOUBLE", ""));
                for (String bytes : List.of("16", "32")) {
                    entries.add(new Entry(workload, "isotrope").with("FLOAT", bytes));
                }
            }
        }
    }

    /** Sizes for each level of the cache, odd ones, and both precisions at every workload. */
    private void everything() {
        add("medium-256", "isotrope", "isotrope-2", "steps");
        for (String operator : List.of("laplacian", "mirrored", "laplacian25", "gradient", "divergence", "curl")) {
            for (String n : List.of("16", "64", "65", "128", "255", "256")) {
                boolean odd = n.endsWith("5");
                more(operator + "-" + n, odd ? List.of("isotrope", "plainC") : List.of("isotrope", "tunedC", "plainC"));
            }
        }
        for (String workload : Stream.of(TUNED, POLLUTED).flatMap(List::stream).distinct().toList()) {
            List<String> who = new ArrayList<>(List.of(ours(workload)));
            if (TUNED.contains(workload)) {
                who.addAll(List.of("tunedC", "plainC"));
            }
            entries.add(new Entry(workload, who, "DOUBLE", ""));
            for (String bytes : List.of("16", "32")) {
                entries.add(new Entry(workload, ours(workload)).with("FLOAT", bytes));
            }
        }
        add("circular3-15-256", "isotrope-fourier", "fftw", "jTransforms");
        for (String n : List.of("16", "64", "128", "256", "512")) {
            entries.add(new Entry("memory-" + n, "copy").with("DOUBLE", ""));
        }
    }

    private void more(String workload, List<String> who) {
        if (!TUNED.contains(workload) && !SMALL.contains(workload)) {
            add(workload, who.toArray(String[]::new));
        }
        entries.add(new Entry(workload, who, "DOUBLE", ""));
    }

    private void pollute(String workload) {
        // C tells what the machine does meanwhile
        String control = workload.startsWith("shells") ? "isotrope" : "tunedC";
        entries.add(new Entry(workload, ours(workload), control).with("FLOAT", "polluted"));
    }

    private void add(String workload, String... who) {
        entries.add(new Entry(workload, who));
    }
}
