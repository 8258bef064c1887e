package org.isotrope.jmh;

import java.util.Locale;

/**
 * A promise and what became of it.
 *
 * @param workload in words
 * @param demand the bar in words
 * @param measured what was measured, with its unit
 * @param reference what it is held against, of the same run
 * @param value what the limit is for: a ratio or an amount; not a number where something was not measured
 * @param limit the bar
 * @param atLeast whether the value has to be at least or at most the limit
 */
record Bar(
        String workload, String demand, String measured, String reference, double value, double limit, boolean atLeast) {
    /** met, missed or not measured. */
    String verdict() {
        return Double.isNaN(value) ? "not measured" : (atLeast ? value >= limit : value <= limit) ? "met" : "missed";
    }

    /** Three digits. */
    static String number(double value) {
        return Double.isNaN(value) ? "–"
                : value >= 1000 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.3g", value);
    }

    /** Microseconds in the unit that suits them. */
    static String time(double micros) {
        return Double.isNaN(micros) ? "–" : micros >= 1000 ? number(micros / 1000) + " ms" : number(micros) + " µs";
    }
}
