package org.isotrope.grids;

import java.util.Locale;

/** What coordinates have to be, and how they are printed. */
final class Coordinates {
    private Coordinates() {}

    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.6g", value);
        // zeros before a decimal point, or without one, count
        return text.contains("e") || !text.contains(".") ? text : text.replaceFirst("\\.?0+$", "");
    }

    static void requireInterval(double low, double high) {
        if (!(low < high) || Double.isInfinite(high - low)) {
            throw new IllegalArgumentException("interval is [" + low + ", " + high
                    + "]; its ends had to be finite and increasing");
        }
    }

    static void requireCount(int n, int least) {
        if (n < least) {
            throw new IllegalArgumentException("number of nodes is " + n + "; it had to be at least " + least);
        }
    }

    static double[] requireIncreasing(double[] nodes) {
        for (int i = 0; i < nodes.length; i++) {
            if (!Double.isFinite(nodes[i])) {
                throw new IllegalArgumentException("node " + i + " is " + nodes[i] + "; it had to be finite");
            }
            if (i > 0 && !(nodes[i] > nodes[i - 1])) {
                throw new IllegalArgumentException("node " + i + " is " + nodes[i] + " after " + nodes[i - 1]
                        + "; nodes had to be strictly increasing");
            }
        }
        return nodes;
    }
}
