package org.isotrope.kernels.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.grids.Symmetry;
import org.isotrope.kernels.AffineOperator;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.BilinearOperator;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.ManufacturedSolution;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Samples;
import org.isotrope.kernels.WallData;
import org.isotrope.kernels.verify.Verify;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code ∇·(k∇u)} under conditions at walls, with and without data. */
class DiffusionWallsTest {
    private static final Axis CELLS = Axis.cells(0, 1, 6);
    private static final Axis NODES = Axis.uniform(0, 1, 7);
    private static final Axis PERIODIC = Axis.periodic(0, 1, 6);
    private static final Axis UNEVEN = Axis.nodes(0, 0.1, 0.35, 0.4, 0.62, 0.8, 1.1);
    private static final Axis UNEVEN_CELLS = Axis.cellsBetween(0, 0.1, 0.35, 0.4, 0.62, 0.8, 1.1);
    private static final double[][] STRETCHED_CELL = {{0, -2}, {0.5, 0}};
    private static final double[][] PRISM = {{1, 0.4, 0}, {0.1, 0.9, 0}, {0, 0, 1.3}};

    static Stream<Grid> grids() {
        return Stream.of(Grid.of(UNEVEN), Grid.of(CELLS), Grid.of(NODES, UNEVEN_CELLS), Grid.of(PERIODIC, UNEVEN),
                Grid.of(STRETCHED_CELL, UNEVEN_CELLS, UNEVEN), Grid.of(Axis.singleton(1), UNEVEN),
                Grid.of(PRISM, PERIODIC, Axis.periodic(0, 1, 5), UNEVEN_CELLS), Grid.of(NODES, UNEVEN, CELLS));
    }

    /** Another condition on every side. */
    private static Boundaries mixture(Grid grid, int from) {
        List<Boundary> conditions = List.of(Boundary.value(), Boundary.mixed(0.7), Boundary.slope());
        Boundaries boundaries = Boundaries.all(Boundary.mixed(1.2));
        int next = from;
        for (int a = 0; a < grid.dimension(); a++) {
            for (Side side : Side.values()) {
                if (!grid.axis(a).isPeriodic()) {
                    boundaries = boundaries.with(a, side, conditions.get(next++ % 3));
                }
            }
        }
        return boundaries;
    }

    private static Field one(Grid grid) {
        return Fields.automatic().scalar(grid).fill(1);
    }

