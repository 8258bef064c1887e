package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.isotrope.grids.FieldType.SCALAR;
import static org.isotrope.grids.FieldType.VECTOR;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.tensor.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Differential operators on nonuniform and mixed grids, and with one-sided rows. */
class VaryingWeightsTest {
    private static final double[][] SHEAR2 = {{1, 0.5}, {0.1, 0.9}};
    private static final double[][] SHEAR3 = {{1, 0.3, 0.1}, {0, 0.9, 0.2}, {-0.2, 0, 1.1}};

    private static final List<Function<Differential, LinearOperator>> OPERATORS = List.of(
            Differential::gradient, Differential::divergence, Differential::curl, Differential::laplacian,
            Differential::vectorLaplacian, Differential::hessian, Differential::jacobian, Differential::strainRate,
            d -> d.tensorDivergence(TensorType.SYMMETRIC), Differential::biharmonic);

    /** {@code (x − centre)^degree} along one axis, every derivative order and accuracy, every row. */
    @Test
    void polynomialsOnAJitteredAxisAreDifferentiatedExactlyInEveryRow() {
        Axis jittered = Samples.jittered(20, 41);
        for (int a = 0; a < 3; a++) {
            Axis[] axes = {Axis.uniform(0, 1, 2), Axis.uniform(0, 1, 2), Axis.uniform(0, 1, 2)};
            axes[a] = jittered;
            Grid grid = Grid.of(axes);
            int along = a;
            for (int m = 1; m <= 4; m++) {
                for (int p = 2; p <= 8; p += 2) {
                    LinearOperator operator = Differential.on(grid).accuracy(p).along(a).derivative(m);
                    for (int degree = 0; degree <= m + p - 1; degree++) {
                        int n = degree;
                        double factor = 1;
                        for (int k = 0; k < m; k++) {
                            factor *= n - k;
                        }
                        double scale = factor;
                        int rest = n - m;
                        Field f = Fields.automatic().scalar(grid, x -> Math.pow(2 * x[along] - 1, n));
                        Field exact = Fields.automatic().scalar(grid, x -> scale == 0 ? 0
                                : scale * Math.pow(2, n - rest) * Math.pow(2 * x[along] - 1, rest));
                        double size = Math.max(1, Samples.largest(exact));
                        // derivatives of lower powers vanish; there the weights themselves are the scale
                        double weights = degree < m ? Math.pow(20, m) : size;
                        assertThat(Samples.distance(operator.apply(f), exact) / Math.max(size, weights))
                                .as("axis %d, derivative %d, accuracy %d, degree %d", a, m, p, degree)
                                .isLessThan(1e-10);
                    }
                }
            }
        }
    }

    static List<Grid> unevenGrids() {
        return List.of(
                Grid.of(Samples.jittered(9, 1), Samples.jittered(12, 2)),
                Grid.of(SHEAR2, Samples.jittered(9, 3), Axis.uniform(0, 2, 21)),
                Grid.of(SHEAR2, Axis.cells(0, 2, 8), Axis.uniform(0, 0.7, 7)),
                Grid.of(Samples.jittered(6, 4), Axis.uniform(0, 3, 5), Samples.jittered(19, 5)),
                Grid.of(SHEAR3, Samples.jittered(6, 6), Axis.uniform(0, 3, 5), Samples.jittered(7, 7)));
    }

