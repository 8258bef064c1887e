package org.isotrope.experiments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.isotrope.experiments.FractionalLaplacian.Learned;
import org.isotrope.grids.Field;

/** What radial learning finds of an operator outside the family. */
final class FractionalChapter {
    private static final String NAME = "fractional";

    private FractionalChapter() {}

    static Chapter run(Settings settings) {
        FractionalLaplacian problem = new FractionalLaplacian(settings.problemNodes());
        List<Learned> results = new ArrayList<>();
        Progress.show(NAME, 1, progress -> {
            results.add(problem.learn(settings.seed()));
            progress.step();
        });
        Learned learned = results.getFirst();
        double factor = learned.factor() * 2 * Math.PI;
        boolean barred = settings.isPaperProblems();
        List<Check> checks = List.of(
                new Check(NAME, "power of r in the tail, distance from -3", Math.abs(learned.power() + 3),
                        barred ? 0.1 : Double.NaN),
                Check.of(NAME, "relative error of the rate, on the sample", learned.sampleError()),
                new Check(NAME, "relative error of the rate, worst of 10 unseen samples", learned.unseenError(),
                        barred ? 0.05 : Double.NaN),
                new Check(NAME, "relative error after a run from an unseen state", learned.runError(),
                        barred ? 0.05 : Double.NaN));

        Page page = new Page();
        page.heading("Fractional diffusion: a kernel for the root of the Laplacian");
        page.paragraph("Anomalous diffusion obeys ∂u/∂t = −(−Δ)^½ u, which no stencil of a few nodes can be. Learning"
                + " is shown one state and its rate of change, made by Fourier transforms, and asked for a radial"
                + " kernel within 0.9. It finds R ∝ r^" + Check.brief(learned.power()) + " with " + Check.brief(factor)
                + " times the factor of the law of free space, 1/(2πr³): jumps of all lengths. What it cannot have is"
                + " the tail beyond its cutoff, which the longest waves feel, and the kink of |k| at the shortest"
                + " waves of the grid.");
        double[] radii = learned.operator().shells().radii();
        double[] values = learned.operator().values();
        int[] drawn = IntStream.range(1, radii.length).filter(s -> values[s] > 0).toArray();
        double[] r = Arrays.stream(drawn).mapToDouble(s -> radii[s]).toArray();
        double[] waves = IntStream.rangeClosed(1, settings.problemNodes() / 2)
                .mapToDouble(FractionalLaplacian::wavenumber).toArray();
        double[] gain = Arrays.stream(problem.symbol(learned.operator())).map(v -> -v).toArray();
        page.row(Page.chart("The learned kernel on every shell where it is positive, and the law that it was not"
                        + " told.", () -> new Chart("Kernel", "r", "R").logarithmicX().logarithmicY()
                                .line("1/(2πr³)", Chart.TRUE, r,
                                        Arrays.stream(r).map(x -> FractionalLaplacian.law(x)).toArray())
                                .points("learned", Chart.LEARNED, r,
                                        Arrays.stream(drawn).mapToDouble(s -> values[s]).toArray())),
                Page.chart("What the learned operator multiplies a wave by; the true one multiplies by |k|.",
                        () -> new Chart("Symbol along x", "|k|", "factor")
                                .line("|k|", Chart.TRUE, waves, waves)
                                .points("learned", Chart.LEARNED, waves, gain)));
        Field start = problem.sample(settings.seed() + 1);
        Field run = problem.run(learned.operator(), settings.seed() + 1);
        Field exact = problem.exact(settings.seed() + 1);
        double size = Picture.size(start);
        double end = Picture.size(exact);
        page.row(Page.heat(Picture.signed(start, size, 230), ColourMap.DIVERGING, -size, size,
                        "A state that learning never saw."),
                Page.heat(Picture.signed(run, end, 230), ColourMap.DIVERGING, -end, end, "At t = "
                        + Check.brief(FractionalLaplacian.END) + " with the learned operator."),
                Page.heat(Picture.signed(exact, end, 230), ColourMap.DIVERGING, -end, end,
                        "The same in closed form."));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("radii", radii);
        details.put("learned", values);
        details.put("power of the tail", learned.power());
        details.put("factor over that of free space", factor);
        details.put("wavenumbers", waves);
        details.put("symbol", gain);
        return new Chapter(page, checks, details);
    }
}
