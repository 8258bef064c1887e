package org.isotrope.autodiff;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.solve.LinearSolver;
import org.isotrope.kernels.solve.PreparedSolver;

/** {@code A(θ) y = b}; with {@code A(θ)ᵀ λ = ȳ}, {@code b̄ += λ} and {@code θ̄ −= ∂⟨λ, A(θ) y⟩/∂θ}. */
final class ParametricSolveNode implements Node {
    private final ParametricOperator operator;
    private final FieldVariable b;
    private final FieldVariable y;
    private final PreparedSolver solver;
    private final PreparedSolver adjoint;
    private final Field lambda;
    private final Field lambdaTangent;
    private final Field work;

    ParametricSolveNode(LinearSolver solver, ParametricOperator operator, FieldVariable b, FieldVariable y) {
        this.operator = operator;
        this.b = b;
        this.y = y;
        this.solver = solver.prepare(operator.operator(), b.value().precision());
        this.adjoint = solver.adjoint().prepare(operator.operator().adjoint(), b.value().precision());
        this.lambda = Fields.automatic().like(b.value());
        this.lambdaTangent = Fields.automatic().like(b.value());
        this.work = Fields.automatic().like(b.value());
    }

    @Override
    public void forward() {
        operator.takeParameters();
        SolveNode.solve(solver, b.value(), y.value());
    }

    @Override
    public void backward() {
        SolveNode.solve(adjoint, y.gradient(), lambda);
        Tape.accumulate(b, 1, lambda);
        operator.subtractParameterGradients(y.value(), lambda);
    }

    /** {@code A ẏ = ḃ − Ȧ y}. */
    @Override
    public void tangent() {
        operator.applyTangent(y.value(), work);
        if (b.isDifferentiable()) {
            Arithmetic.combine(-1, work, b.tangent(), work);
        } else {
            Arithmetic.scale(-1, work, work);
        }
        SolveNode.solve(solver, work, y.tangent());
    }

    /** {@code Aᵀ λ̇ = ȳ̇ − Ȧᵀ λ}. */
    @Override
    public void backwardTangent() {
        SolveNode.solve(adjoint, y.gradient(), lambda);
        operator.applyAdjointTangent(y.value(), lambda, work);
        Arithmetic.combine(-1, work, y.gradientTangent(), work);
        SolveNode.solve(adjoint, work, lambdaTangent);
        if (b.isDifferentiable()) {
            Arithmetic.addScaled(1, lambdaTangent, b.gradientTangent());
        }
        operator.subtractParameterGradientTangents(y.value(), y.tangent(), lambda, lambdaTangent);
    }
}
