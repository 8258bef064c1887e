package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.PointFunction;
import org.isotrope.grids.Precision;
import org.isotrope.grids.Symmetry;
import org.isotrope.kernels.spectral.PoissonProblem;
import org.isotrope.kernels.spectral.PoissonSolver;
import org.isotrope.kernels.spectral.Wall;
import org.isotrope.kernels.verify.Verify;
import org.junit.jupiter.api.Test;

class AffineOperatorTest {
    private static final Boundary[] CONDITIONS = {
        Boundary.value(), Boundary.slope(), Boundary.mixed(0.8), Boundary.mixed(-1.3)};

    private static final Axis NODES = Axis.uniform(0.2, 1.9, 8);
    private static final Axis CELLS = Axis.cells(-0.4, 1.2, 7);
    private static final Axis JITTERED = Axis.nodes(0, 0.2, 0.35, 0.62, 0.8, 0.95, 1.3, 1.5);
    private static final Axis UNEQUAL = Axis.cellsBetween(0, 0.2, 0.35, 0.62, 0.8, 0.95, 1.3, 1.5);
    private static final Axis RING = Axis.periodic(0, 1, 6);
    private static final double[][] SCALED = {{1.5, 0, 0}, {0, 0.7, 0}, {0, 0, 1.1}};

    private static Grid scaled(Axis... axes) {
        double[][] cell = new double[axes.length][];
        for (int a = 0; a < axes.length; a++) {
            cell[a] = Arrays.copyOf(SCALED[a], axes.length);
        }
        return Grid.of(cell, axes);
    }

    private static List<Grid> grids() {
        return List.of(scaled(NODES), scaled(CELLS), scaled(JITTERED), scaled(UNEQUAL), scaled(NODES, CELLS),
                scaled(CELLS, CELLS), scaled(UNEQUAL, NODES), scaled(RING, CELLS), scaled(JITTERED, UNEQUAL),
                scaled(CELLS, NODES, CELLS), scaled(CELLS, RING, JITTERED), Grid.of(CELLS, NODES), Grid.of(CELLS, CELLS, NODES));
    }

    /** Conditions drawn for each side, and the data that a linear function has there. */
    private record Problem(Boundaries boundaries, WallData data) {}

