package org.isotrope.autodiff.learn;

import java.util.random.RandomGenerator;

/** One parameter a shell. */
record FreeShells(double[] radii, double cutoff) implements RadialModel {
    @Override
    public int parameters() {
        return radii.length;
    }

    @Override
    public double[] initial(RandomGenerator random) {
        return new double[radii.length];
    }

    @Override
    public void values(double[] p, double[] r, double[] values) {
        requireShells(r);
        System.arraycopy(p, 0, values, 0, values.length);
    }

    @Override
    public void pullback(double[] p, double[] r, double[] valuesAdjoint, double[] parametersAdjoint) {
        requireShells(r);
        for (int k = 0; k < r.length; k++) {
            parametersAdjoint[k] += valuesAdjoint[k];
        }
    }

    private void requireShells(double[] r) {
        if (!java.util.Arrays.equals(r, radii)) {
            throw new IllegalArgumentException("distances are " + r.length + " other ones than the " + radii.length
                    + " radii of the shells; free values had to be asked for at these");
        }
    }

    @Override
    public boolean isLinear() {
        return true;
    }

    @Override
    public String toString() {
        return radii.length + " free shells";
    }
}
