package org.isotrope.kernels.solve;

import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.LinearOperator;
import org.jspecify.annotations.Nullable;

/**
 * A Krylov method with its stopping criteria: immutable, every setting returns a new one.
 *
 * <p>A solve ends when the Euclidean norm of {@code b − A x} over stored values is at most the larger of {@code
 * relative} times that of b and {@code absolute}. The last residual is computed from x itself, never trusted to the
 * recurrence: a method whose recurrence was too hopeful is started again.
 */
public final class LinearSolver {
    enum Method {
        CONJUGATE_GRADIENTS,
        BICGSTAB,
        GMRES
    }

    private final Method method;
    private final int restart;
    private final double relative;
    private final double absolute;
    private final int maxIterations;
    private final @Nullable LinearOperator preconditioner;

    private LinearSolver(Method method, int restart, double relative, double absolute, int maxIterations,
            @Nullable LinearOperator preconditioner) {
        this.method = method;
        this.restart = restart;
        this.relative = relative;
        this.absolute = absolute;
        this.maxIterations = maxIterations;
        this.preconditioner = preconditioner;
    }

    private static LinearSolver standard(Method method, int restart) {
        return new LinearSolver(method, restart, 1e-10, 0, 1000, null);
    }

    /**
     * Conjugate gradients, for symmetric positive definite operators: one application an iteration, four fields.
     *
     * <p>Source: Y. Saad, Iterative Methods for Sparse Linear Systems, 2nd ed., algorithms 6.18 and 9.1.
     *
     * @return with relative tolerance 1e-10 and at most 1000 iterations
     */
    public static LinearSolver conjugateGradients() {
        return standard(Method.CONJUGATE_GRADIENTS, 0);
    }

    /**
     * BiCGSTAB, for any operator: two applications an iteration, eight fields.
     *
     * <p>Source: H. van der Vorst, SIAM J. Sci. Stat. Comput. 13 (1992) 631; Saad, algorithm 7.7.
     *
     * @return with relative tolerance 1e-10 and at most 1000 iterations
     */
    public static LinearSolver biCgStab() {
        return standard(Method.BICGSTAB, 0);
    }

    /**
     * Restarted GMRES, for any operator: the residual never grows; one application an iteration, {@code restart + 3}
     * fields.
     *
     * <p>Source: Y. Saad, M. Schultz, SIAM J. Sci. Stat. Comput. 7 (1986) 856; Saad, algorithms 6.9 and 9.5.
     *
     * @param restart dimension of the Krylov space, at least 1
     * @return with relative tolerance 1e-10 and at most 1000 iterations
     */
    public static LinearSolver gmres(int restart) {
        if (restart < 1) {
            throw new IllegalArgumentException("restart is " + restart + "; it had to be at least 1");
        }
        return standard(Method.GMRES, restart);
    }

    /**
     * Another tolerance relative to the right-hand side.
     *
     * @param tolerance at least 0
     * @return the changed solver
     */
    public LinearSolver withRelative(double tolerance) {
        requireTolerance("relative tolerance", tolerance);
        return new LinearSolver(method, restart, tolerance, absolute, maxIterations, preconditioner);
    }

    /**
     * Another absolute tolerance.
     *
     * @param tolerance at least 0
     * @return the changed solver
     */
    public LinearSolver withAbsolute(double tolerance) {
        requireTolerance("absolute tolerance", tolerance);
        return new LinearSolver(method, restart, relative, tolerance, maxIterations, preconditioner);
    }

    /**
     * Another limit on iterations.
     *
     * @param limit at least 1
     * @return the changed solver
     */
    public LinearSolver withMaxIterations(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit on iterations is " + limit + "; it had to be at least 1");
        }
        return new LinearSolver(method, restart, relative, absolute, limit, preconditioner);
    }

    /**
     * With a preconditioner, applied from the right except in conjugate gradients, where it has to be symmetric and
     * positive definite.
     *
     * @param approximateInverse an operator near A⁻¹
     * @return the changed solver
     */
    public LinearSolver withPreconditioner(LinearOperator approximateInverse) {
        return new LinearSolver(method, restart, relative, absolute, maxIterations, approximateInverse);
    }

    private static void requireTolerance(String name, double tolerance) {
        if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
            throw new IllegalArgumentException(name + " is " + tolerance + "; it had to be finite and at least 0");
        }
    }

    /**
     * This solver for systems with the adjoint operator.
     *
     * @return the same, with the adjoint of the preconditioner
     */
    public LinearSolver adjoint() {
        return preconditioner == null ? this : withPreconditioner(preconditioner.adjoint());
    }

    /**
     * Allocates what solving takes, to solve with one operator often.
     *
     * @param operator A, with the same domain and range
     * @param precision of the fields
     * @return a solver that allocates nothing more
     */
    public PreparedSolver prepare(LinearOperator operator, Precision precision) {
        requireSquare(operator, "operator");
        if (preconditioner != null) {
            requireSquare(preconditioner, "preconditioner");
            if (!preconditioner.domain().equals(operator.domain())) {
                throw new IllegalArgumentException("preconditioner maps " + preconditioner.domain()
                        + "\nit had to map " + operator.domain());
            }
        }
        return switch (method) {
            case CONJUGATE_GRADIENTS -> new ConjugateGradients(this, operator, precision);
            case BICGSTAB -> new BiCgStab(this, operator, precision);
            case GMRES -> new Gmres(this, operator, precision, restart);
        };
    }

    private static void requireSquare(LinearOperator operator, String name) {
        if (!operator.domain().equals(operator.range())) {
            throw new IllegalArgumentException(name + " maps " + operator.domain() + "\nto " + operator.range()
                    + "\nit had to map a space to itself");
        }
    }

    /**
     * Solves one system.
     *
     * @param operator A, with the same domain and range
     * @param b right-hand side
     * @param x first guess, which becomes the solution
     * @return how it went
     */
    public SolveReport solve(LinearOperator operator, Field b, Field x) {
        PreparedSolver solver = prepare(operator, b.precision());
        solver.solve(b, x);
        return solver.report();
    }

    double relative() {
        return relative;
    }

    double absolute() {
        return absolute;
    }

    int maxIterations() {
        return maxIterations;
    }

    @Nullable LinearOperator preconditioner() {
        return preconditioner;
    }

    @Override
    public String toString() {
        String name = switch (method) {
            case CONJUGATE_GRADIENTS -> "conjugate gradients";
            case BICGSTAB -> "BiCGSTAB";
            case GMRES -> "GMRES(" + restart + ")";
        };
        return name + ", relative tolerance " + relative + ", absolute tolerance " + absolute + ", at most "
                + maxIterations + " iterations" + (preconditioner == null ? "" : ", preconditioned");
    }
}
