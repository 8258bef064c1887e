package org.isotrope.experiments;

import java.math.BigDecimal;
import java.math.MathContext;
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

    /** At most three digits, without zeros at the end. */
    static String brief(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : Double.toString(value);
        }
        BigDecimal digits = new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
        double size = Math.abs(value);
        if (size >= 0.001 && size < 1e5) {
            return digits.toPlainString();
        }
        return digits.unscaledValue().toString().length() == 1
                ? String.format(Locale.ROOT, "%.0e", value).replace("e-0", "e-").replace("e+0", "e")
                : String.format(Locale.ROOT, "%.1e", value).replace("e-0", "e-").replace("e+0", "e");
    }

    static String show(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e6) {
            return Long.toString((long) value);
        }
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 0.001 && size < 1e4 ? "%.4f" : "%.2e", value);
    }
}