    private static Problem problem(Grid grid, double[] slopes, double level, Random random) {
        Boundaries boundaries = Boundaries.all(Boundary.value());
        WallData data = WallData.zero();
        for (int a = 0; a < grid.dimension(); a++) {
            for (Side side : Side.values()) {
                if (grid.axis(a).isPeriodic()) {
                    continue;
                }
                int kind = random.nextInt(CONDITIONS.length);
                boundaries = boundaries.with(a, side, CONDITIONS[kind]);
                double outward = (side == Side.LOW ? -1 : 1) * slopes[a];
                double gamma = new double[] {0, 0, 0.8, -1.3}[kind];
                PointFunction value = x -> level + dot(slopes, x);
                data = data.with(a, side, switch (kind) {
                    case 0 -> value;
                    case 1 -> x -> outward;
                    default -> x -> outward + gamma * value.at(x);
                });
            }
        }
        return new Problem(boundaries, data);
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /** Linear functions are exact under every condition, on every grid, next to walls, at edges and at corners. */
    @Test
    void linearFunctionsAreExact() {
        Random random = new Random(1);
        for (Grid grid : grids()) {
            int d = grid.dimension();
            for (int draw = 0; draw < 12; draw++) {
                int number = draw;
                double[] slopes = new double[d];
                for (int a = 0; a < d; a++) {
                    slopes[a] = grid.axis(a).isPeriodic() ? 0 : random.nextGaussian();
                }
                double level = random.nextGaussian();
                Problem problem = problem(grid, slopes, level, random);
                Field u = Fields.automatic().scalar(grid, x -> level + dot(slopes, x));
                List<Function<Differential, LinearOperator>> makes = new ArrayList<>(List.of(
                        Differential::gradient, Differential::laplacian));
                if (d > 1) {
                    makes.add(Differential::hessian);
                }
                if (grid.isUniform()) {
                    makes.add(k -> k.accuracy(4).laplacian());
                }
                if (grid.isUniform() && d > 1 && grid.isRectangular()) {
                    makes.add(k -> k.isotropic().laplacian());
                    makes.add(k -> k.isotropic().gradient());
                }
                if (grid.isUniform() && d == 3 && grid.isRectangular()) {
                    makes.add(k -> k.isotropic(IsotropicStencil.TWENTY_SEVEN_POINT).laplacian());
                }
                for (Function<Differential, LinearOperator> make : makes) {
                    AffineOperator operator = AffineOperator.of(grid, problem.boundaries, make);
                    Field found = operator.apply(u, problem.data);
                    boolean gradient = operator.range().type().equals(FieldType.VECTOR);
                    for (long i = 0; i < found.count(); i++) {
                        double expected = gradient ? slopes[(int) (i / grid.size())] : 0;
                        long value = i;
                        assertThat(found.getFlat(i)).as(() -> "%s, draw %d, value %d of\n%s".formatted(grid, number, value,
                                operator.explain())).isCloseTo(expected, within(2e-11));
                    }
                }
            }
        }
    }

    /** A second method: the direct solver moves the same data to the right-hand side by itself. */
    @Test
    void theDirectSolverLeavesNoResidual() {
        Random random = new Random(2);
        for (Grid grid : List.of(scaled(CELLS, RING), scaled(CELLS, CELLS, CELLS), scaled(NODES, CELLS))) {
            for (int accuracy : new int[] {2, 4}) {
                PoissonProblem problem = PoissonProblem.on(grid).accuracy(accuracy).walls(Wall.DIRICHLET).shift(-0.7);
                Boundaries boundaries = Boundaries.all(Boundary.value());
                WallData data = WallData.zero();
                for (int a = 0; a < grid.dimension(); a++) {
                    if (!grid.axis(a).isPeriodic()) {
                        double wave = 1 + random.nextDouble();
                        data = data.with(a, Side.LOW, x -> Math.sin(wave * Arrays.stream(x).sum()))
                                .with(a, Side.HIGH, wave);
                    }
                }
                if (grid.axis(0).centring() == Axis.Centring.CELL) {
                    problem = problem.wall(0, Side.HIGH, Wall.NEUMANN);
                    boundaries = boundaries.with(0, Side.HIGH, Boundary.slope());
                }
                Field f = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 3);
                Field u = Fields.automatic().scalar(grid);
                PoissonSolver solver = problem.solver();
                solver.solve(f, data, u);
                AffineOperator laplacian = AffineOperator.of(grid, boundaries, k -> k.accuracy(accuracy).laplacian());
                Field back = laplacian.apply(u, data);
                Arithmetic.addScaled(-0.7, u, back);
                int[] shape = grid.shape();
                for (long i = 0; i < back.count(); i++) {
                    // nodes on walls are given themselves
                    long row = i / (grid.size() / shape[0]);
                    boolean onWall = grid.axis(0).centring() == Axis.Centring.NODE && (row == 0 || row == shape[0] - 1);
                    if (!onWall) {
                        assertThat(back.getFlat(i)).as("%s, accuracy %d, node %d", grid, accuracy, i)
                                .isCloseTo(f.getFlat(i), within(1e-10));
                    }
                }
            }
        }
    }

    /** Order next to walls: that of the ghosts, O(h²) for values and O(h³) for others, less that of the derivative. */
    @Test
    void ordersNextToWalls() {
        // first derivatives at nodes on walls are what the condition says
        Object[][] table = {
            {false, Boundary.value(), 1, 0}, {false, Boundary.slope(), 2, 1}, {false, Boundary.mixed(0.7), 2, 1},
            {true, Boundary.slope(), null, 1}, {true, Boundary.mixed(0.7), null, 1}};
        for (Object[] row : table) {
            boolean node = (boolean) row[0];
            Boundary boundary = (Boundary) row[1];
            for (int derivative = node ? 2 : 1; derivative <= 2; derivative++) {
                double coarse = errorAtWall(node, boundary, derivative, 160);
                double fine = errorAtWall(node, boundary, derivative, 320);
                double order = Math.log(coarse / fine) / Math.log(2);
                assertThat(order).as("%s at %s, derivative %d", boundary, node ? "nodes" : "cells", derivative)
                        .isCloseTo((int) row[1 + derivative], within(0.15));
            }
        }
    }

