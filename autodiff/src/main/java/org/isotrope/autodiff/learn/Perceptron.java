package org.isotrope.autodiff.learn;

import java.util.random.RandomGenerator;

/** See {@link RadialModel#perceptron}. Parameters: w, b, v, one each a hidden unit, then a, then the value at r = 0. */
record Perceptron(int hidden, double smallest, double cutoff) implements RadialModel {
    Perceptron {
        if (hidden < 1) {
            throw new IllegalArgumentException("number of hidden units is " + hidden + "; it had to be at least 1");
        }
        if (!(smallest > 0)) {
            throw new IllegalArgumentException("smallest radius is " + smallest + "; it had to be positive");
        }
        LinearModel.requireCutoff(cutoff, smallest);
    }

    @Override
    public int parameters() {
        return 3 * hidden + 2;
    }

    @Override
    public double[] initial(RandomGenerator random) {
        double[] p = new double[parameters()];
        for (int j = 0; j < hidden; j++) {
            // kinks spread over the whole range of s
            double slope = (1 + 2 * random.nextDouble()) * (random.nextBoolean() ? 1 : -1);
            p[j] = slope;
            p[hidden + j] = -slope * (2 * (j + random.nextDouble()) / hidden - 1);
            p[2 * hidden + j] = random.nextGaussian() / Math.sqrt(hidden);
        }
        return p;
    }

    private double feature(double r) {
        return 2 * Math.log(r / smallest) / Math.log(cutoff / smallest) - 1;
    }

    @Override
    public void values(double[] p, double[] r, double[] values) {
        for (int k = 0; k < r.length; k++) {
            if (r[k] == 0) {
                values[k] = p[3 * hidden + 1];
                continue;
            }
            double s = feature(r[k]);
            double sum = p[3 * hidden];
            for (int j = 0; j < hidden; j++) {
                sum += p[2 * hidden + j] * Math.tanh(p[j] * s + p[hidden + j]);
            }
            values[k] = sum;
        }
    }

    @Override
    public void pullback(double[] p, double[] r, double[] valuesAdjoint, double[] parametersAdjoint) {
        for (int k = 0; k < r.length; k++) {
            double adjoint = valuesAdjoint[k];
            if (r[k] == 0) {
                parametersAdjoint[3 * hidden + 1] += adjoint;
                continue;
            }
            double s = feature(r[k]);
            parametersAdjoint[3 * hidden] += adjoint;
            for (int j = 0; j < hidden; j++) {
                double unit = Math.tanh(p[j] * s + p[hidden + j]);
                double slope = adjoint * p[2 * hidden + j] * (1 - unit * unit);
                parametersAdjoint[2 * hidden + j] += adjoint * unit;
                parametersAdjoint[j] += slope * s;
                parametersAdjoint[hidden + j] += slope;
            }
        }
    }

    /** With z = w s + b, u = tanh z: R = Σ v u, so {@code ∂R/∂v = u}, {@code ∂R/∂b = v u′}, {@code ∂R/∂w = v u′ s}. */
    @Override
    public void pullbackTangent(
            double[] p, double[] pTangent, double[] r, double[] valuesAdjoint, double[] parametersAdjointTangent) {
        for (int k = 0; k < r.length; k++) {
            if (r[k] == 0) {
                continue;
            }
            double s = feature(r[k]);
            for (int j = 0; j < hidden; j++) {
                double unit = Math.tanh(p[j] * s + p[hidden + j]);
                double slope = 1 - unit * unit;
                double z = pTangent[j] * s + pTangent[hidden + j];
                double v = p[2 * hidden + j];
                double inner = valuesAdjoint[k] * slope * (pTangent[2 * hidden + j] - 2 * v * unit * z);
                parametersAdjointTangent[2 * hidden + j] += valuesAdjoint[k] * slope * z;
                parametersAdjointTangent[hidden + j] += inner;
                parametersAdjointTangent[j] += inner * s;
            }
        }
    }

    @Override
    public boolean isLinear() {
        return false;
    }

    @Override
    public String toString() {
        return "perceptron 1-" + hidden + "-1";
    }
}
