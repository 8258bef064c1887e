package org.isotrope.kernels.spectral;

import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Plan;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.WallData;

/**
 * The inverse of {@code Δ + c} on a uniform grid, {@code f ↦ u}, by transforms that diagonalise it: a sine or cosine
 * transform along each bounded axis, a Fourier transform along the periodic ones.
 *
 * <p>Pairs of walls without a transform of their own (cell-centred, one value and one derivative, for instance) take
 * twice the nodes of their axis. An application costs a transform forward and one back and allocates nothing.
 *
 * <p>Where the level of the solution is open the solver is the pseudoinverse of mean 0, and refuses right-hand sides
 * that do not integrate to 0 unless the problem is {@linkplain PoissonProblem#projecting projecting}: by
 * {@link IllegalArgumentException} with the imbalance, and nothing is written.
 *
 * <p>Sources: P. Swarztrauber, SIAM Review 19 (1977) 490; U. Schumann, R. Sweet, J. Comput. Phys. 75 (1988) 123.
 *
 * <p>Immutable.
 */
public final class PoissonSolver implements LinearOperator {
    private final PoissonProblem problem;
    private final DiagonalSolver solver;

    PoissonSolver(PoissonProblem problem, FieldType type) {
        this.problem = problem;
        solver = new DiagonalSolver(problem, new Diagonal(problem), new Space(problem.grid(), type), false);
    }

    /**
     * Whether nothing fixes the level of the solution.
     *
     * @return true without shift between walls that all fix the derivative and along periodic axes
     */
    public boolean isSingular() {
        return solver.isSingular();
    }

    /**
     * Solves {@code Δu + cu = f} with data on the walls. Memory is allocated for the data.
     *
     * @param f right-hand side, a field of the domain
     * @param data values and outward derivatives on the walls
     * @param u the solution, in the same precision, apart from {@code f}; overwritten
     * @throws IllegalArgumentException if the data do not fit the problem, or the fields do not fit, or nothing fixes
     *     the level of the solution and right-hand side and data do not balance; nothing is written then
     */
    public void solve(Field f, WallData data, Field u) {
        domain().require(f, "f");
        range().require(u, "u");
        f.requireApart(u, "u");
        Field right = Fields.automatic().copy(f);
        WallTerms.moveToRightHandSide(problem, data, right);
        apply(right, u);
        WallTerms.impose(problem, data, u);
    }

    @Override
    public Space domain() {
        return solver.domain();
    }

    @Override
    public Space range() {
        return solver.range();
    }

    @Override
    public void apply(Field in, Field out) {
        solver.apply(in, out);
    }

    @Override
    public Plan plan(Precision precision, Execution execution) {
        return solver.plan(precision, execution);
    }

    @Override
    public LinearOperator adjoint() {
        return solver.adjoint();
    }

    @Override
    public String explain() {
        return solver.explain();
    }
}
