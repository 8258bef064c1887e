package org.isotrope.kernels;

import org.isotrope.grids.Axis;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.stencil.Stencil;

/**
 * Second-order centred differences on uniform axes under any cell basis.
 *
 * <p>With {@code ∂_a} the derivative along axis {@code a}, {@code B = A⁻¹} and {@code g⁻¹ = B Bᵀ}: gradient
 * {@code (∇f)_i = Σ_a B_ai ∂_a f}, Laplacian {@code Σ_ab g^ab ∂_a ∂_b f}. First derivatives are
 * {@code (f₊ − f₋)/2h}, second ones {@code (f₊ − 2f₀ + f₋)/h²}, mixed ones products of first derivatives.
 */
final class DifferentialStencils {
    private final Grid grid;
    private final int d;
    private final double[][] inverseCell;

    DifferentialStencils(Grid grid) {
        this.grid = grid;
        this.d = grid.dimension();
        this.inverseCell = grid.inverseCell();
        for (int a = 0; a < d; a++) {
            if (!grid.axis(a).isUniform()) {
                throw new IllegalArgumentException("axis " + a + " is " + grid.axis(a)
                        + "; it had to be uniform for this finite difference");
            }
        }
    }

    /** Adds {@code factor · ∂_a} from component {@code input} to {@code output}. */
    private void addFirst(Stencil.Builder stencil, int output, int input, double factor, int a) {
        Axis axis = grid.axis(a);
        if (factor == 0 || axis.size() == 1 && !axis.isPeriodic()) {
            // nothing varies along a single node
            return;
        }
        double weight = factor / (2 * axis.spacing());
        stencil.tap(output, input, weight, unit(a, 1));
        stencil.tap(output, input, -weight, unit(a, -1));
    }

    private int[] unit(int a, int sign) {
        int[] offset = new int[d];
        offset[a] = sign;
        return offset;
    }

    /** Adds {@code factor · ∂/∂x_i}. */
    private void addDerivative(Stencil.Builder stencil, int output, int input, double factor, int i) {
        for (int a = 0; a < d; a++) {
            addFirst(stencil, output, input, factor * inverseCell[a][i], a);
        }
    }

    Stencil derivative(int i) {
        Stencil.Builder stencil = Stencil.builder(d, 1, 1);
        addDerivative(stencil, 0, 0, 1, i);
        return stencil.build();
    }

    Stencil gradient() {
        Stencil.Builder stencil = Stencil.builder(d, d, 1);
        for (int i = 0; i < d; i++) {
            addDerivative(stencil, i, 0, 1, i);
        }
        return stencil.build();
    }

    Stencil divergence() {
        Stencil.Builder stencil = Stencil.builder(d, 1, d);
        for (int i = 0; i < d; i++) {
            addDerivative(stencil, 0, i, 1, i);
        }
        return stencil.build();
    }

    /** Curl of a vector in 3D. */
    Stencil curl3() {
        Stencil.Builder stencil = Stencil.builder(3, 3, 3);
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            int k = (i + 2) % 3;
            addDerivative(stencil, i, k, 1, j);
            addDerivative(stencil, i, j, -1, k);
        }
        return stencil.build();
    }

    /** Curl of a vector in 2D, {@code ∂_x v_y − ∂_y v_x}. */
    Stencil curlOfVector2() {
        Stencil.Builder stencil = Stencil.builder(2, 1, 2);
        addDerivative(stencil, 0, 1, 1, 0);
        addDerivative(stencil, 0, 0, -1, 1);
        return stencil.build();
    }

    /** Curl of a pseudoscalar in 2D, {@code (∂_y w, −∂_x w)}. */
    Stencil curlOfPseudoscalar2() {
        Stencil.Builder stencil = Stencil.builder(2, 2, 1);
        addDerivative(stencil, 0, 0, 1, 1);
        addDerivative(stencil, 1, 0, -1, 0);
        return stencil.build();
    }

    Stencil laplacian(FieldType type) {
        int components = type.components(d);
        Stencil.Builder stencil = Stencil.builder(d, components, components);
        for (int c = 0; c < components; c++) {
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    double metric = 0;
                    for (int i = 0; i < d; i++) {
                        metric += inverseCell[a][i] * inverseCell[b][i];
                    }
                    addSecond(stencil, c, metric, a, b);
                }
            }
        }
        return stencil.build();
    }

    private void addSecond(Stencil.Builder stencil, int c, double factor, int a, int b) {
        Axis along = grid.axis(a);
        Axis across = grid.axis(b);
        boolean flat = along.size() == 1 && !along.isPeriodic() || across.size() == 1 && !across.isPeriodic();
        if (factor == 0 || flat) {
            return;
        }
        if (a == b) {
            double weight = factor / (along.spacing() * along.spacing());
            stencil.tap(c, c, weight, unit(a, 1)).tap(c, c, weight, unit(a, -1)).tap(c, c, -2 * weight, new int[d]);
            return;
        }
        double weight = factor / (4 * along.spacing() * across.spacing());
        for (int s = -1; s <= 1; s += 2) {
            for (int t = -1; t <= 1; t += 2) {
                int[] offset = unit(a, s);
                offset[b] = t;
                stencil.tap(c, c, s * t * weight, offset);
            }
        }
    }
}
