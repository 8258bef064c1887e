package org.isotrope.experiments;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isotrope.experiments.Deconvolution.Trial;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Operators;

/** A vector field without its blur and noise. */
final class DeconvolutionChapter {
    private static final String NAME = "deconvolution";
    private static final double NOISE = 0.02;

    private DeconvolutionChapter() {}

    static Chapter run(Settings settings) {
        Deconvolution problem = new Deconvolution(settings.problemNodes(), NOISE, settings.seed());
        List<Trial> trials = new ArrayList<>();
        Progress.show(NAME, Deconvolution.weights(), progress -> trials.addAll(problem.trials(progress)));
        Trial chosen = Deconvolution.chosen(trials);
        Trial least = trials.getLast();
        Field closed = problem.closedForm(chosen.weight());
        Field difference = Fields.automatic().copy(closed);
        Arithmetic.addScaled(-1, chosen.found(), difference);
        double apart = Deconvolution.norm(difference) / Deconvolution.norm(closed);
        double before = problem.error(problem.data());
        boolean barred = settings.isPaperProblems();
        List<Check> checks = List.of(
                Check.of(NAME, "relative error of the blurred, noisy field", before),
                new Check(NAME, "relative error of the recovered field", chosen.error(), barred ? 0.15 : Double.NaN),
                new Check(NAME, "distance from the minimum in closed form", apart, barred ? 1e-6 : Double.NaN));

        Page page = new Page();
        page.heading("Deconvolution: a vector field without its blur and noise");
        page.paragraph("A Gaussian of deviation " + Check.brief(Deconvolution.SIGMA * settings.problemNodes())
                + " cells has blurred a field of whirls and sources, and normal noise of " + Check.brief(100 * NOISE)
                + " % has been added. The field that explains the data is sought with a penalty on slopes,"
                + " ∫|Av − d|² + λ∫|∇v|², by L-BFGS with gradients in the input of the blur. λ is the largest one that"
                + " leaves no more than the noise unexplained. On this periodic grid the minimum is also known in"
                + " closed form by Fourier transforms: the two agree to " + Check.show(apart) + ".");
        double size = Picture.size(curl(problem.truth()));
        page.row(picture("True field.", problem.truth(), size),
                picture("What was measured, off by " + percent(before) + ".", problem.data(), size),
                picture("Recovered, off by " + percent(chosen.error()) + ".", chosen.found(), size),
                picture("With the smallest λ, off by " + percent(least.error()) + ": noise is taken for field.",
                        least.found(), size),
                Page.scale(ColourMap.DIVERGING, -size, size, "curl of the field, under its arrows"));
        double[] weights = trials.stream().mapToDouble(Trial::weight).toArray();
        page.row(Page.chart("Error and residual for every λ. Where the residual meets the noise, at λ = "
                + Check.brief(chosen.weight()) + ", the error is close to its least, although the true field had no"
                + " say in the choice.", () -> new Chart("How much to smooth", "λ", "relative").logarithmicX()
                        .logarithmicY()
                        .line("residual over noise", Chart.OTHER, weights,
                                trials.stream().mapToDouble(Trial::residual).toArray())
                        .line("error over true field", Chart.LEARNED, weights,
                                trials.stream().mapToDouble(Trial::error).toArray())
                        .points("chosen", Chart.OPEN, new double[] {chosen.weight()},
                                new double[] {chosen.error()})));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("noise", NOISE);
        details.put("weights", weights);
        details.put("residuals over noise", trials.stream().mapToDouble(Trial::residual).toArray());
        details.put("errors", trials.stream().mapToDouble(Trial::error).toArray());
        details.put("iterations", trials.stream().mapToInt(Trial::iterations).toArray());
        details.put("chosen weight", chosen.weight());
        return new Chapter(page, checks, details);
    }

    private static Field curl(Field field) {
        return Operators.curl(field.grid(), Boundaries.all(Boundary.zero())).apply(field);
    }

    private static String percent(double x) {
        return Check.brief(100 * x) + " %";
    }

    private static String picture(String caption, Field field, double size) {
        BufferedImage image = Picture.arrows(curl(field), size, field, 256);
        return Page.picture(image, caption);
    }
}
