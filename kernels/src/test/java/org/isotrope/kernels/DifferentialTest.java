package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.isotrope.grids.FieldType.PSEUDOSCALAR;
import static org.isotrope.grids.FieldType.SCALAR;
import static org.isotrope.grids.FieldType.VECTOR;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.PointMap;
import org.isotrope.grids.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Differential operators by explicit indices, and exactly on quadratic functions and discrete plane waves. */
class DifferentialTest {
    private static final double[][] SHEAR2 = {{1, 0.5}, {0.1, 0.9}};
    private static final double[][] SHEAR3 = {{1, 0.3, 0.1}, {0, 0.9, 0.2}, {-0.2, 0, 1.1}};

    static List<Grid> boundedGrids() {
        return List.of(
                Grid.of(Axis.uniform(-1, 1, 7)),
                Grid.of(Axis.uniform(-1, 1, 7), Axis.uniform(-1, 1, 7)),
                Grid.of(Axis.uniform(-1, 1, 7), Axis.cells(0, 3, 5)),
                Grid.of(SHEAR2, Axis.uniform(-1, 1, 6), Axis.uniform(0, 1, 21)),
                Grid.of(Axis.uniform(-1, 1, 5), Axis.uniform(0, 1, 4), Axis.cells(0, 2, 6)),
                Grid.of(SHEAR3, Axis.uniform(-1, 1, 5), Axis.uniform(0, 1, 4), Axis.uniform(0, 2, 19)));
    }

    static List<Grid> periodicGrids() {
        return List.of(
                Grid.of(Axis.periodic(0, 1, 9)),
                Grid.of(Axis.periodic(-1, 1, 8), Axis.periodic(0, 3, 21)),
                Grid.of(SHEAR2, Axis.periodic(-1, 1, 8), Axis.periodic(0, 3, 7)),
                Grid.of(Axis.periodic(0, 1, 5), Axis.periodic(0, 2, 6), Axis.periodic(0, 1, 17)),
                Grid.of(SHEAR3, Axis.periodic(0, 1, 5), Axis.periodic(0, 2, 6), Axis.periodic(0, 1, 7)));
    }

    /** {@code c + b·x + ½ x·Q x} for each of several components, with Q symmetric. */
    private static final class Quadratic {
        final int d;
        final double[] c;
        final double[][] b;
        final double[][][] q;

        Quadratic(int d, int components, long seed) {
            Random random = new Random(seed);
            this.d = d;
            c = random.doubles(components, -1, 1).toArray();
            b = new double[components][];
            q = new double[components][d][d];
            for (int k = 0; k < components; k++) {
                b[k] = random.doubles(d, -1, 1).toArray();
                for (int i = 0; i < d; i++) {
                    for (int j = 0; j <= i; j++) {
                        q[k][i][j] = 2 * random.nextDouble() - 1;
                        q[k][j][i] = q[k][i][j];
                    }
                }
            }
        }

        double value(int k, double[] x) {
            double value = c[k];
            for (int i = 0; i < d; i++) {
                value += 0.5 * (b[k][i] + derivative(k, i, x)) * x[i];
            }
            return value;
        }

        double derivative(int k, int i, double[] x) {
            double value = b[k][i];
            for (int j = 0; j < d; j++) {
                value += q[k][i][j] * x[j];
            }
            return value;
        }

        double laplacian(int k) {
            double trace = 0;
            for (int i = 0; i < d; i++) {
                trace += q[k][i][i];
            }
            return trace;
        }

        Field on(Grid grid, FieldType type) {
            return Fields.automatic().of(type, grid).fill((x, value) -> {
                for (int k = 0; k < value.length; k++) {
                    value[k] = value(k, x);
                }
            });
        }
    }

    /** To 1e-12 of the larger of the values that go in and come out. */
    private static void assertExact(LinearOperator operator, Field in, PointMap expected) {
        Field exact = Fields.automatic().of(operator.range().type(), in.grid()).fill(expected);
        assertThat(Samples.distance(operator.apply(in), exact)).as("%s on%n%s", operator.range(), in.grid())
                .isLessThanOrEqualTo(1e-12 * Math.max(Samples.largest(in), Samples.largest(exact)));
    }

