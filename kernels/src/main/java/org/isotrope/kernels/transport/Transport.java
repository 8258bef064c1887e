package org.isotrope.kernels.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.BilinearOperator;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.FieldProduct;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.tensor.TensorType;

/** Products of fields and derivatives, each linear in either argument. */
public final class Transport {
    private Transport() {}

    /**
     * Advection by centred differences, {@code (u·∇) f}: the field that is carried is the first argument, the velocity
     * the second.
     *
     * @param choice grid, accuracy and boundaries of the derivatives of f
     * @param type of f: scalar, or in 2D and 3D vector
     * @return (f, u) ↦ {@code (u·∇) f}, of the type of f
     * @see UpwindAdvection
     */
    public static BilinearOperator advection(Differential choice, FieldType type) {
        LinearOperator slopes = type.equals(FieldType.VECTOR) ? choice.jacobian() : choice.gradient();
        Grid grid = slopes.domain().grid();
        return BilinearOperator.of(grid, product(type, grid.dimension())).mappingFirst(slopes)
                .named("advection by centred differences");
    }

    /** From slopes and velocity to what is advected. */
    static FieldProduct product(FieldType type, int dimension) {
        if (type.equals(FieldType.SCALAR)) {
            return FieldProduct.dot(dimension);
        }
        if (type.equals(FieldType.VECTOR) && dimension > 1) {
            return FieldProduct.matrixVector(TensorType.GENERAL, dimension);
        }
        throw new IllegalArgumentException("type is " + type + "; it had to be scalar"
                + (dimension > 1 ? " or vector" : " in 1D") + " for advection");
    }

    /**
     * The dot product of two gradients; {@code |∇u|²} when both arguments are u.
     *
     * @param choice grid, accuracy and boundaries of the derivatives
     * @return (u, v) ↦ {@code ∇u·∇v}, a scalar
     */
    public static BilinearOperator gradientProduct(Differential choice) {
        LinearOperator gradient = choice.gradient();
        Grid grid = gradient.domain().grid();
        return BilinearOperator.of(grid, FieldProduct.dot(grid.dimension())).mappingFirst(gradient)
                .mappingSecond(gradient).named("product of gradients");
    }

    /**
     * Diffusion with a coefficient that varies, {@code ∇·(k∇u)}, between insulated walls: the field that diffuses is the
     * first argument, the coefficient the second.
     *
     * <p>Fluxes are those between neighbouring nodes, with the mean of both coefficients, so that what leaves one dual
     * cell enters another: {@code Σ w_i (∇·(k∇u))_i = 0} to rounding. For given k the operator is its own adjoint under the
     * volumes w, and negative semidefinite where k ≥ 0; mixed derivatives of sheared cells are centred. Volumes are those of
     * dual cells; at node-centred walls they are halves, so the wall is no node's inside. Second order where spacings vary
     * smoothly. With k = 1 on uniform rectangular grids it is the classical Laplacian under mirrored boundaries.
     *
     * @param grid any grid
     * @return (u, k) ↦ {@code ∇·(k∇u)}, a scalar
     */
    public static BilinearOperator diffusion(Grid grid) {
        return new WalledDiffusion(grid, null).inside();
    }

    /**
     * Diffusion with a coefficient that varies, {@code ∇·(k∇u)}, under conditions at walls without data: values, slopes
     * or mixed. Inside as {@link #diffusion(Grid)}; under slopes the same.
     *
     * <p>Through a wall flows {@code k ∂ₙu}, with the outward derivative of u from the last node and the condition:
     * {@code −u₀/s} for values at cell-centred walls, {@code s} the distance of the node from the wall, and for mixed
     * conditions {@code −γu₀/(1 + γs)} at cell-centred and {@code −γu₀} at node-centred ones. Under values k is that
     * of the last node, else that at the wall, at cell-centred walls on the straight line through the last two nodes.
     * A node-centred wall that holds a value has it in its nodes; what flows across that wall does not change them,
     * and the row is 0 but for what flows along the wall. With k = 1 on uniform rectangular grids it is the classical
     * Laplacian under the same conditions.
     *
     * <p>For given k it is its own adjoint under the volumes of dual cells on fields that are 0 on node-centred walls
     * with values, and negative semidefinite there where γ ≥ 0 and k ≥ 0 inside and at walls. Steady states are of
     * second order; rows at walls are where u is as even or odd about the wall as the condition has it.
     *
     * @param grid any grid whose walls are orthogonal to the axes across them
     * @param boundaries a condition on each side of each bounded axis
     * @return (u, k) ↦ {@code ∇·(k∇u)}, a scalar
     * @throws IllegalArgumentException if a boundary is a rule for ghosts, or a condition cannot stand at its wall
     */
    public static BilinearOperator diffusion(Grid grid, Boundaries boundaries) {
        return new WalledDiffusion(grid, boundaries).inside();
    }

    /**
     * What data on one wall add to {@link #diffusion(Grid, Boundaries)}: the data g, which lie on the {@linkplain
     * org.isotrope.kernels.WallData#wall wall}, are the first argument, the coefficient the second. The whole is
     * {@code diffusion(u, k) + Σ source_w(g_w, k)}. Where a node-centred wall holds a value it adds nothing; the value
     * is in the field.
     *
     * @param grid any grid whose walls are orthogonal to the axes across them
     * @param boundaries a condition on each side of each bounded axis
     * @param axis a bounded axis of more than one node
     * @param side which end
     * @return (g, k) ↦ what flows in, a scalar over the grid
     * @throws IllegalArgumentException if a boundary is a rule for ghosts, a condition cannot stand at its wall, or
     *     there is no such wall
     */
    public static BilinearOperator diffusionSource(Grid grid, Boundaries boundaries, int axis, Boundaries.Side side) {
        return new WalledDiffusion(grid, boundaries).source(axis, side);
    }

    /** The positive or the negative part of a velocity, 0 elsewhere. */
    static Field part(Field along, int sign) {
        Field part = Fields.automatic().like(along);
        double infinity = Double.POSITIVE_INFINITY;
        Arithmetic.clamp(sign > 0 ? 0 : -infinity, sign > 0 ? infinity : 0, along, part);
        return part;
    }

    /** What a velocity is along the axes of a grid, {@code u^a = Σ_i B_ai u_i}. */
    static LinearOperator contravariant(Grid grid) {
        if (grid.isRectangular()) {
            return Operators.identity(grid, FieldType.VECTOR);
        }
        double[][] inverse = grid.inverseCell();
        List<KroneckerProduct> terms = new ArrayList<>();
        for (int a = 0; a < inverse.length; a++) {
            for (int i = 0; i < inverse.length; i++) {
                if (inverse[a][i] != 0) {
                    terms.add(new KroneckerProduct(a, i, inverse[a][i],
                            Arrays.asList(new BandedMatrix[inverse.length])));
                }
            }
        }
        Space vectors = new Space(grid, FieldType.VECTOR);
        return Operators.kronecker("components along axes", vectors, vectors, terms);
    }
}
