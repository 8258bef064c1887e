package org.isotrope.autodiff;

import java.util.Arrays;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.RadialOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code y = A(R) x}, {@code x̄ += A(R)ᵀ ȳ}, {@code R̄ += ∂⟨ȳ, A(R) x⟩/∂R}; bilinear in R and x. The operator is made
 * anew only when the values of R have changed.
 */
final class ConvolutionNode implements Node {
    private final ArrayVariable values;
    private final FieldVariable x;
    private final FieldVariable y;
    private final Field contribution;
    private @Nullable Field tangentContribution;
    private double[] current;
    private RadialOperator operator;
    private @Nullable LinearOperator adjoint;

    ConvolutionNode(RadialOperator model, ArrayVariable values, FieldVariable x, FieldVariable y) {
        this.operator = model;
        this.current = model.values();
        this.values = values;
        this.x = x;
        this.y = y;
        this.contribution = Fields.automatic().like(x.value());
    }

    @Override
    public void forward() {
        if (!Arrays.equals(current, values.sharedValue())) {
            current = values.sharedValue().clone();
            operator = operator.withValues(current);
            adjoint = null;
        }
        operator.apply(x.value(), y.value());
    }

    @Override
    public void backward() {
        if (x.isDifferentiable()) {
            addTransposed(adjoint(), y.gradient(), x.gradient());
        }
        if (values.isDifferentiable()) {
            addShells(x.value(), y.gradient(), values.sharedGradient());
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
            if (tangentContribution == null) {
                tangentContribution = Fields.automatic().like(y.value());
            }
            moved().apply(x.value(), tangentContribution);
            Arithmetic.addScaled(1, tangentContribution, y.tangent());
        }
    }

    @Override
    public void backwardTangent() {
        if (x.isDifferentiable()) {
            addTransposed(adjoint(), y.gradientTangent(), x.gradientTangent());
            if (values.isDifferentiable()) {
                addTransposed(moved().adjoint(), y.gradient(), x.gradientTangent());
                addShells(x.tangent(), y.gradient(), values.sharedGradientTangent());
            }
        }
        if (values.isDifferentiable()) {
            addShells(x.value(), y.gradientTangent(), values.sharedGradientTangent());
        }
    }

    private LinearOperator adjoint() {
        if (adjoint == null) {
            adjoint = operator.adjoint();
        }
        return adjoint;
    }

    private RadialOperator moved() {
        return operator.withValues(values.sharedTangent());
    }

    private void addTransposed(LinearOperator transposed, Field from, Field to) {
        transposed.apply(from, contribution);
        Arithmetic.addScaled(1, contribution, to);
    }

    private void addShells(Field in, Field outAdjoint, double[] gradient) {
        double[] shells = operator.shellGradient(in, outAdjoint);
        for (int s = 0; s < shells.length; s++) {
            gradient[s] += shells[s];
        }
    }
}
