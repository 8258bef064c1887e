package org.isotrope.kernels;

import org.isotrope.grids.Boundaries;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.tensor.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * Differential operators with a choice of accuracy, isotropy and boundaries:
 * {@code Differential.on(grid).accuracy(4).beyondWalls(Boundaries.all(Boundary.mirror())).laplacian()}.
 *
 * <p>Centred differences on any grid: axes uniform or not, bounded or periodic, under any cell basis; along an axis of
 * a single node nothing varies. Unless told otherwise: second order, axis by axis, and one-sided at walls, so that
 * <em>every row</em> has the accuracy asked for, next to walls too. Boundaries given instead say what lies beyond
 * walls, and then limit the accuracy next to them.
 *
 * <p>With {@code ∂_a} the derivative along axis {@code a} and {@code B} the inverse of the cell basis,
 * {@code ∂/∂x_i = Σ_a B_ai ∂_a}. First and higher derivatives along one axis have the least symmetric stencil of the
 * accuracy asked for ({@link org.isotrope.kernels.difference.AxisDifferences} says which nodes a row takes); mixed
 * ones are products.
 *
 * <p>Isotropic differences trade nothing of the order for an error that is the same in every direction, which is what a
 * result that should not know the axes wants: gradients averaged by {@code [1/6, 4/6, 1/6]} along the other axes, the
 * nine-point Laplacian in 2D and the 19- or 27-point one in 3D, in their forms for unequal spacings.
 *
 * <p>Sources: B. Fornberg, Math. Comp. 51 (1988) 699 and SIAM Review 40 (1998) 685 (weights); M. Patra, M. Karttunen,
 * Numer. Methods Partial Differ. Eq. 22 (2006) 936 (isotropic stencils).
 *
 * <p>Immutable.
 */
public final class Differential {
    private final Grid grid;
    private final int accuracy;
    private final @Nullable IsotropicStencil isotropic;
    /** Null for one-sided differences at walls. */
    private final @Nullable Boundaries boundaries;

    private Differential(
            Grid grid, int accuracy, @Nullable IsotropicStencil isotropic, @Nullable Boundaries boundaries) {
        this.grid = grid;
        this.accuracy = accuracy;
        this.isotropic = isotropic;
        this.boundaries = boundaries;
    }

    /**
     * Second-order differences, axis by axis, one-sided at walls.
     *
     * @param grid any grid
     * @return the choice so far
     */
    public static Differential on(Grid grid) {
        return new Differential(grid, 2, null, null);
    }

    /**
     * Second-order differences for results that should turn with their input by any angle: {@linkplain #isotropic()
     * isotropic} where the grid has such differences, which is where it is rectangular and all its axes are uniform, and
     * classical elsewhere; one-sided at walls.
     *
     * @param grid any grid
     * @return the choice so far
     */
    public static Differential equivariant(Grid grid) {
        boolean fits = grid.isRectangular() && grid.isUniform();
        return fits ? on(grid).isotropic() : on(grid);
    }

    /**
     * Another order of accuracy. Where symmetry makes a centred difference of an odd order even, as it does on uniform
     * axes, rows have one order more.
     *
     * @param order from 1 to 16
     * @return the new choice
     */
    public Differential accuracy(int order) {
        return new Differential(grid, order, isotropic, boundaries);
    }

    /**
     * Differences whose leading error is the same in every direction; second order, on rectangular grids of uniform
     * axes, with the nine-point Laplacian in 2D and the 19-point one in 3D.
     *
     * @return the new choice
     */
    public Differential isotropic() {
        return isotropic(IsotropicStencil.NINETEEN_POINT);
    }

    /**
     * Isotropic differences with a Laplacian by name.
     *
     * @param laplacian which one in 3D
     * @return the new choice
     */
    public Differential isotropic(IsotropicStencil laplacian) {
        return new Differential(grid, accuracy, laplacian, boundaries);
    }

    /**
     * Differences axis by axis, the classical five-point Laplacian in 2D and the seven-point one in 3D at second order.
     *
     * @return the new choice
     */
    public Differential classical() {
        return new Differential(grid, accuracy, null, boundaries);
    }

