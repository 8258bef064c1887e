package org.isotrope.kernels;

import java.util.Arrays;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.tensor.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * Differential operators as matrices of polynomials in the derivatives along axes, a row for each output component.
 *
 * <p>With {@code ∂_a} the derivative along axis {@code a}, {@code B = A⁻¹} and {@code g⁻¹ = B Bᵀ}:
 * {@code ∂/∂x_i = Σ_a B_ai ∂_a}, {@code Δ = Σ_ab g^ab ∂_a ∂_b}. Nothing varies along a singleton axis.
 *
 * <p>Isotropic forms have a leading error that is the same in every direction. With {@code h_a} the spacings and
 * {@code δ_a²} the three-point second difference, which is what {@code ∂_a²} becomes at accuracy 2: first derivatives
 * are averaged along the other axes by {@code [1/6, 4/6, 1/6] = 1 + (h_b²/6) δ_b²}; the Laplacian is
 * {@code Σ_a δ_a² + Σ_a<b ((h_a² + h_b²)/12) δ_a² δ_b²}, and with 27 points also
 * {@code ((h_0²h_1² + h_1²h_2² + h_2²h_0²)/90) δ_0² δ_1² δ_2²}.
 */
final class DifferentialForms {
    private final Grid grid;
    private final int d;
    private final double[][] inverseCell;
    private final @Nullable IsotropicStencil isotropic;

    DifferentialForms(Grid grid, @Nullable IsotropicStencil isotropic) {
        this.grid = grid;
        this.d = grid.dimension();
        this.inverseCell = grid.inverseCell();
        this.isotropic = isotropic;
    }

    /** Nothing varies along a single node. */
    private boolean isFlat(int a) {
        return grid.axis(a).size() == 1 && !grid.axis(a).isPeriodic();
    }

    private double squaredSpacing(int a) {
        double h = grid.axis(a).spacing();
        return h * h;
    }

    private DerivativePolynomial along(int a, int m) {
        return isFlat(a) ? DerivativePolynomial.zero(d) : DerivativePolynomial.along(d, a, m);
    }

    /** {@code ∂_a}, averaged along the other axes if isotropic. */
    private DerivativePolynomial first(int a) {
        DerivativePolynomial derivative = along(a, 1);
        for (int b = 0; isotropic != null && b < d; b++) {
            if (b != a) {
                derivative = derivative.times(DerivativePolynomial.constant(d, 1)
                        .plus(along(b, 2).times(squaredSpacing(b) / 6)));
            }
        }
        return derivative;
    }

    /** {@code ∂/∂x_i}. */
    DerivativePolynomial derivative(int i) {
        DerivativePolynomial sum = DerivativePolynomial.zero(d);
        for (int a = 0; a < d; a++) {
            if (inverseCell[a][i] != 0) {
                sum = sum.plus(first(a).times(inverseCell[a][i]));
            }
        }
        return sum;
    }

