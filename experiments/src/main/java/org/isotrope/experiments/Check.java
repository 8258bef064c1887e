package org.isotrope.experiments;

import java.util.Locale;

/**
 * One number of a run beside its bar.
 *
 * @param experiment where it comes from
 * @param what it says
 * @param value the number
 * @param bar what it may be at most; NaN where there is none, or where the setting is not the one the bar is for
 */
record Check(String experiment, String what, double value, double bar) {
    static Check of(String experiment, String what, double value) {
        return new Check(experiment, what, value, Double.NaN);
    }

    boolean hasBar() {
        return !Double.isNaN(bar);
    }

    boolean holds() {
        return !hasBar() || value <= bar;
    }

    /** The number as tables show it: three digits, or all of a whole number. */
    String shown() {
        return show(value);
    }

    String verdict() {
        return !hasBar() ? "" : holds() ? "holds" : "MISSED";
    }

    static String show(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e6) {
            return Long.toString((long) value);
        }
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 0.001 && size < 1e4 ? "%.4f" : "%.2e", value);
    }
}
