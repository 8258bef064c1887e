package org.isotrope.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The page of a study: machine, ceilings, one line a workload with everybody who did it, and a roofline. */
final class Report {
    /**
     * A measured benchmark.
     *
     * @param benchmark simple name of the class
     * @param method who did it
     * @param params parameters
     * @param median microseconds a call
     * @param late 99.9th percentile, of calls where each was timed, else of iterations
     * @param error half of the 99.9 % interval of the mean, as JMH says it
     */
    record Row(
            String benchmark, String method, Map<String, String> params, double median, double late, double error) {
        Work work() {
            return Work.of(benchmark, params);
        }

        /** What has to be equal for two rows to be one workload. */
        String group() {
            boolean image = benchmark.equals("BoofCvBenchmark") || benchmark.equals("OpenCvBenchmark");
            Map<String, String> same = new TreeMap<>(params);
            same.putIfAbsent("precision", "FLOAT");
            if (image) {
                same.put("polluted", "false");
            }
            return (image ? "RadialBenchmark" : benchmark) + same;
        }
    }

    private final List<Row> rows;
    private final double[] startUp;
    private final boolean full;

    Report(List<Row> rows, double[] startUp, boolean full) {
        this.rows = rows;
        this.startUp = startUp;
        this.full = full;
    }

    void write(Path folder) throws IOException {
        roofline(folder.resolve("roofline"));
        Files.writeString(folder.resolve("report.html"), page());
    }

    private static String number(double value) {
        return value >= 1000 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.3g", value);
    }

    /** Billions of flops a second in registers. */
    private OptionalDouble peak() {
        return rows.stream().filter(row -> row.benchmark.equals("FmaCeiling"))
                .mapToDouble(row -> row.work().flops() / row.median / 1000).findFirst();
    }

    /** Gigabytes a second of a copy of n³ values. */
    private OptionalDouble copy(String n, String precision) {
        return rows.stream()
                .filter(row -> row.benchmark.equals("CeilingBenchmark") && row.method.equals("copy"))
                .filter(row -> row.params.get("n").equals(n) && row.params.get("precision").equals(precision))
                .mapToDouble(row -> row.work().bytes() / row.median / 1000).findFirst();
    }

    private String page() {
        StringBuilder html = new StringBuilder("""
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Isotrope: performance</title>
                <style>
                body { font: 15px/1.5 system-ui, sans-serif; max-width: 75em; margin: 2em auto; padding: 0 1em }
                table { border-collapse: collapse; width: 100% }
                th, td { text-align: right; padding: .2em .6em; border-bottom: 1px solid #ddd }
                th:first-child, td:first-child { text-align: left }
                .ours { font-weight: 600 }
                img { max-width: 100% }
                </style></head><body>
                <h1>Isotrope: performance</h1>
                """);
        html.append("<p>").append(machine()).append("</p>\n");
        html.append("<p>").append(full ? "Full study: 5 JVMs a benchmark, 5 iterations of 1 s each."
                : "Short study: 1 JVM a benchmark, 3 iterations of 0.6 s; figures move by some tens of per cent.")
                .append(" Medians; one thread unless said. GB/s count compulsory traffic, GFLOP/s what plain loops would"
                        + " compute (dense kernels), whatever the algorithm.</p>\n");
        peak().ifPresent(peak -> html.append("<p>Ceilings: ").append(number(peak)).append(" GFLOP/s of fma in registers"));
        for (Row row : rows) {
            if (row.benchmark.equals("CeilingBenchmark")) {
                double traffic = row.method.equals("triad") ? 1.5 : 1;
                html.append("; ").append(row.method).append(' ').append(row.params.get("n")).append("³ ")
                        .append(row.params.get("precision").toLowerCase(Locale.ROOT)).append(' ')
                        .append(number(traffic * row.work().bytes() / row.median / 1000)).append(" GB/s");
            }
        }
        html.append(".</p>\n<p>A fresh JVM has its first Laplacian of 64³ values ").append(number(startUp[0]))
                .append(" ms after main, and runs at steady speed after ").append(number(startUp[1]))
                .append(" ms.</p>\n<p><img src=\"roofline.png\" alt=\"roofline\"></p>\n");
        table(html);
        return html.append("</body></html>\n").toString();
    }

