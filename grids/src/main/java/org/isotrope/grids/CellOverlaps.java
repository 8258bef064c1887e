package org.isotrope.grids;

import java.util.Arrays;

/**
 * How the dual cells of one axis share themselves out among those of another: {@code |C_i ∩ C_j|}, divided by the width
 * of the receiving cell i. Entries of i are {@code start[i]} to {@code start[i + 1] − 1}.
 */
final class CellOverlaps {
    final int[] start;
    final int[] source;
    final double[] weight;

    private final double[] receiving;
    private final OutOfDomain outside;
    private final boolean periodic;

    CellOverlaps(Axis from, Axis to, OutOfDomain outside, int a) {
        this.outside = outside;
        this.periodic = to.isPeriodic();
        this.receiving = edges(to);
        if (from.isPeriodic() != periodic || periodic && Math.abs(from.period() / to.period() - 1) > 1e-12) {
            throw new IllegalArgumentException("axis " + a + " goes from " + from + " to " + to
                    + "; both had to be bounded, or periodic with the same period");
        }
        double[] giving = edges(from);
        int m = to.size();
        if (!periodic && outside == OutOfDomain.THROW) {
            double slack = 1e-12 * (receiving[m] - receiving[0]);
            if (giving[0] < receiving[0] - slack || giving[from.size()] > receiving[m] + slack) {
                throw new IllegalArgumentException("cells along axis " + a + " of the grid of inputs fill ["
                        + giving[0] + ", " + giving[from.size()] + "]; they had to lie in [" + receiving[0] + ", "
                        + receiving[m] + "], unless a rule says what becomes of the rest");
            }
        }
        int[] count = new int[m];
        int[][] cells = new int[m][4];
        double[][] shares = new double[m][4];
        double[] column = new double[m];
        for (int j = 0; j < from.size(); j++) {
            Arrays.fill(column, 0);
            double lost = share(giving[j], giving[j + 1], column);
            double total = Arrays.stream(column).sum();
            double width = from.weight(j) - lost;
            for (int i = 0; i < m; i++) {
                if (column[i] > 0 && width > 0) {
                    if (count[i] == cells[i].length) {
                        cells[i] = Arrays.copyOf(cells[i], 2 * count[i]);
                        shares[i] = Arrays.copyOf(shares[i], 2 * count[i]);
                    }
                    cells[i][count[i]] = j;
                    // so that rounding of the edges neither makes nor loses anything
                    shares[i][count[i]++] = column[i] * (width / total) / to.weight(i);
                }
            }
        }
        this.start = new int[m + 1];
        for (int i = 0; i < m; i++) {
            start[i + 1] = start[i] + count[i];
        }
        this.source = new int[start[m]];
        this.weight = new double[start[m]];
        for (int i = 0; i < m; i++) {
            System.arraycopy(cells[i], 0, source, start[i], count[i]);
            System.arraycopy(shares[i], 0, weight, start[i], count[i]);
        }
    }

    /** Where the dual cells meet, from the beginning of the first to the end of the last. */
    private static double[] edges(Axis axis) {
        int n = axis.size();
        double[] edges = new double[n + 1];
        for (int i = 1; i < n; i++) {
            edges[i] = axis.isUniform() || axis.centring() == Axis.Centring.NODE
                    ? 0.5 * axis.node(i - 1) + 0.5 * axis.node(i)
                    : axis.node(i) - 0.5 * axis.weight(i);
        }
        if (axis.isPeriodic()) {
            edges[0] = 0.5 * (axis.node(n - 1) - axis.period()) + 0.5 * axis.node(0);
            edges[n] = edges[0] + axis.period();
        } else {
            edges[0] = axis.node(0) - 0.5 * axis.weight(0);
            edges[n] = axis.node(n - 1) + 0.5 * axis.weight(n - 1);
        }
        return edges;
    }

    /** Adds a cell's overlaps and returns the length that was left out. */
    private double share(double low, double high, double[] column) {
        int m = column.length;
        double begin = receiving[0];
        double length = receiving[m] - begin;
        boolean wraps = periodic || outside == OutOfDomain.PERIODIC;
        if (wraps) {
            double first = Math.floor((low - begin) / length);
            double last = Math.floor((high - begin) / length);
            for (double image = first; image <= last; image++) {
                overlap(low - image * length, high - image * length, column);
            }
            return 0;
        }
        overlap(low, high, column);
        double below = Math.max(0, Math.min(high, begin) - low);
        double above = Math.max(0, high - Math.max(low, receiving[m]));
        if (outside == OutOfDomain.IGNORE) {
            return below + above;
        }
        column[0] += below;
        column[m - 1] += above;
        return 0;
    }

    private void overlap(double low, double high, double[] column) {
        int found = Arrays.binarySearch(receiving, low);
        int i = Math.max(0, found >= 0 ? found : -found - 2);
        for (; i < column.length && receiving[i] < high; i++) {
            column[i] += Math.max(0, Math.min(high, receiving[i + 1]) - Math.max(low, receiving[i]));
        }
    }
}
