package org.isotrope.experiments;

import static org.isotrope.experiments.Check.show;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.isotrope.experiments.Electrostatics.DescentFit;
import org.isotrope.experiments.Electrostatics.Law;
import org.isotrope.experiments.Electrostatics.LinearFit;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;

/** Both operators learned from one sample: free shells, splines, and a perceptron. */
final class ElectrostaticsChapter {
    private static final String NAME = "electrostatics";
    private static final int WIDTH = 252;
    private static final Comparator<DescentFit> BY_ERROR = Comparator.comparingDouble(DescentFit::sampleError);

    private final Electrostatics experiment;
    private final Settings settings;
    private final boolean barred;
    private final Page page = new Page();
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, Object> details = new LinkedHashMap<>();

    private ElectrostaticsChapter(Electrostatics experiment, Settings settings, boolean barred) {
        this.experiment = experiment;
        this.settings = settings;
        this.barred = barred;
    }

    /**
     * Runs the experiment.
     *
     * @param experiment sample and truth
     * @param barred whether the bars are meant for this sample and these settings
     */
    static Chapter run(Electrostatics experiment, Settings settings, boolean barred) {
        ElectrostaticsChapter chapter = new ElectrostaticsChapter(experiment, settings, barred);
        chapter.write();
        return new Chapter(chapter.page, chapter.checks, chapter.details);
    }

    private void write() {
        page.heading("Electrostatics: two operators learned from one sample");
        page.paragraph(experiment.hasTruth()
                ? "The sample is one charge density, the potential it makes, and the field it makes. The true operators"
                        + " are convolutions with 1/(4πr) and r̂/(4πr²), zero at r = 0 and beyond the cutoff "
                        + show(settings.cutoff()) + ". Each learned operator is a convolution whose radial function has"
                        + " parameters: one free value a shell of grid offsets of equal length, or cubic splines in ln"
                        + " r, or a perceptron. What it has learned is then tried on " + Electrostatics.UNSEEN
                        + " random charge densities that it has not seen."
                : "The sample is a charge density and what was measured of its potential or field. The true operators"
                        + " are not known, so learned operators are held against the sample alone.");
        List<LinearFit> free = new ArrayList<>();
        for (Law law : experiment.laws()) {
            Progress.show("least squares, " + law.label, 2, progress -> {
                free.add(experiment.fitFreeShells(law));
                progress.step();
            });
        }
        details.put("largest magnitude of the charge density", Picture.size(experiment.charge()));
        pictures(free);
        for (LinearFit fit : free) {
            law(fit);
        }
    }

    private void pictures(List<LinearFit> fits) {
        Field charge = experiment.charge();
        double size = Picture.size(charge);
        List<String> figures = new ArrayList<>();
        figures.add(Page.heat(Picture.signed(charge, size, WIDTH), ColourMap.DIVERGING, -size, size,
                "The charge density. Red is positive, blue negative."));
        for (LinearFit fit : fits) {
            Field truth = experiment.output(fit.law());
            String known = experiment.hasTruth() ? "true" : "measured";
            if (fit.law().out == FieldType.SCALAR) {
                double most = Picture.size(truth);
                figures.add(Page.heat(Picture.signed(truth, most, WIDTH), ColourMap.DIVERGING, -most, most,
                        "The " + known + " potential."));
                figures.add(Page.heat(Picture.signed(fit.prediction(), most, WIDTH), ColourMap.DIVERGING, -most, most,
                        "The potential by the learned operator (free shells)."));
                Field error = Fields.automatic().like(truth);
                Arithmetic.combine(-1, truth, fit.prediction(), error);
                double worst = Picture.size(error);
                figures.add(Page.heat(Picture.signed(error, worst, WIDTH), ColourMap.DIVERGING, -worst, worst,
                        "Their difference: mind the scale."));
            } else {
                figures.add(Page.picture(Picture.arrows(charge, size, truth, WIDTH),
                        "The " + known + " field over the charge; lengths go with the square root of its strength."));
                figures.add(Page.picture(Picture.arrows(charge, size, fit.prediction(), WIDTH),
                        "The field by the learned operator (free shells)."
                                + (experiment.hasTruth() ? " It points away from positive charge." : "")));
                figures.add(fieldError(truth, fit.prediction()));
            }
        }
        page.row(figures.toArray(String[]::new));
    }