    private static double errorAtWall(boolean node, Boundary boundary, int derivative, int n) {
        Grid grid = Grid.of(node ? Axis.uniform(0.3, 1.4, n + 1) : Axis.cells(0.3, 1.4, n));
        AffineOperator operator = AffineOperator.of(grid, Boundaries.all(boundary),
                derivative == 1 ? Differential::gradient : Differential::laplacian);
        Field u = Fields.automatic().scalar(grid, x -> Math.exp(x[0]));
        double gamma = boundary.equals(Boundary.mixed(0.7)) ? 0.7 : 0;
        WallData data = WallData.zero();
        for (Side side : Side.values()) {
            double value = Math.exp(side == Side.LOW ? 0.3 : 1.4);
            double outward = side == Side.LOW ? -value : value;
            data = data.with(0, side, boundary.equals(Boundary.value()) ? value : outward + gamma * value);
        }
        Field found = operator.apply(u, data);
        return Math.abs(found.getFlat(0) - u.getFlat(0));
    }

    /** Modes and eigenvalues of the discrete sine and cosine transforms, types I to IV, for every rule that has them. */
    @Test
    void eigenvaluesOfTheLaplacian() {
        int n = 7;
        for (Axis axis : new Axis[] {Axis.cells(0, 2, n), Axis.uniform(0, 2, n)}) {
            for (int m = 0; m < n; m++) {
                double wave = m;
                // zero one spacing beyond the last node, DST-I
                eigen(axis, Boundary.zero(), Boundary.zero(), i -> Math.sin(Math.PI * (wave + 1) * (i + 1) / (n + 1)),
                        (wave + 1) / (n + 1));
                // even about the last node, DCT-I
                eigen(axis, Boundary.mirror(), Boundary.mirror(), i -> Math.cos(Math.PI * wave * i / (n - 1)),
                        wave / (n - 1));
                // even about the face beyond, DCT-II
                eigen(axis, Boundary.symmetric(), Boundary.symmetric(), i -> Math.cos(Math.PI * wave * (i + 0.5) / n),
                        wave / n);
                // even about a node and odd about another's neighbour, DCT-III
                eigen(axis, Boundary.mirror(), Boundary.zero(), i -> Math.cos(Math.PI * (wave + 0.5) * i / n),
                        (wave + 0.5) / n);
            }
        }
        Axis cells = Axis.cells(0, 2, n);
        Axis nodes = Axis.uniform(0, 2, n);
        Axis ring = Axis.periodic(0, 2, n);
        for (int m = 0; m < n; m++) {
            double wave = m;
            eigen(cells, Boundary.slope(), Boundary.slope(), i -> Math.cos(Math.PI * wave * (i + 0.5) / n), wave / n);
            eigen(nodes, Boundary.slope(), Boundary.slope(), i -> Math.cos(Math.PI * wave * i / (n - 1)),
                    wave / (n - 1));
            // DST-II
            eigen(cells, Boundary.value(), Boundary.value(),
                    i -> Math.sin(Math.PI * (wave + 1) * (i + 0.5) / n), (wave + 1) / n);
            // DST-I on the nodes between
            eigen(nodes, Boundary.value(), Boundary.value(), i -> Math.sin(Math.PI * wave * i / (n - 1)),
                    wave / (n - 1));
            // DST-IV and DCT-IV
            eigen(cells, Boundary.value(), Boundary.slope(),
                    i -> Math.sin(Math.PI * (wave + 0.5) * (i + 0.5) / n), (wave + 0.5) / n);
            eigen(cells, Boundary.slope(), Boundary.value(),
                    i -> Math.cos(Math.PI * (wave + 0.5) * (i + 0.5) / n), (wave + 0.5) / n);
            eigen(nodes, Boundary.value(), Boundary.slope(),
                    i -> Math.sin(Math.PI * (wave + 0.5) * i / (n - 1)), (wave + 0.5) / (n - 1));
            eigen(ring, Boundary.zero(), Boundary.zero(), i -> Math.cos(2 * Math.PI * wave * i / n + 0.3),
                    2 * wave / n);
        }
    }

