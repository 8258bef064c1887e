package org.isotrope.autodiff;

/** {@code y = a b} for arrays, entry by entry. */
record ArrayProductNode(ArrayVariable a, ArrayVariable b, ArrayVariable y) implements Node {
    @Override
    public void forward() {
        double[] product = y.sharedValue();
        for (int i = 0; i < product.length; i++) {
            product[i] = a.sharedValue()[i] * b.sharedValue()[i];
        }
    }

    @Override
    public void backward() {
        if (a.isDifferentiable()) {
            addProduct(b.sharedValue(), y.sharedGradient(), a.sharedGradient());
        }
        if (b.isDifferentiable()) {
            addProduct(a.sharedValue(), y.sharedGradient(), b.sharedGradient());
        }
    }

    @Override
    public void tangent() {
        java.util.Arrays.fill(y.sharedTangent(), 0);
        if (a.isDifferentiable()) {
            addProduct(b.sharedValue(), a.sharedTangent(), y.sharedTangent());
        }
        if (b.isDifferentiable()) {
            addProduct(a.sharedValue(), b.sharedTangent(), y.sharedTangent());
        }
    }

    @Override
    public void backwardTangent() {
        addTo(a, b);
        addTo(b, a);
    }

    private void addTo(ArrayVariable factor, ArrayVariable other) {
        if (factor.isDifferentiable()) {
            addProduct(other.sharedValue(), y.sharedGradientTangent(), factor.sharedGradientTangent());
            if (other.isDifferentiable()) {
                addProduct(other.sharedTangent(), y.sharedGradient(), factor.sharedGradientTangent());
            }
        }
    }

    private static void addProduct(double[] x, double[] y, double[] z) {
        for (int i = 0; i < z.length; i++) {
            z[i] += x[i] * y[i];
        }
    }
}
