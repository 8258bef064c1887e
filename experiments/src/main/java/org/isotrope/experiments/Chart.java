package org.isotrope.experiments;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A chart of curves and points, drawn by XChart as SVG. */
final class Chart {
    static final Color TRUE = new Color(0x999999);
    static final Color LEARNED = new Color(0x1f5fa8);
    static final Color OTHER = new Color(0xd95f02);
    static final Color OPEN = new Color(0xc62828);

    private final XYChart chart;

    Chart(String title, String x, String y) {
        chart = new XYChartBuilder().width(560).height(360).title(title).xAxisTitle(x).yAxisTitle(y).build();
        Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
        XYStyler style = chart.getStyler();
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setPlotGridLinesColor(new Color(0xe6e6e6));
        style.setPlotGridLinesStroke(new BasicStroke(0.8f));
        style.setAxisTitleFont(plain);
        style.setAxisTickLabelsFont(plain);
        style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        style.setLegendFont(plain);
        style.setLegendBorderColor(Color.WHITE);
        style.setLegendPosition(Styler.LegendPosition.OutsideS);
        style.setLegendLayout(Styler.LegendLayout.Horizontal);
        style.setMarkerSize(6);
    }

    Chart logarithmicX() {
        chart.getStyler().setXAxisLogarithmic(true);
        return this;
    }

    Chart logarithmicY() {
        chart.getStyler().setYAxisLogarithmic(true);
        return this;
    }

    /** Without lines across, which crowd over many decades. */
    Chart bare() {
        chart.getStyler().setPlotGridHorizontalLinesVisible(false);
        return this;
    }

    Chart line(String name, Color colour, double[] x, double[] y) {
        return add(name, colour, x, y, SeriesMarkers.NONE, true);
    }

    Chart points(String name, Color colour, double[] x, double[] y) {
        return add(name, colour, x, y, SeriesMarkers.CIRCLE, false);
    }

    Chart crosses(String name, Color colour, double[] x, double[] y) {
        return add(name, colour, x, y, SeriesMarkers.CROSS, false);
    }

    private Chart add(String name, Color colour, double[] x, double[] y, Marker marker, boolean line) {
        if (x.length == 0) {
            return this;
        }
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(marker);
        series.setMarkerColor(colour);
        series.setLineColor(colour);
        series.setLineStyle(line ? new BasicStroke(1.6f) : SeriesLines.NONE);
        return this;
    }

    byte[] svg() {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
