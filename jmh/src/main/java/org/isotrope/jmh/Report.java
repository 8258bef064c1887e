package org.isotrope.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The page of a study: machine, bars, ceilings, a roofline, one line a contestant, and what the planner chose. */
final class Report {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Isotrope: performance</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 80em; margin: 2em auto; padding: 0 1em }
            table { border-collapse: collapse; width: 100%; margin: 1em 0 }
            th, td { text-align: right; padding: .2em .6em; border-bottom: 1px solid #ddd }
            th:first-child, td:first-child, .text { text-align: left }
            .ours { font-weight: 600 }
            .met { color: #1a7f37 } .missed { color: #b42318; font-weight: 600 }
            img { max-width: 100% }
            </style></head><body>
            <h1>Isotrope: performance</h1>
            """;

    private final Results results;
    private final double seconds;
    private final List<Bar> bars;
    private final StringBuilder html = new StringBuilder(HEAD);

    Report(Results results, double seconds) {
        this.results = results;
        this.seconds = seconds;
        this.bars = Bars.of(results);
    }

    void write(Path folder) throws IOException {
        Roofline.draw(results, folder.resolve("roofline"));
        Files.writeString(folder.resolve("bars.json"), json());
        Files.writeString(folder.resolve("report.html"), page());
        for (Bar bar : bars) {
            if (!bar.verdict().startsWith("not")) {
                System.out.printf(Locale.ROOT, "%-8s %-34s %-52s %10s  ratio %.3g%n", bar.verdict(), bar.workload(),
                        bar.demand(), bar.measured(), bar.value());
            }
        }
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private String json() {
        List<String> lines = new ArrayList<>();
        for (Bar bar : bars) {
            lines.add("    {\"workload\": " + quoted(bar.workload()) + ", \"bar\": " + quoted(bar.demand())
                    + ", \"measured\": " + quoted(bar.measured()) + ", \"reference\": " + quoted(bar.reference())
                    + ", \"value\": " + (Double.isNaN(bar.value()) ? "null" : bar.value()) + ", \"limit\": " + bar.limit()
                    + ", \"verdict\": " + quoted(bar.verdict()) + "}");
        }
        return "{\n  \"machine\": " + quoted(Machine.describe()) + ",\n  \"bars\": [\n" + String.join(",\n", lines)
                + "\n  ]\n}\n";
    }

    private String page() {
        paragraph(Machine.describe());
        paragraph((results.extent() == Programme.Extent.FULL
                        ? "Full study: 5 JVMs a workload, 9 iterations of 1 s each."
                        : "One JVM a workload, 7 iterations of 0.2 s or as long as a round takes: figures move by some"
                                + " per cent.")
                + " Contestants take turns on the same memory. It took " + Math.round(seconds / 60)
                + " minutes. Medians; one thread unless said. GB/s count compulsory"
                + " traffic, GFLOP/s what plain loops would compute (dense kernels), whatever the algorithm.");
        results.missing().forEach(this::paragraph);
        table();
        ceilings();
        html.append("<p><img src=\"roofline.png\" alt=\"roofline\"></p>\n");
        rows();
        latencies();
        choices();
        profiles();
        return html.append("</body></html>\n").toString();
    }

    private void paragraph(String text) {
        html.append("<p>").append(text).append("</p>\n");
    }

    private void heading(String title, String... columns) {
        html.append("<h2>").append(title).append("</h2>\n<table><tr>");
        for (String column : columns) {
            html.append("<th>").append(column).append("</th>");
        }
        html.append("</tr>\n");
    }

    private void line(String style, Object... cells) {
        html.append("<tr class=\"").append(style).append("\">");
        for (Object cell : cells) {
            html.append("<td>").append(cell).append("</td>");
        }
        html.append("</tr>\n");
    }

    private void table() {
        heading("Bars", "workload", "bar", "measured", "reference of this run", "ratio", "limit", "verdict");
        for (Bar bar : bars) {
            line(bar.verdict(), bar.workload(), bar.demand(), bar.measured(), bar.reference(), Bar.number(bar.value()),
                    (bar.atLeast() ? "≥ " : "≤ ") + Bar.number(bar.limit()), bar.verdict());
        }
        html.append("</table>\n");
    }

    private void ceilings() {
        StringBuilder text = new StringBuilder("Ceilings: ");
        results.peak().ifPresent(peak -> text.append(Bar.number(peak)).append(" GFLOP/s of fma in registers"));
        for (Row row : results.rows()) {
            if (row.workload().startsWith("memory") && row.work().bytes() > 0 || row.who().startsWith("copy")) {
                double traffic = row.who().equals("triad") ? 1.5 : 1;
                text.append("; ").append(row.who()).append(' ')
                        .append(row.workload().substring(row.workload().indexOf('-') + 1)).append("³ ")
                        .append(row.precision().toLowerCase(Locale.ROOT)).append(' ')
                        .append(Bar.number(traffic * row.work().bytes() / row.median() / 1000)).append(" GB/s");
            }
        }
        paragraph(text.append('.').toString());
    }

    private void rows() {
        heading("Everything", "workload", "who", "time", "±", "bytes a call", "Gpoints/s", "GB/s", "GFLOP/s", "of copy",
                "of fma", "× Isotrope");
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : results.rows()) {
            if (row.work().points() > 0 && !row.workload().startsWith("memory") && !row.variant().equals("latency")) {
                groups.computeIfAbsent(row.workload() + " " + row.precision().toLowerCase(Locale.ROOT), any ->
                        new ArrayList<>()).add(row);
            }
        }
        groups.forEach((name, group) -> {
            double ours = group.stream().filter(Row::isOurs).mapToDouble(Row::median).findFirst().orElse(Double.NaN);
            for (Row row : group) {
                row(row == group.getFirst() ? name : "", row, ours);
            }
        });
        html.append("</table>\n");
    }

    private void row(String name, Row row, double ours) {
        Work work = row.work();
        double gigabytes = work.bytes() / row.median() / 1000;
        double gigaflops = work.flops() / row.median() / 1000;
        double lanes = row.precision().equals("DOUBLE") ? 2 : 1;
        OptionalDouble copy = row.workload().matches("[^-]*-\\d+")
                ? results.copy(row.workload().substring(row.workload().indexOf('-') + 1), row.precision())
                : OptionalDouble.empty();
        line(row.isOurs() ? "ours" : "", name, row.who() + (row.variant().isEmpty() ? "" : ", " + row.variant()
                + (Character.isDigit(row.variant().charAt(0)) ? "-byte vectors" : "")), Bar.time(row.median()),
                Double.isNaN(row.error()) ? "" : Bar.time(row.error()), Bar.number(row.bytes()),
                Bar.number(work.points() / row.median() / 1000), Bar.number(gigabytes), Bar.number(gigaflops),
                copy.isPresent() ? Math.round(100 * gigabytes / copy.getAsDouble()) + " %" : "",
                results.peak().isPresent() ? Math.round(100 * lanes * gigaflops / results.peak().getAsDouble()) + " %" : "",
                Double.isNaN(ours) ? "" : Bar.number(row.median() / ours));
    }

    private void latencies() {
        heading("Every call timed", "workload", "who", "p50", "p99", "p99.9");
        for (Row row : results.rows()) {
            if (row.variant().equals("latency")) {
                line(row.isOurs() ? "ours" : "", row.workload(), row.who(), Bar.time(row.median()), Bar.time(row.late()),
                        Bar.time(row.latest()));
            }
        }
        html.append("</table>\n");
    }

    private void choices() {
        Map<String, Map<String, String>> kernels = new LinkedHashMap<>();
        for (String said : results.choices()) {
            String[] words = said.split(" ", 3);
            kernels.computeIfAbsent(words[0], any -> new LinkedHashMap<>()).put(words[1], words[2]);
        }
        List<String> who = List.of("isotrope", "sweeps", "blocks", "folded", "separable", "fourier");
        heading("The planner's choice and its alternatives, error 1e-6 allowed", "kernel", "choice", "sweeps", "blocks",
                "folded", "separable", "fourier", "chosen");
        kernels.forEach((kernel, times) -> {
            List<Object> cells = new ArrayList<>(List.of(kernel));
            who.forEach(name -> cells.add(times.containsKey(name) ? Bar.time(Double.parseDouble(times.get(name))) : ""));
            cells.add(times.getOrDefault("chosen", ""));
            line("", cells.toArray());
        });
        html.append("</table>\n");
    }

    private void profiles() {
        heading("Where the time goes that is too long", "workload", "share of samples", "method");
        results.profiles().forEach((workload, lines) -> {
            String name = workload;
            for (String said : lines) {
                String[] words = said.split(" ", 2);
                line("", name, words[0] + " %", words[1]);
                name = "";
            }
        });
        html.append("</table>\n");
    }
}