    @ParameterizedTest
    @MethodSource("boundedGrids")
    void everythingIsExactOnQuadraticsUpToTheWalls(Grid grid) {
        int d = grid.dimension();
        Quadratic f = new Quadratic(d, 1, 7);
        Quadratic v = new Quadratic(d, d, 8);
        Field scalar = f.on(grid, SCALAR);
        Field vector = v.on(grid, VECTOR);
        assertExact(Operators.gradient(grid), scalar, (x, out) -> {
            for (int i = 0; i < d; i++) {
                out[i] = f.derivative(0, i, x);
            }
        });
        for (int i = 0; i < d; i++) {
            int direction = i;
            assertExact(Operators.derivative(grid, i, Boundaries.all(Boundary.extrapolate(2))), scalar,
                    (x, out) -> out[0] = f.derivative(0, direction, x));
        }
        assertExact(Operators.divergence(grid), vector, (x, out) -> {
            out[0] = 0;
            for (int i = 0; i < d; i++) {
                out[0] += v.derivative(i, i, x);
            }
        });
        assertExact(Operators.laplacian(grid), scalar, (x, out) -> out[0] = f.laplacian(0));
        assertExact(Operators.laplacian(grid, VECTOR, Boundaries.all(Boundary.extrapolate(2))), vector, (x, out) -> {
            for (int i = 0; i < d; i++) {
                out[i] = v.laplacian(i);
            }
        });
        if (d == 3) {
            assertExact(Operators.curl(grid), vector, (x, out) -> {
                out[0] = v.derivative(2, 1, x) - v.derivative(1, 2, x);
                out[1] = v.derivative(0, 2, x) - v.derivative(2, 0, x);
                out[2] = v.derivative(1, 0, x) - v.derivative(0, 1, x);
            });
        }
        if (d == 2) {
            assertExact(Operators.curl(grid), vector,
                    (x, out) -> out[0] = v.derivative(1, 0, x) - v.derivative(0, 1, x));
            assertExact(Operators.curlOfPseudoscalar(grid, Boundaries.all(Boundary.extrapolate(2))),
                    f.on(grid, PSEUDOSCALAR), (x, out) -> {
                        out[0] = f.derivative(0, 1, x);
                        out[1] = -f.derivative(0, 0, x);
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("boundedGrids")
    void linearExtrapolationIsExactOnLinearFunctions(Grid grid) {
        int d = grid.dimension();
        Field f = Fields.automatic().scalar(grid, x -> {
            double value = 0.3;
            for (int i = 0; i < d; i++) {
                value += (i + 0.7) * x[i];
            }
            return value;
        });
        Boundaries linear = Boundaries.all(Boundary.extrapolate(1));
        assertExact(Operators.gradient(grid, linear), f, (x, out) -> {
            for (int i = 0; i < d; i++) {
                out[i] = i + 0.7;
            }
        });
        assertExact(Operators.laplacian(grid, linear), f, (x, out) -> out[0] = 0);
    }

    /** On {@code cos(k·x)} centred differences multiply by their discrete symbols; k is a reciprocal lattice vector. */
    @ParameterizedTest
    @MethodSource("periodicGrids")
    void planeWavesAreMultipliedByTheSymbolOfTheDifferences(Grid grid) {
        int d = grid.dimension();
        double[][] inverse = grid.inverseCell();
        double[] along = new double[d];
        for (int a = 0; a < d; a++) {
            along[a] = 2 * Math.PI * (a == 1 ? -2 : 1) / grid.axis(a).period();
        }
        // D_a = i s_a, D_aa = −m_a
        double[] s = new double[d];
        double[] m = new double[d];
        for (int a = 0; a < d; a++) {
            double h = grid.axis(a).spacing();
            s[a] = Math.sin(along[a] * h) / h;
            m[a] = 2 * (1 - Math.cos(along[a] * h)) / (h * h);
        }
        double[] gradient = new double[d];
        double laplacian = 0;
        for (int i = 0; i < d; i++) {
            for (int a = 0; a < d; a++) {
                gradient[i] += inverse[a][i] * s[a];
                for (int b = 0; b < d; b++) {
                    laplacian -= inverse[a][i] * inverse[b][i] * (a == b ? m[a] : s[a] * s[b]);
                }
            }
        }
        Field wave = Fields.automatic().scalar(grid, x -> Math.cos(phase(grid, along, x)));
        double eigenvalue = laplacian;
        assertExact(Operators.gradient(grid), wave, (x, out) -> {
            for (int i = 0; i < d; i++) {
                out[i] = -gradient[i] * Math.sin(phase(grid, along, x));
            }
        });
        double relative = Math.abs(eigenvalue);
        assertExact(Operators.laplacian(grid).times(1 / relative), wave,
                (x, out) -> out[0] = eigenvalue / relative * Math.cos(phase(grid, along, x)));
        Field waves = Fields.automatic().vector(grid, (x, out) -> {
            for (int i = 0; i < d; i++) {
                out[i] = (i + 1) * Math.cos(phase(grid, along, x));
            }
        });
        assertExact(Operators.divergence(grid), waves, (x, out) -> {
            out[0] = 0;
            for (int i = 0; i < d; i++) {
                out[0] -= (i + 1) * gradient[i] * Math.sin(phase(grid, along, x));
            }
        });
        if (d == 3) {
            assertExact(Operators.curl(grid), waves, (x, out) -> {
                double sin = Math.sin(phase(grid, along, x));
                out[0] = -(gradient[1] * 3 - gradient[2] * 2) * sin;
                out[1] = -(gradient[2] - gradient[0] * 3) * sin;
                out[2] = -(gradient[0] * 2 - gradient[1]) * sin;
            });
        }
    }

    private static double phase(Grid grid, double[] along, double[] x) {
        double[] coordinates = grid.toCoordinates(x);
        double phase = 0.4;
        for (int a = 0; a < along.length; a++) {
            phase += along[a] * coordinates[a];
        }
        return phase;
    }

    @Test
    void gradientsByExplicitIndices() {
        // f = 1, 4, 9, 25, 36 at spacing ½
        Grid grid = Grid.of(Axis.uniform(0, 2, 5));
        Field f = Fields.automatic().scalar(grid);
        double[] values = {1, 4, 9, 25, 36};
        for (int i = 0; i < 5; i++) {
            f.set(values[i], 0, i);
        }
        assertGradient(grid, f, Boundary.zero(), 4, -25);
        assertGradient(grid, f, Boundary.extrapolate(0), 3, 11);
        assertGradient(grid, f, Boundary.extrapolate(1), 6, 22);
        assertGradient(grid, f, Boundary.extrapolate(2), -3 + 16 - 9, 3 * 36 - 4 * 25 + 9);
        assertGradient(grid, f, Boundary.mirror(), 0, 0);
        assertGradient(grid, f, Boundary.symmetric(), 3, 11);
        Grid ring = Grid.of(Axis.periodic(0, 2.5, 5));
        Field g = Fields.automatic().scalar(ring);
        g.segment().copyFrom(f.segment());
        assertThat(Operators.gradient(ring).apply(g).toArray()).containsExactly(4 - 36, 8, 21, 27, 1 - 25);
    }

    private static void assertGradient(Grid grid, Field f, Boundary boundary, double first, double last) {
        assertThat(Operators.gradient(grid, Boundaries.all(boundary)).apply(f).toArray()).as(boundary.toString())
                .containsExactly(first, 8, 21, 27, last);
    }

    @Test
    void laplaciansByExplicitIndices() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 3), Axis.uniform(0, 6, 4));
        Field f = Samples.random(SCALAR, grid, Precision.DOUBLE, 6);
        Field zero = Operators.laplacian(grid, Boundaries.all(Boundary.zero())).apply(f);
        Field mirror = Operators.laplacian(grid, Boundaries.all(Boundary.mirror())).apply(f);
        Field edge = Operators.laplacian(grid, Boundaries.all(Boundary.symmetric())).apply(f);
        // spacings ½ and 2: weights 4 and ¼
        assertThat(zero.get(0, 1, 1)).isCloseTo(4 * (f.get(0, 0, 1) - 2 * f.get(0, 1, 1) + f.get(0, 2, 1))
                + 0.25 * (f.get(0, 1, 0) - 2 * f.get(0, 1, 1) + f.get(0, 1, 2)), within(1e-14));
        assertThat(zero.get(0, 0, 3)).isCloseTo(4 * (f.get(0, 1, 3) - 2 * f.get(0, 0, 3))
                + 0.25 * (f.get(0, 0, 2) - 2 * f.get(0, 0, 3)), within(1e-14));
        assertThat(mirror.get(0, 0, 3)).isCloseTo(8 * (f.get(0, 1, 3) - f.get(0, 0, 3))
                + 0.5 * (f.get(0, 0, 2) - f.get(0, 0, 3)), within(1e-14));
        assertThat(edge.get(0, 2, 0)).isCloseTo(4 * (f.get(0, 1, 0) - f.get(0, 2, 0))
                + 0.25 * (f.get(0, 2, 1) - f.get(0, 2, 0)), within(1e-14));
    }

    @Test
    void mixedDerivativesOfShearedCellsByExplicitIndices() {
        // x = ξ + η/2, y = η: ∂_x = ∂_ξ, ∂_y = ∂_η − ½∂_ξ, Δ = 5/4 ∂_ξξ − ∂_ξη + ∂_ηη
        Grid grid = Grid.of(new double[][] {{1, 0.5}, {0, 1}}, Axis.uniform(0, 3, 4), Axis.uniform(0, 4, 5));
        Field f = Samples.random(SCALAR, grid, Precision.DOUBLE, 6);
        Field gradient = Operators.gradient(grid).apply(f);
        double alongXi = (f.get(0, 2, 2) - f.get(0, 0, 2)) / 2;
        double alongEta = (f.get(0, 1, 3) - f.get(0, 1, 1)) / 2;
        assertThat(gradient.get(0, 1, 2)).isCloseTo(alongXi, within(1e-15));
        assertThat(gradient.get(1, 1, 2)).isCloseTo(alongEta - 0.5 * alongXi, within(1e-15));
        double mixed = (f.get(0, 2, 3) - f.get(0, 2, 1) - f.get(0, 0, 3) + f.get(0, 0, 1)) / 4;
        double expected = 1.25 * (f.get(0, 2, 2) - 2 * f.get(0, 1, 2) + f.get(0, 0, 2)) - mixed
                + f.get(0, 1, 3) - 2 * f.get(0, 1, 2) + f.get(0, 1, 1);
        assertThat(Operators.laplacian(grid).apply(f).get(0, 1, 2)).isCloseTo(expected, within(1e-14));
    }

    @Test
    void divergenceAndCurlByExplicitIndices() {
        Grid grid = Grid.of(Axis.uniform(0, 3, 4), Axis.uniform(0, 2, 5), Axis.uniform(0, 1, 5));
        Field v = Samples.random(VECTOR, grid, Precision.DOUBLE, 9);
        double[][] slope = new double[3][3];
        for (int c = 0; c < 3; c++) {
            slope[c][0] = (v.get(c, 3, 2, 1) - v.get(c, 1, 2, 1)) / 2;
            slope[c][1] = v.get(c, 2, 3, 1) - v.get(c, 2, 1, 1);
            slope[c][2] = (v.get(c, 2, 2, 2) - v.get(c, 2, 2, 0)) * 2;
        }
        Field curl = Operators.curl(grid).apply(v);
        assertThat(Operators.divergence(grid).apply(v).get(0, 2, 2, 1))
                .isCloseTo(slope[0][0] + slope[1][1] + slope[2][2], within(1e-14));
        assertThat(curl.get(0, 2, 2, 1)).isCloseTo(slope[2][1] - slope[1][2], within(1e-14));
        assertThat(curl.get(1, 2, 2, 1)).isCloseTo(slope[0][2] - slope[2][0], within(1e-14));
        assertThat(curl.get(2, 2, 2, 1)).isCloseTo(slope[1][0] - slope[0][1], within(1e-14));
    }

    @Test
    void nothingVariesAlongASingleNode() {
        Grid flat = Grid.of(Axis.uniform(0, 1, 6), Axis.singleton(2), Axis.uniform(0, 1, 5));
        Grid plane = Grid.of(Axis.uniform(0, 1, 6), Axis.uniform(0, 1, 5));
        Field f = Samples.random(SCALAR, flat, Precision.DOUBLE, 9);
        Field g = Fields.automatic().scalar(plane);
        g.segment().copyFrom(f.segment());
        Field gradient = Operators.gradient(flat).apply(f);
        Field expected = Operators.gradient(plane).apply(g);
        assertThat(gradient.component(0).toArray()).isEqualTo(expected.component(0).toArray());
        assertThat(gradient.component(1).toArray()).containsOnly(0);
        assertThat(gradient.component(2).toArray()).isEqualTo(expected.component(1).toArray());
        assertThat(Operators.laplacian(flat).apply(f).toArray())
                .isEqualTo(Operators.laplacian(plane).apply(g).toArray());
    }

    /** To the bit, for all that takes scalars to scalars or vectors to scalars, on axes of every kind. */
    @Test
    void singleNodesLeaveNoTraceInAnyOperator() {
        List<Function<Differential, LinearOperator>> makes = List.of(
                Differential::laplacian, Differential::biharmonic, Differential::divergence,
                k -> k.beyondWalls(Boundaries.all(Boundary.slope())).laplacian(),
                k -> k.beyondWalls(Boundaries.all(Boundary.value())).divergence(), k -> k.accuracy(4).laplacian(),
                Differential::mimeticDivergence);
        Axis[] axes = {Axis.uniform(0, 1, 9), Axis.periodic(0, 1, 8), Axis.cells(0, 1, 10), Samples.jittered(11, 3),
            Samples.jitteredPeriodic(12, 4)};
        for (Axis one : axes) {
            for (Axis two : axes) {
                Grid plane = Grid.of(one, two);
                for (int place = 0; place < 3; place++) {
                    List<Axis> all = new ArrayList<>(List.of(one, two));
                    all.add(place, Axis.singleton(2));
                    Grid flat = Grid.of(all.toArray(Axis[]::new));
                    for (Function<Differential, LinearOperator> make : makes) {
                        LinearOperator thin = make.apply(Differential.on(flat));
                        Field in = Samples.random(thin.domain(), 5);
                        LinearOperator lower = make.apply(Differential.on(plane));
                        Field same = Fields.automatic().of(lower.domain().type(), plane);
                        int next = 0;
                        for (int c = 0; c < in.components(); c++) {
                            if (in.components() == 1 || c != place) {
                                same.component(next++).segment().copyFrom(in.component(c).segment());
                            }
                        }
                        assertThat(thin.apply(in).toArray()).as(() -> thin.explain() + " on\n" + flat)
                                .isEqualTo(lower.apply(same).toArray());
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("boundedGrids")
    void floatsAgreeWithDoubles(Grid grid) {
        for (LinearOperator operator : List.of(Operators.gradient(grid), Operators.laplacian(grid))) {
            Field single = Samples.random(SCALAR, grid, Precision.FLOAT, 3);
            Field both = Fields.automatic().scalar(grid).copyFrom(single);
            Field expected = operator.apply(both);
            assertThat(Samples.distance(operator.apply(single), expected))
                    .isLessThan(3e-5 * Samples.largest(expected));
        }
    }
}