    /** {@code Δv = −(2/h sin(πs/2))² v} for a mode that turns by {@code πs} from node to node. */
    private static void eigen(Axis axis, Boundary low, Boundary high, Function<Integer, Double> mode, double s) {
        // by itself, and beside an axis along which nothing varies
        for (Grid grid : new Grid[] {Grid.of(axis), Grid.of(Axis.periodic(0, 1, 4), axis)}) {
            int a = grid.dimension() - 1;
            Field u = Fields.automatic().scalar(grid);
            for (long i = 0; i < u.count(); i++) {
                u.setFlat(i, mode.apply((int) (i % axis.size())));
            }
            Boundaries walls = axis.isPeriodic() ? Boundaries.all(low)
                    : Boundaries.all(low).with(a, Side.HIGH, high);
            Field v = Operators.laplacian(grid, walls).apply(u);
            double eigenvalue = -Math.pow(2 / axis.spacing() * Math.sin(Math.PI * s / 2), 2);
            double largest = 4 / (axis.spacing() * axis.spacing());
            Field expected = Fields.automatic().copy(u);
            Arithmetic.scale(eigenvalue, expected, expected);
            assertThat(Samples.distance(v, expected)).as("%s, %s and %s, %s", axis, low, high, s)
                    .isLessThanOrEqualTo(Math.max(-1e-12 * eigenvalue, 1e-15 * largest));
        }
    }

