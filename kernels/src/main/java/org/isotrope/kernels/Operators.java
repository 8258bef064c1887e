package org.isotrope.kernels;

import java.util.List;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.radial.RadialFunction;
import org.isotrope.kernels.radial.Shells;
import org.isotrope.kernels.stencil.Stencil;
import org.isotrope.kernels.tensor.TensorType;

/**
 * The operators of this library.
 *
 * <p>Differential operators are second-order centred differences on any axes under any cell basis; on bounded axes they
 * are one-sided next to walls, and of second order there too, unless told otherwise. {@link Differential} offers other
 * accuracies, derivatives along one axis, and isotropic forms. Convolutions see zeros beyond walls unless told
 * otherwise. Periodic axes wrap.
 */
public final class Operators {
    private static final Boundaries NOTHING = Boundaries.all(Boundary.zero());

    private Operators() {}

    /**
     * The gradient, {@code (∇f)_i = ∂f/∂x_i}, with one-sided differences at walls.
     *
     * @param grid any grid
     * @return scalar → vector
     */
    public static LinearOperator gradient(Grid grid) {
        return Differential.on(grid).gradient();
    }

    /**
     * The gradient, {@code (∇f)_i = ∂f/∂x_i}.
     *
     * @param grid any grid
     * @param boundaries what lies beyond walls
     * @return scalar → vector
     */
    public static LinearOperator gradient(Grid grid, Boundaries boundaries) {
        return Differential.on(grid).beyondWalls(boundaries).gradient();
    }

    /**
     * One partial derivative, {@code ∂f/∂x_i}. Unlike the other operators this one singles out a direction.
     *
     * @param grid any grid
     * @param i direction in space, 0 for x
     * @param boundaries what lies beyond walls
     * @return scalar → scalar
     */
    public static LinearOperator derivative(Grid grid, int i, Boundaries boundaries) {
        return Differential.on(grid).beyondWalls(boundaries).derivative(i);
    }

    /**
     * The divergence, {@code ∇·v = Σ ∂v_i/∂x_i}, with one-sided differences at walls.
     *
     * @param grid any grid
     * @return vector → scalar
     */
    public static LinearOperator divergence(Grid grid) {
        return Differential.on(grid).divergence();
    }

    /**
     * The divergence, {@code ∇·v = Σ ∂v_i/∂x_i}.
     *
     * @param grid any grid
     * @param boundaries what lies beyond walls
     * @return vector → scalar
     */
    public static LinearOperator divergence(Grid grid, Boundaries boundaries) {
        return Differential.on(grid).beyondWalls(boundaries).divergence();
    }

    /**
     * The curl of a vector field with one-sided differences at walls: {@code ∇×v} in 3D, {@code ∂_x v_y − ∂_y v_x} in
     * 2D.
     *
     * @param grid 2D or 3D
     * @return vector → pseudovector in 3D, vector → pseudoscalar in 2D
     */
    public static LinearOperator curl(Grid grid) {
        return Differential.on(grid).curl();
    }

    /**
     * The curl of a vector field: {@code ∇×v} in 3D, {@code ∂_x v_y − ∂_y v_x} in 2D.
     *
     * @param grid 2D or 3D
     * @param boundaries what lies beyond walls
     * @return vector → pseudovector in 3D, vector → pseudoscalar in 2D
     */
    public static LinearOperator curl(Grid grid, Boundaries boundaries) {
        return Differential.on(grid).beyondWalls(boundaries).curl();
    }

    /**
     * The curl of a pseudoscalar in 2D, {@code (∂_y w, −∂_x w)}: the flow of a stream function.
     *
     * @param grid 2D
     * @param boundaries what lies beyond walls
     * @return pseudoscalar → vector
     */
    public static LinearOperator curlOfPseudoscalar(Grid grid, Boundaries boundaries) {
        return Differential.on(grid).beyondWalls(boundaries).curlOfPseudoscalar();
    }

    /**
     * The Laplacian of a scalar field, {@code Δf = Σ g^ab ∂_a ∂_b f}, with one-sided differences at walls.
     *
     * @param grid any grid
     * @return scalar → scalar
     */
    public static LinearOperator laplacian(Grid grid) {
        return Differential.on(grid).laplacian();
    }

    /**
     * The Laplacian of a scalar field, {@code Δf = Σ g^ab ∂_a ∂_b f}.
     *
     * @param grid any grid
     * @param boundaries what lies beyond walls
     * @return scalar → scalar
     */
    public static LinearOperator laplacian(Grid grid, Boundaries boundaries) {
        return laplacian(grid, FieldType.SCALAR, boundaries);
    }

