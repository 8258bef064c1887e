package org.isotrope.kernels;

import org.isotrope.grids.Grid;
import org.isotrope.kernels.difference.DifferenceWeights;
import org.isotrope.kernels.stencil.Stencil;

/**
 * Centred differences on uniform axes under any cell basis, as stencils.
 *
 * <p>With {@code ∂_a} the derivative along axis {@code a}, {@code B = A⁻¹} and {@code g⁻¹ = B Bᵀ}: gradient
 * {@code (∇f)_i = Σ_a B_ai ∂_a f}, Laplacian {@code Σ_ab g^ab ∂_a ∂_b f}. First and second derivatives have the least
 * symmetric stencil of the accuracy asked for; mixed ones are products of first derivatives.
 *
 * <p>Isotropic stencils have a leading error that is the same in every direction, {@code (h²/12) Δ²} for the Laplacian
 * on equal spacings: first derivatives are averaged by {@code [1/6, 4/6, 1/6]} along the other axes, and the Laplacian is
 * {@code Σ_a δ_a² + Σ_a<b ((h_a² + h_b²)/12) δ_a² δ_b²} with {@code δ_a²} the second difference over {@code h_a²}: the
 * nine-point Laplacian (faces 4/6, corners 1/6) in 2D, the 19-point one (faces 1/3, edges 1/6) in 3D.
 */
final class DifferentialStencils {
    private final Grid grid;
    private final int d;
    private final double[][] inverseCell;
    private final int accuracy;
    private final boolean isotropic;

    /**
     * Chooses weights.
     *
     * @param accuracy order of accuracy, even, 2 to 16
     * @param isotropic whether the leading error is to be the same in every direction; for accuracy 2 on rectangular
     *     grids
     */
    DifferentialStencils(Grid grid, int accuracy, boolean isotropic) {
        if (accuracy < 2 || accuracy > 16 || accuracy % 2 != 0) {
            throw new IllegalArgumentException("accuracy is " + accuracy + "; it had to be even, from 2 to 16");
        }
        if (isotropic && accuracy != 2) {
            throw new IllegalArgumentException("accuracy is " + accuracy + "; it had to be 2 for isotropic differences");
        }
        if (isotropic && !grid.isRectangular()) {
            throw new IllegalArgumentException("grid has a sheared cell; it had to be rectangular for isotropic"
                    + " differences:\n" + grid);
        }
        for (int a = 0; a < grid.dimension(); a++) {
            if (!grid.axis(a).isUniform()) {
                throw new IllegalArgumentException("axis " + a + " is " + grid.axis(a)
                        + "; it had to be uniform for this finite difference");
            }
        }
        this.grid = grid;
        this.d = grid.dimension();
        this.inverseCell = grid.inverseCell();
        this.accuracy = accuracy;
        this.isotropic = isotropic;
    }

    /** Nothing varies along a single node. */
    private boolean isFlat(int a) {
        return grid.axis(a).size() == 1 && !grid.axis(a).isPeriodic();
    }

    /** {@code ∂_a} or {@code ∂_a²}, without taps if the axis is flat. */
    private Stencil along(int a, int derivative) {
        Stencil.Builder stencil = Stencil.builder(d, 1, 1);
        if (!isFlat(a)) {
            DifferenceWeights difference = DifferenceWeights.centred(derivative, accuracy);
            double[] weights = difference.weights(grid.axis(a).spacing());
            int[] offsets = difference.offsets();
            for (int k = 0; k < weights.length; k++) {
                if (weights[k] != 0) {
                    stencil.tap(0, 0, weights[k], unit(a, offsets[k]));
                }
            }
        }
        return stencil.build();
    }

    private int[] unit(int a, int length) {
        int[] offset = new int[d];
        offset[a] = length;
        return offset;
    }

