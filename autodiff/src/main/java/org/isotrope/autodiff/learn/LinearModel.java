package org.isotrope.autodiff.learn;

import java.util.random.RandomGenerator;

/** {@code R = Σ p_n φ_n(r)} for r > 0, and the last parameter at r = 0. */
record LinearModel(RadialBasis basis) implements RadialModel {
    static void requireCount(int count, int least) {
        if (count < least) {
            throw new IllegalArgumentException("number of functions is " + count + "; it had to be at least " + least);
        }
    }

    static void requireCutoff(double cutoff, double low) {
        if (!(cutoff > low) || Double.isInfinite(cutoff)) {
            throw new IllegalArgumentException("cutoff is " + cutoff + "; it had to be finite and above " + low);
        }
    }

    @Override
    public double cutoff() {
        return basis.cutoff();
    }

    @Override
    public int parameters() {
        return basis.count() + 1;
    }

    @Override
    public double[] initial(RandomGenerator random) {
        return new double[parameters()];
    }

    /** What each parameter is multiplied by at each distance. */
    double[][] table(double[] r) {
        double[][] table = new double[r.length][parameters()];
        for (int k = 0; k < r.length; k++) {
            if (r[k] == 0) {
                table[k][basis.count()] = 1;
            } else {
                basis.at(r[k], table[k]);
            }
        }
        return table;
    }

    @Override
    public void values(double[] p, double[] r, double[] values) {
        double[] functions = new double[basis.count()];
        for (int k = 0; k < r.length; k++) {
            values[k] = 0;
            if (r[k] == 0) {
                values[k] = p[functions.length];
                continue;
            }
            basis.at(r[k], functions);
            for (int n = 0; n < functions.length; n++) {
                values[k] += p[n] * functions[n];
            }
        }
    }

    @Override
    public void pullback(double[] p, double[] r, double[] valuesAdjoint, double[] parametersAdjoint) {
        double[] functions = new double[basis.count()];
        for (int k = 0; k < r.length; k++) {
            if (r[k] == 0) {
                parametersAdjoint[functions.length] += valuesAdjoint[k];
                continue;
            }
            basis.at(r[k], functions);
            for (int n = 0; n < functions.length; n++) {
                parametersAdjoint[n] += valuesAdjoint[k] * functions[n];
            }
        }
    }

    @Override
    public boolean isLinear() {
        return true;
    }

    @Override
    public String toString() {
        return basis.toString();
    }
}
