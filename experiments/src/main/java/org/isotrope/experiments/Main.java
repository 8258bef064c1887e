package org.isotrope.experiments;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.isotrope.experiments.Settings.Experiment;
import org.isotrope.grids.Precision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs the experiments and writes a report: {@code report.html} with figures and {@code results.json} with every
 * number. Exits with 0 when all went well, with 1 when a bar was missed, and with 2 and one sentence when something was
 * asked for that cannot be done.
 */
@Command(name = "experiments", mixinStandardHelpOptions = true, version = "Isotrope experiments 0.1.0",
        sortOptions = false,
        description = "Learns rotation-equivariant operators from samples, solves inverse problems with them, and"
                + " writes a report with figures.")
public final class Main implements Callable<Integer> {
    @Parameters(paramLabel = "EXPERIMENT", arity = "0..*",
            description = "what to run, everything if nothing is named: ${COMPLETION-CANDIDATES}")
    private List<Experiment> named = new ArrayList<>();

    @Option(names = "--only", paramLabel = "NAME",
            description = "run this experiment alone, as if named; may be repeated")
    private List<Experiment> only = new ArrayList<>();

    @Option(names = "--out", paramLabel = "FOLDER", description = "where the report goes; default ${DEFAULT-VALUE}")
    private Path out = Path.of("experiments", "target", "report");

    @Option(names = "--precision", paramLabel = "NAME", description = "float or double; default double")
    private String precision = "double";

    @Option(names = "--seed", paramLabel = "N", description = "of everything random; default ${DEFAULT-VALUE}")
    private long seed = Settings.paper().seed();

    @Option(names = "--nodes", paramLabel = "N",
            description = "nodes an axis in electrostatics; default ${DEFAULT-VALUE}")
    private int nodes = Settings.paper().nodes();

    @Option(names = "--cutoff", paramLabel = "R",
            description = "of the kernels in electrostatics; default ${DEFAULT-VALUE}")
    private double cutoff = Settings.paper().cutoff();

    @Option(names = "--wide-cutoff", paramLabel = "R", description = "of the kernels in wide; default the root of 3")
    private double wideCutoff = Settings.paper().wideCutoff();

    @Option(names = "--splines", paramLabel = "N", description = "smooth basis functions; default ${DEFAULT-VALUE}")
    private int splines = Settings.paper().splines();

    @Option(names = "--hidden", paramLabel = "N",
            description = "hidden units of the perceptron; default ${DEFAULT-VALUE}")
    private int hidden = Settings.paper().hidden();

    @Option(names = "--steps", paramLabel = "N", description = "of Adam; default ${DEFAULT-VALUE}")
    private int steps = Settings.paper().steps();

    @Option(names = "--starts", paramLabel = "N",
            description = "initialisations of the perceptron; default ${DEFAULT-VALUE}")
    private int starts = Settings.paper().starts();

    @Option(names = "--movie-nodes", paramLabel = "N",
            description = "nodes an axis in diffusion; default ${DEFAULT-VALUE}")
    private int movieNodes = Settings.paper().movieNodes();

    @Option(names = "--frames", paramLabel = "N", description = "of the movie; default ${DEFAULT-VALUE}")
    private int frames = Settings.paper().frames();

    @Option(names = "--noise", paramLabel = "X",
            description = "on the movie, over the root mean square of each frame; default ${DEFAULT-VALUE}")
    private double noise = Settings.paper().noise();

    @Option(names = "--problem-nodes", paramLabel = "N",
            description = "nodes an axis in the inverse problems, from deconvolution on; default ${DEFAULT-VALUE}")
    private int problemNodes = Settings.paper().problemNodes();

    @Option(names = "--charge", paramLabel = "FILE",
            description = "NPY file of a charge density of your own, shape (n, m), on [-1, 1] x [-1, 1]")
    private @Nullable Path charge;

    @Option(names = "--potential", paramLabel = "FILE",
            description = "NPY file of its potential, shape (n, m): learn from this")
    private @Nullable Path potential;

    @Option(names = "--field", paramLabel = "FILE",
            description = "NPY file of its field, shape (2, n, m): learn from this")
    private @Nullable Path field;

    @Option(names = "--movie", paramLabel = "FILE",
            description = "NPY file of a movie of your own, shape (frames, n, m)")
    private @Nullable Path movie;

    @Option(names = "--frame-interval", paramLabel = "T", description = "time between its frames; default 0.02")
    private double interval = 0.02;

    @Option(names = "--times", paramLabel = "FILE", description = "NPY file of the times of its frames, shape (frames)")
    private @Nullable Path times;

    @Option(names = "--source", paramLabel = "FILE",
            description = "NPY file of what emits, shape (n, m); default the Gaussian in the middle")
    private @Nullable Path source;

    @Option(names = "--start", paramLabel = "X", split = ",",
            description = "D,v1,v2,k to begin with for a movie of your own; default 1,1,1,1")
    private double[] start = {1, 1, 1, 1};

    @Option(names = "--spacing", paramLabel = "H",
            description = "between nodes of your own data, about the origin, in place of [-1, 1] x [-1, 1]")
    private double spacing;

    private final PrintStream console;

    private Main(PrintStream console) {
        this.console = console;
    }

    /**
     * The command.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        System.exit(run(System.out, System.err, arguments));
    }

    /** Runs the command and returns its exit code. */
    static int run(PrintStream console, PrintStream errors, String... arguments) {
        CommandLine command = new CommandLine(new Main(console));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setOut(new PrintWriter(console, true));
        command.setParameterExceptionHandler((wrong, ignored) -> {
            errors.println(wrong.getMessage());
            return 2;
        });
        command.setExecutionExceptionHandler((failed, ignored, parsed) -> {
            errors.println(sentence(failed));
            return 2;
        });
        return command.execute(arguments);
    }

