package org.isotrope.kernels.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.BilinearOperator;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.FieldProduct;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.difference.StaggeredDifferences;
import org.isotrope.kernels.tensor.IrrepsType;
import org.isotrope.kernels.tensor.TensorType;
import org.jspecify.annotations.Nullable;

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
        int d = grid.dimension();
        Space scalars = new Space(grid, FieldType.SCALAR);
        boolean sheared = !grid.isRectangular();
        Space fluxes = new Space(grid, sheared ? IrrepsType.of(2 * d + "x0e") : FieldType.VECTOR);
        double[][] metric = inverseMetric(grid);
        List<KroneckerProduct> slopes = new ArrayList<>();
        List<KroneckerProduct> means = new ArrayList<>();
        List<KroneckerProduct> divergence = new ArrayList<>();
        for (int a = 0; a < d; a++) {
            StaggeredDifferences along = StaggeredDifferences.on(grid.axis(a), false);
            slopes.add(single(d, a, 0, metric[a][a], a, along.toMiddles()));
            means.add(single(d, a, 0, 1, a, along.averageToMiddles()));
            divergence.add(single(d, 0, a, 1, a, along.toNodes()));
            for (int b = 0; b < d && sheared; b++) {
                if (b != a && metric[a][b] != 0) {
                    slopes.add(single(d, d + a, 0, metric[a][b], b,
                            StaggeredDifferences.on(grid.axis(b), false).acrossNodes()));
                }
            }
            if (sheared) {
                means.add(single(d, d + a, 0, 1, a, null));
                divergence.add(single(d, 0, d + a, 1, a, along.acrossNodesDual()));
            }
        }
        return BilinearOperator.elementwise(fluxes)
                .mappingFirst(Operators.kronecker("differences", scalars, fluxes, slopes))
                .mappingSecond(Operators.kronecker("means", scalars, fluxes, means))
                .then(Operators.kronecker("divergence of fluxes", fluxes, scalars, divergence))
                .named("diffusion");
    }

    private static KroneckerProduct single(
            int d, int output, int input, double factor, int axis, @Nullable BandedMatrix matrix) {
        List<@Nullable BandedMatrix> along = new ArrayList<>(Collections.nCopies(d, null));
        along.set(axis, matrix);
        return new KroneckerProduct(output, input, factor, along);
    }

    /** {@code g^{ab} = Σ_i B_ai B_bi} with the inverse B of the cell basis. */
    private static double[][] inverseMetric(Grid grid) {
        double[][] inverse = grid.inverseCell();
        int d = inverse.length;
        double[][] metric = new double[d][d];
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                for (int i = 0; i < d; i++) {
                    metric[a][b] += inverse[a][i] * inverse[b][i];
                }
            }
        }
        return metric;
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
