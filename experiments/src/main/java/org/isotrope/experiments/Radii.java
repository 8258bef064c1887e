package org.isotrope.experiments;

import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Learned against true values of a radial function, shell by shell. */
final class Radii {
    private Radii() {}

    /** Entries of an array at chosen indices. */
    static double[] pick(double[] values, IntPredicate which) {
        return IntStream.range(0, values.length).filter(which).mapToDouble(s -> values[s]).toArray();
    }

    /** {@code learned / truth}, 1 where both are zero. */
    static double[] ratios(double[] learned, double[] truth) {
        double[] ratios = new double[learned.length];
        for (int s = 0; s < ratios.length; s++) {
            ratios[s] = learned[s] == truth[s] ? 1 : learned[s] / truth[s];
        }
        return ratios;
    }

    /** The largest relative deviation of learned from true values over chosen shells of nonzero truth. */
    static double worst(double[] learned, double[] truth, IntPredicate which) {
        return IntStream.range(0, learned.length).filter(s -> truth[s] != 0).filter(which)
                .mapToDouble(s -> Math.abs(learned[s] / truth[s] - 1)).max().orElse(0);
    }

    /** Radii of chosen shells as a list in words. */
    static String list(double[] radii, IntPredicate which) {
        String text = IntStream.range(0, radii.length).filter(which)
                .mapToObj(s -> radii[s] == 0 ? "0" : String.format(Locale.ROOT, "%.4f", radii[s]))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "none" : text;
    }
}