    /**
     * The Laplacian of each Cartesian component, {@code Δ = Σ g^ab ∂_a ∂_b}.
     *
     * @param grid any grid
     * @param type type of the field, kept
     * @param boundaries what lies beyond walls
     * @return type → the same type
     */
    public static LinearOperator laplacian(Grid grid, FieldType type, Boundaries boundaries) {
        return Differential.on(grid).beyondWalls(boundaries).laplacian(type);
    }

    /**
     * The identity; its sum with a stencil is one stencil.
     *
     * @param grid any grid
     * @param type type of the fields
     * @return type → type
     */
    public static LinearOperator identity(Grid grid, FieldType type) {
        int components = type.components(grid.dimension());
        Stencil.Builder diagonal = Stencil.builder(grid.dimension(), components, components);
        for (int c = 0; c < components; c++) {
            diagonal.tap(c, c, 1, new int[grid.dimension()]);
        }
        Space space = new Space(grid, type);
        return new StencilOperator("identity", diagonal.build(), space, space, NOTHING);
    }

    /**
     * The Laplacian whose error is the same in every direction, with one-sided differences at walls: nine points in 2D,
     * 19 in 3D. For results that should not know the axes.
     *
     * @param grid rectangular, all axes uniform
     * @return scalar → scalar
     */
    public static LinearOperator isotropicLaplacian(Grid grid) {
        return Differential.on(grid).isotropic().laplacian();
    }

    /**
     * The Laplacian whose error is the same in every direction: nine points in 2D, 19 in 3D.
     *
     * @param grid rectangular, all axes uniform
     * @param boundaries what lies beyond walls
     * @return scalar → scalar
     */
    public static LinearOperator isotropicLaplacian(Grid grid, Boundaries boundaries) {
        return Differential.on(grid).isotropic().beyondWalls(boundaries).laplacian();
    }

    /**
     * The gradient whose error is the same in every direction.
     *
     * @param grid rectangular, all axes uniform
     * @param boundaries what lies beyond walls
     * @return scalar → vector
     */
    public static LinearOperator isotropicGradient(Grid grid, Boundaries boundaries) {
        return Differential.on(grid).isotropic().beyondWalls(boundaries).gradient();
    }

    /**
     * The Hessian of a scalar field, {@code ∂²f/∂x_i∂x_j}.
     *
     * @param grid 2D or 3D
     * @param boundaries what lies beyond walls
     * @return scalar → symmetric tensor
     */
    public static LinearOperator hessian(Grid grid, Boundaries boundaries) {
        return Differential.on(grid).beyondWalls(boundaries).hessian();
    }

    /**
     * The Jacobian of a vector field, {@code (∇v)_ij = ∂v_i/∂x_j}.
     *
     * @param grid 2D or 3D
     * @param boundaries what lies beyond walls
     * @return vector → tensor
     */
    public static LinearOperator jacobian(Grid grid, Boundaries boundaries) {
        return Differential.on(grid).beyondWalls(boundaries).jacobian();
    }

    /**
     * The rate of strain of a flow, {@code ½ (∂v_i/∂x_j + ∂v_j/∂x_i)}.
     *
     * @param grid 2D or 3D
     * @param boundaries what lies beyond walls
     * @return vector → symmetric tensor
     */
    public static LinearOperator strainRate(Grid grid, Boundaries boundaries) {
        return Differential.on(grid).beyondWalls(boundaries).strainRate();
    }

    /**
     * The divergence of a tensor, {@code (∇·T)_i = Σ_j ∂T_ij/∂x_j}.
     *
     * @param grid 2D or 3D
     * @param type which tensors
     * @param boundaries what lies beyond walls
     * @return type → vector, or pseudovector for pseudotensors
     */
    public static LinearOperator tensorDivergence(Grid grid, TensorType type, Boundaries boundaries) {
        return Differential.on(grid).beyondWalls(boundaries).tensorDivergence(type);
    }

    /**
     * The biharmonic operator {@code Δ²} of a scalar field.
     *
     * @param grid any grid
     * @param boundaries what lies beyond walls
     * @return scalar → scalar
     */
    public static LinearOperator biharmonic(Grid grid, Boundaries boundaries) {
        return Differential.on(grid).beyondWalls(boundaries).biharmonic();
    }

    /**
     * Any constant stencil.
     *
     * @param stencil of the grid's dimension and the types' components
     * @param grid the grid; offsets count its nodes
     * @param in type of the input
     * @param out type of the output
     * @param boundaries what lies beyond walls
     * @return in → out
     */
    public static LinearOperator stencil(
            Stencil stencil, Grid grid, FieldType in, FieldType out, Boundaries boundaries) {
        int d = grid.dimension();
        if (stencil.dimension() != d
                || stencil.inputs() != in.components(d)
                || stencil.outputs() != out.components(d)) {
            throw new IllegalArgumentException("stencil maps " + stencil.inputs() + " to " + stencil.outputs()
                    + " components in " + stencil.dimension() + "D; it had to map " + in.components(d) + " to "
                    + out.components(d) + " in " + d + "D");
        }
        return new StencilOperator("stencil", stencil, new Space(grid, in), new Space(grid, out), boundaries);
    }

