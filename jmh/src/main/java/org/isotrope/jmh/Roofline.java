package org.isotrope.jmh;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Arithmetic speed over arithmetic intensity, under the ceilings of memory and of the fma units. */
final class Roofline {
    private static final Map<String, String> NAMES = new LinkedHashMap<>();
    private static final List<Color> COLORS = List.of(new Color(0xC0392B), new Color(0x1F77B4), new Color(0x7F8C8D),
            new Color(0x8E6BBF), new Color(0x2E8B57), new Color(0xD68910));
    private static final List<Marker> MARKERS = List.of(SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND,
            SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.TRIANGLE_DOWN, SeriesMarkers.CROSS);

    static {
        NAMES.put("isotrope", "Isotrope");
        NAMES.put("tunedC", "hand-tuned C");
        NAMES.put("plainC", "plain C");
        NAMES.put("vectorArray", "Vector API on arrays");
        NAMES.put("openCv", "OpenCV");
        NAMES.put("boofCv", "BoofCV");
    }

    private Roofline() {}

    /** Draws it as a PNG. */
    static void draw(Results results, Path file) throws IOException {
        XYChart chart = new XYChartBuilder().width(1100).height(750).title("Roofline: float, one thread")
                .xAxisTitle("flops a byte of compulsory traffic").yAxisTitle("GFLOP/s, dense count").build();
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true).setMarkerSize(9)
                .setLegendPosition(Styler.LegendPosition.InsideSE);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        double peak = results.peak().orElse(1);
        int shade = 0;
        for (String n : List.of("64", "512")) {
            Color color = shade++ == 0 ? Color.DARK_GRAY : Color.GRAY;
            results.copy(n, "FLOAT").ifPresent(bandwidth -> chart
                    .addSeries("copy of " + n + "³, fma in registers", new double[] {0.5, peak / bandwidth, 1000},
                            new double[] {0.5 * bandwidth, peak, peak})
                    .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line).setMarker(SeriesMarkers.NONE)
                    .setLineColor(color));
        }
        int style = 0;
        for (Map.Entry<String, String> who : NAMES.entrySet()) {
            List<double[]> points = new ArrayList<>();
            for (Row row : results.rows()) {
                Work work = row.work();
                if (row.is(row.workload(), who.getKey(), "") && work.bytes() > 0 && work.flops() > 0) {
                    points.add(new double[] {work.flops() / work.bytes(), work.flops() / row.median() / 1000});
                }
            }
            if (!points.isEmpty()) {
                chart.addSeries(who.getValue(), points.stream().mapToDouble(xy -> xy[0]).toArray(),
                        points.stream().mapToDouble(xy -> xy[1]).toArray())
                        .setMarker(MARKERS.get(style)).setMarkerColor(COLORS.get(style));
            }
            style++;
        }
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }
}
