package org.isotrope.autodiff.learn;

import java.util.random.RandomGenerator;

/**
 * Another model times {@code u(r/c)}, {@code u(x) = 1 − (p+1)(p+2)/2 xᵖ + p(p+2) xᵖ⁺¹ − p(p+1)/2 xᵖ⁺²}.
 *
 * @param model the other model
 * @param order p
 */
record EnvelopedModel(RadialModel model, int order) implements RadialModel {
    EnvelopedModel {
        if (order < 1) {
            throw new IllegalArgumentException("order is " + order + "; it had to be at least 1");
        }
    }

    private double envelope(double r) {
        double x = r / model.cutoff();
        double p = order;
        return 1 - (p + 1) * (p + 2) / 2 * Math.pow(x, p) + p * (p + 2) * Math.pow(x, p + 1)
                - p * (p + 1) / 2 * Math.pow(x, p + 2);
    }

    private double[] enveloped(double[] r, double[] values) {
        double[] product = new double[values.length];
        for (int k = 0; k < r.length; k++) {
            product[k] = envelope(r[k]) * values[k];
        }
        return product;
    }

    @Override
    public double cutoff() {
        return model.cutoff();
    }

    @Override
    public int parameters() {
        return model.parameters();
    }

    @Override
    public double[] initial(RandomGenerator random) {
        return model.initial(random);
    }

    @Override
    public void values(double[] p, double[] r, double[] values) {
        model.values(p, r, values);
        for (int k = 0; k < r.length; k++) {
            values[k] *= envelope(r[k]);
        }
    }

    @Override
    public void pullback(double[] p, double[] r, double[] valuesAdjoint, double[] parametersAdjoint) {
        model.pullback(p, r, enveloped(r, valuesAdjoint), parametersAdjoint);
    }

    @Override
    public void pullbackTangent(
            double[] p, double[] pTangent, double[] r, double[] valuesAdjoint, double[] parametersAdjointTangent) {
        model.pullbackTangent(p, pTangent, r, enveloped(r, valuesAdjoint), parametersAdjointTangent);
    }

    @Override
    public boolean isLinear() {
        return model.isLinear();
    }

    @Override
    public String toString() {
        return model + " in an envelope of order " + order;
    }
}