    /** {@code ∂_a}, averaged along the other axes if differences are isotropic. */
    private Stencil first(int a) {
        Stencil derivative = along(a, 1);
        for (int b = 0; isotropic && b < d; b++) {
            if (b != a && !isFlat(b)) {
                derivative = derivative.then(Stencil.builder(d, 1, 1)
                        .tap(0, 0, 1 / 6.0, unit(b, -1))
                        .tap(0, 0, 4 / 6.0, new int[d])
                        .tap(0, 0, 1 / 6.0, unit(b, 1))
                        .build());
            }
        }
        return derivative;
    }

    /** {@code ∂/∂x_i}. */
    Stencil derivative(int i) {
        Stencil sum = Stencil.builder(d, 1, 1).build();
        for (int a = 0; a < d; a++) {
            if (inverseCell[a][i] != 0) {
                sum = sum.plus(first(a).times(inverseCell[a][i]));
            }
        }
        return sum;
    }

    Stencil gradient() {
        Stencil.Builder stencil = Stencil.builder(d, d, 1);
        for (int i = 0; i < d; i++) {
            put(derivative(i), 1, i, 0, stencil);
        }
        return stencil.build();
    }

    Stencil divergence() {
        Stencil.Builder stencil = Stencil.builder(d, 1, d);
        for (int i = 0; i < d; i++) {
            put(derivative(i), 1, 0, i, stencil);
        }
        return stencil.build();
    }

    /** Curl of a vector in 3D. */
    Stencil curl3() {
        Stencil.Builder stencil = Stencil.builder(3, 3, 3);
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            int k = (i + 2) % 3;
            put(derivative(j), 1, i, k, stencil);
            put(derivative(k), -1, i, j, stencil);
        }
        return stencil.build();
    }

    /** Curl of a vector in 2D, {@code ∂_x v_y − ∂_y v_x}. */
    Stencil curlOfVector2() {
        Stencil.Builder stencil = Stencil.builder(2, 1, 2);
        put(derivative(0), 1, 0, 1, stencil);
        put(derivative(1), -1, 0, 0, stencil);
        return stencil.build();
    }

    /** Curl of a pseudoscalar in 2D, {@code (∂_y w, −∂_x w)}. */
    Stencil curlOfPseudoscalar2() {
        Stencil.Builder stencil = Stencil.builder(2, 2, 1);
        put(derivative(1), 1, 0, 0, stencil);
        put(derivative(0), -1, 1, 0, stencil);
        return stencil.build();
    }

    /** The Laplacian of one component. */
    Stencil laplacian() {
        Stencil sum = Stencil.builder(d, 1, 1).build();
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                double metric = 0;
                for (int i = 0; i < d; i++) {
                    metric += inverseCell[a][i] * inverseCell[b][i];
                }
                if (metric != 0) {
                    sum = sum.plus((a == b ? along(a, 2) : along(a, 1).then(along(b, 1))).times(metric));
                }
            }
        }
        for (int a = 0; isotropic && a < d; a++) {
            for (int b = a + 1; b < d; b++) {
                double h = grid.axis(a).spacing();
                double k = grid.axis(b).spacing();
                sum = sum.plus(along(a, 2).then(along(b, 2)).times((h * h + k * k) / 12));
            }
        }
        return sum;
    }

    /** {@code Δ²}, the Laplacian of the Laplacian. */
    Stencil biharmonic() {
        return laplacian().then(laplacian());
    }

    /** A stencil between single components, applied to each of several. */
    Stencil each(Stencil one, int components) {
        Stencil.Builder stencil = Stencil.builder(d, components, components);
        for (int c = 0; c < components; c++) {
            put(one, 1, c, c, stencil);
        }
        return stencil.build();
    }

    private static void put(Stencil from, double factor, int output, int input, Stencil.Builder to) {
        int[] offset = new int[from.dimension()];
        for (int t = 0; t < from.size(); t++) {
            for (int a = 0; a < offset.length; a++) {
                offset[a] = from.offset(t, a);
            }
            to.tap(output, input, factor * from.weight(t), offset);
        }
    }
}