    /** How long the difference of two fields is at every node. */
    private static Field distance(Field truth, Field prediction) {
        Field size = Fields.automatic().precision(truth.precision()).scalar(truth.grid());
        for (long i = 0; i < size.count(); i++) {
            double squares = 0;
            for (int c = 0; c < truth.components(); c++) {
                double error = prediction.getFlat(i + c * size.count()) - truth.getFlat(i + c * size.count());
                squares += error * error;
            }
            size.setFlat(i, Math.sqrt(squares));
        }
        return size;
    }

    private static double largestError(Field truth, Field prediction) {
        return Picture.size(distance(truth, prediction));
    }

    private static String fieldError(Field truth, Field prediction) {
        Field size = distance(truth, prediction);
        double worst = Picture.size(size);
        return Page.heat(Picture.heat(size, 0, ColourMap.SEQUENTIAL, 0, worst, WIDTH), ColourMap.SEQUENTIAL, 0, worst,
                "How long the difference of the two is: mind the scale.");
    }

    /** Charge, learned potential and learned field side by side. */
    static BufferedImage glance(Electrostatics experiment) {
        Field charge = experiment.charge();
        List<BufferedImage> parts = new ArrayList<>();
        parts.add(Picture.signed(charge, Picture.size(charge), 294));
        for (Law law : experiment.laws()) {
            Field output = experiment.fitFreeShells(law).prediction();
            parts.add(law.out == FieldType.SCALAR
                    ? Picture.signed(output, Picture.size(output), 294)
                    : Picture.arrows(charge, Picture.size(charge), output, 294));
        }
        return Picture.beside(parts, 12);
    }

    private void law(LinearFit free) {
        Law law = free.law();
        LinearFit smooth = experiment.fitSmooth(law, settings.splines());
        List<DescentFit> descents = new ArrayList<>();
        Progress.show("perceptron, " + law.label, (long) settings.starts() * (settings.steps() + 1), progress -> {
            for (int start = 0; start < settings.starts(); start++) {
                descents.add(experiment.descend(law, settings.hidden(), settings.steps(), settings.seed() + start,
                        progress));
            }
        });
        DescentFit worst = descents.stream().max(BY_ERROR).orElseThrow();
        checks(free, smooth, worst);
        page.subheading("The " + law.label + ", l = " + (law == Law.POTENTIAL ? 0 : 1));
        page.row(radialFunctions(free, smooth, worst), losses(descents));
        if (experiment.hasTruth()) {
            compare(free, smooth, worst);
        }
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("free shells", numbers(free));
        numbers.put("splines", numbers(smooth));
        numbers.put("perceptron", descents.stream().map(ElectrostaticsChapter::numbers).toList());
        if (experiment.hasTruth()) {
            Map<String, Object> deviations = new LinkedHashMap<>();
            deviations.put("free shells", worst(free.learned(), free, free.open()));
            deviations.put("splines", worst(smooth.learned(), free, free.open()));
            deviations.put("worst perceptron", worst(worst.learned(), free, free.open()));
            numbers.put("largest relative deviation from the true radial function where determined", deviations);
        }
        numbers.put("largest magnitude of the output", Picture.size(experiment.output(law)));
        numbers.put("largest error of the output", largestError(experiment.output(law), free.prediction()));
        details.put(law.label, numbers);
    }

    private void checks(LinearFit free, LinearFit smooth, DescentFit worst) {
        String of = " of the " + free.law().label;
        checks.add(check("free shells, error on the sample" + of, free.sampleError(), 1e-10));
        if (experiment.hasTruth()) {
            checks.add(check("free shells, worst error on " + Electrostatics.UNSEEN + " unseen densities" + of,
                    free.worstUnseen(), 1e-10));
        }
        checks.add(Check.of(NAME, "free shells, rank" + of + ", of " + free.radii().length + " shells",
                free.solution().rank()));
        checks.add(Check.of(NAME, smooth.model() + ", error on the sample" + of, smooth.sampleError()));
        checks.add(check("perceptron, worst error on the sample of " + settings.starts() + " starts" + of,
                worst.sampleError(), 0.02));
    }

    private Check check(String what, double value, double bar) {
        return new Check(NAME, what, value, barred ? bar : Double.NaN);
    }

