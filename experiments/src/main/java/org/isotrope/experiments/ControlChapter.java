package org.isotrope.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.isotrope.grids.Field;

/** A stirring that steers an advected blob onto a target. */
final class ControlChapter {
    private static final String NAME = "control";
    private static final int ITERATIONS = 120;

    private ControlChapter() {}

    static Chapter run(Settings settings) {
        OptimalControl problem = new OptimalControl(settings.problemNodes());
        List<OptimalControl.Outcome> results = new ArrayList<>();
        Progress.show(NAME, -1, progress -> results.add(problem.solve(ITERATIONS, progress)));
        OptimalControl.Outcome outcome = results.getFirst();
        List<Check> checks = List.of(new Check(NAME, "final mismatch over that without stirring", outcome.mismatch(),
                settings.isPaperProblems() ? 0.01 : Double.NaN));

        Page page = new Page();
        page.heading("Optimal control: a blob steered onto a target");
        page.paragraph("Four whirls carry a blob about and stretch it. A stirring w that varies in space and time is"
                + " sought so that after " + OptimalControl.STEPS + " steps the blob lies on its target, with little"
                + " effort; the stirring moves the blob and can neither add to it nor take from it. L-BFGS lowers the"
                + " squared mismatch at the end plus a small multiple of ∫∫|w|², differentiated through all steps in "
                + outcome.stirring().size() + " vector fields, at first in the norm of H⁻¹, in which a blob feels a"
                + " target that it does not touch. The distance to the target is then "
                + Check.brief(100 * outcome.mismatch()) + " % of what it is without stirring.");
        strip(page, "Left to the whirls", outcome.without(), problem.times());
        strip(page, "Stirred", outcome.with(), problem.times());
        page.subheading("The stirring");
        List<String> pictures = new ArrayList<>();
        for (int j = 0; j < outcome.stirring().size(); j += 2) {
            Field under = outcome.with().get(j / 2);
            pictures.add(Page.picture(Picture.arrows(under, 1, outcome.stirring().get(j), 192),
                    "t = " + Check.brief(OptimalControl.knots()[j]) + ", over the blob"));
        }
        page.row(pictures.toArray(String[]::new));
        page.row(Page.picture(Picture.heat(problem.target(), 0, ColourMap.SEQUENTIAL, 0, 1, 192), "The target."),
                Page.chart("Mismatch and effort together after every iteration of either search.", () -> new Chart(
                        "Steering by L-BFGS", "iteration", "loss").logarithmicY().bare()
                                .line("mismatch in H⁻¹", Chart.OTHER, count(0, outcome.far()), outcome.far())
                                .line("plain mismatch", Chart.LEARNED, count(outcome.far().length, outcome.near()),
                                        outcome.near())),
                Page.scale(ColourMap.SEQUENTIAL, 0, 1, "u"));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("mismatch over that without stirring", outcome.mismatch());
        details.put("loss after every iteration, in the far norm", outcome.far());
        details.put("loss after every iteration, plain", outcome.near());
        details.put("evaluations", outcome.evaluations());
        details.put("steps", OptimalControl.STEPS);
        return new Chapter(page, checks, details);
    }

    private static double[] count(int from, double[] values) {
        return IntStream.range(from, from + values.length).asDoubleStream().toArray();
    }

    private static void strip(Page page, String title, List<Field> fields, double[] times) {
        page.subheading(title);
        List<String> pictures = new ArrayList<>();
        for (int k = 0; k < fields.size(); k++) {
            pictures.add(Page.picture(Picture.heat(fields.get(k), 0, ColourMap.SEQUENTIAL, 0, 1, 192),
                    "t = " + Check.brief(times[k])));
        }
        page.row(pictures.toArray(String[]::new));
    }
}