    /**
     * Other boundaries. Ghost nodes of nonuniform axes lie at the mirror images of the nodes.
     *
     * @param rules what lies beyond walls
     * @return the new choice
     */
    public Differential beyondWalls(Boundaries rules) {
        return new Differential(grid, accuracy, isotropic, rules);
    }

    /**
     * One-sided differences at walls, as at first.
     *
     * @return the new choice
     */
    public Differential oneSidedAtWalls() {
        return new Differential(grid, accuracy, isotropic, null);
    }

    private DifferenceScheme scheme() {
        if (accuracy < 1 || accuracy > 16) {
            throw new IllegalArgumentException("accuracy is " + accuracy + "; it had to be from 1 to 16");
        }
        return new DifferenceScheme(grid, accuracy, boundaries);
    }

    private DifferentialForms forms() {
        if (isotropic != null) {
            requireIsotropic();
        }
        return new DifferentialForms(grid, isotropic);
    }

    private void requireIsotropic() {
        if (accuracy != 2) {
            throw new IllegalArgumentException("accuracy is " + accuracy
                    + "; it had to be 2 for isotropic differences");
        }
        if (!grid.isRectangular()) {
            throw new IllegalArgumentException("grid has a sheared cell; it had to be rectangular for isotropic"
                    + " differences:\n" + grid);
        }
        for (int a = 0; a < grid.dimension(); a++) {
            if (!grid.axis(a).isUniform()) {
                throw new IllegalArgumentException("axis " + a + " is " + grid.axis(a)
                        + "; it had to be uniform for isotropic differences");
            }
        }
    }

    private LinearOperator operator(String name, DerivativePolynomial[][] form, FieldType in, FieldType out) {
        return scheme().operator(name, form, in, out);
    }

    private void requireDimension(int least, int most, String what) {
        int d = grid.dimension();
        if (d < least || d > most) {
            throw new IllegalArgumentException("grid has dimension " + d + "; it had to have "
                    + (least == most ? String.valueOf(least) : least + " or " + most) + " for " + what);
        }
    }

    /**
     * The gradient, {@code (∇f)_i = ∂f/∂x_i}.
     *
     * @return scalar → vector
     */
    public LinearOperator gradient() {
        return operator("∇", forms().gradient(), FieldType.SCALAR, FieldType.VECTOR);
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
        DifferentialForms forms = forms();
        return operator("∂" + "xyz".charAt(i), forms.single(forms.derivative(i)), FieldType.SCALAR, FieldType.SCALAR);
    }

    /**
     * Derivatives along one axis: any order, one-sided, biased, from any offsets, compact, or summing by parts.
     *
     * @param a the axis, 0 for x
     * @return the choice of derivatives along that axis, under the accuracy and boundaries chosen here
     */
    public AxisDerivative along(int a) {
        if (a < 0 || a >= grid.dimension()) {
            throw new IllegalArgumentException("axis is " + a + "; it had to be in [0, " + grid.dimension() + ")");
        }
        return new AxisDerivative(grid, a, scheme(), accuracy, boundaries);
    }

    /**
     * The divergence, {@code ∇·v = Σ ∂v_i/∂x_i}.
     *
     * @return vector → scalar
     */
    public LinearOperator divergence() {
        return operator("∇·", forms().divergence(), FieldType.VECTOR, FieldType.SCALAR);
    }

    /**
     * The mimetic divergence: minus the adjoint of the gradient under volume-weighted inner products,
     * {@code ⟨∇u, v⟩ = −⟨u, ∇·v⟩} exactly, on every grid and under any cell basis. What a scheme conserves because of
     * integration by parts it conserves with these two. Inside it is a divergence of the same order where spacings vary
     * smoothly; at walls it has the natural condition that nothing flows through them.
     *
     * @return vector → scalar
     */
    public LinearOperator mimeticDivergence() {
        return Operators.weightedAdjoint(gradient()).times(-1);
    }