    private void table(StringBuilder html) {
        html.append("<table><tr><th>workload</th><th>who</th><th>time, µs</th><th>±</th><th>99.9 %</th>"
                + "<th>Gpoints/s</th><th>GB/s</th><th>GFLOP/s</th><th>of copy</th><th>of fma</th>"
                + "<th>times Isotrope</th></tr>\n");
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : rows) {
            if (!row.benchmark.contains("Ceiling")) {
                groups.computeIfAbsent(row.group(), any -> new ArrayList<>()).add(row);
            }
        }
        for (List<Row> group : groups.values()) {
            double ours = group.stream().filter(row -> row.method.startsWith("isotrope"))
                    .mapToDouble(Row::median).findFirst().orElse(Double.NaN);
            for (Row row : group) {
                line(html, row, ours, row == group.getFirst());
            }
        }
        html.append("</table>\n");
    }

    private void line(StringBuilder html, Row row, double ours, boolean first) {
        Work work = row.work();
        Map<String, String> shown = new TreeMap<>(row.params);
        shown.keySet().removeAll(List.of("n", "radius", "kernel", "operator"));
        shown.values().remove("false");
        double gflops = work.flops() / row.median / 1000;
        String fma = peak().isPresent() && work.flops() > 0
                ? Math.round(100 * gflops * (row.params.containsValue("DOUBLE") ? 2 : 1) / peak().getAsDouble()) + " %"
                : "";
        OptionalDouble copy = copy(row.params.getOrDefault("n", ""), row.params.getOrDefault("precision", ""));
        double gigabytes = work.bytes() / row.median / 1000;
        html.append(row.method.startsWith("isotrope") ? "<tr class=\"ours\">" : "<tr>")
                .append("<td>").append(first ? work.name() + " " + String.join(" ", shown.values()) : "")
                .append("</td><td>").append(row.benchmark.endsWith("CvBenchmark") ? row.benchmark.replace("Benchmark", "")
                        : row.method)
                .append("</td><td>").append(number(row.median))
                .append("</td><td>").append(Double.isNaN(row.error) ? "" : number(row.error))
                .append("</td><td>").append(number(row.late))
                .append("</td><td>").append(work.points() > 0 ? number(work.points() / row.median / 1000) : "")
                .append("</td><td>").append(work.bytes() > 0 ? number(gigabytes) : "")
                .append("</td><td>").append(work.flops() > 0 ? number(gflops) : "")
                .append("</td><td>").append(copy.isPresent() && work.bytes() > 0
                        ? Math.round(100 * gigabytes / copy.getAsDouble()) + " %" : "")
                .append("</td><td>").append(fma)
                .append("</td><td>").append(Double.isNaN(ours) ? "" : String.format(Locale.ROOT, "%.2f", row.median / ours))
                .append("</td></tr>\n");
    }

    private String machine() {
        String processor = System.getProperty("os.arch");
        try {
            processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 2)).orElse(processor);
        } catch (IOException notLinux) {
            // the architecture has to do
        }
        return processor + ", " + Runtime.getRuntime().availableProcessors() + " processors; "
                + System.getProperty("java.vm.name") + " " + Runtime.version() + "; " + LocalDate.now() + "; commit "
                + System.getProperty("commit", "unknown");
    }

    /** Arithmetic speed over arithmetic intensity, under the ceilings of memory and of the fma units. */
    private void roofline(Path file) throws IOException {
        XYChart chart = new XYChartBuilder().width(1000).height(650).title("Roofline, float, one thread")
                .xAxisTitle("flops a byte of compulsory traffic").yAxisTitle("GFLOP/s, dense count").build();
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true).setMarkerSize(9);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        double peak = peak().orElse(1);
        for (String n : List.of("64", "512")) {
            copy(n, "FLOAT").ifPresent(bandwidth -> chart
                    .addSeries("memory, " + n + "³ copied", new double[] {0.1, peak / bandwidth, 1000},
                            new double[] {0.1 * bandwidth, peak, peak})
                    .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line).setMarker(SeriesMarkers.NONE));
        }
        Map<String, List<double[]>> points = new LinkedHashMap<>();
        for (Row row : rows) {
            Work work = row.work();
            boolean plain = "FLOAT".equals(row.params.getOrDefault("precision", "FLOAT"))
                    && !"true".equals(row.params.get("polluted")) && !row.params.containsKey("vector bytes");
            if (plain && work.bytes() > 0 && !row.benchmark.contains("Ceiling") && !row.method.contains("AllThreads")) {
                String who = row.method.equals("plainC") ? "plain C"
                        : row.method.startsWith("isotrope") ? "Isotrope" : row.benchmark.replace("Benchmark", "");
                points.computeIfAbsent(who, any -> new ArrayList<>())
                        .add(new double[] {work.flops() / work.bytes(), work.flops() / row.median / 1000});
            }
        }
        points.remove("WeightGradient");
        points.forEach((who, some) -> chart.addSeries(who, some.stream().mapToDouble(xy -> xy[0]).toArray(),
                some.stream().mapToDouble(xy -> xy[1]).toArray()));
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }
}
