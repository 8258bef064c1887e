package org.isotrope.autodiff;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.RadialOperator;

/** {@code y = A(R) x}, {@code x̄ += A(R)ᵀ ȳ}, {@code R̄ += ∂⟨ȳ, A(R) x⟩/∂R}. */
final class ConvolutionNode implements Node {
    private final ArrayVariable values;
    private final FieldVariable x;
    private final FieldVariable y;
    private final Field contribution;
    private RadialOperator operator;

    ConvolutionNode(RadialOperator model, ArrayVariable values, FieldVariable x, FieldVariable y) {
        this.operator = model;
        this.values = values;
        this.x = x;
        this.y = y;
        this.contribution = Fields.automatic().like(x.value());
    }

    @Override
    public void forward() {
        operator = operator.withValues(values.sharedValue());
        operator.apply(x.value(), y.value());
    }

    @Override
    public void backward() {
        if (x.isDifferentiable()) {
            operator.adjoint().apply(y.gradient(), contribution);
            Tape.accumulate(x, 1, contribution);
        }
        if (values.isDifferentiable()) {
            double[] shells = operator.shellGradient(x.value(), y.gradient());
            double[] gradient = values.sharedGradient();
            for (int s = 0; s < shells.length; s++) {
                gradient[s] += shells[s];
            }
        }
    }
}
