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
}