    /** Positive at walls beyond the last nodes, too. */
    private static Field positive(Grid grid) {
        Field k = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 1);
        for (long i = 0; i < k.count(); i++) {
            k.setFlat(i, 1 + 0.3 * Math.clamp(k.getFlat(i), -1, 1));
        }
        return k;
    }

    private static void requireClose(Field found, Field expected, double bar) {
        assertThat(Samples.distance(found, expected)).isLessThanOrEqualTo(bar * Samples.largest(expected));
    }

    private static List<BilinearOperator> sources(Grid grid, Boundaries boundaries) {
        List<BilinearOperator> sources = new ArrayList<>();
        for (int a = 0; a < grid.dimension(); a++) {
            for (Side side : Side.values()) {
                if (!grid.axis(a).isPeriodic() && grid.axis(a).size() > 1) {
                    sources.add(Transport.diffusionSource(grid, boundaries, a, side));
                }
            }
        }
        return sources;
    }

    @Test
    void byExplicitIndices() {
        double h = 0.5;
        double gamma = 0.6;
        for (Axis axis : List.of(Axis.cells(0, 2.5, 5), Axis.uniform(0, 2, 5))) {
            Grid grid = Grid.of(axis);
            Field u = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 2);
            Field k = positive(grid);
            double[] middle = new double[4];
            for (int i = 0; i < 4; i++) {
                middle[i] = (k.getFlat(i) + k.getFlat(i + 1)) / 2 * (u.getFlat(i + 1) - u.getFlat(i)) / h;
            }
            Boundaries boundaries = Boundaries.all(Boundary.value()).with(0, Side.HIGH, Boundary.mixed(gamma));
            Field found = Transport.diffusion(grid, boundaries).apply(u, k);
            Field low = Transport.diffusionSource(grid, boundaries, 0, Side.LOW).apply(datum(grid, Side.LOW, 3), k);
            Field high = Transport.diffusionSource(grid, boundaries, 0, Side.HIGH).apply(datum(grid, Side.HIGH, 3), k);
            for (int i = 1; i < 4; i++) {
                assertThat(found.getFlat(i)).isCloseTo((middle[i] - middle[i - 1]) / h, within(1e-13));
                assertThat(low.getFlat(i)).isZero();
                assertThat(high.getFlat(i)).isZero();
            }
            double last = k.getFlat(4);
            if (axis.centring() == Axis.Centring.CELL) {
                double value = -k.getFlat(0) * u.getFlat(0) / (h / 2);
                last = 1.5 * last - 0.5 * k.getFlat(3);
                double mixed = -last * gamma * u.getFlat(4) / (1 + gamma * h / 2);
                assertThat(found.getFlat(0)).isCloseTo((middle[0] + value) / h, within(1e-13));
                assertThat(found.getFlat(4)).isCloseTo((mixed - middle[3]) / h, within(1e-13));
                assertThat(low.getFlat(0)).isCloseTo(k.getFlat(0) * 3 / (h / 2) / h, within(1e-13));
                assertThat(high.getFlat(4)).isCloseTo(last * 3 / (1 + gamma * h / 2) / h, within(1e-13));
            } else {
                assertThat(found.getFlat(0)).isZero();
                assertThat(low.getFlat(0)).isZero();
                double mixed = -last * gamma * u.getFlat(4);
                assertThat(found.getFlat(4)).isCloseTo((mixed - middle[3]) / (h / 2), within(1e-13));
                assertThat(high.getFlat(4)).isCloseTo(last * 3 / (h / 2), within(1e-13));
            }
        }
    }

    private static Field datum(Grid grid, Side side, double value) {
        return Fields.automatic().scalar(WallData.wall(Operators.laplacian(grid).domain(), 0, side).grid()).fill(value);
    }

    @Test
    void withACoefficientOfOneItIsTheClassicalLaplacianUnderTheSameConditions() {
        for (Grid grid : List.of(Grid.of(CELLS, PERIODIC, NODES), Grid.of(NODES, CELLS),
                Grid.of(STRETCHED_CELL, NODES, CELLS))) {
            for (int from = 0; from < 3; from++) {
                Boundaries boundaries = mixture(grid, from);
                AffineOperator laplacian = AffineOperator.of(grid, boundaries, Differential::laplacian);
                Field u = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 3);
                requireClose(Transport.diffusion(grid, boundaries).apply(u, one(grid)), laplacian.linear().apply(u),
                        1e-13);
                for (int a = 0; a < grid.dimension(); a++) {
                    for (Side side : Side.values()) {
                        if (!grid.axis(a).isPeriodic()) {
                            BilinearOperator source = Transport.diffusionSource(grid, boundaries, a, side);
                            Field g = Samples.random(source.first(), 4);
                            requireClose(source.apply(g, one(grid)), laplacian.source(a, side).apply(g), 1e-13);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("grids")
    void slopesOfZeroInsulate(Grid grid) {
        Field u = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 5);
        Field k = positive(grid);
        assertThat(Transport.diffusion(grid, Boundaries.all(Boundary.slope())).apply(u, k).toArray())
                .isEqualTo(Transport.diffusion(grid).apply(u, k).toArray());
    }

    @ParameterizedTest
    @MethodSource("grids")
    void adjointsInEitherArgument(Grid grid) {
        for (int from = 0; from < 3; from++) {
            Boundaries boundaries = mixture(grid, from);
            List<BilinearOperator> maps = sources(grid, boundaries);
            maps.add(Transport.diffusion(grid, boundaries));
            for (BilinearOperator map : maps) {
                Field a = Samples.random(map.first(), 4);
                Field b = Samples.random(map.second(), 5);
                Field y = Samples.random(map.range(), 6);
                Verify.that(map.fixFirst(a)).linear().orThrow();
                Verify.that(map.fixFirst(a)).adjoint().orThrow();
                Verify.that(map.fixSecond(b)).linear().orThrow();
                Verify.that(map.fixSecond(b)).adjoint().orThrow();
                double whole = Samples.dot(map.apply(a, b), y);
                double size = Math.sqrt(Samples.dot(map.apply(a, b), map.apply(a, b)) * Samples.dot(y, y));
                assertThat(Samples.dot(a, map.adjointInFirst().apply(y, b))).isCloseTo(whole, within(1e-12 * size));
                assertThat(Samples.dot(b, map.adjointInSecond().apply(a, y))).isCloseTo(whole, within(1e-12 * size));
            }
        }
    }

    /** Under the volumes of dual cells, on fields that are 0 where nodes hold values. */
    @ParameterizedTest
    @MethodSource("grids")
    void itIsSymmetricAndDissipates(Grid grid) {
        for (int from = 0; from < 3; from++) {
            Boundaries boundaries = mixture(grid, from);
            LinearOperator diffusion = Transport.diffusion(grid, boundaries).fixSecond(positive(grid));
            Field u = Samples.random(diffusion.domain(), 7);
            Field v = Samples.random(diffusion.domain(), 8);
            AffineOperator held = AffineOperator.of(grid, boundaries, Differential::laplacian);
            held.impose(WallData.zero(), u);
            held.impose(WallData.zero(), v);
            Field ofU = diffusion.apply(u);
            Field ofV = diffusion.apply(v);
            double uv = 0;
            double vu = 0;
            double uu = 0;
            double size = 0;
            for (long i = 0; i < grid.size(); i++) {
                double w = volume(grid, i);
                uv += w * ofU.getFlat(i) * v.getFlat(i);
                vu += w * ofV.getFlat(i) * u.getFlat(i);
                uu += w * ofU.getFlat(i) * u.getFlat(i);
                size += Math.abs(w * ofU.getFlat(i) * v.getFlat(i));
            }
            assertThat(uv).isCloseTo(vu, within(1e-12 * size));
            assertThat(uu).isNegative();
        }
    }

    private static double volume(Grid grid, long node) {
        int[] index = grid.index(node);
        double volume = 1;
        for (int a = 0; a < index.length; a++) {
            Axis axis = grid.axis(a);
            boolean half = !axis.isPeriodic() && axis.centring() == Axis.Centring.NODE && axis.size() > 1
                    && (index[a] == 0 || index[a] == axis.size() - 1);
            volume *= half ? axis.weight(index[a]) / 2 : axis.weight(index[a]);
        }
        return volume;
    }

    /** Rows at walls too, where the field is odd about walls that hold 0. */
    @Test
    void underValuesItIsOfSecondOrder() {
        for (IntFunction<Axis> axis : List.<IntFunction<Axis>>of(n -> Axis.cells(0, 1, n),
                n -> Axis.uniform(0, 1, n + 1))) {
            assertThat(order(n -> error(Grid.of(axis.apply(n), axis.apply(n))), 32)).isCloseTo(2, within(0.15));
        }
    }

    private static double error(Grid grid) {
        ManufacturedSolution.Fit nothing = ManufacturedSolution.Fit.NOTHING;
        ManufacturedSolution.Fit flat = ManufacturedSolution.Fit.FLAT;
        var u = new ManufacturedSolution(grid, new ManufacturedSolution.Fit[] {nothing, nothing}, 1, 5);
        var k = new ManufacturedSolution(grid, new ManufacturedSolution.Fit[] {flat, flat}, 1, 6);
        Field found = Transport.diffusion(grid, Boundaries.all(Boundary.value()))
                .apply(u.on(FieldType.SCALAR), k.on(FieldType.SCALAR));
        return Samples.distance(found, u.field(FieldType.SCALAR, (x, out) -> {
            out[0] = k.derivative(0, x) * u.laplacian(0, x);
            for (int i = 0; i < x.length; i++) {
                out[0] += k.derivative(0, x, i) * u.derivative(0, x, i);
            }
        }));
    }

    private static double order(IntFunction<Double> error, int n) {
        return Math.log(error.apply(n) / error.apply(2 * n)) / Math.log(2);
    }

    /** {@code −∇·(k∇u) = f} with data at walls that u meets, solved by elimination. */
    @Test
    void steadyStatesAreOfSecondOrder() {
        for (int from = 0; from < 3; from++) {
            int first = from;
            for (IntFunction<Axis> axis : List.<IntFunction<Axis>>of(n -> Axis.cells(0, 1, n),
                    n -> Axis.uniform(0, 1, n + 1), n -> Axis.nodes(smooth(n)), n -> Axis.cellsBetween(smooth(n)))) {
                assertThat(order(n -> steady(Grid.of(axis.apply(n)), first), 40))
                        .as("1D %s from %d", axis.apply(5), first).isCloseTo(2, within(0.15));
                assertThat(order(n -> steady(Grid.of(axis.apply(n), axis.apply(n)), first), 9))
                        .as("2D %s from %d", axis.apply(5), first).isCloseTo(2, within(0.3));
            }
        }
    }

    private static double[] smooth(int n) {
        double[] x = new double[n + 1];
        for (int i = 0; i <= n; i++) {
            double s = (double) i / n;
            x[i] = s + 0.1 * Math.sin(Math.PI * s);
        }
        return x;
    }

    private static double u(double[] x, int derivative, int times) {
        double product = 1;
        for (int a = 0; a < x.length; a++) {
            product *= Math.sin((1 + 0.5 * a) * x[a] + 0.4 + (a == derivative ? times * Math.PI / 2 : 0))
                    * (a == derivative ? Math.pow(1 + 0.5 * a, times) : 1);
        }
        return product;
    }

    private static double k(double[] x) {
        return x.length == 1 ? 1 + x[0] * x[0] : 1 + x[0] * x[0] + x[1] / 2;
    }

    private static double steady(Grid grid, int from) {
        Boundaries boundaries = mixture(grid, from);
        Field k = Fields.automatic().scalar(grid, DiffusionWallsTest::k);
        Field right = Fields.automatic().scalar(grid, x -> {
            double f = 2 * x[0] * u(x, 0, 1) + (x.length > 1 ? u(x, 1, 1) / 2 : 0);
            for (int a = 0; a < x.length; a++) {
                f += k(x) * u(x, a, 2);
            }
            return f;
        });
        for (int a = 0; a < grid.dimension(); a++) {
            for (Side side : Side.values()) {
                BilinearOperator source = Transport.diffusionSource(grid, boundaries, a, side);
                int axis = a;
                double outwards = side == Side.LOW ? -1 : 1;
                String condition = boundaries.at(a, side).toString();
                Field g = Fields.automatic().scalar(source.first().grid(), x -> switch (condition) {
                    case "value" -> u(x, 0, 0);
                    case "slope" -> outwards * u(x, axis, 1);
                    default -> outwards * u(x, axis, 1) + 0.7 * u(x, 0, 0);
                });
                Arithmetic.addScaled(-1, source.apply(g, k), right);
            }
        }
        Field exact = Fields.automatic().scalar(grid, x -> u(x, 0, 0));
        int n = (int) grid.size();
        LinearOperator diffusion = Transport.diffusion(grid, boundaries).fixSecond(k);
        double[][] matrix = new double[n][n + 1];
        for (int j = 0; j < n; j++) {
            Field unit = Fields.automatic().scalar(grid);
            unit.setFlat(j, 1);
            Field column = diffusion.apply(unit);
            for (int i = 0; i < n; i++) {
                matrix[i][j] = column.getFlat(i);
            }
        }
        Field held = Fields.automatic().scalar(grid).fill(1);
        AffineOperator.of(grid, boundaries, Differential::laplacian).impose(WallData.zero(), held);
        for (int i = 0; i < n; i++) {
            matrix[i][n] = right.getFlat(i);
            if (held.getFlat(i) == 0) {
                matrix[i] = new double[n + 1];
                matrix[i][i] = 1;
                matrix[i][n] = exact.getFlat(i);
            }
        }
        return distance(solved(matrix), exact);
    }

    private static double distance(double[] found, Field exact) {
        double largest = 0;
        for (int i = 0; i < found.length; i++) {
            largest = Math.max(largest, Math.abs(found[i] - exact.getFlat(i)));
        }
        return largest;
    }

    /** Rows are diagonally dominant, so no pivots are sought. */
    private static double[] solved(double[][] rows) {
        int n = rows.length;
        for (int p = 0; p < n; p++) {
            for (int i = p + 1; i < n; i++) {
                double factor = rows[i][p] / rows[p][p];
                for (int j = p; j <= n && factor != 0; j++) {
                    rows[i][j] -= factor * rows[p][j];
                }
            }
        }
        double[] x = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double sum = rows[i][n];
            for (int j = i + 1; j < n; j++) {
                sum -= rows[i][j] * x[j];
            }
            x[i] = sum / rows[i][i];
        }
        return x;
    }

    @Test
    void theSymmetriesOfTheGridCommute() {
        Axis stretched = Axis.nodes(-1, -0.9, -0.6, 0, 0.6, 0.9, 1);
        for (Grid grid : List.of(Grid.of(stretched, stretched), Grid.of(CELLS, CELLS, CELLS))) {
            for (Boundary condition : List.of(Boundary.value(), Boundary.mixed(0.7))) {
                BilinearOperator map = Transport.diffusion(grid, Boundaries.all(condition));
                Field a = Samples.random(map.first(), 1);
                Field b = Samples.random(map.second(), 2);
                for (Symmetry symmetry : grid.symmetries()) {
                    requireClose(map.apply(turned(symmetry, a), turned(symmetry, b)),
                            turned(symmetry, map.apply(a, b)), 1e-12);
                }
            }
        }
    }

    private static Field turned(Symmetry symmetry, Field field) {
        Field out = Fields.automatic().like(field);
        symmetry.apply(field, out);
        return out;
    }

    @Test
    void whatCannotStandAtAWallIsRefused() {
        Grid grid = Grid.of(CELLS, PERIODIC);
        assertThatThrownBy(() -> Transport.diffusion(grid, Boundaries.all(Boundary.zero())))
                .hasMessageContaining("axis 0 is zero; it had to be a value, a slope or a mixed condition");
        Grid sheared = Grid.of(new double[][] {{1, 0.4}, {0, 1}}, CELLS, CELLS);
        assertThatThrownBy(() -> Transport.diffusion(sheared, Boundaries.all(Boundary.value())))
                .hasMessageContaining("not orthogonal to axis 1");
        Boundaries values = Boundaries.all(Boundary.value());
        assertThatThrownBy(() -> Transport.diffusionSource(grid, values, 1, Side.LOW)).hasMessageContaining("periodic");
        assertThatThrownBy(() -> Transport.diffusionSource(Grid.of(Axis.singleton(1), CELLS), values, 0, Side.LOW))
                .hasMessageContaining("more than one node");
    }
}
