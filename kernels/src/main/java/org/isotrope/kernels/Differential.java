package org.isotrope.kernels;

import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.stencil.Stencil;

/**
 * Differential operators with a choice of accuracy, isotropy and boundaries:
 * {@code Differential.on(grid).accuracy(4).beyondWalls(Boundaries.all(Boundary.mirror())).laplacian()}.
 *
 * <p>Centred differences on uniform axes under any cell basis. Unless told otherwise: second order, axis by axis, and
 * extrapolated beyond walls by the highest order there is, which makes second-order first derivatives one-sided at walls.
 * Near walls the boundary limits the accuracy.
 *
 * <p>Isotropic differences trade nothing of the order for an error that is the same in every direction: gradients
 * averaged by {@code [1/6, 4/6, 1/6]} along the other axes, the nine-point Laplacian in 2D and the 19-point one in 3D, in
 * their forms for unequal spacings.
 *
 * <p>Sources: B. Fornberg, Math. Comp. 51 (1988) 699 (weights); M. Patra, M. Karttunen, Numer. Methods Partial Differ. Eq.
 * 22 (2006) 936 (isotropic stencils).
 *
 * <p>Immutable.
 */
public final class Differential {
    private final Grid grid;
    private final int accuracy;
    private final boolean isotropic;
    private final Boundaries boundaries;

    private Differential(Grid grid, int accuracy, boolean isotropic, Boundaries boundaries) {
        this.grid = grid;
        this.accuracy = accuracy;
        this.isotropic = isotropic;
        this.boundaries = boundaries;
    }

    /**
     * Second-order differences, axis by axis.
     *
     * @param grid all axes uniform
     * @return the choice so far
     */
    public static Differential on(Grid grid) {
        return new Differential(grid, 2, false, Boundaries.all(Boundary.extrapolate(2)));
    }

    /**
     * Another order of accuracy.
     *
     * @param order even, from 2 to 16
     * @return the new choice
     */
    public Differential accuracy(int order) {
        return new Differential(grid, order, isotropic, boundaries);
    }

    /**
     * Differences whose leading error is the same in every direction; second order, on rectangular grids.
     *
     * @return the new choice
     */
    public Differential isotropic() {
        return new Differential(grid, accuracy, true, boundaries);
    }

    /**
     * Other boundaries.
     *
     * @param rules what lies beyond walls
     * @return the new choice
     */
    public Differential beyondWalls(Boundaries rules) {
        return new Differential(grid, accuracy, isotropic, rules);
    }

    private DifferentialStencils stencils() {
        return new DifferentialStencils(grid, accuracy, isotropic);
    }

    private LinearOperator operator(String name, Stencil stencil, FieldType in, FieldType out) {
        return new StencilOperator(name, stencil, new Space(grid, in), new Space(grid, out), boundaries);
    }

    /**
     * The gradient, {@code (∇f)_i = ∂f/∂x_i}.
     *
     * @return scalar → vector
     */
    public LinearOperator gradient() {
        return operator("∇", stencils().gradient(), FieldType.SCALAR, FieldType.VECTOR);
    }

    /**
     * One partial derivative, {@code ∂f/∂x_i}. Unlike the other operators this one singles out a direction.
     *
     * @param i direction in space, 0 for x
     * @return scalar → scalar
     */
    public LinearOperator derivative(int i) {
        if (i < 0 || i >= grid.dimension()) {
            throw new IllegalArgumentException("direction is " + i + "; it had to be in [0, " + grid.dimension() + ")");
        }
        return operator("∂" + "xyz".charAt(i), stencils().derivative(i), FieldType.SCALAR, FieldType.SCALAR);
    }

    /**
     * The divergence, {@code ∇·v = Σ ∂v_i/∂x_i}.
     *
     * @return vector → scalar
     */
    public LinearOperator divergence() {
        return operator("∇·", stencils().divergence(), FieldType.VECTOR, FieldType.SCALAR);
    }

    /**
     * The curl of a vector field: {@code ∇×v} in 3D, {@code ∂_x v_y − ∂_y v_x} in 2D.
     *
     * @return vector → pseudovector in 3D, vector → pseudoscalar in 2D
     */
    public LinearOperator curl() {
        return switch (grid.dimension()) {
            case 3 -> operator("∇×", stencils().curl3(), FieldType.VECTOR, FieldType.PSEUDOVECTOR);
            case 2 -> operator("∇×", stencils().curlOfVector2(), FieldType.VECTOR, FieldType.PSEUDOSCALAR);
            default -> throw new IllegalArgumentException("grid has dimension 1; it had to have 2 or 3 for a curl");
        };
    }

    /**
     * The curl of a pseudoscalar in 2D, {@code (∂_y w, −∂_x w)}: the flow of a stream function.
     *
     * @return pseudoscalar → vector
     */
    public LinearOperator curlOfPseudoscalar() {
        if (grid.dimension() != 2) {
            throw new IllegalArgumentException("grid has dimension " + grid.dimension()
                    + "; it had to have 2 for the curl of a pseudoscalar");
        }
        return operator("∇×", stencils().curlOfPseudoscalar2(), FieldType.PSEUDOSCALAR, FieldType.VECTOR);
    }

    /**
     * The Laplacian of a scalar field, {@code Δf = Σ g^ab ∂_a ∂_b f}.
     *
     * @return scalar → scalar
     */
    public LinearOperator laplacian() {
        return laplacian(FieldType.SCALAR);
    }

    /**
     * The Laplacian of each Cartesian component.
     *
     * @param type type of the field, kept
     * @return type → the same type
     */
    public LinearOperator laplacian(FieldType type) {
        DifferentialStencils stencils = stencils();
        return operator("Δ", stencils.each(stencils.laplacian(), type.components(grid.dimension())), type, type);
    }

    /**
     * The biharmonic operator {@code Δ²} of a scalar field, the stencil of the Laplacian applied twice.
     *
     * @return scalar → scalar
     */
    public LinearOperator biharmonic() {
        return operator("Δ²", stencils().biharmonic(), FieldType.SCALAR, FieldType.SCALAR);
    }
}
