package org.isotrope.autodiff.learn;

import java.util.Arrays;

/**
 * Cubic B-splines on equal intervals of r, or of ln r when the range begins above 0, by the recursion of Cox and de Boor
 * (C. de Boor, A Practical Guide to Splines, X). End knots are repeated, so the end functions are 1 at the ends.
 */
record SplineBasis(int count, double low, double cutoff) implements RadialBasis {
    private static final int DEGREE = 3;

    SplineBasis {
        LinearModel.requireCount(count, DEGREE + 1);
        LinearModel.requireCutoff(cutoff, low);
    }

    @Override
    public void at(double r, double[] values) {
        double s = low == 0 ? r / cutoff : Math.log(r / low) / Math.log(cutoff / low);
        int intervals = count - DEGREE;
        double x = Math.clamp(s, 0, 1) * intervals;
        int cell = Math.min((int) x, intervals - 1);
        double[] local = new double[DEGREE + 1];
        local[0] = 1;
        for (int degree = 1; degree <= DEGREE; degree++) {
            double carried = 0;
            for (int k = 0; k < degree; k++) {
                double left = knot(cell + k + 1 - degree, intervals);
                double right = knot(cell + k + 1, intervals);
                double share = local[k] / (right - left);
                local[k] = carried + (right - x) * share;
                carried = (x - left) * share;
            }
            local[degree] = carried;
        }
        Arrays.fill(values, 0, count, 0);
        System.arraycopy(local, 0, values, cell, DEGREE + 1);
    }

    private static double knot(int i, int intervals) {
        return Math.clamp(i, 0, intervals);
    }

    @Override
    public String toString() {
        return count + " cubic B-splines" + (low == 0 ? "" : " in ln r");
    }
}
