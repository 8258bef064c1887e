package org.isotrope.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
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
 * <p>The short study takes about ten minutes: one JVM a benchmark, {@code float}, one size of each kind. The full one has
 * five JVMs a benchmark, both precisions, all sizes and three vector lengths. Either writes {@code results.json} in JMH's
 * format, {@code report.html} and {@code roofline.png}.
 */
public final class Study {
    private static final List<String> JVM =
            List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED");

    private final boolean full;
    private final List<RunResult> results = new ArrayList<>();

    private Study(boolean full) {
        this.full = full;
    }

    /**
     * Runs the study.
     *
     * @param args {@code short} or {@code full}, and the folder for the report
     * @throws RunnerException if JMH cannot run
     * @throws IOException if the report cannot be written
     */
    public static void main(String[] args) throws RunnerException, IOException {
        if (args.length != 2 || !List.of("short", "full").contains(args[0])) {
            System.err.println("arguments are " + Arrays.toString(args)
                    + "; they had to be short or full, and a folder for the report");
            System.exit(2);
        }
        Path folder = Files.createDirectories(Path.of(args[1]));
        Study study = new Study(args[0].equals("full"));
        study.measure();
        ResultFormatFactory.getInstance(ResultFormatType.JSON, folder.resolve("results.json").toString())
                .writeOut(study.results);
        Report report = new Report(study.rows(), study.startUp(), study.full);
        report.write(folder);
        System.out.println("report: " + folder.resolve("report.html").toAbsolutePath());
    }

    private void measure() throws RunnerException {
        run("FmaCeiling", Map.of());
        run("CeilingBenchmark", sizes("64", "128", "512"));
        run("LaplacianBenchmark", sizes("64", "65", "128", "512"));
        run("LaplacianBenchmark.isotrope(Periodic|Bounded)$", with(sizes("64", "128"), "polluted", "true"));
        run("DerivativeBenchmark", sizes("256"));
        run("RadialBenchmark", Map.of());
        run("RadialBenchmark.isotrope$", with(Map.of(), "polluted", "true"));
        run("(BoofCv|OpenCv)Benchmark", Map.of());
        run("VolumeBenchmark", Map.of("kernel", new String[] {"scalar-scalar"}));
        run("VolumeBenchmark", Map.of("kernel",
                new String[] {"scalar-vector", "vector-scalar", "vector-vector", "general"},
                "radius", new String[] {"3"}));
        run("ImageBenchmark", Map.of());
        run("GaussianBenchmark", Map.of());
        run("TimeStepBenchmark", sizes("256"));
        run("WeightGradientBenchmark", Map.of());
        run("SpectralBenchmark", full ? Map.of() : Map.of("shape", new String[] {"1024x1024", "128x128x128"}));
        run("JTransformsBenchmark", full ? Map.of() : Map.of("shape", new String[] {"1024x1024", "128x128x128"}));
        run("LatencyBenchmark", Map.of());
        if (full) {
            for (String bytes : new String[] {"16", "32"}) {
                run("(LaplacianBenchmark.isotropePeriodic|RadialBenchmark.isotrope)$", sizes("64", "128"),
                        "-XX:MaxVectorSize=" + bytes);
            }
        }
    }

    private Map<String, String[]> sizes(String... some) {
        return full ? Map.of() : Map.of("n", some);
    }

    private static Map<String, String[]> with(Map<String, String[]> params, String name, String value) {
        Map<String, String[]> more = new TreeMap<>(params);
        more.put(name, new String[] {value});
        return more;
    }

    private void run(String include, Map<String, String[]> params, String... jvm) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\b" + include)
                .jvmArgsAppend(Stream.concat(JVM.stream(), Arrays.stream(jvm)).toArray(String[]::new));
        params.forEach(options::param);
        if (!full) {
            options.forks(1).warmupIterations(2).warmupTime(TimeValue.milliseconds(600))
                    .measurementIterations(3).measurementTime(TimeValue.milliseconds(600));
            if (!params.containsKey("precision") && !include.startsWith("FmaCeiling")
                    && !include.startsWith("(BoofCv") && !include.startsWith("JTransforms")) {
                options.param("precision", "FLOAT");
            }
        }
        Collection<RunResult> run = new Runner(options.build()).run();
        results.addAll(run);
    }

    /** One row a benchmark, in the order they ran. */
    private List<Report.Row> rows() {
        List<Report.Row> rows = new ArrayList<>();
        for (RunResult result : results) {
            BenchmarkParams benchmark = result.getParams();
            String[] parts = benchmark.getBenchmark().split("\\.");
            Map<String, String> params = new TreeMap<>();
            benchmark.getParamsKeys().forEach(key -> params.put(key, benchmark.getParam(key)));
            benchmark.getJvmArgs().stream().filter(arg -> arg.startsWith("-XX:MaxVectorSize=")).findFirst()
                    .ifPresent(arg -> params.put("vector bytes", arg.substring(arg.indexOf('=') + 1)));
            Result<?> primary = result.getPrimaryResult();
            rows.add(new Report.Row(parts[parts.length - 2], parts[parts.length - 1], params,
                    primary.getStatistics().getPercentile(50), primary.getStatistics().getPercentile(99.9),
                    primary.getScoreError()));
        }
        return rows;
    }

    /** Milliseconds to the first and to steady results in fresh JVMs, the medians. */
    private double[] startUp() throws IOException {
        int forks = full ? 11 : 5;
        double[] first = new double[forks];
        double[] steady = new double[forks];
        for (int fork = 0; fork < forks; fork++) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(JVM);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), StartUp.class.getName()));
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String[] numbers = new String(process.getInputStream().readAllBytes()).trim().split(" ");
            first[fork] = Double.parseDouble(numbers[0]);
            steady[fork] = Double.parseDouble(numbers[1]);
        }
        Arrays.sort(first);
        Arrays.sort(steady);
        return new double[] {first[forks / 2], steady[forks / 2]};
    }
}
