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
        double[] adjoint = y.sharedGradient();
        for (int k = 0; k < terms.length; k++) {
            if (terms[k].isDifferentiable()) {
                double[] gradient = terms[k].sharedGradient();
                for (int i = 0; i < adjoint.length; i++) {
                    gradient[i] += factors[k] * adjoint[i];
                }
            }
        }
    }
}
