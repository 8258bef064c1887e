package org.isotrope.autodiff;

/** {@code y = f(x)} between arrays. */
record FunctionNode(ArrayFunction function, ArrayVariable x, ArrayVariable y) implements Node {
    @Override
    public void forward() {
        function.value(x.sharedValue(), y.sharedValue());
    }

    @Override
    public void backward() {
        function.pullback(x.sharedValue(), y.sharedGradient(), x.sharedGradient());
    }

    @Override
    public void tangent() {
        function.pushforward(x.sharedValue(), x.sharedTangent(), y.sharedTangent());
    }

    @Override
    public void backwardTangent() {
        function.pullback(x.sharedValue(), y.sharedGradientTangent(), x.sharedGradientTangent());
        function.pullbackTangent(x.sharedValue(), x.sharedTangent(), y.sharedGradient(), x.sharedGradientTangent());
    }
}
