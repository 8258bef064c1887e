package org.isotrope.experiments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.isotrope.experiments.Settings.Experiment;
import org.jspecify.annotations.Nullable;

/** What a run found: as a table for the console, as a web page, and as JSON. */
final class Report {
    private final Settings settings;
    private final Map<String, String> inputs;
    private final Map<Experiment, Chapter> chapters = new LinkedHashMap<>();
    private @Nullable BufferedImage glance;

    /**
     * An empty report.
     *
     * @param settings of the run
     * @param inputs files of the user's own by what they hold
     */
    Report(Settings settings, Map<String, String> inputs) {
        this.settings = settings;
        this.inputs = inputs;
    }

    void add(Experiment experiment, Chapter chapter) {
        chapters.put(experiment, chapter);
    }

    /** Shows a picture on top. */
    void glance(BufferedImage picture) {
        glance = picture;
    }

    private List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        chapters.values().forEach(chapter -> checks.addAll(chapter.checks()));
        return checks;
    }

    /** Whether every number holds its bar. */
    boolean holds() {
        return checks().stream().allMatch(Check::holds);
    }

    /** All numbers beside their bars, in plain ASCII. */
    String table() {
        List<Check> checks = checks();
        int first = 10;
        int second = 10;
        for (Check check : checks) {
            first = Math.max(first, check.experiment().length());
            second = Math.max(second, check.what().length());
        }
        String format = "%-" + first + "s  %-" + second + "s  %12s  %-12s  %s%n";
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, format, "experiment", "number", "value", "bar", "").stripTrailing())
                .append(System.lineSeparator());
        text.append("-".repeat(first + second + 38)).append(System.lineSeparator());
        for (Check check : checks) {
            text.append(String.format(Locale.ROOT, format, check.experiment(), check.what(), check.shown(),
                    check.hasBar() ? "<= " + Check.brief(check.bar()) : "", check.verdict()).stripTrailing())
                    .append(System.lineSeparator());
        }
        return text.toString();
    }

    private Map<String, Object> configuration(double seconds) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("experiments", settings.only().stream().map(Enum::name).toList());
        map.put("precision", settings.precision().name().toLowerCase(Locale.ROOT));
        map.put("seed", settings.seed());
        map.put("nodes", settings.nodes());
        map.put("cutoff", settings.cutoff());
        map.put("wide cutoff", settings.wideCutoff());
        map.put("splines", settings.splines());
        map.put("hidden units", settings.hidden());
        map.put("steps of Adam", settings.steps());
        map.put("initialisations", settings.starts());
        map.put("movie nodes", settings.movieNodes());
        map.put("frames", settings.frames());
        map.put("noise", settings.noise());
        map.put("nodes of the inverse problems", settings.problemNodes());
        map.put("files", inputs);
        map.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        map.put("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors");
        map.put("seconds", seconds);
        return map;
    }

    /** Every number of the run. */
    String json(double seconds) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("configuration", configuration(seconds));
        List<Map<String, Object>> checks = new ArrayList<>();
        for (Check check : checks()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("experiment", check.experiment());
            entry.put("what", check.what());
            entry.put("value", check.value());
            entry.put("bar", check.hasBar() ? check.bar() : null);
            entry.put("holds", check.hasBar() ? check.holds() : null);
            checks.add(entry);
        }
        root.put("checks", checks);
        chapters.forEach((experiment, chapter) -> root.put(experiment.name(), chapter.details()));
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("results do not fit into JSON: " + impossible.getMessage(), impossible);
        }
    }

    /** The page. */
    String html(double seconds) {
        Page page = new Page();
        page.paragraph("Operators on fields that commute with shifts and rotations have few parameters: a function of"
                + " distance. So one sample is enough to learn them. This page repeats the two experiments of P. Shen,"
                + " M. Herbst and V. Viswanathan, Rotation Equivariant Operators for Machine Learning on Scalar and"
                + " Vector Fields (arXiv:2108.09541), and goes on to inverse problems, which ask for what went into an"
                + " operator or a simulation: inputs, positions, coefficients, controls, initial states.");
        if (glance != null) {
            page.row(Page.picture(glance, "wide",
                    "From left to right: charges, and what the learned operators make of them, potential and field."));
        }
        page.heading("Numbers beside their bars");
        page.checks(checks());
        page.paragraph("Errors of learned operators are normalised absolute errors, Σ|ŷ − y| / Σ|y|, those of inverse"
                + " problems are lengths over lengths, ‖ŷ − y‖ / ‖y‖, unless said otherwise. Bars are shown where the"
                + " settings are the ones they are meant for.");
        chapters.values().forEach(chapter -> page.append(chapter.page()));
        page.heading("How this was run");
        List<List<String>> rows = new ArrayList<>();
        configuration(seconds).forEach((name, value) -> rows.add(List.of(name,
                value instanceof Double number ? Check.brief(number) : value.toString())));
        page.table(List.of("setting", "value"), rows);
        return page.html("Isotrope: learning equivariant operators");
    }
}
