package org.isotrope.autodiff.learn;

/** {@code √(2/c) sin(nπr/c)/r}, n = 1 … count. */
record BesselBasis(int count, double cutoff) implements RadialBasis {
    BesselBasis {
        LinearModel.requireCount(count, 1);
        LinearModel.requireCutoff(cutoff, 0);
    }

    @Override
    public void at(double r, double[] values) {
        double scale = Math.sqrt(2 / cutoff);
        for (int n = 1; n <= count; n++) {
            double k = n * Math.PI / cutoff;
            values[n - 1] = scale * (r == 0 ? k : Math.sin(k * r) / r);
        }
    }

    @Override
    public String toString() {
        return count + " Bessel functions";
    }
}
