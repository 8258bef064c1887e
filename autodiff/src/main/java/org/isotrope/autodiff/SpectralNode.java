package org.isotrope.autodiff;

import java.util.Arrays;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.spectral.SpectralRadialOperator;
import org.jspecify.annotations.Nullable;

/** {@code y = A(m) x}, {@code x̄ += A(m)ᵀ ȳ}, {@code m̄ += ∂⟨ȳ, A(m) x⟩/∂m}; bilinear in the values m and x. */
final class SpectralNode implements Node {
    private final ArrayVariable values;
    private final FieldVariable x;
    private final FieldVariable y;
    private final Field back;
    private SpectralRadialOperator operator;
    private LinearOperator transposed;
    private double[] current;
    private @Nullable Field ahead;

    SpectralNode(SpectralRadialOperator model, ArrayVariable values, FieldVariable x, FieldVariable y) {
        this.operator = model;
        this.transposed = model.adjoint();
        this.current = model.values();
        this.values = values;
        this.x = x;
        this.y = y;
        this.back = Fields.automatic().like(x.value());
    }

    @Override
    public void forward() {
        double[] now = values.sharedValue();
        if (!Arrays.equals(current, now)) {
            operator = operator.withValues(now);
            transposed = operator.adjoint();
            current = now.clone();
        }
        operator.apply(x.value(), y.value());
    }

    @Override
    public void backward() {
        if (x.isDifferentiable()) {
            addTransposed(transposed, y.gradient(), x.gradient());
        }
        if (values.isDifferentiable()) {
            addGradient(x.value(), y.gradient(), values.sharedGradient());
        }
    }

    @Override
    public void tangent() {
        if (x.isDifferentiable()) {
            operator.apply(x.tangent(), y.tangent());
        } else {
            y.clearTangent();
        }
        if (values.isDifferentiable()) {
            if (ahead == null) {
                ahead = Fields.automatic().like(y.value());
            }
            moved().apply(x.value(), ahead);
            Arithmetic.addScaled(1, ahead, y.tangent());
        }
    }

    @Override
    public void backwardTangent() {
        if (x.isDifferentiable()) {
            addTransposed(transposed, y.gradientTangent(), x.gradientTangent());
        }
        if (values.isDifferentiable()) {
            if (x.isDifferentiable()) {
                addTransposed(moved().adjoint(), y.gradient(), x.gradientTangent());
                addGradient(x.tangent(), y.gradient(), values.sharedGradientTangent());
            }
            addGradient(x.value(), y.gradientTangent(), values.sharedGradientTangent());
        }
    }

    /** The operator with the tangents of the values for values. */
    private SpectralRadialOperator moved() {
        return operator.withValues(values.sharedTangent());
    }

    private void addTransposed(LinearOperator transpose, Field from, Field to) {
        transpose.apply(from, back);
        Arithmetic.addScaled(1, back, to);
    }

    private void addGradient(Field from, Field to, double[] sum) {
        double[] gradient = operator.gradient(from, to);
        for (int j = 0; j < sum.length; j++) {
            sum[j] += gradient[j];
        }
    }
}
