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
        addTo(a, b);
        addTo(b, a);
    }

    private void addTo(ArrayVariable factor, ArrayVariable other) {
        if (factor.isDifferentiable()) {
            double[] gradient = factor.sharedGradient();
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += other.sharedValue()[i] * y.sharedGradient()[i];
            }
        }
    }
}