    /**
     * A sum of products of one-dimensional matrices along axes: whatever can be done axis by axis, with weights that
     * vary from node to node.
     *
     * @param name what to call it
     * @param domain type of the input, on any grid
     * @param range type of the output, on the same grid
     * @param terms their sum; each matrix as large as its axis
     * @return domain → range
     */
    public static LinearOperator kronecker(String name, Space domain, Space range, List<KroneckerProduct> terms) {
        if (!domain.grid().equals(range.grid())) {
            throw new IllegalArgumentException("range lies on\n" + range.grid() + "\nit had to lie on\n"
                    + domain.grid());
        }
        return new BandedOperator(name, terms, domain, range, "what the matrices say");
    }

    /**
     * The adjoint under volume-weighted inner products, {@code ⟨A x, y⟩ = ⟨x, A* y⟩} with
     * {@code ⟨x, y⟩ = Σ w_i x_i y_i}: {@code A* = W⁻¹ Aᵀ W}. Weights are those of {@link Grid#weight}, or of
     * {@link org.isotrope.grids.StaggeredType#weight} where places are staggered; what has no volume becomes 0.
     *
     * @param operator any
     * @return an operator from its range to its domain
     */
    public static LinearOperator weightedAdjoint(LinearOperator operator) {
        return VolumeWeights.adjoint(operator);
    }

    /**
     * Convolution of a scalar field with a radial kernel, {@code l = 0}.
     *
     * @param grid all axes uniform
     * @param radial R(r) and its cutoff
     * @return scalar → scalar
     */
    public static RadialOperator radial(Grid grid, RadialFunction radial) {
        return radial(grid, radial, FieldType.SCALAR, FieldType.SCALAR);
    }

    /**
     * Convolution of a scalar field with a radial kernel.
     *
     * @param grid all axes uniform
     * @param radial R(r) and its cutoff
     * @param out scalar for {@code l = 0}, vector for {@code l = 1}
     * @return scalar → out
     */
    public static RadialOperator radial(Grid grid, RadialFunction radial, FieldType out) {
        return radial(grid, radial, FieldType.SCALAR, out);
    }

    /**
     * Convolution with a radial kernel; see {@link RadialOperator} for the products.
     *
     * @param grid all axes uniform
     * @param radial R(r) and its cutoff
     * @param in type of the input
     * @param out type of the output
     * @return in → out
     */
    public static RadialOperator radial(Grid grid, RadialFunction radial, FieldType in, FieldType out) {
        return radial(grid, radial, in, out, NOTHING);
    }

    /**
     * Convolution with a radial kernel under given boundaries; see {@link RadialOperator} for the products.
     *
     * @param grid all axes uniform
     * @param radial R(r) and its cutoff
     * @param in type of the input
     * @param out type of the output
     * @param boundaries what lies beyond walls
     * @return in → out
     */
    public static RadialOperator radial(
            Grid grid, RadialFunction radial, FieldType in, FieldType out, Boundaries boundaries) {
        return RadialOperator.of(grid, radial, in, out, boundaries);
    }

    /**
     * Convolution with a radial kernel given by its value on each shell, the parameters of a learned operator.
     *
     * @param shells the offsets by length
     * @param values R, one finite value a shell
     * @param in type of the input
     * @param out type of the output
     * @param boundaries what lies beyond walls
     * @return in → out
     */
    public static RadialOperator radial(
            Shells shells, double[] values, FieldType in, FieldType out, Boundaries boundaries) {
        return RadialOperator.of(shells, values, in, out, boundaries);
    }

    /**
     * The tensor convolution with one radial function on every path; see {@link TensorConvolution}, and its
     * {@linkplain TensorConvolution#on builder} for a radial function a path.
     *
     * @param grid 2D or 3D, all axes uniform
     * @param radial R(r) and its cutoff
     * @param in type of the input
     * @param out type of the output
     * @return in → out
     */
    public static TensorConvolution convolution(Grid grid, RadialFunction radial, FieldType in, FieldType out) {
        return TensorConvolution.on(grid, in, out).radial(radial);
    }

    /**
     * The tensor convolution with the value of R of each path on each shell, the parameters of a learned operator; see
     * {@link TensorConvolution}.
     *
     * @param shells the offsets by length
     * @param values R, one finite value a shell for the first path, then for the second, …
     * @param in type of the input
     * @param out type of the output
     * @param boundaries what lies beyond walls
     * @return in → out
     */
    public static TensorConvolution convolution(
            Shells shells, double[] values, FieldType in, FieldType out, Boundaries boundaries) {
        return TensorConvolution.on(shells.grid(), in, out).beyondWalls(boundaries).values(shells, values);
    }
}
