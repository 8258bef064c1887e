package org.isotrope.kernels.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.isotrope.grids.FieldType.SCALAR;
import static org.isotrope.grids.FieldType.VECTOR;

import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.TensorConvolution;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.radial.RadialFunction;
import org.isotrope.kernels.stencil.Stencil;
import org.isotrope.kernels.tensor.IrrepsType;
import org.isotrope.kernels.tensor.TensorType;
import org.junit.jupiter.api.Test;

class EquivarianceReportTest {
    private static Grid plane(int n) {
        return Grid.of(Axis.uniform(-1, 1, n), Axis.uniform(-1, 1, n));
    }

    @Test
    void differentialOperatorsTurnAtTheirOrder() {
        Grid grid = plane(97);
        EquivarianceReport classical = EquivarianceReport.of(Operators.laplacian(grid));
        assertThat(classical.exactError()).isLessThan(1e-12);
        assertThat(classical.symmetries()).isEqualTo(8);
        assertThat(classical.order()).isCloseTo(2, within(0.3));
        // the leading error of the isotropic one, h²Δ²/12, turns with the field
        EquivarianceReport isotropic = EquivarianceReport.of(Differential.on(grid).isotropic().laplacian());
        assertThat(isotropic.order()).isCloseTo(4, within(0.4));
        assertThat(isotropic.levels().getLast().error()).isLessThan(0.05 * classical.levels().getLast().error());
        assertThat(EquivarianceReport.of(Operators.gradient(grid)).order()).isCloseTo(2, within(0.3));
        assertThat(isotropic.toString()).contains("observed order", "up to discretisation error");
    }

    @Test
    void operatorsThatSingleOutADirectionAreFound() {
        EquivarianceReport derivative = EquivarianceReport.of(
                Operators.derivative(plane(65), 0, Boundaries.all(Boundary.extrapolate(2))));
        assertThat(derivative.exactError()).isGreaterThan(0.1);
        assertThat(derivative.verdict()).contains("does not commute with the symmetries of its own grid");
    }

    /** ∂⁴/∂x⁴ + ∂⁴/∂y⁴ has all symmetries of the square and is not isotropic. */
    @Test
    void symmetriesOfTheGridAreNotEnough() {
        Stencil.Builder builder = Stencil.builder(2, 1, 1).tap(0, 0, 12, 0, 0);
        for (int s = -1; s <= 1; s += 2) {
            builder.tap(0, 0, -4, s, 0).tap(0, 0, -4, 0, s).tap(0, 0, 1, 2 * s, 0).tap(0, 0, 1, 0, 2 * s);
        }
        LinearOperator fourth = Operators.stencil(builder.build(), plane(97), SCALAR, SCALAR,
                Boundaries.all(Boundary.zero()));
        EquivarianceReport report = EquivarianceReport.of(fourth);
        assertThat(report.exactError()).isLessThan(1e-12);
        assertThat(report.order()).isLessThan(0.5);
        assertThat(report.verdict()).contains("is not equivariant");
    }

    /** Kernels of width 2h within 6h: a thousandth, and far less at half the spacing. */
    @Test
    void resolvedKernelsTurnSmoothFields() {
        for (int d = 2; d <= 3; d++) {
            int n = d == 2 ? 33 : 29;
            double h = 2.0 / (n - 1);
            double sigma = 2 * h;
            List<String> types = d == 2 ? List.of("0e + 1 + 2 + 3 + 4") : List.of("0e + 1o + 2e", "3o + 4e");
            for (String type : types) {
                List<Grid> grids = d == 2 ? List.of(plane(n), plane(2 * n - 1)) : List.of(space(n));
                EquivarianceReport report = EquivarianceReport.of(
                        grid -> TensorConvolution.on(grid, SCALAR, IrrepsType.of(type))
                                .radial(path -> smooth(path.order(), sigma, 6 * h)),
                        d == 2 ? 2 * h : 2.3 * h, grids);
                assertThat(report.exactError()).isLessThan(1e-12);
                // kernels of order l respond to l-th derivatives, which are small, and rounder errors weigh more
                assertThat(report.levels().getFirst().error()).as(report.toString())
                        .isLessThan(type.contains("4e") ? 5e-3 : 1e-3);
                if (d == 2) {
                    assertThat(report.levels().getLast().error()).as(report.toString())
                            .isLessThan(0.5 * report.levels().getFirst().error());
                }
            }
        }
    }

    /** (r/σ)^l exp(−r²/2σ²), brought to its cutoff smoothly. */
    private static RadialFunction smooth(int l, double sigma, double cutoff) {
        return Radial.of("r^l exp(−r²/2σ²)", r -> Math.pow(r / sigma, l) * Math.exp(-r * r / (2 * sigma * sigma))
                * Math.pow(1 - Math.min(1, r * r / (cutoff * cutoff)), 3)).within(cutoff);
    }

    private static Grid space(int n) {
        Axis axis = Axis.uniform(-1, 1, n);
        return Grid.of(axis, axis, axis);
    }

    @Test
    void vectorsAndTensorsTurnToo() {
        Axis axis = Axis.periodic(0, 1, 40);
        Grid grid = Grid.of(axis, axis);
        LinearOperator operator = TensorConvolution.on(grid, VECTOR, TensorType.GENERAL)
                .radial(path -> smooth(path.order(), 0.05, 0.15));
        EquivarianceReport report = EquivarianceReport.of(operator);
        assertThat(report.exactError()).isLessThan(1e-12);
        assertThat(report.levels().getLast().error()).isLessThan(1e-3);
    }

    @Test
    void gridsWithoutRoomAreRefused() {
        assertThatThrownBy(() -> EquivarianceReport.of(Operators.laplacian(plane(9))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("it had to reach");
        assertThatThrownBy(() -> EquivarianceReport.of(Operators::laplacian, 0.1, List.of()))
                .hasMessage("grids are none; there had to be one at least");
    }
}
