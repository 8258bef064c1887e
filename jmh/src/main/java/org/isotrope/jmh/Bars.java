package org.isotrope.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table of promises: each decided inside one run. */
final class Bars {
    /** The ceiling in GFLOP/s at which bars in milliseconds were set. */
    private static final double SET_AT = 255;

    private static final double MOST_DRIFT = 1.2;

    private final Results results;
    private final List<Bar> bars = new ArrayList<>();

    private Bars(Results results) {
        this.results = results;
    }

    /** All bars, also those that were not measured. */
    static List<Bar> of(Results results) {
        Bars table = new Bars(results);
        for (String workload : List.of("laplacian-64", "mirrored-64", "laplacian-128", "mirrored-128")) {
            table.atLeast(workload, "isotrope", 1.6, workload, "plainC", "plain C");
            table.atLeast(workload, "isotrope", 1, workload, "tunedC", "hand-tuned C");
        }
        table.atLeast("laplacian-512", "isotrope", 1.15, "laplacian-512", "tunedC", "hand-tuned C");
        table.atLeast("laplacian-512", "isotrope-all", 0.9, "laplacian-512", "copy-all", "a copy by all threads");
        for (String workload : List.of("laplacian25-256", "gradient-256", "divergence-256", "curl-256")) {
            table.atMost(workload, "isotrope", 1.1, workload, "tunedC", "hand-tuned C");
        }
        table.milliseconds("disc-7-1024", 0.5);
        table.milliseconds("disc-15-1024", 1.4);
        table.milliseconds("disc-31-1024", 4.2);
        table.milliseconds("ball-5-128", 2);
        table.milliseconds("ball-7-128", 3);
        table.milliseconds("ball-11-128", 6);
        table.milliseconds("scalarvector-7-128", 8);
        table.milliseconds("vectorscalar-7-128", 8);
        table.milliseconds("vectorvector-7-128", 25);
        table.ofPeak("square-15-1024", 0.8);
        table.ofPeak("cube-7-128", 0.75);
        table.milliseconds("smooth-31-1024", 2.5);
        table.error("smooth-31-1024", 1e-6);
        table.planner();
        table.atMost("blur-21-256", "isotrope", 1.1, "blur-21-256", "tunedC", "hand-tuned C");
        table.milliseconds("diffusion-256", 290);
        table.atMost("shells-7-128", "gradient", 1.3, "shells-7-128", "isotrope", "the way forward");
        table.walls();
        table.uneven();
        for (String workload : Programme.THREADED) {
            table.threads(workload);
        }
        for (String workload : Programme.SMALL) {
            table.atMost(workload, "isotrope", 1.2, workload, "tunedC", "hand-tuned C");
            table.latency(workload);
        }
        table.startUp();
        Programme.POLLUTED.forEach(table::polluted);
        Programme.POLLUTED.forEach(table::garbage);
        table.bits();
        return table.bars;
    }

    private double median(String workload, String who, String variant) {
        return results.median(workload, who, variant).orElse(Double.NaN);
    }

    private void atLeast(String workload, String who, double factor, String other, String whose, String words) {
        double ours = median(workload, who, "");
        double theirs = median(other, whose, "");
        bars.add(new Bar(workload + who.substring("isotrope".length()),
                "at least " + factor + " × the speed of " + words, Bar.time(ours), Bar.time(theirs), theirs / ours, factor,
                true));
    }

    private void atMost(String workload, String who, double factor, String other, String whose, String words) {
        double ours = median(workload, who, "");
        double theirs = median(other, whose, "");
        bars.add(new Bar(workload, "at most " + factor + " × the time of " + words, Bar.time(ours), Bar.time(theirs),
                ours / theirs, factor, false));
    }

    /** Judged by mirrors; what else may lie beyond walls is told. */
    private void walls() {
        double periodic = median("geometry-256", "isotrope", "");
        String others = Programme.WALLS.stream().skip(1)
                .map(wall -> wall + " " + Bar.time(median("geometry-256", wall, ""))).collect(Collectors.joining(", "));
        double ours = median("geometry-256", Programme.WALLS.getFirst(), "");
        bars.add(new Bar("walls of a Laplacian, 256³", "at most 1.05 × the time of periodic axes", Bar.time(ours),
                Bar.time(periodic) + "; " + others, ours / periodic, 1.05, false));
    }

    private void uneven() {
        double uniform = median("geometry-256", "isotrope", "");
        double ours = median("geometry-256", "uneven", "");
        bars.add(new Bar("Laplacian on uneven axes, 256³", "at most 1.3 × the time of uniform ones", Bar.time(ours),
                Bar.time(uniform) + "; uneven and periodic " + Bar.time(median("geometry-256", "unevenperiodic", "")),
                ours / uniform, 1.3, false));
    }

    private void milliseconds(String workload, double milliseconds) {
        double peak = results.peak(workload).orElse(Double.NaN);
        double limit = 1000 * milliseconds * SET_AT / peak;
        double ours = median(workload, "isotrope", "");
        bars.add(new Bar(workload, "at most " + Bar.number(milliseconds) + " ms at " + (int) SET_AT + " GFLOP/s",
                Bar.time(ours), Bar.time(limit) + " at " + Bar.number(peak) + " GFLOP/s; hand-tuned C "
                + Bar.time(median(workload, "tunedC", "")), ours / limit, 1, false));
    }

