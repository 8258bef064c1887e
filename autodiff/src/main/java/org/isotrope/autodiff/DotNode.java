package org.isotrope.autodiff;

import org.isotrope.kernels.Arithmetic;

/** {@code y = ⟨a, b⟩}, {@code ā += ȳ b}, {@code b̄ += ȳ a}. */
record DotNode(FieldVariable a, FieldVariable b, ArrayVariable y) implements Node {
    @Override
    public void forward() {
        y.sharedValue()[0] = Arithmetic.dot(a.value(), b.value());
    }

    @Override
    public void backward() {
        double adjoint = y.sharedGradient()[0];
        Tape.accumulate(a, adjoint, b.value());
        Tape.accumulate(b, adjoint, a.value());
    }

    @Override
    public void tangent() {
        double sum = a.isDifferentiable() ? Arithmetic.dot(a.tangent(), b.value()) : 0;
        y.sharedTangent()[0] = b.isDifferentiable() ? sum + Arithmetic.dot(a.value(), b.tangent()) : sum;
    }

    @Override
    public void backwardTangent() {
        addTo(a, b);
        addTo(b, a);
    }

    private void addTo(FieldVariable factor, FieldVariable other) {
        if (factor.isDifferentiable()) {
            Arithmetic.addScaled(y.sharedGradientTangent()[0], other.value(), factor.gradientTangent());
            if (other.isDifferentiable()) {
                Arithmetic.addScaled(y.sharedGradient()[0], other.tangent(), factor.gradientTangent());
            }
        }
    }
}
