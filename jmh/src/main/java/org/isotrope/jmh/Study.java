package org.isotrope.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The performance study: the ceilings of the machine, Isotrope, and everything it is compared with, in one run.
 *
 * <p>The short study takes about twelve minutes: one JVM a workload, {@code float}, the sizes of the bars. The full one has
 * five JVMs a workload, both precisions, all sizes and three vector widths. {@code bars} leaves out of the short one what
 * no bar needs. All write {@code results.json} in JMH's format, {@code bars.json}, {@code report.html} and
 * {@code roofline.png}.
 */
public final class Study {
    private final Results results;
    private final Path folder;
    private final Pattern only;
    private final List<RunResult> raw = new ArrayList<>();
    private List<String> missing = List.of();

    private Study(Programme.Extent extent, Path folder, Pattern only) {
        this.results = new Results(extent);
        this.folder = folder;
        this.only = only;
    }

    /**
     * Runs the study.
     *
     * @param args {@code bars}, {@code short} or {@code full}, the folder for the report, and optionally a regular
     *     expression that finds the names of the wanted workloads, {@code planner}, {@code checks}, {@code startup} and
     *     {@code profiles}
     * @throws RunnerException if JMH cannot run
     * @throws IOException if the report cannot be written
     */
    public static void main(String[] args) throws RunnerException, IOException {
        if (args.length < 2 || args.length > 3 || !List.of("bars", "short", "full").contains(args[0])) {
            System.err.println("arguments are " + Arrays.toString(args)
                    + "; they had to be bars, short or full, a folder for the report, and perhaps a regular expression");
            System.exit(2);
        }
        Path folder = Files.createDirectories(Path.of(args[1])).toAbsolutePath();
        Study study = new Study(Programme.Extent.valueOf(args[0].toUpperCase(Locale.ROOT)), folder,
                Pattern.compile(args.length > 2 ? args[2] : ""));
        long start = System.nanoTime();
        study.measure();
        ResultFormatFactory.getInstance(ResultFormatType.JSON, folder.resolve("results.json").toString())
                .writeOut(study.raw);
        new Report(study.results, (System.nanoTime() - start) / 1e9).write(folder);
        System.out.println("report: " + folder.resolve("report.html"));
    }

    private void measure() throws RunnerException, IOException {
        // nothing returns a value to keep alive, and asking each JVM takes a second
        System.setProperty("jmh.blackhole.autoDetect", "false");
        System.setProperty(NativeCode.FOLDER, folder.resolve("native").toString());
        missing = Missing.contestants(results.missing());
        for (Entry entry : Programme.of(results.extent())) {
            Entry present = entry.without(missing);
            if (only.matcher(entry.workload()).find() && !present.who().isEmpty()) {
                run(present);
            }
        }
        if (only.matcher("planner").find()) {
            results.choices().addAll(said(FreshJvm.lines(Choices.class)));
        }
        if (only.matcher("checks").find()) {
            // side by side, since nothing is timed
            Map<String, Process> widths = new LinkedHashMap<>();
            for (String bytes : List.of("16", "32", "64")) {
                widths.put(bytes, FreshJvm.start(Checks.class, "-XX:MaxVectorSize=" + bytes));
            }
            for (Map.Entry<String, Process> width : widths.entrySet()) {
                FreshJvm.lines(width.getValue()).forEach(line -> results.checks().add(width.getKey() + " " + line));
            }
            said(results.checks());
        }
        if (only.matcher("startup").find()) {
            startUp();
        }
        if (only.matcher("profiles").find()) {
            profiles();
        }
    }

    /** Where workloads that missed a bar spend their time; the others are as fast as they had to be. */
    private void profiles() throws IOException {
        for (Bar bar : Bars.of(results)) {
            String workload = bar.workload();
            if (bar.verdict().equals("missed") && Programme.POLLUTED.contains(workload)
                    && !results.profiles().containsKey(workload)) {
                results.profiles().put(workload, FreshJvm.lines(FreshJvm.start(Profile.class,
                        List.of(workload, Programme.ours(workload)), Profile.OPTIONS)));
                System.out.println(workload + " " + results.profiles().get(workload));
            }
        }
    }

    private static List<String> said(List<String> lines) {
        lines.forEach(System.out::println);
        return lines;
    }

    private void run(Entry entry) throws RunnerException {
        boolean latency = entry.variant().equals("latency");
        boolean width = !entry.variant().isEmpty() && Character.isDigit(entry.variant().charAt(0));
        List<String> jvm = new ArrayList<>(FreshJvm.OPTIONS);
        jvm.add("-D" + NativeCode.FOLDER + "=" + folder.resolve("native"));
        if (width) {
            jvm.add("-XX:MaxVectorSize=" + entry.variant());
        }
        String log = "jmh-" + entry.workload() + (entry.variant().isEmpty() ? "" : "-" + entry.variant()) + ".log";
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\bContest\\." + (latency ? "latency" : "turns") + "$")
                .output(folder.resolve(log).toString())
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(jvm.toArray(String[]::new))
                .param("workload", entry.workload()).param("who", String.join(Contest.SEPARATOR, entry.who()))
                .param("precision", entry.precision())
                .param("polluted", Boolean.toString(entry.variant().equals("polluted")));
        if (results.extent() != Programme.Extent.FULL) {
            boolean heavy = entry.workload().matches("(diffusion|advection|wave|medium)-.*");
            options.forks(1).warmupIterations(1).warmupTime(TimeValue.milliseconds(200))
                    .measurementIterations(heavy ? 3 : 7).measurementTime(TimeValue.milliseconds(200));
        }
        Collection<RunResult> run = new Runner(options.build()).run();
        raw.addAll(run);
        for (RunResult result : run) {
            for (Row row : Row.of(result)) {
                results.rows().add(row);
                System.out.printf(Locale.ROOT, "%-20s %-17s %-6s %-9s %12.2f µs%n", row.workload(), row.who(),
                        row.precision(), row.variant(), row.median());
            }
        }
        if (run.isEmpty()) {
            results.missing().add(entry.workload() + " " + entry.variant() + " failed; " + log + " says why.");
        }
    }

    /** Milliseconds to the first and to steady results in fresh JVMs, programs in turns, the medians. */
    private void startUp() throws IOException {
        int forks = results.extent() == Programme.Extent.FULL ? 11 : 7;
        Map<String, Class<?>> programs = Map.of("isotrope", StartUp.class, "bare", BareStartUp.class);
        Map<String, double[][]> found = new TreeMap<>();
        for (int fork = 0; fork < forks; fork++) {
            for (Map.Entry<String, Class<?>> program : programs.entrySet()) {
                List<String> lines = FreshJvm.lines(program.getValue());
                if (lines.isEmpty()) {
                    results.missing().add("A fresh JVM did not come to an end: start-up was not measured.");
                    return;
                }
                String[] numbers = lines.getLast().split(" ");
                for (int i = 0; i < 2; i++) {
                    found.computeIfAbsent(program.getKey(), any -> new double[2][forks])[i][fork] =
                            Double.parseDouble(numbers[i]);
                }
            }
        }
        found.forEach((who, times) -> {
            List<Double> medians = new ArrayList<>();
            for (double[] some : times) {
                Arrays.sort(some);
                medians.add(some[forks / 2]);
            }
            results.startUp().put(who, medians);
        });
        System.out.println("start-up " + results.startUp() + " ms");
    }
}
