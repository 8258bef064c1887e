package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.difference.CompactScheme;
import org.isotrope.kernels.difference.DifferenceWeights;
import org.isotrope.kernels.difference.SummationByParts;
import org.junit.jupiter.api.Test;

class AxisDerivativeTest {
    private static Field wave(Grid grid, int a, int derivative) {
        double k = 2 * Math.PI;
        return Fields.automatic().scalar(grid, x ->
                Math.pow(k, derivative) * Math.sin(k * grid.toCoordinates(x)[a] + 0.4 + derivative * Math.PI / 2));
    }

    private static double order(LinearOperator coarse, LinearOperator fine, int a, int derivative) {
        double[] errors = new double[2];
        LinearOperator[] operators = {coarse, fine};
        for (int k = 0; k < 2; k++) {
            Grid grid = operators[k].domain().grid();
            errors[k] = Samples.distance(operators[k].apply(wave(grid, a, 0)), wave(grid, a, derivative));
        }
        return Math.log(errors[0] / errors[1]) / Math.log(2);
    }

    private static Grid grid(Axis axis, int a) {
        return a == 0 ? Grid.of(axis, Axis.uniform(0, 1, 3)) : Grid.of(Axis.uniform(0, 1, 3), axis);
    }

    @Test
    void everyOrderAndKindConvergesAsItSays() {
        for (int a = 0; a < 2; a++) {
            AxisDerivative coarse = Differential.on(grid(Axis.periodic(0, 1, 32), a)).accuracy(4).along(a);
            AxisDerivative fine = Differential.on(grid(Axis.periodic(0, 1, 64), a)).accuracy(4).along(a);
            for (int m = 1; m <= 6; m++) {
                assertThat(order(coarse.derivative(m), fine.derivative(m), a, m)).as("m %d", m)
                        .isCloseTo(4, within(0.15));
            }
            assertThat(order(coarse.biased(1, 1), fine.biased(1, 1), a, 1)).isCloseTo(4, within(0.15));
            assertThat(order(coarse.upwind(3, 1), fine.upwind(3, 1), a, 1)).isCloseTo(3, within(0.15));
            assertThat(order(coarse.upwind(5, -1), fine.upwind(5, -1), a, 1)).isCloseTo(5, within(0.15));
            assertThat(order(coarse.compact(1), fine.compact(1), a, 1)).isCloseTo(4, within(0.15));
            assertThat(order(coarse.compact(2), fine.compact(2), a, 2)).isCloseTo(4, within(0.15));
            DifferenceWeights uneven = DifferenceWeights.of(2, -2, 0, 1, 3);
            assertThat(order(coarse.stencil(uneven), fine.stencil(uneven), a, 2))
                    .isCloseTo(uneven.order(), within(0.15));
        }
    }

    /** Degree m + p − 1 in all rows of operators on a jittered axis: centred, one-sided and biased. */
    @Test
    void polynomialsAreExactOnJitteredAxesInEveryRow() {
        double[] nodes = new double[16];
        Axis unit = Samples.jittered(16, 5);
        Arrays.setAll(nodes, i -> 2 * unit.node(i) - 1);
        Grid grid = Grid.of(Axis.nodes(nodes));
        for (int m = 1; m <= 6; m++) {
            for (int p = 1; p <= 8; p++) {
                int degree = m + p - 1;
                int order = m;
                double factor = 1;
                for (int j = 0; j < m; j++) {
                    factor *= degree - j;
                }
                // rounding of values counts by the power m of one over the spacing
                double bar = (m <= 4 ? 1e-10 : 1e-7) * factor;
                Field f = Fields.automatic().scalar(grid, x -> Math.pow(x[0], degree));
                AxisDerivative along = Differential.on(grid).accuracy(p).along(0);
                String which = "m " + m + ", p " + p;
                for (LinearOperator operator : List.of(along.derivative(m), along.biased(m, 0),
                        along.biased(m, degree), along.biased(m, 1))) {
                    Field found = operator.apply(f);
                    for (int i = 0; i < nodes.length; i++) {
                        int row = i;
                        assertThat(found.get(0, i))
                                .as(() -> which + ", row " + row + " of\n" + operator.explain())
                                .isCloseTo(factor * Math.pow(nodes[i], degree - order), within(bar));
                    }
                }
            }
        }
    }

    @Test
    void oneSidedRowsReadNothingBehind() {
        Grid grid = Grid.of(Samples.jittered(12, 1));
        LinearOperator forward = Differential.on(grid).along(0).biased(1, 0);
        Field f = Fields.automatic().scalar(grid).fill(0);
        f.set(1, 0, 3);
        Field image = forward.apply(f);
        for (int i = 0; i < 12; i++) {
            // rows 10 and 11 have to shift: they take the last three nodes
            assertThat(image.get(0, i) != 0).as("row %d", i).isEqualTo(i >= 1 && i <= 3);
        }
    }

