package org.isotrope.autodiff;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.solve.LinearSolver;
import org.isotrope.kernels.solve.PreparedSolver;

/** {@code A y = b}, {@code b̄ += A⁻ᵀ ȳ}. */
final class SolveNode implements Node {
    private final FieldVariable b;
    private final FieldVariable y;
    private final PreparedSolver solver;
    private final PreparedSolver adjoint;
    private final Field contribution;

    SolveNode(LinearSolver solver, LinearOperator operator, FieldVariable b, FieldVariable y) {
        this.b = b;
        this.y = y;
        this.solver = solver.prepare(operator, b.value().precision());
        this.adjoint = solver.adjoint().prepare(operator.adjoint(), b.value().precision());
        this.contribution = Fields.automatic().like(b.value());
    }

    /** Solves from 0, so that results depend on nothing that was computed before. */
    static void solve(PreparedSolver solver, Field b, Field y) {
        y.segment().fill((byte) 0);
        if (!solver.solve(b, y)) {
            throw new ArithmeticException("linear solve " + solver.report());
        }
    }

    @Override
    public void forward() {
        solve(solver, b.value(), y.value());
    }

    @Override
    public void backward() {
        solve(adjoint, y.gradient(), contribution);
        Arithmetic.addScaled(1, contribution, b.gradient());
    }

    @Override
    public void tangent() {
        solve(solver, b.tangent(), y.tangent());
    }

    @Override
    public void backwardTangent() {
        solve(adjoint, y.gradientTangent(), contribution);
        Arithmetic.addScaled(1, contribution, b.gradientTangent());
    }
}
