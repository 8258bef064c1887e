package org.isotrope.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.isotrope.grids.Field;

/** The beginning of a flow from its end. */
final class FlowChapter {
    private static final String NAME = "flow";
    private static final int ITERATIONS = 300;

    private FlowChapter() {}

    static Chapter run(Settings settings) {
        FlowInversion problem = new FlowInversion(settings.problemNodes());
        List<FlowInversion.Found> results = new ArrayList<>();
        Progress.show(NAME, -1, progress -> results.add(problem.find(ITERATIONS, progress)));
        FlowInversion.Found found = results.getFirst();
        boolean barred = settings.isPaperProblems();
        Field first = problem.truth().getFirst();
        List<Check> checks = List.of(
                Check.of(NAME, "final vorticity taken for the initial one, relative error",
                        FlowInversion.error(problem.truth().getLast(), first)),
                new Check(NAME, "relative error of the initial vorticity", found.initialError(),
                        barred ? 0.05 : Double.NaN),
                new Check(NAME, "relative error of the final vorticity", found.finalError(),
                        barred ? 1e-3 : Double.NaN));

        Page page = new Page();
        page.heading("Flow: the beginning from the end");
        page.paragraph("Whirls of both senses turn about each other in a periodic plane, stretch and wear down:"
                + " ∂ω/∂t = −∇·(uω) + νΔω with u the curl of a stream function that Fourier transforms give. Only the"
                + " vorticity at the end is known. L-BFGS seeks the vorticity at t = 0 that leads there, beginning from"
                + " the final one, differentiated through all steps of the nonlinear flow.");
        double size = Picture.size(first);
        strip(page, "The flow", problem.truth(), problem.times(), size);
        strip(page, "The flow that was found", found.frames(), problem.times(), size);
        page.row(Page.scale(ColourMap.DIVERGING, -size, size, "vorticity"));
        page.row(Page.chart("Squared error of the final vorticity over its square after every iteration.",
                () -> new Chart("Searching by L-BFGS", "iteration", "loss").logarithmicY().bare()
                        .line("loss", Chart.LEARNED,
                                IntStream.range(0, found.history().length).asDoubleStream().toArray(),
                                found.history())));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("relative error of the initial vorticity", found.initialError());
        details.put("relative error of the final vorticity", found.finalError());
        details.put("loss after every iteration", found.history());
        details.put("evaluations", found.evaluations());
        return new Chapter(page, checks, details);
    }

    private static void strip(Page page, String title, List<Field> fields, double[] times, double size) {
        page.subheading(title);
        List<String> pictures = new ArrayList<>();
        for (int k = 0; k < fields.size(); k++) {
            pictures.add(Page.picture(Picture.signed(fields.get(k), size, 200), "t = " + Check.brief(times[k])));
        }
        page.row(pictures.toArray(String[]::new));
    }
}
