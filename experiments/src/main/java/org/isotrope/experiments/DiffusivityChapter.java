package org.isotrope.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;

/** A diffusivity that varies in space, from a noisy movie. */
final class DiffusivityChapter {
    private static final String NAME = "diffusivity";
    private static final double NOISE = 0.01;
    private static final int ITERATIONS = 100;

    private DiffusivityChapter() {}

    static Chapter run(Settings settings) {
        // five eighths of the nodes of the other problems: an explicit step shrinks with the square of the cell
        DiffusivityInversion problem =
                new DiffusivityInversion(5 * settings.problemNodes() / 8, NOISE, settings.seed());
        List<DiffusivityInversion.Found> results = new ArrayList<>();
        Progress.show(NAME, -1, progress -> results.add(problem.find(ITERATIONS, progress)));
        DiffusivityInversion.Found found = results.getFirst();
        boolean barred = settings.isPaperProblems();
        Field one = Fields.automatic().like(found.k()).fill(1);
        List<Check> checks = List.of(
                Check.of(NAME, "relative error of k = 1, the start", problem.error(one)),
                new Check(NAME, "relative error of k(x)", found.error(), barred ? 0.05 : Double.NaN));

        Page page = new Page();
        page.heading("Diffusivity: k(x) from a noisy movie");
        page.paragraph("Spots spread by ∂u/∂t = ∇·(k∇u) between walls without flux, where k varies from place to place."
                + " The movie has " + problem.movie().size() + " frames with " + Check.brief(100 * NOISE)
                + " % of normal noise, the first one included. Sought are ln k and the initial state, a number each for"
                + " every node, by L-BFGS on the squared error of all frames with a penalty on slopes, differentiated"
                + " through every time step.");
        double low = 0.2;
        double high = 1.6;
        Field off = Fields.automatic().like(found.k());
        Arithmetic.combine(-1, problem.truth(), found.k(), off);
        double size = 0.15;
        page.row(Page.heat(Picture.heat(problem.truth(), 0, ColourMap.SEQUENTIAL, low, high, 256),
                        ColourMap.SEQUENTIAL, low, high, "True k."),
                Page.heat(Picture.heat(found.k(), 0, ColourMap.SEQUENTIAL, low, high, 256),
                        ColourMap.SEQUENTIAL, low, high, "Found, off by " + Check.brief(100 * found.error()) + " %."),
                Page.heat(Picture.signed(off, size, 256), ColourMap.DIVERGING, -size, size, "Found less true."));
        List<String> strip = new ArrayList<>();
        double span = Picture.size(problem.movie().getFirst());
        for (int k = 0; k < 4; k++) {
            int f = k * (problem.movie().size() - 1) / 3;
            strip.add(Page.picture(Picture.signed(problem.movie().get(f), span / (1 + k), 192),
                    "u at t = " + Check.brief(problem.times()[f]) + ", as measured"
                            + (k == 0 ? "." : ", colours " + (k + 1) + " times as strong.")));
        }
        page.row(strip.toArray(String[]::new));
        page.row(Page.chart("Loss after every iteration. Noise alone would leave the grey line.", () -> new Chart(
                "Learning by L-BFGS", "iteration", "loss").logarithmicY().bare()
                        .line("loss", Chart.LEARNED,
                                IntStream.range(0, found.history().length).asDoubleStream().toArray(),
                                found.history())
                        .line("noise", Chart.TRUE, new double[] {0, found.history().length - 1.0},
                                new double[] {1e3 * NOISE * NOISE, 1e3 * NOISE * NOISE})));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("noise", NOISE);
        details.put("relative error", found.error());
        details.put("loss after every iteration", found.history());
        details.put("evaluations", found.evaluations());
        details.put("times", problem.times());
        return new Chapter(page, checks, details);
    }
}