    @Test
    void compactDerivativesAreTheirMatricesAndHaveAdjoints() {
        for (Axis axis : List.of(Axis.uniform(0, 1, 15), Axis.periodic(0, 1, 14))) {
            for (int a = 0; a < 2; a++) {
                for (int m = 1; m <= 2; m++) {
                    Grid grid = grid(axis, a);
                    LinearOperator compact = Differential.on(grid).accuracy(6).along(a).compact(m);
                    Field x = Samples.random(compact.domain(), 3);
                    Field y = Samples.random(compact.range(), 4);
                    Field image = compact.apply(x);
                    double scale = Math.sqrt(Samples.dot(image, image) * Samples.dot(y, y));
                    assertThat(Samples.dot(x, compact.adjoint().apply(y)))
                            .isCloseTo(Samples.dot(image, y), within(1e-12 * scale));
                    double[] line = new double[axis.size()];
                    double[] derivative = new double[axis.size()];
                    for (int i = 0; i < line.length; i++) {
                        line[i] = a == 0 ? x.get(0, i, 1) : x.get(0, 1, i);
                    }
                    CompactScheme.of(m, 6).on(axis).apply(line, derivative);
                    for (int i = 0; i < line.length; i++) {
                        assertThat(a == 0 ? image.get(0, i, 1) : image.get(0, 1, i)).isEqualTo(derivative[i]);
                    }
                }
            }
        }
    }

    /** {@code uᵀH(Dv) + (Du)ᵀHv = u_N v_N − u_0 v_0}, line by line. */
    @Test
    void summationByPartsHoldsOnFields() {
        for (int order : new int[] {2, 4, 6, 8}) {
            Axis axis = Axis.uniform(0, 1, 25);
            Grid grid = Grid.of(Axis.uniform(0, 1, 2), axis);
            LinearOperator derivative = Differential.on(grid).accuracy(order).along(1).summationByParts();
            double[] norm = SummationByParts.of(axis, order).norm();
            Field u = Samples.random(derivative.domain(), 5);
            Field v = Samples.random(derivative.domain(), 6);
            Field du = derivative.apply(u);
            Field dv = derivative.apply(v);
            for (int row = 0; row < 2; row++) {
                double sum = 0;
                for (int i = 0; i < 25; i++) {
                    sum += norm[i] * (u.get(0, row, i) * dv.get(0, row, i) + du.get(0, row, i) * v.get(0, row, i));
                }
                double wall = u.get(0, row, 24) * v.get(0, row, 24) - u.get(0, row, 0) * v.get(0, row, 0);
                assertThat(sum).as("order %d", order).isCloseTo(wall, within(1e-14 * 25));
            }
        }
    }

    @Test
    void stencilsOfAnyOffsetsReadWhatBoundariesSay() {
        Grid grid = Grid.of(Axis.uniform(0, 4, 5));
        Field f = Fields.automatic().scalar(grid, x -> x[0] * x[0]);
        DifferenceWeights forward = DifferenceWeights.forward(1, 1);
        assertThat(Differential.on(grid).along(0).stencil(forward).apply(f).toArray()).containsExactly(1, 3, 5, 7, -16);
        assertThat(Differential.on(grid).beyondWalls(Boundaries.all(Boundary.extrapolate(2))).along(0).stencil(forward)
                .apply(f).toArray()).containsExactly(1, 3, 5, 7, 9);
    }

    @Test
    void badChoicesAreNamed() {
        Grid grid = Grid.of(Samples.jittered(12, 7), Axis.periodic(0, 1, 9));
        Differential second = Differential.on(grid);
        assertRefused(() -> second.along(2), "axis is 2; it had to be in [0, 2)");
        assertRefused(() -> second.along(0).derivative(7), "order of the derivative is 7; it had to be 1 to 6");
        assertRefused(() -> second.along(0).biased(2, 4), "below is 4; it had to be in [0, 4)");
        assertRefused(() -> second.along(0).stencil(DifferenceWeights.centred(1, 2)), "it had to be uniform");
        assertRefused(() -> second.along(1).stencil(DifferenceWeights.staggered(1, 2)), "it had to be 0, a node");
        assertRefused(() -> second.along(1).compact(1), "order is 2; it had to be 4 or 6");
        assertRefused(() -> second.accuracy(4).along(0).compact(1), "it had to be uniform for a compact scheme");
        assertRefused(() -> second.along(1).summationByParts(), "it had to be bounded");
        assertRefused(() -> second.along(0).upwind(2, 1), "accuracy is 2; it had to be odd");
        assertThat(Differential.on(Grid.of(Axis.singleton(1))).along(0).derivative(3)
                .apply(Fields.automatic().precision(Precision.FLOAT).scalar(Grid.of(Axis.singleton(1))).fill(3))
                .toArray()).containsExactly(0);
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