    private String radialFunctions(LinearFit free, LinearFit smooth, DescentFit perceptron) {
        boolean[] open = free.open();
        double[] radii = free.radii();
        return Page.chart("The radial function on the shells of the grid: what was learned from the sample"
                + (experiment.hasTruth() ? " lies on the true " + free.law().formula + "." : "."), () -> {
            Chart chart = new Chart("Radial function of the " + free.law().label, "r", "R(r)").logarithmicX();
            boolean positive = Arrays.stream(free.learned()).skip(1).allMatch(v -> v > 0)
                    && Arrays.stream(perceptron.learned()).skip(1).allMatch(v -> v > 0)
                    && Arrays.stream(smooth.learned()).skip(1).allMatch(v -> v > 0);
            if (positive) {
                chart.logarithmicY();
            }
            double[] above = Radii.pick(radii, s -> s > 0);
            if (experiment.hasTruth()) {
                chart.line("true", Chart.TRUE, above, Radii.pick(free.truth(), s -> s > 0));
            }
            chart.points("free shells", Chart.LEARNED, Radii.pick(radii, s -> s > 0 && !open[s]),
                    Radii.pick(free.learned(), s -> s > 0 && !open[s]));
            chart.crosses("left open", Chart.OPEN, Radii.pick(radii, s -> s > 0 && open[s]),
                    Radii.pick(free.learned(), s -> s > 0 && open[s]));
            if (!experiment.hasTruth()) {
                chart.line("splines", Chart.TRUE, above, Radii.pick(smooth.learned(), s -> s > 0));
            }
            return chart.crosses("perceptron", Chart.OTHER, above, Radii.pick(perceptron.learned(), s -> s > 0));
        });
    }

    private static String losses(List<DescentFit> descents) {
        List<DescentFit> sorted = descents.stream().sorted(BY_ERROR).toList();
        return Page.chart("Normalised absolute error of the perceptron on the sample, for the worst and the best of "
                + descents.size() + " initialisations. The steps shrink as half a cosine.", () -> {
            Chart chart = new Chart("Learning by Adam", "step", "error").logarithmicY();
            double[] worst = sorted.getLast().history();
            chart.line("worst start", Chart.OTHER, steps(worst), worst);
            if (sorted.size() > 1) {
                double[] best = sorted.getFirst().history();
                chart.line("best start", Chart.LEARNED, steps(best), best);
            }
            return chart;
        });
    }

    private static double[] steps(double[] history) {
        return IntStream.range(0, history.length).asDoubleStream().toArray();
    }

    private void compare(LinearFit free, LinearFit smooth, DescentFit perceptron) {
        boolean[] open = free.open();
        String centre = open[0]
                ? "The value at r = 0 does not occur in the output, so the sample leaves it open; it is kept at "
                        + show(free.learned()[0]) + "."
                : "At r = 0 it has learned " + show(free.learned()[0]) + ", where the true one is 0.";
        page.paragraph("With free shells, the learned radial function agrees with the true " + free.law().formula
                + " on every radius that the sample determines, to " + show(worst(free.learned(), free, open))
                + " relative at worst. " + centre + " The splines deviate by at most "
                + show(worst(smooth.learned(), free, open)) + ", and the worst of the perceptrons by at most "
                + show(worst(perceptron.learned(), free, open))
                + ": that one fits the sample as a whole, no single radius.");
    }

    private static double worst(double[] learned, LinearFit free, boolean[] open) {
        return Radii.worst(learned, free.truth(), s -> !open[s]);
    }

    /** All numbers of a fit, by name. */
    static Map<String, Object> numbers(LinearFit fit) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("model", fit.model().toString());
        numbers.put("radii", fit.radii());
        numbers.put("learned", fit.learned());
        numbers.put("true", fit.truth());
        numbers.put("rank", fit.solution().rank());
        numbers.put("unknowns", fit.solution().unknowns());
        numbers.put("singular values", fit.solution().singularValues());
        numbers.put("limit of singular values", fit.solution().limit());
        numbers.put("undetermined unknowns", fit.solution().undetermined());
        numbers.put("error on the sample", fit.sampleError());
        numbers.put("errors on unseen densities", fit.unseenErrors());
        return numbers;
    }

    private static Map<String, Object> numbers(DescentFit fit) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("learned", fit.learned());
        numbers.put("error on the sample", fit.sampleError());
        numbers.put("error at every step", fit.history());
        return numbers;
    }
}
