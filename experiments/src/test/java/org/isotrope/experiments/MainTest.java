package org.isotrope.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.isotrope.experiments.Electrostatics.Law;
import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.isotrope.grids.io.Npy;
import org.isotrope.grids.io.NpyArray;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
    private static final String[] TINY = {
        "--nodes", "9", "--steps", "20", "--starts", "2", "--splines", "5", "--movie-nodes", "17", "--frames", "5",
        "--problem-nodes", "16"
    };

    @TempDir
    private Path folder;

    private record Run(int code, String console, String errors) {}

    @BeforeAll
    static void withoutDisplay() {
        System.setProperty("java.awt.headless", "true");
    }

    private Run run(String... arguments) {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int code = Main.run(new PrintStream(console, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8), arguments);
        return new Run(code, console.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    private static String[] with(String[] first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }

    private JsonNode results() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("report/results.json").toFile());
    }

    private String out() {
        return folder.resolve("report").toString();
    }

    @Test
    void runsEverythingSmall() throws IOException {
        Run run = run(with(TINY, "--out", out()));
        assertThat(run.errors).isEmpty();
        assertThat(run.code).isZero();
        JsonNode results = results();
        assertThat(results.get("checks")).isNotEmpty().allSatisfy(check -> {
            String line = run.console.lines().filter(text -> text.contains(check.get("what").asText()))
                    .filter(text -> text.startsWith(check.get("experiment").asText())).findFirst().orElseThrow();
            assertThat(line).contains(" " + Check.show(check.get("value").asDouble()));
        });
        assertThat(results.at("/configuration/nodes").asInt()).isEqualTo(9);
        assertThat(results.at("/electrostatics/potential/free shells/radii").size()).isPositive();
        assertThat(results.at("/wide/field/free shells/undetermined radii").isArray()).isTrue();
        assertThat(results.at("/diffusion/(b) movie/coefficients").size()).isEqualTo(4);
        assertThat(results.at("/deconvolution/errors").size()).isEqualTo(Deconvolution.weights());
        assertThat(results.at("/sources/exact data/positions").size()).isEqualTo(6);
        assertThat(results.at("/diffusivity/relative error").asDouble()).isPositive();
        assertThat(results.at("/control/steps").asInt()).isEqualTo(100);
        assertThat(results.at("/flow/loss after every iteration").size()).isPositive();
        assertThat(results.at("/fractional/radii").size()).isEqualTo(results.at("/fractional/learned").size());

        String page = Files.readString(folder.resolve("report/report.html"));
        assertThat(page).contains("</html>").contains("data:image/gif").contains("data:image/svg+xml")
                .doesNotContain("needs fonts").doesNotContain("src=\"http");
        // pictures are letters too, and may spell anything
        assertThat(page.replaceAll("base64,[^\"]*", "")).doesNotContain("NaN");
        for (JsonNode check : results.get("checks")) {
            assertThat(page).contains(">" + Check.show(check.get("value").asDouble()) + "<");
        }
        try (Stream<Path> files = Files.list(folder.resolve("report"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("report.html", "results.json");
        }
    }

    @Test
    void runsOneExperimentInFloat() throws IOException {
        Run run = run(with(TINY, "--only", "diffusion", "--precision", "float", "--out", out()));
        assertThat(run.code).isZero();
        assertThat(results().has("diffusion")).isTrue();
        assertThat(results().has("electrostatics")).isFalse();
        assertThat(results().at("/configuration/precision").asText()).isEqualTo("float");
    }

    @Test
    void runsWhatIsNamed() throws IOException {
        Run run = run("sources", "deconvolution", "--problem-nodes", "16", "--out", out());
        assertThat(run.errors).isEmpty();
        assertThat(run.code).isZero();
        List<String> keys = new ArrayList<>();
        results().fieldNames().forEachRemaining(keys::add);
        assertThat(keys).containsExactly("configuration", "checks", "deconvolution", "sources");
    }

    @Test
    void missedBarIsExitCodeOne() {
        Report report = new Report(Settings.paper(), Map.of());
        report.add(Settings.Experiment.wide, new Chapter(new Page(), List.of(new Check("wide", "number", 2, 1)),
                Map.of()));
        assertThat(report.holds()).isFalse();
        assertThat(report.table()).contains("MISSED");
        assertThat(report.html(1)).contains("MISSED");
    }

    @Test
    void learnsFromChargePotentialAndFieldOfTheUsers() throws IOException {
        Electrostatics truth = new Electrostatics(11, 1, Precision.DOUBLE, 1);
        Path charge = folder.resolve("charge.npy");
        Path potential = folder.resolve("potential.npy");
        Path field = folder.resolve("field.npy");
        Npy.write(charge, truth.charge());
        Npy.write(potential, truth.output(Law.POTENTIAL));
        Npy.write(field, truth.output(Law.FIELD));
        Run run = run(with(TINY, "--charge", charge.toString(), "--potential", potential.toString(), "--field",
                field.toString(), "--out", out()));
        assertThat(run.errors).isEmpty();
        assertThat(run.code).isZero();
        JsonNode learned = results().at("/electrostatics/field/free shells");
        for (int s = 1; s < learned.get("radii").size(); s++) {
            double r = learned.get("radii").get(s).asDouble();
            double ratio = learned.get("learned").get(s).asDouble() * 4 * Math.PI * r * r;
            assertThat(ratio).isBetween(1 - 1e-9, 1 + 1e-9);
        }
        assertThat(results().at("/configuration/files/charge").asText()).isEqualTo(charge.toString());
    }

    @Test
    void learnsTheTrueLawsFromTheUsersCharge() throws IOException {
        Path charge = folder.resolve("charge.npy");
        Npy.write(charge, new Electrostatics(11, 1, Precision.FLOAT, 1).charge());
        Run run = run(with(TINY, "--only", "wide", "--charge", charge.toString(), "--spacing", "0.5",
                "--wide-cutoff", "2", "--out", out()));
        assertThat(run.errors).isEmpty();
        assertThat(run.code).isZero();
        assertThat(results().at("/wide/potential/free shells/radii/1").asDouble()).isEqualTo(0.5);
    }

    @Test
    void recoversCoefficientsFromAMovieOfTheUsers() throws IOException {
        DiffusionAdvection truth = new DiffusionAdvection(21, 11, Precision.DOUBLE);
        Path movie = folder.resolve("movie.npy");
        Path source = folder.resolve("source.npy");
        Path times = folder.resolve("times.npy");
        List<Field> frames = truth.movie(Progress.NONE);
        List<Double> values = new ArrayList<>();
        frames.forEach(frame -> Arrays.stream(frame.toArray()).forEach(values::add));
        writeArray(movie, values.stream().mapToDouble(v -> v).toArray(), 11, 21, 21);
        writeArray(times, truth.times(), 11);
        Npy.write(source, truth.source());
        Run run = run("--movie", movie.toString(), "--source", source.toString(), "--times", times.toString(), "--out",
                out());
        assertThat(run.errors).isEmpty();
        assertThat(run.code).isZero();
        double[] expected = DiffusionAdvection.truth();
        for (int k = 0; k < expected.length; k++) {
            double found = results().at("/diffusion/movie/coefficients/" + k).asDouble();
            // a step of the fitted method is as long as stability allows on this coarse grid
            assertThat(found / expected[k]).isBetween(0.99, 1.01);
        }
    }

    private static void writeArray(Path path, double[] values, long... shape) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, values);
            Npy.write(path, new NpyArray(shape, Precision.DOUBLE, data));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--precision half | --precision is half; it had to be float or double",
        "--nodes 2 | --nodes is 2; it had to be from 5",
        "--cutoff -1 | --cutoff is -1.0; it had to be positive",
        "--cutoff NaN | --cutoff is NaN; it had to be positive",
        "--noise -0.1 | --noise is -0.1; it had to be from 0",
        "--only everything | everything",
        "--nodes many | --nodes",
        "--colour | --colour",
        "--potential x.npy | --potential is x.npy; it had to come with --charge",
        "--charge nowhere.npy | --charge is nowhere.npy; it had to be an NPY file",
        "--movie nowhere.npy | --movie is nowhere.npy; it had to be an NPY file",
        "--movie m.npy --start 0,1,1,1 | --start is [0.0, 1.0, 1.0, 1.0]; it had to be",
        "--spacing -2 | --spacing is -2.0; it had to be positive",
        "--frame-interval 0 | --frame-interval is 0.0; it had to be positive",
    })
    void refusesInOneSentence(String arguments, String sentence) {
        Run run = run(with(arguments.split(" "), "--out", out()));
        assertRefused(run, sentence);
        assertThat(folder.resolve("report")).doesNotExist();
    }

    private static void assertRefused(Run run, String sentence) {
        assertThat(run.code).isEqualTo(2);
        assertThat(run.errors.lines()).hasSize(1);
        assertThat(run.errors).contains(sentence).doesNotContain("Exception");
    }

    @Test
    void refusesFilesThatDoNotFit() throws IOException {
        Path charge = folder.resolve("charge.npy");
        Path other = folder.resolve("other.npy");
        Electrostatics truth = new Electrostatics(11, 1, Precision.DOUBLE, 1);
        Npy.write(charge, truth.charge());

        Npy.write(other, new Electrostatics(9, 1, Precision.DOUBLE, 1).output(Law.POTENTIAL));
        assertRefused(run("--charge", charge.toString(), "--potential", other.toString(), "--out", out()),
                "shape is [9, 9]");

        Npy.write(other, truth.output(Law.FIELD));
        assertRefused(run("--charge", other.toString(), "--out", out()), "has shape [2, 11, 11]; it had to be (n, m)");
        assertRefused(run("--movie", other.toString(), "--out", out()), "has 2 frames");

        Field holed = truth.output(Law.POTENTIAL);
        holed.set(Double.NaN, 0, 3, 3);
        Npy.write(other, holed);
        assertRefused(run("--charge", charge.toString(), "--potential", other.toString(), "--out", out()), "NaN");

        Npy.write(other, truth.charge().fill(0));
        assertRefused(run("--charge", other.toString(), "--out", out()), "zero everywhere");

        Files.writeString(other, "not an array");
        assertRefused(run("--charge", other.toString(), "--out", out()), other.toString());
        assertThat(folder.resolve("report")).doesNotExist();
    }

    @Test
    void refusesAFolderThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertRefused(run("--out", file.toString()), "it had to be a folder, and it is a file");
        assertRefused(run("--out", file.resolve("below").toString()), "it had to be a folder that can be written to");
        assertThat(file).hasContent("in the way");
    }

    @Test
    void helpNamesEveryOption() {
        Run run = run("--help");
        assertThat(run.code).isZero();
        assertThat(run.console).contains("--only", "--precision", "--charge", "--movie", "--out", "electrostatics");
    }

    @Test
    void missingVectorApiIsSaidInOneSentence() throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                classPath, Main.class.getName(), "--out", out()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(output).contains("--add-modules jdk.incubator.vector").doesNotContain("\tat ");
    }
}