    private void ofPeak(String workload, double share) {
        double ours = median(workload, "isotrope", "");
        double peak = results.peak(workload).orElse(Double.NaN);
        double speed = Work.of(workload, "FLOAT").flops() / ours / 1000;
        bars.add(new Bar(workload, "at least " + Math.round(100 * share) + " % of the fma ceiling",
                Bar.number(speed) + " GFLOP/s", Bar.number(peak) + " GFLOP/s; hand-tuned C "
                + Bar.time(median(workload, "tunedC", "")), speed / peak, share, true));
    }

    private void error(String workload, double allowed) {
        double found = results.checks().stream().filter(line -> line.contains(" error " + workload))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).max()
                .orElse(Double.NaN);
        bars.add(new Bar(workload, "relative error at most " + allowed, String.format(Locale.ROOT, "%.2g", found),
                "the exact kernel", found, allowed, false));
    }

    /** Against the best of its alternatives the choice is at most a tenth slower, for each kernel. */
    private void planner() {
        Map<String, Double> choice = new TreeMap<>();
        Map<String, Double> best = new TreeMap<>();
        for (String line : results.choices()) {
            String[] words = line.split(" ");
            if (words[1].equals("isotrope")) {
                choice.put(words[0], Double.valueOf(words[2]));
            } else if (!words[1].equals("chosen")) {
                best.merge(words[0], Double.valueOf(words[2]), Math::min);
            }
        }
        for (int dimension = 2; dimension <= 3; dimension++) {
            String prefix = "allowed" + dimension;
            String worst = choice.keySet().stream().filter(name -> name.startsWith(prefix) && best.containsKey(name))
                    .max((a, b) -> Double.compare(choice.get(a) / best.get(a), choice.get(b) / best.get(b))).orElse("");
            double ours = choice.getOrDefault(worst, Double.NaN);
            double theirs = best.getOrDefault(worst, Double.NaN);
            bars.add(new Bar("planner in " + dimension + "D, worst " + worst,
                    "at most 1.1 × the time of the best alternative", Bar.time(ours), Bar.time(theirs), ours / theirs, 1.1,
                    false));
        }
    }

    private void threads(String workload) {
        double one = median(workload, "isotrope", "");
        double two = median(workload, "isotrope-2", "");
        double machine = 2 * median(workload, "fma", "") / median(workload, "fma-2", "");
        bars.add(new Bar(workload + ", 2 threads", "at least 1.9 × the speed of one", Bar.time(two),
                Bar.time(one) + "; fma in registers got " + Bar.number(machine) + " × as fast", one / two, 1.9, true));
    }

    private void latency(String workload) {
        double median = median(workload, "isotrope", "latency");
        double latest = results.find(workload, "isotrope", "latency").stream().mapToDouble(Row::latest).findFirst()
                .orElse(Double.NaN);
        double theirs = results.find(workload, "tunedC", "latency").stream().mapToDouble(Row::latest).findFirst()
                .orElse(Double.NaN);
        bars.add(new Bar(workload, "p99.9 at most 3 × the median", Bar.time(latest),
                Bar.time(median) + "; p99.9 of hand-tuned C " + Bar.time(theirs), latest / median, 3, false));
    }

    private void startUp() {
        String[] what = {"first", "steady"};
        double[] limits = {200, 400};
        for (int i = 0; i < what.length; i++) {
            double found = results.startUp("isotrope", i);
            bars.add(new Bar("fresh JVM, laplacian-64", what[i] + " result at most " + (int) limits[i] + " ms after main",
                    Bar.number(found) + " ms", "the Vector API alone " + Bar.number(results.startUp("bare", i)) + " ms",
                    found, limits[i], false));
        }
    }

    private void polluted(String workload) {
        String ours = Programme.ours(workload);
        double clean = median(workload, ours, "");
        double polluted = median(workload, ours, "polluted");
        // C ran beside both, and tells how fast the machine was
        double machine = workload.startsWith("shells") ? 1
                : median(workload, "tunedC", "polluted") / median(workload, "tunedC", "");
        // but is a measurement itself: more than a fifth is not believed
        double drift = Double.isNaN(machine) ? 1 : Math.clamp(machine, 1 / MOST_DRIFT, MOST_DRIFT);
        bars.add(new Bar(workload + " polluted", "at least 0.9 × the clean speed", Bar.time(polluted),
                Bar.time(clean) + "; the machine took " + Bar.number(drift) + " × its time", clean * drift / polluted, 0.9,
                true));
    }

    private void garbage(String workload) {
        double bytes = results.find(workload, Programme.ours(workload), "polluted").stream().mapToDouble(Row::bytes)
                .findFirst().orElse(Double.NaN);
        bars.add(new Bar(workload, "0 bytes of garbage a call", Bar.number(bytes) + " bytes", "", bytes, 0, false));
    }

    private void bits() {
        List<String> lines = results.checks().stream().filter(line -> line.contains(" bits ")).toList();
        long different = lines.stream().filter(line -> line.endsWith("different")).count();
        bars.add(new Bar("vectors of 16 and 32 bytes and the widest, double", "the bits of the scalar reference",
                different + " of " + lines.size() + " differ", "", lines.isEmpty() ? Double.NaN : different, 0, false));
    }
}
