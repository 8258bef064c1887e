package org.isotrope.kernels.spectral;

import org.isotrope.kernels.difference.DifferenceWeights;

/**
 * What differences along one axis make of {@code exp(iθj)}: the second one a real factor, the first one i times a real
 * factor.
 */
final class Symbols {
    /** As {@link #of} takes it for derivatives themselves. */
    static final int SPECTRAL = 0;

    private final double[] first;
    private final int[] firstOffsets;
    private final double[] second;
    private final int[] secondOffsets;
    private final double spacing;
    private final boolean spectral;

    private Symbols(double spacing, int accuracy) {
        this.spacing = spacing;
        spectral = accuracy == SPECTRAL;
        DifferenceWeights one = DifferenceWeights.centred(1, Math.max(2, accuracy));
        DifferenceWeights two = DifferenceWeights.centred(2, Math.max(2, accuracy));
        first = one.weights(spacing);
        firstOffsets = one.offsets();
        second = two.weights(spacing);
        secondOffsets = two.offsets();
    }

    /**
     * Symbols on a spacing.
     *
     * @param accuracy order of centred differences, or SPECTRAL
     */
    static Symbols of(double spacing, int accuracy) {
        return new Symbols(spacing, accuracy);
    }

    /** How far the second difference reaches. */
    static int reach(int accuracy) {
        return accuracy / 2;
    }

    /** Of the first difference, without the factor i; 0 at phase π, where the sign of the phase is not determined. */
    double first(double phase) {
        if (Math.abs(phase) == Math.PI) {
            return 0;
        }
        if (spectral) {
            return phase / spacing;
        }
        double sum = 0;
        for (int k = 0; k < first.length; k++) {
            sum += first[k] * Math.sin(firstOffsets[k] * phase);
        }
        return sum;
    }

    /** Of the second difference, 0 or negative. */
    double second(double phase) {
        if (spectral) {
            return -phase * phase / (spacing * spacing);
        }
        // weights add up to 0, and 1 − cos is 2 sin²: exact where the phase is small
        double sum = 0;
        for (int k = 0; k < second.length; k++) {
            double half = Math.sin(0.5 * secondOffsets[k] * phase);
            sum -= 2 * second[k] * half * half;
        }
        return sum;
    }
}
