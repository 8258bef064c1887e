package org.isotrope.autodiff;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Plan;
import org.jspecify.annotations.Nullable;

/** {@code y = A x}, {@code x̄ += Aᵀ ȳ}. */
final class OperatorNode implements Node {
    private final FieldVariable x;
    private final FieldVariable y;
    private final Plan plan;
    private final @Nullable Plan adjoint;
    private final @Nullable Field contribution;

    OperatorNode(LinearOperator operator, FieldVariable x, FieldVariable y) {
        this.x = x;
        this.y = y;
        this.plan = operator.plan(x.value().precision(), Execution.standard());
        boolean reverse = x.isDifferentiable();
        this.adjoint = reverse ? operator.adjoint().plan(x.value().precision(), Execution.standard()) : null;
        this.contribution = reverse ? Fields.automatic().like(x.value()) : null;
    }

    @Override
    public void forward() {
        plan.apply(x.value(), y.value());
    }

    @Override
    public void backward() {
        addAdjoint(y.gradient(), x.gradient());
    }

    @Override
    public void tangent() {
        plan.apply(x.tangent(), y.tangent());
    }

    @Override
    public void backwardTangent() {
        addAdjoint(y.gradientTangent(), x.gradientTangent());
    }

    private void addAdjoint(Field from, Field to) {
        if (adjoint != null && contribution != null) {
            adjoint.apply(from, contribution);
            Arithmetic.addScaled(1, contribution, to);
        }
    }
}
