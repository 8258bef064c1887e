package org.isotrope.experiments;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.isotrope.experiments.SourceLocalisation.Search;
import org.isotrope.grids.Field;

/** Charges found from the potential on the walls. */
final class SourceChapter {
    private static final String NAME = "sources";
    private static final double NOISE = 0.01;

    private SourceChapter() {}

    static Chapter run(Settings settings) {
        SourceLocalisation problem = new SourceLocalisation(settings.problemNodes());
        List<Search> searches = new ArrayList<>();
        Progress.show(NAME, -1, progress -> {
            searches.add(problem.search(0, settings.seed(), progress));
            searches.add(problem.search(NOISE, settings.seed(), progress));
        });
        Search exact = searches.getFirst();
        Search noisy = searches.getLast();
        boolean barred = settings.isPaperProblems();
        List<Check> checks = List.of(
                new Check(NAME, "largest error of a coordinate, exact data", exact.positionError(),
                        barred ? 1e-6 : Double.NaN),
                new Check(NAME, "largest error of a charge, exact data", exact.chargeError(),
                        barred ? 1e-5 : Double.NaN),
                Check.of(NAME, "largest error of a coordinate, noisy data", noisy.positionError()),
                Check.of(NAME, "largest error of a charge, noisy data", noisy.chargeError()));

        Page page = new Page();
        page.heading("Source localisation: charges found from the walls");
        page.paragraph("Three charges lie in [−1, 1]². Of their potential only the values at the " + problem.sensors()
                + " nodes of the walls are known, in closed form. The model puts charges on the grid by cubic splines,"
                + " convolves with −ln r/2π and reads the walls. Levenberg–Marquardt finds positions and charges, nine"
                + " numbers, with derivatives in the positions by forward mode.");
        page.row(Page.picture(map(problem.potential(), exact),
                "The true potential, nobody's to see but at the walls. Rings are the true places, lines the ways"
                        + " of the search from its start, dots where it ends."),
                Page.chart("Half the sum of squares after every iteration. Exact data are met down to the error of"
                        + " the grid, noisy ones down to the noise.", () -> {
                    Chart chart = new Chart("Levenberg–Marquardt", "iteration", "½ Σ r²").logarithmicY().bare();
                    chart.line("exact data", Chart.LEARNED, count(exact.squares()), positive(exact.squares()));
                    return chart.line("noise of " + Check.brief(100 * NOISE) + " %", Chart.OTHER,
                            count(noisy.squares()), positive(noisy.squares()));
                }));
        List<List<String>> rows = new ArrayList<>();
        double[] at = SourceLocalisation.truePositions();
        double[] size = SourceLocalisation.trueCharges();
        for (int s = 0; s < size.length; s++) {
            rows.add(List.of("true", digits(at[2 * s]), digits(at[2 * s + 1]), digits(size[s])));
            for (Search search : searches) {
                rows.add(List.of(search == exact ? "exact data" : "noisy data", digits(search.positions()[2 * s]),
                        digits(search.positions()[2 * s + 1]), digits(search.charges()[s])));
            }
        }
        page.table(List.of("from", "x", "y", "charge"), rows);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("true positions", at);
        details.put("true charges", size);
        details.put("exact data", details(exact));
        details.put("noisy data", details(noisy));
        return new Chapter(page, checks, details);
    }

    private static Map<String, Object> details(Search search) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("positions", search.positions());
        details.put("charges", search.charges());
        details.put("half sum of squares", search.squares());
        details.put("evaluations", search.evaluations());
        return details;
    }

    private static String digits(double x) {
        return String.format(java.util.Locale.ROOT, "%.8f", x);
    }

    private static double[] count(double[] values) {
        return IntStream.range(0, values.length).asDoubleStream().toArray();
    }

    private static double[] positive(double[] values) {
        return Arrays.stream(values).map(v -> Math.max(v, 1e-30)).toArray();
    }

    private static BufferedImage map(Field potential, Search search) {
        BufferedImage image = Picture.signed(potential, 0.35, 380);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(new Color(0x111111));
        double[] truth = SourceLocalisation.truePositions();
        for (int s = 0; 2 * s < truth.length; s++) {
            Path2D way = new Path2D.Double();
            double x = 0;
            double y = 0;
            for (int k = 0; k < search.path().size(); k++) {
                x = pixel(search.path().get(k)[2 * s], image.getWidth());
                y = image.getHeight() - pixel(search.path().get(k)[2 * s + 1], image.getHeight());
                if (k == 0) {
                    way.moveTo(x, y);
                    graphics.draw(new Line2D.Double(x - 4, y - 4, x + 4, y + 4));
                    graphics.draw(new Line2D.Double(x - 4, y + 4, x + 4, y - 4));
                } else {
                    way.lineTo(x, y);
                }
            }
            graphics.setStroke(new BasicStroke(1.5f));
            graphics.draw(way);
            graphics.fill(new Ellipse2D.Double(x - 3, y - 3, 6, 6));
            double tx = pixel(truth[2 * s], image.getWidth());
            double ty = image.getHeight() - pixel(truth[2 * s + 1], image.getHeight());
            graphics.draw(new Ellipse2D.Double(tx - 9, ty - 9, 18, 18));
        }
        graphics.dispose();
        return image;
    }

    private static double pixel(double x, int size) {
        return (x + 1) / 2 * size;
    }
}