    /** The same data on all walls: turning the field turns the result, edges and corners included. */
    @Test
    void theSymmetriesOfTheGridCommuteWithConditions() {
        for (Axis axis : List.of(CELLS, NODES, Axis.nodes(-1, -0.9, -0.6, 0, 0.6, 0.9, 1))) {
            for (Grid grid : List.of(Grid.of(axis, axis), Grid.of(axis, axis, axis))) {
                assertThat(grid.symmetries()).hasSize(grid.dimension() == 2 ? 8 : 48);
                Field u = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 9);
                WallData data = WallData.zero();
                for (int a = 0; a < grid.dimension(); a++) {
                    data = data.with(a, Side.LOW, 0.7).with(a, Side.HIGH, 0.7);
                }
                // walls act axis by axis, so in space one condition does
                List<Boundary> conditions = grid.dimension() == 3
                        ? List.of(Boundary.mixed(0.6)) : Samples.CONDITIONS;
                for (Boundary boundary : conditions) {
                    for (Function<Differential, LinearOperator> make : List.<Function<Differential, LinearOperator>>of(
                            Differential::gradient, Differential::laplacian, Differential::hessian)) {
                        AffineOperator operator = AffineOperator.of(grid, Boundaries.all(boundary), make);
                        Field image = operator.apply(u, data);
                        for (Symmetry symmetry : grid.symmetries()) {
                            Field turned = Fields.automatic().like(u);
                            symmetry.apply(u, turned);
                            Field expected = Fields.automatic().like(image);
                            symmetry.apply(image, expected);
                            assertThat(Samples.distance(operator.apply(turned, data), expected))
                                    .as("%s under %s on\n%s", boundary, symmetry, grid)
                                    .isLessThan(1e-12 * Samples.largest(expected));
                        }
                    }
                }
            }
        }
    }

    /** A rod with heat lost at its end: {@code u = 1 − Bi/(1 + Bi) x} is steady. */
    @Test
    void mixedConditionsLoseHeat() {
        double biot = 2.5;
        Grid grid = Grid.of(Axis.cells(0, 1, 20));
        Boundaries boundaries = Boundaries.all(Boundary.value()).with(0, Side.HIGH, Boundary.mixed(biot));
        AffineOperator laplacian = AffineOperator.of(grid, boundaries, Differential::laplacian);
        Field steady = Fields.automatic().scalar(grid, x -> 1 - biot / (1 + biot) * x[0]);
        Field rate = laplacian.apply(steady, WallData.zero().with(0, Side.LOW, 1.0));
        for (double value : rate.toArray()) {
            assertThat(value).isCloseTo(0, within(1e-11));
        }
    }

    @Test
    void bothPartsHaveExactAdjoints() {
        Random random = new Random(4);
        for (Grid grid : grids()) {
            Problem problem = problem(grid, new double[3], 0, random);
            for (Function<Differential, LinearOperator> make : List.<Function<Differential, LinearOperator>>of(
                    Differential::gradient, Differential::divergence, Differential::laplacian)) {
                AffineOperator operator = AffineOperator.of(grid, problem.boundaries, make);
                Verify.that(operator.linear()).adjoint().orThrow();
                for (int a = 0; a < grid.dimension(); a++) {
                    if (!grid.axis(a).isPeriodic()) {
                        for (Side side : Side.values()) {
                            LinearOperator source = operator.source(a, side);
                            Verify.that(source).adjoint().orThrow();
                            Verify.that(source).linear().orThrow();
                        }
                    }
                }
            }
        }
    }

    @Test
    void sourcesAddUpToTheData() {
        Grid grid = scaled(CELLS, NODES);
        AffineOperator operator = AffineOperator.of(grid, Boundaries.all(Boundary.mixed(0.4)), Differential::gradient);
        Field u = Samples.random(FieldType.SCALAR, grid, Precision.FLOAT, 5);
        Field along = Samples.random(FieldType.SCALAR, operator.source(0, Side.LOW).domain().grid(), Precision.DOUBLE, 6);
        WallData data = WallData.zero().with(0, Side.LOW, along).with(1, Side.HIGH, (x, value) -> value[0] = x[0])
                .changing(1, Side.LOW, (x, t) -> x[1] * t);
        Field expected = operator.linear().apply(u);
        for (double time : new double[] {0, 2}) {
            Field sum = Fields.automatic().copy(expected);
            for (int a = 0; a < 2; a++) {
                for (Side side : Side.values()) {
                    LinearOperator source = operator.source(a, side);
                    Field values = data.at(time).on(a, side, operator.domain(), Precision.FLOAT);
                    Arithmetic.addScaled(1, source.apply(values), sum);
                }
            }
            assertThat(Samples.distance(operator.apply(u, data.at(time)), sum)).isLessThan(1e-4);
        }
        assertThat(Samples.distance(operator.apply(u, data), operator.apply(u, data.at(2)))).isGreaterThan(0.1);
    }

    /** {@code u = (y(1 − y), 0)} between plates, {@code Δu = (−2, 0)}; and what glides feels no wall along it. */
    @Test
    void fluidsStickAndGlide() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 6), Axis.cells(0, 1, 16));
        AffineOperator sticking = AffineOperator.of(grid, VectorBoundaries.noSlip(), Differential::vectorLaplacian);
        AffineOperator gliding = AffineOperator.of(grid, VectorBoundaries.freeSlip(), Differential::vectorLaplacian);
        Field shear = Fields.automatic().vector(grid, (x, v) -> {
            v[0] = 3 * x[1] - 1;
            v[1] = 0;
        });
        Field still = sticking.apply(shear, WallData.zero()
                .with(1, Side.LOW, (x, v) -> v[0] = -1).with(1, Side.HIGH, (x, v) -> v[0] = 2));
        Field glided = gliding.apply(shear, WallData.zero()
                .with(1, Side.LOW, (x, v) -> v[0] = -3).with(1, Side.HIGH, (x, v) -> v[0] = 3));
        for (long i = 0; i < still.count(); i++) {
            assertThat(still.getFlat(i)).isCloseTo(0, within(1e-11));
            assertThat(glided.getFlat(i)).isCloseTo(0, within(1e-11));
        }
        Field uniform = Fields.automatic().vector(grid, (x, v) -> {
            v[0] = 1;
            v[1] = 1;
        });
        Field walls = gliding.linear().apply(uniform);
        assertThat(walls.get(0, 0, 0)).isZero();
        assertThat(walls.get(1, 0, 0)).isCloseTo(-2 * 16 * 16, within(1e-9));
        Verify.that(gliding.linear()).adjoint().orThrow();
    }

    /** Fields made symmetric about a wall go on beyond it as their mirror images do. */
    @Test
    void mirrorsReverseWhatTheyShould() {
        Axis along = Axis.periodic(0, 1, 5);
        Axis last = Axis.periodic(0, 1, 4);
        Grid doubled = Grid.of(Axis.periodic(-1, 1, 12), along, last);
        Grid right = Grid.of(Axis.cells(0, 1, 6), along, last);
        for (FieldType type : Samples.TYPES) {
            Field part = Samples.random(type, right, Precision.DOUBLE, 7);
            Field whole = Fields.automatic().of(type, doubled);
            for (int c = 0; c < part.components(); c++) {
                boolean odd = type.equals(FieldType.PSEUDOSCALAR) || type.equals(FieldType.VECTOR) && c == 0
                        || type.equals(FieldType.PSEUDOVECTOR) && c > 0;
                for (long node = 0; node < right.size(); node++) {
                    int[] at = right.index(node);
                    double value = part.get(c, at);
                    whole.set(value, c, 6 + at[0], at[1], at[2]);
                    whole.set(odd ? -value : value, c, 5 - at[0], at[1], at[2]);
                }
            }
            Field expected = Operators.laplacian(doubled, type, Boundaries.all(Boundary.zero())).apply(whole);
            Field found = AffineOperator.of(right, VectorBoundaries.mirror(type), k -> k.laplacian(type)).linear()
                    .apply(part);
            for (int c = 0; c < part.components(); c++) {
                for (int i = 0; i < 6; i++) {
                    assertThat(found.get(c, i, 2, 1)).as("%s, component %d, node %d", type, c, i)
                            .isCloseTo(expected.get(c, 6 + i, 2, 1), within(1e-9));
                }
            }
        }
    }

    @Test
    void valuesStandInEndNodes() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 5), Axis.cells(0, 1, 4));
        AffineOperator laplacian = AffineOperator.of(grid, Boundaries.all(Boundary.value()), Differential::laplacian);
        Field u = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 8);
        Field before = Fields.automatic().copy(u);
        laplacian.impose(WallData.zero().with(0, Side.HIGH, x -> x[1]), u);
        for (int j = 0; j < 4; j++) {
            assertThat(u.get(0, 0, j)).isZero();
            assertThat(u.get(0, 4, j)).isEqualTo(grid.axis(1).node(j));
            assertThat(u.get(0, 2, j)).isEqualTo(before.get(0, 2, j));
        }
    }

    @Test
    void badInput() {
        Grid grid = Grid.of(Axis.cells(0, 1, 8), Axis.periodic(0, 1, 8));
        Boundaries values = Boundaries.all(Boundary.value());
        AffineOperator laplacian = AffineOperator.of(grid, values, Differential::laplacian);
        Field u = Fields.automatic().scalar(grid);
        assertThatThrownBy(() -> laplacian.apply(u, WallData.zero().with(1, Side.LOW, 1)))
                .hasMessageContaining("data are on the LOW side of axis 1; there had to be a condition");
        assertThatThrownBy(() -> laplacian.apply(u, WallData.zero().with(0, Side.LOW, u)))
                .hasMessageContaining("values on the LOW side of axis 0").hasMessageContaining("had to");
        assertThatThrownBy(() -> laplacian.source(1, Side.LOW)).hasMessageContaining("had to be bounded to have a wall");
        assertThatThrownBy(() -> AffineOperator.of(grid, Boundaries.all(Boundary.mixed(-16)), Differential::laplacian))
                .hasMessage("gamma is -16.0; its product with the distance 0.0625 of a node from the wall had to be other"
                        + " than -1");
        assertThatThrownBy(() -> Boundary.mixed(Double.NaN)).hasMessage("gamma is NaN; it had to be finite");
        Grid sheared = Grid.of(new double[][] {{1, 0.3}, {0, 1}}, Axis.cells(0, 1, 8), Axis.cells(0, 1, 8));
        assertThatThrownBy(() -> Operators.laplacian(sheared, Boundaries.all(Boundary.slope())))
                .hasMessageContaining("had to be for a condition on the outward derivative");
        assertThatThrownBy(() -> AffineOperator.of(sheared, VectorBoundaries.freeSlip(), Differential::divergence))
                .hasMessageContaining("had to for boundaries (free slip)");
        assertThatThrownBy(() -> AffineOperator.of(grid, values, k -> k.laplacian().then(k.laplacian())))
                .hasMessageContaining("had to be a single difference");
        assertThatThrownBy(() -> Boundary.value().ghost(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> VectorBoundaries.mirror(org.isotrope.kernels.tensor.TensorType.GENERAL))
                .hasMessageContaining("had to be a scalar, a vector");
    }
}