    /** {@code ∂²/∂x_i∂x_j}, axis by axis. */
    private DerivativePolynomial second(int i, int j) {
        DerivativePolynomial sum = DerivativePolynomial.zero(d);
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                double factor = inverseCell[a][i] * inverseCell[b][j];
                if (factor != 0) {
                    sum = sum.plus(along(a, 1).times(along(b, 1)).times(factor));
                }
            }
        }
        return sum;
    }

    /** An operator without entries so far. */
    private DerivativePolynomial[][] zeros(int outputs, int inputs) {
        DerivativePolynomial[][] zeros = new DerivativePolynomial[outputs][inputs];
        for (DerivativePolynomial[] row : zeros) {
            Arrays.fill(row, DerivativePolynomial.zero(d));
        }
        return zeros;
    }

    DerivativePolynomial[][] single(DerivativePolynomial one) {
        return new DerivativePolynomial[][] {{one}};
    }

    DerivativePolynomial[][] gradient() {
        DerivativePolynomial[][] form = zeros(d, 1);
        for (int i = 0; i < d; i++) {
            form[i][0] = derivative(i);
        }
        return form;
    }

    DerivativePolynomial[][] divergence() {
        DerivativePolynomial[][] form = zeros(1, d);
        for (int i = 0; i < d; i++) {
            form[0][i] = derivative(i);
        }
        return form;
    }

    /** Curl in 3D. */
    DerivativePolynomial[][] curl3() {
        DerivativePolynomial[][] form = zeros(3, 3);
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            int k = (i + 2) % 3;
            form[i][k] = derivative(j);
            form[i][j] = derivative(k).times(-1);
        }
        return form;
    }

    /** Curl of a vector in 2D, {@code ∂_x v_y − ∂_y v_x}. */
    DerivativePolynomial[][] curlOfVector2() {
        return new DerivativePolynomial[][] {{derivative(1).times(-1), derivative(0)}};
    }

    /** Curl of a pseudoscalar in 2D, {@code (∂_y w, −∂_x w)}. */
    DerivativePolynomial[][] curlOfPseudoscalar2() {
        return new DerivativePolynomial[][] {{derivative(1)}, {derivative(0).times(-1)}};
    }

    /** The Laplacian of one component. */
    DerivativePolynomial laplacian() {
        DerivativePolynomial sum = DerivativePolynomial.zero(d);
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                double metric = 0;
                for (int i = 0; i < d; i++) {
                    metric += inverseCell[a][i] * inverseCell[b][i];
                }
                if (metric != 0) {
                    sum = sum.plus(along(a, 1).times(along(b, 1)).times(metric));
                }
            }
        }
        double all = 0;
        for (int a = 0; isotropic != null && a < d; a++) {
            for (int b = a + 1; b < d; b++) {
                sum = sum.plus(along(a, 2).times(along(b, 2)).times((squaredSpacing(a) + squaredSpacing(b)) / 12));
                all += squaredSpacing(a) * squaredSpacing(b) / 90;
            }
        }
        if (isotropic == IsotropicStencil.TWENTY_SEVEN_POINT && d == 3) {
            sum = sum.plus(along(0, 2).times(along(1, 2)).times(along(2, 2)).times(all));
        }
        return sum;
    }

    /** {@code Δ²}. */
    DerivativePolynomial biharmonic() {
        return laplacian().times(laplacian());
    }

    /** An operator between single components, applied to each of several. */
    DerivativePolynomial[][] each(DerivativePolynomial one, int components) {
        DerivativePolynomial[][] form = zeros(components, components);
        for (int c = 0; c < components; c++) {
            form[c][c] = one;
        }
        return form;
    }

    /** {@code ∂²f/∂x_i∂x_j} in the components of a symmetric tensor. */
    DerivativePolynomial[][] hessian() {
        return fromFull(TensorType.SYMMETRIC, 1, (i, j, c) -> second(i, j));
    }

    /** {@code ∂_j v_i}. */
    DerivativePolynomial[][] jacobian() {
        return fromFull(TensorType.GENERAL, d,
                (i, j, c) -> c == i ? derivative(j) : DerivativePolynomial.zero(d));
    }

    /** {@code ½(∂_j v_i + ∂_i v_j)}. */
    DerivativePolynomial[][] strainRate() {
        return fromFull(TensorType.SYMMETRIC, d, (i, j, c) -> {
            DerivativePolynomial sum = DerivativePolynomial.zero(d);
            sum = c == i ? sum.plus(derivative(j).times(0.5)) : sum;
            return c == j ? sum.plus(derivative(i).times(0.5)) : sum;
        });
    }

    /** {@code Σ_j ∂_j T_ij}. */
    DerivativePolynomial[][] tensorDivergence(TensorType type) {
        double[][] full = type.toFull(d);
        DerivativePolynomial[][] form = zeros(d, type.components(d));
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int c = 0; c < form[i].length; c++) {
                    if (full[d * i + j][c] != 0) {
                        form[i][c] = form[i][c].plus(derivative(j).times(full[d * i + j][c]));
                    }
                }
            }
        }
        return form;
    }

    /** What input component {@code c} adds to element (i, j) of a full tensor. */
    private interface Element {
        DerivativePolynomial of(int i, int j, int c);
    }

    private DerivativePolynomial[][] fromFull(TensorType type, int inputs, Element element) {
        double[][] pick = type.fromFull(d);
        DerivativePolynomial[][] form = zeros(pick.length, inputs);
        for (int r = 0; r < pick.length; r++) {
            for (int k = 0; k < d * d; k++) {
                for (int c = 0; c < inputs; c++) {
                    if (pick[r][k] != 0) {
                        form[r][c] = form[r][c].plus(element.of(k / d, k % d, c).times(pick[r][k]));
                    }
                }
            }
        }
        return form;
    }
}
