package org.isotrope.kernels.staggered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Location;
import org.isotrope.grids.PointMap;
import org.isotrope.grids.StaggeredType;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Samples;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.SparseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StaggeredGridTest {
    private static final Axis BOUNDED = Axis.uniform(0, 1, 6);
    private static final Axis PERIODIC = Axis.periodic(0, 1, 5);
    private static final Axis UNEVEN = Axis.nodes(0, 0.1, 0.35, 0.4, 0.62, 0.8, 1.1);
    private static final Axis UNEVEN_PERIODIC = Axis.periodicNodes(1.2, 0, 0.1, 0.35, 0.4, 0.62, 0.8, 1.1);

    static Stream<StaggeredGrid> grids() {
        return Stream.of(
                Grid.of(UNEVEN),
                Grid.of(PERIODIC),
                Grid.of(BOUNDED, UNEVEN),
                Grid.of(PERIODIC, PERIODIC),
                Grid.of(UNEVEN_PERIODIC, BOUNDED),
                Grid.of(Axis.singleton(0.5), UNEVEN),
                Grid.of(UNEVEN, BOUNDED, UNEVEN_PERIODIC),
                Grid.of(BOUNDED, Axis.uniform(0, 2, 2), BOUNDED),
                Grid.of(PERIODIC, PERIODIC, PERIODIC))
                .flatMap(grid -> Stream.of(StaggeredGrid.on(grid), StaggeredGrid.on(grid).zeroOnWalls()));
    }

    private static StaggeredType type(FieldType base, Location location) {
        return new StaggeredType(base, location);
    }

    private static StaggeredType range(LinearOperator operator) {
        return (StaggeredType) operator.range().type();
    }

    private static double relative(Field zero, Field size) {
        return Samples.largest(zero) / Samples.largest(size);
    }

    @ParameterizedTest
    @MethodSource("grids")
    void curlOfGradientAndDivergenceOfCurlVanish(StaggeredGrid staggered) {
        int d = staggered.grid().dimension();
        for (Location from : new Location[] {Location.NODE, Location.CELL}) {
            LinearOperator gradient = staggered.gradient(from);
            Field slopes = gradient.apply(Samples.random(gradient.domain(), 1));
            if (d < 2) {
                continue;
            }
            LinearOperator curl = staggered.curl(range(gradient));
            Field size = curl.apply(Samples.random(curl.domain(), 2));
            assertThat(relative(curl.apply(slopes), size)).isLessThanOrEqualTo(1e-13);
            StaggeredType turning = d == 2 ? type(FieldType.PSEUDOSCALAR, from) : range(gradient);
            LinearOperator turned = staggered.curl(turning);
            LinearOperator divergence = staggered.divergence(range(turned));
            Field flux = turned.apply(Samples.random(turned.domain(), 3));
            size = divergence.apply(Samples.random(divergence.domain(), 4));
            assertThat(relative(divergence.apply(flux), size)).isLessThanOrEqualTo(1e-13);
        }
    }

    /** The second chain is made of matrices of its own; that they are adjoints is found by the weights of types. */
    @ParameterizedTest
    @MethodSource("grids")
    void theSecondChainIsTheAdjointOfTheFirst(StaggeredGrid staggered) {
        requireAdjoint(staggered.divergence(Location.EDGE), staggered.gradient(Location.NODE), -1);
        requireAdjoint(staggered.gradient(Location.CELL), staggered.divergence(Location.FACE), -1);
        int d = staggered.grid().dimension();
        if (d == 3) {
            LinearOperator curl = staggered.curl(Location.EDGE);
            requireAdjoint(staggered.curl(range(curl)), curl, 1);
        } else if (d == 2) {
            LinearOperator curl = staggered.curl(Location.EDGE);
            requireAdjoint(staggered.curl(range(curl)), curl, 1);
            LinearOperator turned = staggered.curl(type(FieldType.PSEUDOSCALAR, Location.NODE));
            requireAdjoint(staggered.curl(range(turned)), turned, 1);
        }
    }

    private static void requireAdjoint(LinearOperator found, LinearOperator of, double sign) {
        LinearOperator expected = Operators.weightedAdjoint(of).times(sign);
        assertThat(found.domain()).isEqualTo(expected.domain());
        assertThat(found.range()).isEqualTo(expected.range());
        SparseMatrix a = SparseMatrix.of(found);
        SparseMatrix b = SparseMatrix.of(expected);
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                if (isPadding(found.range(), i) || isPadding(found.domain(), j)) {
                    continue;
                }
                int row = i;
                int column = j;
                assertThat(a.get(i, j)).as(() -> found.explain() + ", entry " + row + ", " + column)
                        .isCloseTo(b.get(i, j), within(1e-13 * Math.max(1, Math.abs(b.get(i, j)))));
            }
        }
    }

    private static boolean isPadding(Space space, int i) {
        Grid grid = space.grid();
        StaggeredType type = (StaggeredType) space.type();
        return type.isPadding(grid, (int) (i / grid.size()), grid.index(i % grid.size()));
    }

    @Test
    void onPeriodicGridsTheDivergenceIsMinusTheTransposeOfTheGradientToTheBit() {
        Grid grid = Grid.of(PERIODIC, PERIODIC, PERIODIC);
        StaggeredGrid staggered = StaggeredGrid.on(grid);
        Field x = Samples.random(staggered.space(FieldType.VECTOR, Location.EDGE), 5);
        Field divergence = staggered.divergence(Location.EDGE).apply(x);
        Field transposed = staggered.gradient(Location.NODE).adjoint().apply(x);
        for (int i = 0; i < divergence.count(); i++) {
            assertThat(divergence.getFlat(i)).isEqualTo(-transposed.getFlat(i));
        }
    }

    /** Values of cells against fields on a grid of the cells' own centres, where what lies beyond walls is a boundary. */
    @Test
    void laplaciansAreTheClassicalOnesUnderTheirNaturalBoundaries() {
        Grid nodes = Grid.of(BOUNDED, PERIODIC, Axis.uniform(0, 2, 5));
        StaggeredGrid staggered = StaggeredGrid.on(nodes);
        LinearOperator laplacian = staggered.laplacian(Location.NODE);
        Field x = Samples.random(laplacian.domain(), 6);
        Field plain = Fields.automatic().scalar(nodes);
        for (int i = 0; i < x.count(); i++) {
            plain.setFlat(i, x.getFlat(i));
        }
        requireClose(laplacian.apply(x), Operators.laplacian(nodes, Boundaries.all(Boundary.mirror())).apply(plain));

        Grid cells = Grid.of(Axis.cells(0, 1, 5), Axis.cells(0, 2, 4));
        StaggeredGrid corners = StaggeredGrid.on(Grid.of(Axis.uniform(0, 1, 6), Axis.uniform(0, 2, 5)));
        Field centres = Samples.random(FieldType.SCALAR, cells, org.isotrope.grids.Precision.DOUBLE, 7);
        Field padded = Fields.automatic().of(type(FieldType.SCALAR, Location.CELL), corners.grid());
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 4; j++) {
                padded.set(centres.get(0, i, j), 0, i, j);
            }
        }
        requireCells(corners.laplacian(Location.CELL).apply(padded),
                Operators.laplacian(cells, Boundaries.all(Boundary.value())).apply(centres));
        requireCells(corners.zeroOnWalls().laplacian(Location.CELL).apply(padded),
                Operators.laplacian(cells, Boundaries.all(Boundary.symmetric())).apply(centres));
    }

    private static void requireClose(Field found, Field expected) {
        for (int i = 0; i < expected.count(); i++) {
            assertThat(found.getFlat(i)).as("value %d", i)
                    .isCloseTo(expected.getFlat(i), within(1e-12 * Samples.largest(expected)));
        }
    }

    private static void requireCells(Field found, Field expected) {
        int[] shape = expected.grid().shape();
        for (int i = 0; i <= shape[0]; i++) {
            for (int j = 0; j <= shape[1]; j++) {
                boolean padding = i == shape[0] || j == shape[1];
                assertThat(found.get(0, i, j)).as("cell %d, %d", i, j).isCloseTo(
                        padding ? 0 : expected.get(0, i, j), within(1e-12 * Samples.largest(expected)));
            }
        }
    }

    /** What sits in padding reaches padding alone. */
    @ParameterizedTest
    @MethodSource("grids")
    void paddingStaysPadding(StaggeredGrid staggered) {
        for (LinearOperator operator : all(staggered)) {
            Field x = Samples.random(operator.domain(), 8);
            Field clean = Fields.automatic().copy(x);
            Field poisoned = Fields.automatic().copy(x);
            setPadding(clean, 0);
            setPadding(poisoned, 1e6);
            Field found = operator.apply(poisoned);
            Field expected = operator.apply(clean);
            setPadding(found, 0);
            assertThat(Samples.bits(found)).as(operator::explain).isEqualTo(Samples.bits(expected));
        }
    }

    private static void setPadding(Field field, double value) {
        StaggeredType type = (StaggeredType) field.type();
        Grid grid = field.grid();
        for (int c = 0; c < field.components(); c++) {
            for (long i = 0; i < grid.size(); i++) {
                if (type.isPadding(grid, c, grid.index(i))) {
                    field.setFlat(c * grid.size() + i, value);
                }
            }
        }
    }

    private static List<LinearOperator> all(StaggeredGrid staggered) {
        List<LinearOperator> all = new ArrayList<>();
        for (Location location : Location.values()) {
            for (FieldType base : List.of(FieldType.SCALAR, FieldType.VECTOR, FieldType.PSEUDOSCALAR,
                    FieldType.PSEUDOVECTOR)) {
                for (Function<StaggeredType, LinearOperator> factory : List.<Function<StaggeredType, LinearOperator>>of(
                        staggered::gradient, staggered::curl, staggered::divergence)) {
                    try {
                        all.add(factory.apply(type(base, location)));
                    } catch (IllegalArgumentException refused) {
                        assertThat(refused).hasMessageContaining("had to");
                    }
                }
            }
        }
        int d = staggered.grid().dimension();
        assertThat(all).hasSize(d == 1 ? 8 : d == 2 ? 12 : 12);
        return all;
    }

    @ParameterizedTest
    @MethodSource("grids")
    void averagesAreExactForStraightLines(StaggeredGrid staggered) {
        Grid grid = staggered.grid();
        if (grid.axes().stream().anyMatch(axis -> axis.isPeriodic() || axis.size() == 2)) {
            return;
        }
        PointMap linear = (x, out) -> {
            for (int c = 0; c < out.length; c++) {
                out[c] = 1 + c;
                for (int a = 0; a < x.length; a++) {
                    out[c] += (2 - a + c) * x[a];
                }
            }
        };
        for (Location[] pair : new Location[][] {{Location.NODE, Location.CELL}, {Location.CELL, Location.NODE},
            {Location.EDGE, Location.FACE}, {Location.FACE, Location.EDGE}}) {
            FieldType base = pair[0] == Location.NODE || pair[0] == Location.CELL ? FieldType.SCALAR : FieldType.VECTOR;
            LinearOperator average = staggered.average(type(base, pair[0]), type(base, pair[1]));
            Field x = StaggeredType.fill(Fields.automatic().of(type(base, pair[0]), grid), linear);
            Field expected = StaggeredType.fill(Fields.automatic().of(type(base, pair[1]), grid), linear);
            requireClose(average.apply(x), expected);
        }
    }

    private static double error(int n, Function<StaggeredGrid, LinearOperator> make, PointMap f, PointMap exact) {
        Axis[] axes = new Axis[3];
        double[] nodes = new double[n + 1];
        double[] jitter = {0, 0.25, -0.2, 0.1};
        for (int i = 0; i <= n; i++) {
            nodes[i] = (i + jitter[i % 4]) / n;
        }
        Arrays.fill(axes, Axis.nodes(nodes));
        axes[1] = Axis.periodicNodes(1, Arrays.copyOf(nodes, n));
        LinearOperator operator = make.apply(StaggeredGrid.on(Grid.of(axes)));
        Grid grid = operator.domain().grid();
        Field x = StaggeredType.fill(Fields.automatic().of(operator.domain().type(), grid), f);
        Field found = operator.apply(x);
        Arithmetic.addScaled(-1, StaggeredType.fill(Fields.automatic().like(found), exact), found);
        return Samples.largest(found);
    }

    private static double order(Function<StaggeredGrid, LinearOperator> make, PointMap f, PointMap exact) {
        return Math.log(error(16, make, f, exact) / error(32, make, f, exact)) / Math.log(2);
    }

    /** At their own places differences are central, however rough the spacing. */
    @Test
    void theFirstChainIsOfSecondOrderOnJitteredAxes() {
        double k = 2 * Math.PI;
        PointMap f = (x, out) -> out[0] = Math.sin(x[0]) * Math.cos(k * x[1]) * Math.exp(x[2]);
        PointMap gradient = (x, out) -> {
            out[0] = Math.cos(x[0]) * Math.cos(k * x[1]) * Math.exp(x[2]);
            out[1] = -k * Math.sin(x[0]) * Math.sin(k * x[1]) * Math.exp(x[2]);
            out[2] = Math.sin(x[0]) * Math.cos(k * x[1]) * Math.exp(x[2]);
        };
        PointMap v = (x, out) -> {
            out[0] = Math.sin(2 * x[2]) * Math.cos(k * x[1]);
            out[1] = Math.exp(x[0] * x[2]);
            out[2] = Math.cos(x[0]) * Math.sin(k * x[1]) * Math.exp(x[2]);
        };
        PointMap curl = (x, out) -> {
            out[0] = k * Math.cos(x[0]) * Math.cos(k * x[1]) * Math.exp(x[2]) - x[0] * Math.exp(x[0] * x[2]);
            out[1] = 2 * Math.cos(2 * x[2]) * Math.cos(k * x[1])
                    + Math.sin(x[0]) * Math.sin(k * x[1]) * Math.exp(x[2]);
            out[2] = x[2] * Math.exp(x[0] * x[2]) + k * Math.sin(2 * x[2]) * Math.sin(k * x[1]);
        };
        PointMap divergence = (x, out) -> out[0] = Math.cos(x[0]) * Math.sin(k * x[1]) * Math.exp(x[2]);
        assertThat(order(s -> s.gradient(Location.NODE), f, gradient)).isCloseTo(2, within(0.15));
        assertThat(order(s -> s.curl(Location.EDGE), v, curl)).isCloseTo(2, within(0.15));
        assertThat(order(s -> s.divergence(Location.FACE), v, divergence)).isCloseTo(2, within(0.15));
    }

    /** Reflections and exchanges of axes move places to places; operators commute with that. */
    @Test
    void operatorsCommuteWithTheSymmetriesOfTheGrid() {
        Axis mirrored = Axis.nodes(-1, -0.8, -0.3, 0.3, 0.8, 1);
        for (Axis axis : new Axis[] {mirrored, PERIODIC}) {
            for (int d = 2; d <= 3; d++) {
                Axis[] axes = new Axis[d];
                Arrays.fill(axes, axis);
                for (LinearOperator operator : all(StaggeredGrid.on(Grid.of(axes)))) {
                    Field x = Samples.random(operator.domain(), 9);
                    setPadding(x, 0);
                    requireClose(operator.apply(reflected(x)), reflected(operator.apply(x)));
                    requireClose(operator.apply(exchanged(x)), exchanged(operator.apply(x)));
                }
            }
        }
    }

    /** Along axis 0. */
    private static Field reflected(Field x) {
        StaggeredType type = (StaggeredType) x.type();
        Grid grid = x.grid();
        int n = grid.axis(0).size();
        Field out = Fields.automatic().like(x);
        double[][] mirror = new double[grid.dimension()][grid.dimension()];
        for (int a = 0; a < mirror.length; a++) {
            mirror[a][a] = a == 0 ? -1 : 1;
        }
        double[][] signs = type.representation(mirror);
        for (int c = 0; c < x.components(); c++) {
            for (long i = 0; i < grid.size(); i++) {
                int[] index = grid.index(i);
                if (!type.isPadding(grid, c, index)) {
                    double value = x.get(c, index) * signs[c][c];
                    int half = type.isHalf(grid, c, 0) ? 1 : 0;
                    index[0] = grid.axis(0).isPeriodic()
                            ? Math.floorMod(-index[0] - half, n) : n - 1 - half - index[0];
                    out.set(value, c, index);
                }
            }
        }
        return out;
    }

    /** Axes 0 and 1. */
    private static Field exchanged(Field x) {
        Grid grid = x.grid();
        int d = grid.dimension();
        double[][] swap = new double[d][d];
        for (int a = 0; a < d; a++) {
            swap[a][a < 2 ? 1 - a : a] = 1;
        }
        double[][] matrix = x.type().representation(swap);
        Field out = Fields.automatic().like(x);
        for (int c = 0; c < x.components(); c++) {
            for (int k = 0; k < x.components(); k++) {
                for (long i = 0; i < grid.size() && matrix[c][k] != 0; i++) {
                    int[] index = grid.index(i);
                    double value = x.get(k, index) * matrix[c][k];
                    int first = index[0];
                    index[0] = index[1];
                    index[1] = first;
                    out.set(value, c, index);
                }
            }
        }
        return out;
    }

    @Test
    void typesSayWhereValuesSit() {
        Grid grid = Grid.of(BOUNDED, UNEVEN_PERIODIC);
        StaggeredType face = type(FieldType.VECTOR, Location.FACE);
        assertThat(face.position(grid, 0, 1, 6)).containsExactly(0.2, (1.1 + 1.2) / 2);
        assertThat(face.position(grid, 1, 1, 6)).containsExactly(0.2 + 0.1, 1.1);
        assertThat(face.isPadding(grid, 1, 5, 0)).isTrue();
        assertThat(face.isPadding(grid, 0, 5, 6)).isFalse();
        double volume = 0;
        for (long i = 0; i < grid.size(); i++) {
            volume += type(FieldType.SCALAR, Location.CELL).weight(grid, 0, grid.index(i));
        }
        assertThat(volume).isCloseTo(1.2, within(1e-14));
        for (Location location : Location.values()) {
            boolean central = location == Location.NODE || location == Location.CELL;
            StaggeredType type = type(central ? FieldType.PSEUDOSCALAR : FieldType.PSEUDOVECTOR, location);
            assertThat(StaggeredType.parse(type.toString())).isEqualTo(type);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        StaggeredGrid staggered = StaggeredGrid.on(Grid.of(BOUNDED, UNEVEN));
        assertThatThrownBy(() -> staggered.gradient(Location.FACE)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("base is scalar; it had to be vector or pseudovector for location FACE");
        assertThatThrownBy(() -> staggered.gradient(type(FieldType.VECTOR, Location.FACE)))
                .hasMessage("from is vector at face; gradients had to start from NODE or CELL");
        Field edges = Fields.automatic().of(type(FieldType.VECTOR, Location.EDGE), staggered.grid());
        assertThatThrownBy(() -> staggered.divergence(Location.FACE).apply(edges))
                .hasMessage("in is a vector at edge field; it had to be a vector at face field");
        assertThatThrownBy(() -> staggered.gradient(Location.NODE).then(staggered.divergence(Location.FACE)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("had to take");
        assertThatThrownBy(() -> StaggeredGrid.on(Grid.of(new double[][] {{1, 0.2}, {0, 1}}, BOUNDED, BOUNDED)))
                .hasMessageContaining("had to be rectangular");
        assertThatThrownBy(() -> StaggeredGrid.on(Grid.of(Axis.cells(0, 1, 4))))
                .hasMessageContaining("axis 0 is").hasMessageContaining("had to be node-centred");
        assertThatThrownBy(() -> staggered.average(type(FieldType.SCALAR, Location.NODE),
                type(FieldType.VECTOR, Location.FACE))).hasMessageContaining("had to have the same base");
        assertThatThrownBy(() -> StaggeredType.parse("vector at corner")).hasMessageContaining("had to be");
        assertThatThrownBy(() -> type(FieldType.SCALAR, Location.CELL).position(staggered.grid(), 0, 5, 0))
                .hasMessageContaining("had to be below the last");
    }
}
