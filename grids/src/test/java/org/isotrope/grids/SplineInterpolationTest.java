package org.isotrope.grids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single points: every order on every mix of axes. */
class SplineInterpolationTest {
    private static List<Grid> grids(int order) {
        return GridMixes.all(order > 1 ? GridMixes.uniformAxes() : GridMixes.axes());
    }

    /** As in the definitions, by distance alone. */
    private static double bump(int order, double s) {
        double x = Math.abs(s);
        return switch (order) {
            case 0 -> s >= -0.5 && s < 0.5 ? 1 : 0;
            case 1 -> Math.max(0, 1 - x);
            case 2 -> x <= 0.5 ? 0.75 - x * x : x < 1.5 ? 0.5 * (1.5 - x) * (1.5 - x) : 0;
            default -> x <= 1 ? (4 - 6 * x * x + 3 * x * x * x) / 6 : x < 2 ? (2 - x) * (2 - x) * (2 - x) / 6 : 0;
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void weightsAreBSplines(int order) {
        Random random = new Random(1);
        double[][] cell = {{0.8, 0.1}, {-0.3, 1.2}};
        Grid grid = Grid.of(cell, Axis.uniform(-2, 3, 11), Axis.periodic(0, 3, 12));
        SplineWeights weights = Interpolation.spline(grid, order).weights();
        for (int round = 0; round < 200; round++) {
            double[] xi = {random.nextDouble(-1, 2), random.nextDouble(-6, 9)};
            double[] byDistance = new double[(int) grid.size()];
            for (int i = 0; i < byDistance.length; i++) {
                int[] index = grid.index(i);
                double along = (xi[1] - grid.axis(1).node(index[1])) / 0.25;
                double nearest = along - 12 * Math.floor(along / 12 + 0.5);
                byDistance[i] = bump(order, (xi[0] - grid.axis(0).node(index[0])) / 0.5) * bump(order, nearest);
            }
            double[] found = new double[byDistance.length];
            assertThat(weights.locate(grid.toSpace(xi), 0, false)).isTrue();
            for (int k = 0; k < weights.count(); k++) {
                found[(int) weights.flat(k)] += weights.weight(k);
            }
            assertThat(found).containsExactly(byDistance, within(1e-13));
        }
    }

    /** First and second derivatives of the weights, against differences of the weights and of the first ones. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void slopesAndCurvaturesAreThoseOfDifferences(int order) {
        Random random = new Random(5);
        double step = 1e-5;
        for (Grid grid : grids(order)) {
            int d = grid.dimension();
            SplineWeights weights = Interpolation.spline(grid, order).outside(OutOfDomain.CLAMP).weights();
            for (int round = 0; round < 2; round++) {
                // offset from the middle between nodes, where derivatives of low orders jump, and from the nodes
                double[] inside = new double[d];
                for (int a = 0; a < d; a++) {
                    Axis axis = grid.axis(a);
                    int i = random.nextInt(Math.max(1, axis.size() - 1));
                    double next = axis.size() > 1 ? axis.node(i + 1) : axis.node(i) + 1;
                    inside[a] = axis.node(i) + (random.nextBoolean() ? 0.3 : 0.7) * (next - axis.node(i));
                }
                double[] point = grid.toSpace(inside);
                double[] direction = random.doubles(d + 1, -1, 1).toArray();
                double[] above = point.clone();
                double[] below = point.clone();
                for (int i = 0; i < d; i++) {
                    above[i] += step * direction[i + 1];
                    below[i] -= step * direction[i + 1];
                }
                weights.locate(above, 0, true);
                double[][] high = weightsAndSlopes(weights, d);
                weights.locate(below, 0, true);
                double[][] low = weightsAndSlopes(weights, d);
                weights.locate(point, 0, true);
                double worst = 0;
                for (int k = 0; k < weights.count(); k++) {
                    double along = (high[k][d] - low[k][d]) / (2 * step);
                    worst = Math.max(worst, Math.abs(weights.slope(k, direction, 1) - along));
                    double[] curved = new double[d + 1];
                    weights.addCurvature(k, -2, direction, curved, 1);
                    for (int i = 0; i < d; i++) {
                        worst = Math.max(worst, Math.abs(curved[i + 1] - (low[k][i] - high[k][i]) / step));
                    }
                }
                assertThat(worst).as(grid.toString()).isLessThanOrEqualTo(1e-5);
            }
        }
    }

    /** One row a node: its gradient, then its weight. */
    private static double[][] weightsAndSlopes(SplineWeights weights, int d) {
        double[][] rows = new double[weights.count()][d + 1];
        for (int k = 0; k < rows.length; k++) {
            weights.addSlope(k, 1, rows[k], 0);
            rows[k][d] = weights.weight(k);
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void chargeIsKeptAndDepositionIsTheTranspose(int order) {
        Random random = new Random(2);
        for (Grid grid : grids(order)) {
            Interpolation spline = Interpolation.spline(grid, order);
            Field field = GridMixes.random(FieldType.SCALAR, grid, random);
            for (int round = 0; round < 3; round++) {
                double[] at = grid.toSpace(GridMixes.inside(grid, random));
                Field density = Fields.automatic().scalar(grid);
                spline.deposit(2.5, at, density);
                double total = 0;
                double dot = 0;
                for (long i = 0; i < grid.size(); i++) {
                    double charge = density.getFlat(i) * grid.weight(grid.index(i));
                    total += charge;
                    dot += charge * field.getFlat(i);
                }
                assertThat(total).isCloseTo(2.5, within(2.5e-14));
                assertThat(dot).isCloseTo(2.5 * spline.value(field, at), within(1e-12));
            }
        }
    }

    /** On bounded axes of at least two nodes; also in the half cells before the walls of cell-centred ones. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void linearFunctionsAreReproducedAndFirstMomentsKept(int order) {
        Random random = new Random(3);
        double[] slope = {2, -3, 0.7};
        for (Grid grid : grids(order)) {
            Interpolation spline = Interpolation.spline(grid, order);
            int d = grid.dimension();
            Field linear = Fields.automatic().scalar(grid, x -> linear(slope, grid, grid.toCoordinates(x)));
            for (int round = 0; round < 3; round++) {
                double[] xi = GridMixes.inside(grid, random);
                for (int a = 0; a < d; a++) {
                    if (grid.axis(a).isPeriodic()) {
                        // away from the seam, where images of nodes would be needed
                        int n = grid.axis(a).size();
                        xi[a] = order == 1 ? random.nextDouble(grid.axis(a).node(0), grid.axis(a).node(n - 1))
                                : random.nextDouble(grid.axis(a).node(1), grid.axis(a).node(n - 2));
                    }
                }
                double[] at = grid.toSpace(xi);
                assertThat(spline.value(linear, at)).isCloseTo(linear(slope, grid, xi), within(1e-12));
                Field density = Fields.automatic().scalar(grid);
                spline.deposit(1, at, density);
                double[] moment = new double[d];
                for (long i = 0; i < grid.size(); i++) {
                    double[] node = grid.position(grid.index(i));
                    for (int j = 0; j < d; j++) {
                        moment[j] += density.getFlat(i) * grid.weight(grid.index(i)) * node[j];
                    }
                }
                assertThat(moment).as("first moment on\n%s", grid).containsExactly(at, within(1e-13));
            }
        }
    }

    private static double linear(double[] slope, Grid grid, double[] xi) {
        double value = 1;
        for (int a = 0; a < xi.length; a++) {
            value += slope[a] * xi[a];
        }
        return value;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void gradientsAreDerivativesInThePosition(int order) {
        Random random = new Random(4);
        for (Grid grid : grids(order)) {
            Interpolation spline = Interpolation.spline(grid, order);
            Field field = GridMixes.random(FieldType.SCALAR, grid, random);
            double[] xi = GridMixes.inside(grid, random);
            for (int a = 0; a < xi.length; a++) {
                // clear of the walls and, for order 1, of the kinks at nodes
                Axis axis = grid.axis(a);
                if (axis.size() > 1) {
                    int i = random.nextInt(axis.size() - 1);
                    xi[a] = 0.37 * axis.node(i) + 0.63 * axis.node(i + 1);
                }
            }
            double[] gradient = spline.gradient(field, grid.toSpace(xi));
            // along the axes ∂_ξ = Aᵀ∇, and a singleton axis admits no step
            for (int a = 0; a < xi.length; a++) {
                double along = 0;
                for (int i = 0; i < xi.length; i++) {
                    along += grid.cell()[i][a] * gradient[i];
                }
                if (grid.axis(a).size() == 1) {
                    assertThat(along).isCloseTo(0, within(1e-13));
                    continue;
                }
                double step = 1e-5;
                double[] moved = xi.clone();
                moved[a] += step;
                double upper = spline.value(field, grid.toSpace(moved));
                moved[a] = xi[a] - step;
                double lower = spline.value(field, grid.toSpace(moved));
                assertThat(along).as("axis %d of\n%s", a, grid).isCloseTo((upper - lower) / (2 * step), within(2e-7));
            }
        }
    }

    @Test
    void orderZeroIsTheValueOfTheCell() {
        Field cells = Fields.automatic().scalar(Grid.of(Axis.cellsBetween(0, 1, 4, 6)));
        cells.set(1, 0, 0);
        cells.set(2, 0, 1);
        cells.set(3, 0, 2);
        Interpolation nearest = Interpolation.spline(cells.grid(), 0);
        double[] at = {0, 0.99, 1, 3.99, 4, 6};
        double[] expected = {1, 1, 2, 2, 3, 3};
        for (int i = 0; i < at.length; i++) {
            assertThat(nearest.value(cells, at[i])).as("at %s", at[i]).isEqualTo(expected[i]);
        }
        Field periodic = Fields.automatic().scalar(Grid.of(Axis.periodicNodes(4, 0, 1, 3)), x -> x[0]);
        Interpolation around = Interpolation.spline(periodic.grid(), 0);
        assertThat(around.value(periodic, 3.4)).isEqualTo(3);
        assertThat(around.value(periodic, 3.6)).isEqualTo(0);
        assertThat(around.value(periodic, -0.6)).isEqualTo(3);
    }

    /** A cubic spline reads one node beyond the end; the straight line makes the end node its own value. */
    @Test
    void splinesPassThroughEndNodes() {
        Grid line = Grid.of(Axis.uniform(0, 6, 7));
        Field field = GridMixes.random(FieldType.SCALAR, line, new Random(5));
        for (int order = 0; order <= 3; order++) {
            Interpolation spline = Interpolation.spline(line, order);
            assertThat(spline.value(field, 0)).isCloseTo(field.get(0, 0), within(1e-15));
            assertThat(spline.value(field, 6)).isCloseTo(field.get(0, 6), within(1e-15));
        }
    }

    /** Few nodes are no obstacle: two carry a straight line, and periodic ones meet their images. */
    @Test
    void fewNodesAreEnough() {
        for (int order = 2; order <= 3; order++) {
            Grid two = Grid.of(Axis.cells(0, 1, 2));
            Field line = Fields.automatic().scalar(two, x -> 3 - x[0]);
            for (double x = 0; x <= 1; x += 0.125) {
                assertThat(Interpolation.spline(two, order).value(line, x)).isCloseTo(3 - x, within(1e-14));
            }
            Grid ring = Grid.of(Axis.periodic(0, 1, 2));
            Field wave = Fields.automatic().scalar(ring, x -> x[0] == 0 ? 1 : -1);
            // images of the two nodes on a longer ring
            Grid longer = Grid.of(Axis.periodic(0, 4, 8));
            Field repeated = Fields.automatic().scalar(longer, x -> (2 * x[0]) % 2 == 0 ? 1 : -1);
            for (double x = 0; x < 2; x += 0.11) {
                assertThat(Interpolation.spline(ring, order).value(wave, x))
                        .isCloseTo(Interpolation.spline(longer, order).value(repeated, x), within(1e-14));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void singletonAxesGiveTheBitsOfTheGridWithoutThem(int order) {
        Random random = new Random(6);
        Axis x = Axis.uniform(-1, 1, 7);
        Axis y = order > 1 ? Axis.periodic(0, 2, 6) : Axis.periodicNodes(2, 0, 0.3, 1.1);
        Axis single = Axis.singleton(0.4);
        Grid plane = Grid.of(x, y);
        for (int place = 0; place <= 2; place++) {
            Axis[] axes = place == 0 ? new Axis[] {single, x, y} : place == 1 ? new Axis[] {x, single, y}
                    : new Axis[] {x, y, single};
            Grid space = Grid.of(axes);
            assertThat(space.size()).isEqualTo(plane.size());
            assertThat(space.volume()).isEqualTo(plane.volume());
            Field flat = GridMixes.random(FieldType.SCALAR, plane, random);
            Field deep = Fields.automatic().scalar(space);
            deep.segment().copyFrom(flat.segment());
            for (int round = 0; round < 20; round++) {
                double[] at = GridMixes.inside(plane, random);
                double[] lifted = new double[3];
                for (int i = 0, j = 0; i < 3; i++) {
                    lifted[i] = i == place ? 0.4 : at[j++];
                }
                Interpolation in2 = Interpolation.spline(plane, order);
                Interpolation in3 = Interpolation.spline(space, order);
                assertThat(in3.value(deep, lifted)).isEqualTo(in2.value(flat, at));
                double[] gradient = in3.gradient(deep, lifted);
                double[] expected = in2.gradient(flat, at);
                for (int i = 0, j = 0; i < 3; i++) {
                    assertThat(gradient[i]).isEqualTo(i == place ? 0 : expected[j++]);
                }
                in2.deposit(0.7, at, flat);
                in3.deposit(0.7, lifted, deep);
                assertThat(deep.toArray()).containsExactly(flat.toArray());
            }
        }
    }

    @Test
    void pointsOutsideGoByTheRule() {
        Grid grid = Grid.of(Axis.uniform(0, 3, 4), Axis.cells(0, 2, 4));
        Field field = GridMixes.random(FieldType.SCALAR, grid, new Random(7));
        for (int order = 0; order <= 3; order++) {
            Interpolation spline = Interpolation.spline(grid, order);
            assertThatThrownBy(() -> spline.value(field, 3.1, 1)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("position has coordinate 3.1 along axis 0; it had to be in [0.0, 3.0]");
            assertThatThrownBy(() -> spline.gradient(field, 1, -0.1)).hasMessageContaining("-0.1 along axis 1");
            Interpolation clamp = spline.outside(OutOfDomain.CLAMP);
            assertThat(clamp.value(field, 7, -4)).isEqualTo(spline.value(field, 3, 0));
            assertThat(clamp.gradient(field, 7, -4)).containsExactly(0, 0);
            double[] along = clamp.gradient(field, 7, 0.9);
            assertThat(along[0]).isZero();
            assertThat(along[1]).isEqualTo(spline.gradient(field, 3, 0.9)[1]);
            Interpolation wrap = spline.outside(OutOfDomain.PERIODIC);
            assertThat(wrap.value(field, 4.25, -0.25)).isCloseTo(spline.value(field, 1.25, 1.75), within(1e-14));
            assertThat(wrap.value(field, -5.5, 8.5)).isCloseTo(spline.value(field, 0.5, 0.5), within(1e-14));
            assertThat(wrap.gradient(field, 4.25, 0.5)).containsExactly(spline.gradient(field, 1.25, 0.5), within(1e-13));
            Interpolation ignore = spline.outside(OutOfDomain.IGNORE);
            assertThat(ignore.value(field, 3.1, 1)).isZero();
            assertThat(ignore.gradient(field, 3.1, 1)).containsExactly(0, 0);
            double[] before = field.toArray();
            ignore.deposit(1, new double[] {3.1, 1}, field);
            assertThat(field.toArray()).containsExactly(before);
            assertThat(ignore.value(field, 3, 2)).isEqualTo(spline.value(field, 3, 2));
            for (OutOfDomain rule : OutOfDomain.values()) {
                Interpolation any = spline.outside(rule);
                for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
                    assertThatThrownBy(() -> any.value(field, 1, bad)).as("%s", rule)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage("position has coordinate " + bad + " along axis 1; it had to be finite");
                    assertThatThrownBy(() -> any.deposit(1, new double[] {bad, 1}, field))
                            .hasMessageContaining("along axis 0; it had to be finite");
                }
                assertThat(field.toArray()).containsExactly(before);
            }
        }
    }

    @Test
    void badChoicesAreNamed() {
        Grid uneven = Grid.of(Axis.uniform(0, 1, 4), Axis.nodes(0, 1, 3));
        assertThatThrownBy(() -> Interpolation.spline(uneven, 2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("axis 1 is nonuniform").hasMessageContaining("uniform for B-splines of order 2");
        assertThatThrownBy(() -> Interpolation.spline(uneven, 4)).hasMessageContaining("order of the B-spline is 4");
        assertThatThrownBy(() -> Interpolation.spline(uneven, -1)).hasMessageContaining("is -1");
        assertThatThrownBy(() -> Interpolation.multilinear(uneven).threads(0)).hasMessageContaining("threads are 0");
        Field field = Fields.automatic().scalar(uneven);
        assertThatThrownBy(() -> Interpolation.multilinear(uneven).value(field, 1))
                .hasMessage("position has 1 coordinates; it had to have 2");
        assertThat(Interpolation.multilinear(uneven).toString()).startsWith("B-splines of order 1, outside throw, on\n");
    }
}