    /**
     * The divergence of a tensor, {@code (∇·T)_i = Σ_j ∂T_ij/∂x_j}.
     *
     * @param type which tensors, in 2D or 3D
     * @return type → vector, or pseudovector for pseudotensors
     */
    public LinearOperator tensorDivergence(TensorType type) {
        requireDimension(2, 3, "the divergence of a tensor");
        return operator("∇·", forms().tensorDivergence(type), type,
                type.pseudo() ? FieldType.PSEUDOVECTOR : FieldType.VECTOR);
    }

    /**
     * The curl of a vector field: {@code ∇×v} in 3D, {@code ∂_x v_y − ∂_y v_x} in 2D.
     *
     * @return vector → pseudovector in 3D, vector → pseudoscalar in 2D
     */
    public LinearOperator curl() {
        requireDimension(2, 3, "a curl");
        return grid.dimension() == 3
                ? operator("∇×", forms().curl3(), FieldType.VECTOR, FieldType.PSEUDOVECTOR)
                : operator("∇×", forms().curlOfVector2(), FieldType.VECTOR, FieldType.PSEUDOSCALAR);
    }

    /**
     * The curl of a pseudovector field in 3D, such as that of a vorticity.
     *
     * @return pseudovector → vector
     */
    public LinearOperator curlOfPseudovector() {
        requireDimension(3, 3, "the curl of a pseudovector");
        return operator("∇×", forms().curl3(), FieldType.PSEUDOVECTOR, FieldType.VECTOR);
    }

    /**
     * The curl of a pseudoscalar in 2D, {@code (∂_y w, −∂_x w)}: the flow of a stream function.
     *
     * @return pseudoscalar → vector
     */
    public LinearOperator curlOfPseudoscalar() {
        requireDimension(2, 2, "the curl of a pseudoscalar");
        return operator("∇×", forms().curlOfPseudoscalar2(), FieldType.PSEUDOSCALAR, FieldType.VECTOR);
    }

    /**
     * The Jacobian of a vector field, {@code (∇v)_ij = ∂v_i/∂x_j}.
     *
     * @return vector → tensor, in 2D or 3D
     */
    public LinearOperator jacobian() {
        requireDimension(2, 3, "a Jacobian");
        return operator("∇", forms().jacobian(), FieldType.VECTOR, TensorType.GENERAL);
    }

    /**
     * The rate of strain of a flow, {@code ½ (∂v_i/∂x_j + ∂v_j/∂x_i)}.
     *
     * @return vector → symmetric tensor, in 2D or 3D
     */
    public LinearOperator strainRate() {
        requireDimension(2, 3, "a rate of strain");
        return operator("sym ∇", forms().strainRate(), FieldType.VECTOR, TensorType.SYMMETRIC);
    }

    /**
     * The Hessian of a scalar field, {@code ∂²f/∂x_i∂x_j}; its trace is the {@linkplain #laplacian() Laplacian}.
     *
     * @return scalar → symmetric tensor, in 2D or 3D
     */
    public LinearOperator hessian() {
        requireDimension(2, 3, "a Hessian");
        if (isotropic != null) {
            throw new IllegalArgumentException("differences are isotropic; they had to be classical for a Hessian");
        }
        return operator("∇∇", forms().hessian(), FieldType.SCALAR, TensorType.SYMMETRIC);
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
        DifferentialForms forms = forms();
        return operator("Δ", forms.each(forms.laplacian(), type.components(grid.dimension())), type, type);
    }

    /**
     * The Laplacian of a vector field, {@code (Δv)_i = Δv_i}.
     *
     * @return vector → vector
     */
    public LinearOperator vectorLaplacian() {
        return laplacian(FieldType.VECTOR);
    }

    /**
     * The biharmonic operator {@code Δ²} of a scalar field, every derivative along an axis by one difference.
     *
     * @return scalar → scalar
     */
    public LinearOperator biharmonic() {
        DifferentialForms forms = forms();
        return operator("Δ²", forms.single(forms.biharmonic()), FieldType.SCALAR, FieldType.SCALAR);
    }
}
