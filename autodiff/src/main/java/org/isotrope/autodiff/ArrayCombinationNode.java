package org.isotrope.autodiff;

/** {@code y = Σ c_k x_k} for arrays, {@code x̄_k += c_k ȳ}. */
record ArrayCombinationNode(double[] factors, ArrayVariable[] terms, ArrayVariable y) implements Node {
    @Override
    public void forward() {
        double[] sum = y.sharedValue();
        for (int i = 0; i < sum.length; i++) {
            sum[i] = 0;
            for (int k = 0; k < terms.length; k++) {
                sum[i] += factors[k] * terms[k].sharedValue()[i];
            }
        }
    }

    @Override
    public void backward() {
        for (int k = 0; k < terms.length; k++) {
            if (terms[k].isDifferentiable()) {
                add(factors[k], y.sharedGradient(), terms[k].sharedGradient());
            }
        }
    }

    @Override
    public void tangent() {
        double[] sum = y.sharedTangent();
        java.util.Arrays.fill(sum, 0);
        for (int k = 0; k < terms.length; k++) {
            if (terms[k].isDifferentiable()) {
                add(factors[k], terms[k].sharedTangent(), sum);
            }
        }
    }

    @Override
    public void backwardTangent() {
        for (int k = 0; k < terms.length; k++) {
            if (terms[k].isDifferentiable()) {
                add(factors[k], y.sharedGradientTangent(), terms[k].sharedGradientTangent());
            }
        }
    }

    private static void add(double factor, double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] += factor * x[i];
        }
    }
}