    private static String sentence(Exception failed) {
        return switch (failed) {
            case IOException said -> String.valueOf(said.getMessage());
            case IllegalArgumentException said -> String.valueOf(said.getMessage());
            case IllegalStateException said -> String.valueOf(said.getMessage());
            case ArithmeticException said -> String.valueOf(said.getMessage());
            default -> "failed unexpectedly: " + failed;
        };
    }

    @Override
    public Integer call() throws IOException {
        long began = System.nanoTime();
        Settings settings = settings();
        Inputs inputs = inputs(settings);
        ReportFolder folder = ReportFolder.open(out);
        console.println("Isotrope experiments: " + String.join(", ",
                settings.only().stream().map(Enum::name).toList()));
        console.flush();
        Report report = new Report(settings, inputs.names());
        for (Experiment experiment : settings.only()) {
            report.add(experiment, switch (experiment) {
                case electrostatics -> {
                    Electrostatics run = electrostatics(settings, inputs, settings.cutoff());
                    report.glance(ElectrostaticsChapter.glance(run));
                    yield ElectrostaticsChapter.run(run, settings, settings.isPaperElectrostatics() && charge == null);
                }
                case wide -> WideChapter.run(electrostatics(settings, inputs, settings.wideCutoff()), settings,
                        settings.isPaperElectrostatics() && charge == null);
                case diffusion -> inputs.movie() == null
                        ? DiffusionChapter.run(settings)
                        : DiffusionChapter.run(inputs.movie(), start);
                case deconvolution -> DeconvolutionChapter.run(settings);
                case sources -> SourceChapter.run(settings);
                case diffusivity -> DiffusivityChapter.run(settings);
                case control -> ControlChapter.run(settings);
                case flow -> FlowChapter.run(settings);
                case fractional -> FractionalChapter.run(settings);
            });
        }
        double seconds = (System.nanoTime() - began) * 1e-9;
        folder.write(Map.of("results.json", report.json(seconds), "report.html", report.html(seconds)));
        console.print(report.table());
        console.printf(Locale.ROOT, "%.1f s; %s and %s%n", seconds, folder.file("report.html"),
                folder.file("results.json"));
        if (!report.holds()) {
            console.println("At least one bar was missed.");
            return 1;
        }
        return 0;
    }

    private record Inputs(
            Measurements.@Nullable Sample sample, Measurements.@Nullable Movie movie, Map<String, String> names) {}

    private Electrostatics electrostatics(Settings settings, Inputs inputs, double cutoffOfRun) {
        Measurements.Sample sample = inputs.sample();
        return sample == null
                ? new Electrostatics(settings.nodes(), cutoffOfRun, settings.precision(), settings.seed())
                : new Electrostatics(sample.charge(), sample.laws(), cutoffOfRun, settings.seed());
    }

    private Settings settings() {
        Precision parsed = switch (precision.toLowerCase(Locale.ROOT)) {
            case "float" -> Precision.FLOAT;
            case "double" -> Precision.DOUBLE;
            default -> throw new IllegalArgumentException(
                    "--precision is " + precision + "; it had to be float or double");
        };
        EnumSet<Experiment> chosen = EnumSet.noneOf(Experiment.class);
        chosen.addAll(only);
        chosen.addAll(named);
        if (chosen.isEmpty() && charge != null) {
            chosen.add(Experiment.electrostatics);
        }
        if (chosen.isEmpty() && movie == null) {
            chosen.addAll(EnumSet.allOf(Experiment.class));
        }
        if (movie != null && only.isEmpty() && named.isEmpty()) {
            chosen.add(Experiment.diffusion);
        }
        return new Settings(chosen, nodes, cutoff, wideCutoff, splines, hidden, steps, starts, movieNodes, frames,
                noise, problemNodes, parsed, seed);
    }

    private Inputs inputs(Settings settings) throws IOException {
        requireWith("--potential", potential, "--charge", charge);
        requireWith("--field", field, "--charge", charge);
        requireWith("--source", source, "--movie", movie);
        requireWith("--times", times, "--movie", movie);
        if (!(spacing >= 0) || Double.isInfinite(spacing)) {
            throw new IllegalArgumentException("--spacing is " + spacing + "; it had to be positive and finite");
        }
        if (!(interval > 0) || Double.isInfinite(interval)) {
            throw new IllegalArgumentException("--frame-interval is " + interval
                    + "; it had to be positive and finite");
        }
        if (start.length != 4 || !(start[0] > 0)) {
            throw new IllegalArgumentException("--start is " + Arrays.toString(start)
                    + "; it had to be four numbers D,v1,v2,k with D above 0");
        }
        Map<String, String> names = new LinkedHashMap<>();
        name(names, "charge", charge);
        name(names, "potential", potential);
        name(names, "field", field);
        name(names, "movie", movie);
        name(names, "times", times);
        name(names, "source", source);
        return new Inputs(
                charge == null ? null : Measurements.sample(charge, potential, field, spacing, settings.precision()),
                movie == null ? null
                        : Measurements.movie(movie, times, interval, source, spacing, settings.precision()),
                names);
    }

    private static void name(Map<String, String> names, String what, @Nullable Path path) {
        if (path != null) {
            names.put(what, path.toString());
        }
    }

    private static void requireWith(String option, @Nullable Path path, String other, @Nullable Path otherPath) {
        if (path != null && otherPath == null) {
            throw new IllegalArgumentException(option + " is " + path + "; it had to come with " + other);
        }
    }
}