    @ParameterizedTest
    @MethodSource("unevenGrids")
    void quadraticsAreExactUpToTheWallsOnShearedAndUnevenCells(Grid grid) {
        int d = grid.dimension();
        double[][] q = new double[d][d];
        double[] b = new Random(3).doubles(d, -1, 1).toArray();
        Random random = new Random(4);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                q[i][j] = 2 * random.nextDouble() - 1;
                q[j][i] = q[i][j];
            }
        }
        Field f = Fields.automatic().scalar(grid, x -> {
            double value = 0.4;
            for (int i = 0; i < d; i++) {
                value += b[i] * x[i];
                for (int j = 0; j < d; j++) {
                    value += 0.5 * q[i][j] * x[i] * x[j];
                }
            }
            return value;
        });
        Field hessian = Differential.on(grid).hessian().apply(f);
        Field laplacian = Differential.on(grid).laplacian().apply(f);
        int[][] order = d == 2 ? new int[][] {{0, 0}, {1, 1}, {0, 1}}
                : new int[][] {{0, 0}, {1, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}};
        double trace = 0;
        for (int i = 0; i < d; i++) {
            trace += q[i][i];
        }
        // the weights of a second difference are as large as 1/h²
        double h = 1;
        for (Axis axis : grid.axes()) {
            for (int i = 1; i < axis.size(); i++) {
                h = Math.min(h, axis.node(i) - axis.node(i - 1));
            }
        }
        double tolerance = 1e-14 * 4 / (h * h);
        assertThat(tolerance).isLessThan(1e-9);
        for (int c = 0; c < order.length; c++) {
            Field component = hessian.component(c);
            for (long i = 0; i < grid.size(); i++) {
                assertThat(component.getFlat(i)).as("component %d", c)
                        .isCloseTo(q[order[c][0]][order[c][1]], within(tolerance));
            }
        }
        for (long i = 0; i < grid.size(); i++) {
            assertThat(laplacian.getFlat(i)).isCloseTo(trace, within(tolerance));
        }
    }

    @Test
    void shearedAndAnisotropicCellsAreExactOnQuadraticsToTwelveDigits() {
        for (Grid grid : List.of(
                Grid.of(SHEAR2, Axis.uniform(-1, 1, 6), Axis.uniform(-1, 1, 6)),
                Grid.of(Axis.uniform(-1, 1, 6), Axis.uniform(-3, 3, 9)),
                Grid.of(SHEAR3, Axis.uniform(-1, 1, 5), Axis.uniform(-2, 2, 5), Axis.uniform(-1, 1, 6)))) {
            Field f = Fields.automatic().scalar(grid, x -> 0.5 * x[0] * x[0] - x[0] * x[1] + 1.5 * x[1] * x[1] + x[0]);
            for (int accuracy : new int[] {2, 4}) {
                if (accuracy + 2 > grid.axis(0).size()) {
                    continue;
                }
                Field laplacian = Differential.on(grid).accuracy(accuracy).laplacian().apply(f);
                for (long i = 0; i < grid.size(); i++) {
                    assertThat(laplacian.getFlat(i)).isCloseTo(4, within(4e-12));
                }
            }
        }
    }

    /** Wherever a singleton axis stands, the other axes do what they do without it, to the bit. */
    @Test
    void singletonAxesGiveExactlyTheLowerDimension() {
        Axis x = Samples.jittered(9, 8);
        Axis y = Samples.jitteredPeriodic(7, 9);
        Grid plane = Grid.of(x, y);
        for (int flat = 0; flat < 3; flat++) {
            Axis one = Axis.singleton(0.3);
            Grid space = Grid.of(flat == 0 ? one : x, flat == 1 ? one : flat == 0 ? x : y, flat == 2 ? one : y);
            Field f = Samples.random(SCALAR, plane, Precision.DOUBLE, 10);
            Field g = Fields.automatic().scalar(space);
            g.segment().copyFrom(f.segment());
            for (int accuracy : new int[] {2, 4}) {
                Differential below = Differential.on(plane).accuracy(accuracy);
                Differential above = Differential.on(space).accuracy(accuracy);
                assertThat(above.laplacian().apply(g).toArray()).isEqualTo(below.laplacian().apply(f).toArray());
                Field gradient = above.gradient().apply(g);
                Field expected = below.gradient().apply(f);
                int next = 0;
                for (int i = 0; i < 3; i++) {
                    if (i == flat) {
                        assertThat(gradient.component(i).toArray()).containsOnly(0);
                    } else {
                        assertThat(gradient.component(i).toArray()).isEqualTo(expected.component(next++).toArray());
                    }
                }
            }
        }
        Grid line = Grid.of(x);
        Field u = Samples.random(SCALAR, line, Precision.DOUBLE, 11);
        for (Grid thin : List.of(Grid.of(x, Axis.singleton(1)), Grid.of(Axis.singleton(1), x))) {
            Field v = Fields.automatic().scalar(thin);
            v.segment().copyFrom(u.segment());
            assertThat(Operators.laplacian(thin).apply(v).toArray())
                    .isEqualTo(Operators.laplacian(line).apply(u).toArray());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyExecutionGivesTheBitsOfTheReference(Precision precision) {
        for (Grid grid : List.of(
                Grid.of(Samples.jittered(11, 12), Samples.jittered(45, 13)),
                Grid.of(SHEAR3, Samples.jitteredPeriodic(8, 14), Samples.jittered(7, 15), Samples.jittered(30, 16)))) {
            for (Function<Differential, LinearOperator> make : OPERATORS) {
                LinearOperator operator = make.apply(Differential.on(grid));
                for (LinearOperator one : List.of(operator, operator.adjoint())) {
                    Field in = Samples.random(one.domain().type(), grid, precision, 17);
                    Field expected = Samples.poisoned(one.range(), precision);
                    one.plan(precision, Execution.scalarReference()).apply(in, expected);
                    for (Execution execution : List.of(Execution.serial(), Execution.threads(2))) {
                        Field found = Samples.poisoned(one.range(), precision);
                        one.plan(precision, execution).apply(in, found);
                        assertThat(Samples.bits(found)).as(one::explain).isEqualTo(Samples.bits(expected));
                    }
                }
            }
        }
    }

    /** The same nodes, once as a uniform axis under boundaries and once as a list: mirrored ghosts lie alike. */
    @Test
    void boundariesOfNonuniformAxesAgreeWithUniformOnesOnEqualNodes() {
        Axis uniform = Axis.uniform(0, 1, 12);
        Axis listed = Axis.nodes(uniform.nodes());
        for (Boundary rule : Samples.BOUNDARIES) {
            Field f = Fields.automatic().scalar(Grid.of(uniform), x -> Math.exp(x[0]));
            Field g = Fields.automatic().scalar(Grid.of(listed), x -> Math.exp(x[0]));
            // first derivatives take the same nodes on both
            Field expected = Operators.gradient(f.grid(), Boundaries.all(rule)).apply(f);
            assertThat(Samples.distance(Operators.gradient(g.grid(), Boundaries.all(rule)).apply(g), expected))
                    .as(rule.toString()).isLessThan(1e-12 * Samples.largest(expected));
        }
    }

    @Test
    void mixedSidesTakeTheirOwnRules() {
        Axis axis = Samples.jittered(12, 18);
        Grid grid = Grid.of(axis);
        Boundaries rules = Boundaries.all(Boundary.zero()).with(0, Boundaries.Side.LOW, Boundary.mirror());
        Field f = Samples.random(SCALAR, grid, Precision.DOUBLE, 19);
        Field found = Operators.gradient(grid, rules).apply(f);
        assertThat(found.get(0, 0)).as("no slope at a mirror").isCloseTo(0, within(1e-13 * Samples.largest(found)));
        Field zero = Operators.gradient(grid, Boundaries.all(Boundary.zero())).apply(f);
        assertThat(found.get(0, 11)).isEqualTo(zero.get(0, 11));
    }

    @Test
    void tracesAndPartsFitTogether() {
        Grid grid = Grid.of(SHEAR3, Samples.jittered(7, 20), Samples.jitteredPeriodic(6, 21), Axis.uniform(0, 1, 8));
        Differential differential = Differential.on(grid);
        Field v = Samples.random(new Space(grid, VECTOR), 22);
        Field jacobian = differential.jacobian().apply(v);
        Field strain = differential.strainRate().apply(v);
        Field curl = differential.curl().apply(v);
        Field divergence = differential.divergence().apply(v);
        int[][] pairs = {{0, 0}, {1, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}};
        double scale = 1e-13 * Samples.largest(jacobian);
        for (long n = 0; n < grid.size(); n++) {
            double trace = 0;
            for (int c = 0; c < 6; c++) {
                int i = pairs[c][0];
                int j = pairs[c][1];
                double both = jacobian.component(3 * i + j).getFlat(n) + jacobian.component(3 * j + i).getFlat(n);
                assertThat(strain.component(c).getFlat(n)).isCloseTo(both / 2, within(scale));
                trace += c < 3 ? both / 2 : 0;
            }
            assertThat(divergence.getFlat(n)).isCloseTo(trace, within(4 * scale));
            assertThat(curl.component(2).getFlat(n))
                    .isCloseTo(jacobian.component(3).getFlat(n) - jacobian.component(1).getFlat(n), within(4 * scale));
        }
        // ∇·(∇v)ᵀ is another operator, but ∇·(q I) is the gradient of q
        Field q = Samples.random(new Space(grid, SCALAR), 23);
        Field tensor = Fields.automatic().of(TensorType.SYMMETRIC, grid).fill(0);
        for (int i = 0; i < 3; i++) {
            tensor.component(i).copyFrom(q);
        }
        Field force = differential.tensorDivergence(TensorType.SYMMETRIC).apply(tensor);
        assertThat(Samples.distance(force, differential.gradient().apply(q)))
                .isLessThan(1e-13 * Samples.largest(force));
    }

    @Test
    void periodicDifferencesAreExactlySkew() {
        for (int accuracy : new int[] {2, 4, 8}) {
            Grid grid = Grid.of(Axis.periodic(0, 3, 11), Axis.periodic(0, 1, 12));
            for (int i = 0; i < 2; i++) {
                LinearOperator derivative = Differential.on(grid).accuracy(accuracy).derivative(i);
                Field f = Samples.random(derivative.domain(), 24);
                Field minus = derivative.times(-1).apply(f);
                assertThat(Samples.distance(derivative.adjoint().apply(f), minus))
                        .isLessThan(1e-15 * Samples.largest(minus));
                for (int j = 0; j < grid.size(); j += 7) {
                    Field unit = Fields.automatic().scalar(grid).fill(0);
                    unit.setFlat(j, 1);
                    assertThat(derivative.adjoint().apply(unit).toArray())
                            .isEqualTo(derivative.times(-1).apply(unit).toArray());
                }
            }
        }
    }

    @Test
    void theIdentityMergesWithVaryingWeights() {
        Grid grid = Grid.of(Samples.jittered(9, 27), Samples.jittered(11, 28));
        LinearOperator laplacian = Operators.laplacian(grid);
        LinearOperator step = Operators.identity(grid, SCALAR).plus(laplacian.times(0.01));
        assertThat(step.explain()).contains("3 terms").doesNotContain("combination");
        Field f = Samples.random(step.domain(), 29);
        Field image = laplacian.apply(f);
        Field found = step.apply(f);
        for (long i = 0; i < grid.size(); i++) {
            assertThat(found.getFlat(i)).isCloseTo(f.getFlat(i) + 0.01 * image.getFlat(i), within(1e-12));
        }
    }

    @Test
    void blocksAreRefusedWhereWeightsVary() {
        Grid grid = Grid.of(Samples.jittered(9, 25), Samples.jittered(9, 26));
        Execution blocks = Execution.serial().with(Algorithm.BLOCKS);
        assertThatThrownBy(() -> Operators.laplacian(grid).plan(Precision.FLOAT, blocks))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("algorithm is BLOCKS; it had to be SWEEPS or AUTOMATIC for an operator whose weights vary"
                        + " along axes");
        assertThat(Operators.laplacian(grid).explain())
                .contains("Δ: scalar → scalar", "one-sided", "rows of varying weights");
    }
}
