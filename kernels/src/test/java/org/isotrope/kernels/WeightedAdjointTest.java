package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Grid;
import org.junit.jupiter.api.Test;

class WeightedAdjointTest {
    private static final double[][] SHEAR = {{1, 0.4}, {0.1, 0.9}};

    private static double weighted(Field a, Field b) {
        Grid grid = a.grid();
        double sum = 0;
        for (int i = 0; i < a.count(); i++) {
            sum += grid.weight(grid.index(i % grid.size())) * a.getFlat(i) * b.getFlat(i);
        }
        return sum;
    }

    @Test
    void theMimeticDivergenceIsMinusTheAdjointOfTheGradientOnEveryGrid() {
        Axis uneven = Axis.nodes(0, 0.1, 0.35, 0.4, 0.62, 0.8, 1.1);
        Axis periodic = Axis.periodicNodes(1.2, 0, 0.1, 0.35, 0.4, 0.62, 0.8, 1.1);
        for (Grid grid : List.of(Grid.of(uneven), Grid.of(Axis.cells(0, 1, 6), periodic),
                Grid.of(SHEAR, uneven, Axis.uniform(0, 1, 7)), Grid.of(SHEAR, periodic, Axis.periodic(0, 1, 5)),
                Grid.of(Axis.uniform(0, 1, 5), periodic, uneven))) {
            for (Differential choice : List.of(Differential.on(grid), Differential.on(grid).accuracy(4),
                    Differential.on(grid).beyondWalls(Boundaries.all(Boundary.symmetric())))) {
                LinearOperator divergence = choice.mimeticDivergence();
                Field u = Samples.random(divergence.range(), 1);
                Field v = Samples.random(divergence.domain(), 2);
                double left = weighted(choice.gradient().apply(u), v);
                double right = -weighted(u, divergence.apply(v));
                assertThat(left).isCloseTo(right, within(1e-12 * Math.sqrt(weighted(v, v)
                        * weighted(choice.gradient().apply(u), choice.gradient().apply(u)))));
            }
        }
    }

    /** On uniform periodic grids it is the divergence itself, and elsewhere it has the order of one inside. */
    @Test
    void theMimeticDivergenceIsADivergence() {
        Grid grid = Grid.of(SHEAR, Axis.periodic(0, 1, 6), Axis.periodic(0, 1, 8));
        Field v = Samples.random(Operators.divergence(grid).domain(), 3);
        Field expected = Operators.divergence(grid).apply(v);
        Field found = Differential.on(grid).mimeticDivergence().apply(v);
        for (int i = 0; i < found.count(); i++) {
            assertThat(found.getFlat(i)).isCloseTo(expected.getFlat(i), within(1e-13 * Samples.largest(expected)));
        }
        double order = Math.log(error(24) / error(48)) / Math.log(2);
        assertThat(order).isCloseTo(2, within(0.15));
    }

    private static double error(int n) {
        double[] nodes = new double[n + 1];
        for (int i = 0; i <= n; i++) {
            double x = (double) i / n;
            nodes[i] = x + 0.12 * Math.sin(2 * Math.PI * x) / Math.PI;
        }
        Grid grid = Grid.of(SHEAR, Axis.nodes(nodes), Axis.nodes(nodes));
        LinearOperator divergence = Differential.on(grid).mimeticDivergence();
        Field v = org.isotrope.grids.Fields.automatic().vector(grid, (x, out) -> {
            out[0] = Math.sin(2 * x[0] + x[1]);
            out[1] = Math.cos(x[0] - 3 * x[1]);
        });
        Field found = divergence.apply(v);
        double largest = 0;
        for (int i = n / 4; i <= 3 * n / 4; i++) {
            for (int j = n / 4; j <= 3 * n / 4; j++) {
                double[] x = grid.position(i, j);
                double exact = 2 * Math.cos(2 * x[0] + x[1]) + 3 * Math.sin(x[0] - 3 * x[1]);
                largest = Math.max(largest, Math.abs(found.get(0, i, j) - exact));
            }
        }
        return largest;
    }

    @Test
    void onUniformGridsItIsTheAdjoint() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 6), Axis.cells(0, 2, 7));
        LinearOperator gradient = Operators.gradient(grid);
        Field v = Samples.random(gradient.range(), 4);
        assertThat(Samples.bits(Operators.weightedAdjoint(gradient).apply(v)))
                .isEqualTo(Samples.bits(gradient.adjoint().apply(v)));
    }
}
