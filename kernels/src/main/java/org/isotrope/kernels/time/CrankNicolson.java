package org.isotrope.kernels.time;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Plan;
import org.isotrope.kernels.solve.LinearSolver;
import org.isotrope.kernels.solve.PreparedSolver;
import org.isotrope.kernels.solve.SolveReport;
import org.jspecify.annotations.Nullable;

/**
 * The Crank–Nicolson (implicit trapezoidal) method for {@code du/dt = A u + g(t)}: {@code (1 − h/2 A) u' = (1 + h/2 A)
 * u + h/2 (g(t) + g(t + h))}, of order 2, and stable for any step if no solution grows.
 *
 * <p>The system is solved without a matrix, begun from u; its residual adds to the error of each step, so the tolerance
 * of the solver has to be below the error of the step.
 */
public final class CrankNicolson implements Stepper {
    /** A source that depends on time alone. */
    @FunctionalInterface
    public interface Source {
        /**
         * Computes the source.
         *
         * @param t time
         * @param g the source, to be overwritten entirely
         */
        void at(double t, Field g);
    }

    private final Plan operator;
    private final @Nullable Source source;
    private final PreparedSolver solver;
    private final Field right;
    private final Field work;
    private final Field scratch;
    private double half;

    /**
     * A linear system without source.
     *
     * @param operator A, with the same domain and range
     * @param solver for {@code 1 − h/2 A}: conjugate gradients if A is symmetric and negative semidefinite
     * @param model a field of the space and precision of the states
     */
    public CrankNicolson(LinearOperator operator, LinearSolver solver, Field model) {
        this(operator, null, solver, model);
    }

    /**
     * A linear system with a source.
     *
     * @param operator A, with the same domain and range
     * @param source g, or null
     * @param solver for {@code 1 − h/2 A}: conjugate gradients if A is symmetric and negative semidefinite
     * @param model a field of the space and precision of the states
     */
    public CrankNicolson(
            LinearOperator operator, @Nullable Source source, LinearSolver solver, Field model) {
        this.operator = operator.plan(model.precision(), Execution.standard());
        this.source = source;
        Fields fields = Fields.automatic();
        this.right = fields.like(model);
        this.work = fields.like(model);
        this.scratch = fields.like(model);
        Plan adjoint = operator.adjoint().plan(model.precision(), Execution.standard());
        LinearOperator shifted = LinearOperator.of(operator.domain(), operator.range(),
                (in, out) -> shift(this.operator, in, out), (in, out) -> shift(adjoint, in, out));
        this.solver = solver.prepare(shifted, model.precision());
    }

    private void shift(Plan plan, Field in, Field out) {
        plan.apply(in, out);
        Arithmetic.combine(-half, out, in, out);
    }

    /**
     * Makes one step.
     *
     * @throws ArithmeticException if the solver does not converge, with its report
     */
    @Override
    public void step(double t, double h, Field u, Field result) {
        half = 0.5 * h;
        operator.apply(u, work);
        Arithmetic.combine(half, work, u, right);
        if (source != null) {
            source.at(t, scratch);
            Arithmetic.addScaled(half, scratch, right);
            source.at(t + h, scratch);
            Arithmetic.addScaled(half, scratch, right);
        }
        result.copyFrom(u);
        if (!solver.solve(right, result)) {
            throw new ArithmeticException("implicit step at time " + t + ": linear solve " + solver.report());
        }
    }

    /**
     * How the solve of the last step went.
     *
     * @return its report
     */
    public SolveReport report() {
        return solver.report();
    }
}
