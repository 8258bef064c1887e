package org.isotrope.experiments;

import static org.isotrope.experiments.Check.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.isotrope.experiments.Electrostatics.Law;
import org.isotrope.experiments.Electrostatics.LinearFit;

/** A cutoff so wide that one sample leaves radii open: which ones, and what a smooth basis does about it. */
final class WideChapter {
    private static final String NAME = "wide cutoff";

    private WideChapter() {}

    /**
     * Runs the experiment.
     *
     * @param experiment sample and truth, under the wide cutoff
     * @param barred whether the bars are meant for this sample and these settings
     */
    static Chapter run(Electrostatics experiment, Settings settings, boolean barred) {
        Page page = new Page();
        List<Check> checks = new ArrayList<>();
        Map<String, Object> details = new LinkedHashMap<>();
        page.heading("A wider cutoff: what one sample leaves open");
        page.paragraph("With the cutoff at " + show(settings.wideCutoff()) + " there are "
                + (experiment.shells().count() - 1) + " radii above 0. Least squares reports how many combinations of"
                + " their values the sample determines: the rank of the design matrix, which has a column a shell. What"
                + " it does not determine, least squares sets to the smallest values that fit.");
        for (Law law : experiment.laws()) {
            Progress.show("wide cutoff, " + law.label, 2, progress -> {
                LinearFit free = experiment.fitFreeShells(law);
                progress.step();
                LinearFit smooth = experiment.fitSmooth(law, settings.splines());
                progress.step();
                write(page, checks, free, smooth, experiment.hasTruth(), barred);
                Map<String, Object> numbers = new LinkedHashMap<>();
                Map<String, Object> shells = ElectrostaticsChapter.numbers(free);
                shells.put("undetermined radii", Radii.pick(free.radii(), open(free)));
                shells.put("radii that never occur", Radii.pick(free.radii(), absent(free)));
                numbers.put("free shells", shells);
                numbers.put("splines", ElectrostaticsChapter.numbers(smooth));
                details.put(law.label, numbers);
            });
        }
        return new Chapter(page, checks, details);
    }

    private static IntPredicate open(LinearFit fit) {
        boolean[] open = fit.open();
        return s -> open[s];
    }

    /** Shells of which the sample says nothing at all, not even in combination with others. */
    private static IntPredicate absent(LinearFit fit) {
        return s -> fit.solution().openness(s) > 1 - 1e-8;
    }

    private static void write(
            Page page, List<Check> checks, LinearFit free, LinearFit smooth, boolean hasTruth, boolean barred) {
        String of = " of the " + free.law().label;
        int shells = free.radii().length;
        checks.add(Check.of(NAME, "free shells, rank" + of + ", of " + shells + " shells", free.solution().rank()));
        checks.add(Check.of(NAME, "free shells, error on the sample" + of, free.sampleError()));
        if (hasTruth) {
            checks.add(Check.of(NAME, "free shells, worst error on unseen densities" + of, free.worstUnseen()));
            checks.add(new Check(NAME, smooth.model() + ", worst error on unseen densities" + of,
                    smooth.worstUnseen(), barred ? 1e-2 : Double.NaN));
        } else {
            checks.add(Check.of(NAME, smooth.model() + ", error on the sample" + of, smooth.sampleError()));
        }

        IntPredicate open = open(free);
        IntPredicate absent = absent(free);
        IntPredicate mixed = s -> open.test(s) && !absent.test(s);
        page.subheading("The " + free.law().label);
        String mixture = count(shells, mixed) == 0
                ? ""
                : ", and about " + count(shells, mixed) + " more only in combination with each other";
        page.paragraph("Rank " + free.solution().rank() + " of " + shells + " shells. The sample says nothing at all"
                + " about " + count(shells, absent) + " of them" + mixture + ". The other "
                + (shells - count(shells, open)) + " it determines.");
        page.row(values(free, smooth, hasTruth), singularValues(free));
        page.paragraph("Radii that do not occur: " + Radii.list(free.radii(), absent) + ".");
        if (count(shells, mixed) > 0) {
            page.folded("Radii that occur only in combination: " + count(shells, mixed),
                    Radii.list(free.radii(), mixed) + ".");
        }
        boolean centreOpen = smooth.solution().openness(smooth.solution().unknowns() - 1) > 0.5;
        page.paragraph("The splines in ln r have " + smooth.solution().unknowns() + " parameters, of which the sample"
                + " determines " + smooth.solution().rank()
                + (centreOpen ? " (not the value at r = 0, which does not occur in the output)" : "")
                + ": being smooth, they carry what is known at one radius over to its neighbours. Their error"
                + " on the sample is " + show(smooth.sampleError())
                + (hasTruth
                        ? ", and on unseen densities " + show(smooth.worstUnseen()) + " at worst, where free shells"
                                + " reach " + show(free.worstUnseen()) + "."
                        : "."));
    }

    private static long count(int shells, IntPredicate which) {
        return IntStream.range(0, shells).filter(which).count();
    }

    private static String values(LinearFit free, LinearFit smooth, boolean hasTruth) {
        IntPredicate open = open(free);
        double[] radii = free.radii();
        double[] shown = hasTruth ? Radii.ratios(free.learned(), free.truth()) : free.learned();
        double[] smoothShown = hasTruth ? Radii.ratios(smooth.learned(), free.truth()) : smooth.learned();
        String caption = hasTruth
                ? "Learned over true values: 1 is right. Free shells that the sample determines are right; where it"
                        + " leaves them open they are not, and the splines are."
                : "Learned values. Where the sample leaves free shells open, the splines go on smoothly.";
        return Page.chart(caption, () -> new Chart("Radial function of the " + free.law().label, "r",
                hasTruth ? "learned / true" : "R(r)")
                .line("splines", Chart.OTHER, Radii.pick(radii, s -> s > 0), Radii.pick(smoothShown, s -> s > 0))
                .points("determined", Chart.LEARNED, Radii.pick(radii, s -> s > 0 && !open.test(s)),
                        Radii.pick(shown, s -> s > 0 && !open.test(s)))
                .crosses("left open", Chart.OPEN, Radii.pick(radii, s -> s > 0 && open.test(s)),
                        Radii.pick(shown, s -> s > 0 && open.test(s))));
    }

    private static String singularValues(LinearFit free) {
        double[] values = free.solution().singularValues();
        double floor = values[0] * 1e-18;
        double[] numbers = IntStream.rangeClosed(1, values.length).asDoubleStream().toArray();
        double[] shown = Arrays.stream(values).map(v -> Math.max(v, floor)).toArray();
        int rank = free.solution().rank();
        return Page.chart("Singular values of the design matrix, columns scaled. Those below the limit count as zero;"
                + " exact zeros lie on the floor.", () -> new Chart("Rank " + rank + " of " + values.length, "number",
                "singular value").logarithmicY().bare()
                .points("determined", Chart.LEARNED, Radii.pick(numbers, k -> k < rank),
                        Radii.pick(shown, k -> k < rank))
                .crosses("zero", Chart.OPEN, Radii.pick(numbers, k -> k >= rank), Radii.pick(shown, k -> k >= rank))
                .line("limit", Chart.TRUE, new double[] {1, values.length},
                        new double[] {free.solution().limit(), free.solution().limit()}));
    }
}
