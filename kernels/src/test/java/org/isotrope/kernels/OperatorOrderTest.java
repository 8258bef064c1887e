package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isotrope.grids.FieldType.PSEUDOSCALAR;
import static org.isotrope.grids.FieldType.SCALAR;
import static org.isotrope.grids.FieldType.VECTOR;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.tensor.TensorType;
import org.junit.jupiter.api.Test;

/**
 * The observed order of every operator on every kind of grid under every kind of boundary, on manufactured solutions.
 *
 * <p>{@code main} prints the table; so does the test when the system property {@code orders} is set.
 */
class OperatorOrderTest {
    private static final double[][] SHEAR2 = {{1, 0.4}, {0.1, 0.9}};
    private static final double[][] SHEAR3 = {{1, 0.3, 0.1}, {0, 0.9, 0.2}, {-0.2, 0, 1.1}};

    private static final String QUADRATIC = "quadratic";

    /** A family of axes on the unit interval; the number of nodes grows with n. */
    private enum Kind {
        UNIFORM, CELLS, PERIODIC, STRETCHED, JITTERED, JITTERED_CELLS, PERIODIC_JITTERED;

        Axis axis(int n) {
            return switch (this) {
                case UNIFORM -> Axis.uniform(0, 1, n + 1);
                case CELLS -> Axis.cells(0, 1, n);
                case PERIODIC -> Axis.periodic(0, 1, n);
                case STRETCHED -> Axis.nodes(nodes(n, x -> x + 0.12 * Math.sin(2 * Math.PI * x) / Math.PI));
                case JITTERED_CELLS -> Axis.cellsBetween(nodes(n, x -> x + jitter(n, x)));
                case JITTERED -> Axis.nodes(nodes(n, x -> x + jitter(n, x)));
                default -> Axis.periodicNodes(1, Arrays.copyOf(nodes(n, x -> x + jitter(n, x)), n));
            };
        }

        /** A pattern of four spacings that is refined as it is: rough at every resolution, and the same roughness. */
        private static double jitter(int n, double x) {
            double[] pattern = {0, 0.25, -0.2, 0.1};
            return pattern[(int) Math.round(n * x) % 4] / n;
        }

        private static double[] nodes(int n, Function<Double, Double> map) {
            double[] x = new double[n + 1];
            for (int i = 0; i <= n; i++) {
                x[i] = map.apply((double) i / n);
            }
            return x;
        }
    }

    /** An operator, what it is applied to and what it should give. */
    private record Case(
            String name, int least, int most, FieldType in, int derivative, Function<Differential, LinearOperator> make,
            Function<ManufacturedSolution, ManufacturedSolution.Values> exact) {}

    private static final List<Case> CASES = List.of(
            new Case("gradient", 1, 3, SCALAR, 1, Differential::gradient, f -> (x, out) -> {
                for (int i = 0; i < x.length; i++) {
                    out[i] = f.derivative(0, x, i);
                }
            }),
            new Case("divergence", 1, 3, VECTOR, 1, Differential::divergence, f -> (x, out) -> {
                out[0] = 0;
                for (int i = 0; i < x.length; i++) {
                    out[0] += f.derivative(i, x, i);
                }
            }),
            new Case("curl", 2, 2, VECTOR, 1, Differential::curl, f -> (x, out) ->
                    out[0] = f.derivative(1, x, 0) - f.derivative(0, x, 1)),
            new Case("curl of pseudoscalar", 2, 2, PSEUDOSCALAR, 1, Differential::curlOfPseudoscalar, f -> (x, out) -> {
                out[0] = f.derivative(0, x, 1);
                out[1] = -f.derivative(0, x, 0);
            }),
            new Case("curl", 3, 3, VECTOR, 1, Differential::curl, f -> (x, out) -> {
                for (int i = 0; i < 3; i++) {
                    out[i] = f.derivative((i + 2) % 3, x, (i + 1) % 3) - f.derivative((i + 1) % 3, x, (i + 2) % 3);
                }
            }),
            new Case("laplacian", 1, 3, SCALAR, 2, Differential::laplacian, f -> (x, out) ->
                    out[0] = f.laplacian(0, x)),
            new Case("vector laplacian", 2, 3, VECTOR, 2, Differential::vectorLaplacian, f -> (x, out) -> {
                for (int i = 0; i < x.length; i++) {
                    out[i] = f.laplacian(i, x);
                }
            }),
            new Case("hessian", 2, 3, SCALAR, 2, Differential::hessian, f -> (x, out) ->
                    symmetric(out, x.length, (i, j) -> f.derivative(0, x, i, j))),
            new Case("jacobian", 2, 3, VECTOR, 1, Differential::jacobian, f -> (x, out) -> {
                for (int k = 0; k < out.length; k++) {
                    out[k] = f.derivative(k / x.length, x, k % x.length);
                }
            }),
            new Case("strain rate", 2, 3, VECTOR, 1, Differential::strainRate, f -> (x, out) ->
                    symmetric(out, x.length, (i, j) -> (f.derivative(i, x, j) + f.derivative(j, x, i)) / 2)),
            new Case("tensor divergence", 2, 3, TensorType.GENERAL, 1, d -> d.tensorDivergence(TensorType.GENERAL),
                    f -> (x, out) -> {
                        for (int i = 0; i < x.length; i++) {
                            out[i] = 0;
                            for (int j = 0; j < x.length; j++) {
                                out[i] += f.derivative(x.length * i + j, x, j);
                            }
                        }
                    }),
            new Case("biharmonic", 1, 2, SCALAR, 4, Differential::biharmonic, f -> (x, out) ->
                    out[0] = f.biharmonic(0, x)));

    private interface Element {
        double at(int i, int j);
    }

    private static void symmetric(double[] out, int d, Element element) {
        int[][] order = d == 2 ? new int[][] {{0, 0}, {1, 1}, {0, 1}}
                : new int[][] {{0, 0}, {1, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}};
        for (int c = 0; c < out.length; c++) {
            out[c] = element.at(order[c][0], order[c][1]);
        }
    }

    private static Map<String, IntFunction<Grid>> grids() {
        Map<String, IntFunction<Grid>> grids = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            grids.put("1D " + name, n -> Grid.of(kind.axis(2 * n)));
            grids.put("2D " + name, n -> Grid.of(kind.axis(2 * n), kind.axis(2 * n)));
            grids.put("2D sheared " + name, n -> Grid.of(SHEAR2, kind.axis(2 * n), kind.axis(2 * n)));
        }
        grids.put("2D mixed", n -> Grid.of(Kind.PERIODIC.axis(2 * n), Kind.JITTERED.axis(2 * n)));
        grids.put("3D uniform", n -> Grid.of(Kind.UNIFORM.axis(n), Kind.UNIFORM.axis(n), Kind.UNIFORM.axis(n)));
        grids.put("3D jittered", n -> Grid.of(Kind.JITTERED.axis(n), Kind.JITTERED.axis(n), Kind.JITTERED.axis(n)));
        grids.put("3D mixed sheared", n ->
                Grid.of(SHEAR3, Kind.JITTERED.axis(n), Kind.PERIODIC.axis(n), Kind.UNIFORM.axis(n)));
        return grids;
    }

    /** Null for one-sided differences. */
    private record Walls(String name, Boundary rule, ManufacturedSolution.Fit fit) {}

    private static List<Walls> walls(String grid, boolean bounded) {
        List<Walls> walls = new ArrayList<>();
        walls.add(new Walls(bounded ? "one-sided" : "-", null, ManufacturedSolution.Fit.ANYTHING));
        // a symmetric solution goes on smoothly beyond these walls, so nothing is lost there
        if (grid.equals("1D uniform") || grid.equals("2D uniform") || grid.equals("2D stretched")
                || grid.equals("2D jittered") || grid.equals("3D uniform")) {
            walls.add(new Walls("mirror", Boundary.mirror(), ManufacturedSolution.Fit.FLAT));
            if (!grid.endsWith("stretched")) {
                conditions(walls);
            }
        }
        if (grid.equals("1D cells") || grid.equals("2D cells") || grid.equals("2D jittered cells")) {
            walls.add(new Walls("symmetric", Boundary.symmetric(), ManufacturedSolution.Fit.FLAT));
            conditions(walls);
        }
        if (grid.equals("1D uniform") || grid.equals("2D jittered") || grid.equals("2D sheared stretched")) {
            walls.add(new Walls(QUADRATIC, Boundary.extrapolate(2), ManufacturedSolution.Fit.ANYTHING));
        }
        return walls;
    }

    private static void conditions(List<Walls> walls) {
        walls.add(new Walls("slope", Boundary.slope(), ManufacturedSolution.Fit.FLAT));
        walls.add(new Walls("value", Boundary.value(), ManufacturedSolution.Fit.NOTHING));
    }

    private record Row(
            String operator, String grid, String walls, int accuracy, int nominal, double observed) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%-22s %-30s %-14s %8d %8d %9.2f", operator, grid, walls, accuracy,
                    nominal, observed);
        }
    }

    /** A solution at the nodes of a grid, and what the operator makes of it. */
    private record Manufactured(Field in, Field exact) {
        /** Several phases, so that no wall lies where the leading error happens to vanish. */
        static List<Manufactured> of(Grid grid, Case which, FieldType out, ManufacturedSolution.Fit fit) {
            ManufacturedSolution.Fit[] fits = new ManufacturedSolution.Fit[grid.dimension()];
            for (int a = 0; a < fits.length; a++) {
                fits[a] = grid.axis(a).isPeriodic() ? ManufacturedSolution.Fit.PERIODIC : fit;
            }
            return IntStream.of(5, 6).mapToObj(seed -> {
                ManufacturedSolution f = new ManufacturedSolution(grid, fits, which.in.components(fits.length), seed);
                return new Manufactured(f.on(which.in), f.field(out, which.exact.apply(f)));
            }).toList();
        }
    }

    private static double error(
            Grid grid, Case which, int accuracy, Walls walls, Map<List<Object>, List<Manufactured>> solutions) {
        Differential choice = Differential.on(grid).accuracy(accuracy);
        LinearOperator operator =
                which.make.apply(walls.rule == null ? choice : choice.beyondWalls(Boundaries.all(walls.rule)));
        double square = 0;
        long count = 0;
        for (Manufactured f : solutions.computeIfAbsent(List.of(grid.size(), walls.fit),
                key -> Manufactured.of(grid, which, operator.range().type(), walls.fit))) {
            double largest = Samples.distance(operator.apply(f.in), f.exact);
            square += largest * largest;
            count++;
        }
        return Math.sqrt(square / count);
    }

    /**
     * The order that rows promise: the accuracy. Even derivatives on nonuniform axes take a node more, to be symmetric
     * by index. Where an operator has nothing but these and no row is one-sided it is one order better, and two where
     * spacings vary smoothly. Quadratic extrapolation is exact up to degree 2 next to walls.
     */
    private static int nominal(String name, Grid grid, Case which, Walls walls, int accuracy) {
        boolean even = which.derivative % 2 == 0 && !which.name.equals("hessian") && grid.isRectangular();
        boolean nonuniform = grid.axes().stream().noneMatch(Axis::isUniform);
        boolean wallsRead = walls.rule != null || grid.axes().stream().allMatch(Axis::isPeriodic);
        if (walls.name.equals(QUADRATIC)) {
            return Math.min(accuracy, 3 - which.derivative);
        }
        return accuracy + (even && nonuniform && wallsRead ? name.contains("stretched") ? 2 : 1 : 0);
    }

    private static List<Row> table(int highestInSpace, int... accuracies) {
        List<Row> rows = new ArrayList<>();
        grids().forEach((name, family) -> {
            for (Case which : CASES) {
                int d = family.apply(8).dimension();
                if (d < which.least || d > which.most) {
                    continue;
                }
                // the same for all accuracies and walls that they fit
                Map<List<Object>, List<Manufactured>> solutions = new HashMap<>();
                for (int accuracy : accuracies) {
                    if (d == 3 && accuracy > highestInSpace) {
                        continue;
                    }
                    boolean bounded = family.apply(8).axes().stream().anyMatch(axis -> !axis.isPeriodic());
                    for (Walls walls : walls(name, bounded)) {
                        if (walls.name.equals(QUADRATIC) && which.derivative > 2) {
                            continue;
                        }
                        int coarse = d == 3 ? 20 : 24;
                        int fine = d == 3 ? 32 : 48;
                        double observed = Math.log(error(family.apply(coarse), which, accuracy, walls, solutions)
                                / error(family.apply(fine), which, accuracy, walls, solutions))
                                / Math.log((double) fine / coarse);
                        int nominal = nominal(name, family.apply(coarse), which, walls, accuracy);
                        rows.add(new Row(which.name, name, walls.name, accuracy, nominal, observed));
                    }
                }
            }
        });
        return rows;
    }

    private static void print(List<Row> rows) {
        System.out.printf("%-22s %-30s %-14s %8s %8s %9s%n", "operator", "grid", "walls", "accuracy", "nominal",
                "observed");
        rows.forEach(System.out::println);
    }

    /** Conditions with data, on a function that does not go on beyond its walls as it should: what is lost there. */
    private static List<Row> conditions() {
        List<Row> rows = new ArrayList<>();
        Map<String, Boundary> conditions = new LinkedHashMap<>();
        conditions.put("value, data", Boundary.value());
        conditions.put("slope, data", Boundary.slope());
        conditions.put("mixed, data", Boundary.mixed(0.7));
        for (Kind kind : List.of(Kind.CELLS, Kind.UNIFORM)) {
            conditions.forEach((name, condition) -> {
                for (int d = 1; d <= 2; d++) {
                    for (int m = 1; m <= 2; m++) {
                        // ghosts of values are exact up to degree 1, those of slopes up to 2; the slope at a node is given
                        boolean given = kind == Kind.UNIFORM && m == 1 && !name.startsWith("value");
                        int nominal = given ? 2 : (name.startsWith("value") ? 2 : 3) - m;
                        double observed = Math.log(conditionError(kind, d, 48, condition, m)
                                / conditionError(kind, d, 96, condition, m)) / Math.log(2);
                        String grid = d + "D " + kind.name().toLowerCase(Locale.ROOT);
                        rows.add(new Row(m == 1 ? "gradient" : "laplacian", grid, name, 2, nominal, observed));
                    }
                }
            });
        }
        return rows;
    }

    /** {@code f = Π sin(1.7 x_a + 0.4 + a)}. */
    private static double wave(double[] x, int direction, int m) {
        double product = 1;
        for (int a = 0; a < x.length; a++) {
            int order = a == direction ? m : 0;
            product *= Math.pow(1.7, order) * Math.sin(1.7 * x[a] + 0.4 + a + order * Math.PI / 2);
        }
        return product;
    }

    private static double conditionError(Kind kind, int d, int n, Boundary condition, int m) {
        Axis[] axes = new Axis[d];
        Arrays.fill(axes, kind.axis(n));
        Grid grid = Grid.of(axes);
        AffineOperator operator = AffineOperator.of(grid, Boundaries.all(condition),
                m == 1 ? Differential::gradient : Differential::laplacian);
        WallData data = WallData.zero();
        for (int a = 0; a < d; a++) {
            int normal = a;
            for (Boundaries.Side side : Boundaries.Side.values()) {
                int outward = side == Boundaries.Side.LOW ? -1 : 1;
                double gamma = condition.equals(Boundary.mixed(0.7)) ? 0.7 : 0;
                data = data.with(a, side, condition.equals(Boundary.value()) ? x -> wave(x, normal, 0)
                        : x -> outward * wave(x, normal, 1) + gamma * wave(x, normal, 0));
            }
        }
        Field found = operator.apply(Fields.automatic().scalar(grid, x -> wave(x, 0, 0)), data);
        Field exact = m == 1
                ? Fields.automatic().vector(grid, (x, out) -> Arrays.setAll(out, i -> wave(x, i, 1)))
                : Fields.automatic().scalar(grid, x -> -d * 1.7 * 1.7 * wave(x, 0, 0));
        return Samples.distance(found, exact);
    }

    /** Derivatives along one axis: any order, biased, upwind, compact, summing by parts. */
    private static List<Row> alongAxes() {
        List<Row> rows = new ArrayList<>();
        for (Kind kind : List.of(Kind.UNIFORM, Kind.PERIODIC, Kind.JITTERED, Kind.PERIODIC_JITTERED)) {
            boolean periodic = kind == Kind.PERIODIC || kind == Kind.PERIODIC_JITTERED;
            boolean uniform = kind == Kind.UNIFORM || kind == Kind.PERIODIC;
            for (int m = 1; m <= 6; m++) {
                for (int p = 2; p <= (m <= 2 ? 8 : m <= 4 ? 4 : 2); p += 2) {
                    int order = m;
                    // rows without walls have a node more where that makes them symmetric by index; beyond fourth order
                    // they gain by it on grids only that are finer than rounding allows
                    boolean gains = kind == Kind.PERIODIC_JITTERED && m % 2 == 0;
                    if (!gains || m == 2 && p <= 4) {
                        rows.add(row("derivative " + m, kind, p, gains ? p + 1 : p, m, k -> k.derivative(order)));
                    }
                    rows.add(row("one-sided " + m, kind, p, p, m, k -> k.biased(order, 0)));
                }
            }
            for (int p = 1; p <= 5; p += 2) {
                int order = p;
                rows.add(row("upwind", kind, p, p, 1, k -> k.upwind(order, 1)));
            }
            for (int m = 1; m <= 2 && uniform; m++) {
                int order = m;
                for (int p = 4; p <= 6 && periodic; p += 2) {
                    rows.add(row("compact " + m, kind, p, p, m, k -> k.compact(order)));
                }
            }
            for (int p = 2; p <= 8 && kind == Kind.UNIFORM; p += 2) {
                rows.add(row("by parts, at walls", kind, p, p / 2, 1, AxisDerivative::summationByParts));
            }
        }
        return rows;
    }

    private static Row row(
            String name, Kind kind, int p, int nominal, int m, Function<AxisDerivative, LinearOperator> make) {
        int n = m + p > 8 ? 32 : 64;
        double coarse = alongError(kind, n, p, m, make);
        return new Row(name, "1D " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' '), "-", p, nominal,
                Math.log(coarse / alongError(kind, 2 * n, p, m, make)) / Math.log(2));
    }

    private static double alongError(
            Kind kind, int n, int p, int m, Function<AxisDerivative, LinearOperator> make) {
        Grid grid = Grid.of(kind.axis(n));
        LinearOperator operator = make.apply(Differential.on(grid).accuracy(p).along(0));
        double k = 2 * Math.PI;
        double square = 0;
        for (double phase : new double[] {0.3, 1.1, 2.2}) {
            Field exact = Fields.automatic().scalar(grid,
                    x -> Math.pow(k, m) * Math.sin(k * x[0] + phase + m * Math.PI / 2));
            Field found = operator.apply(Fields.automatic().scalar(grid, x -> Math.sin(k * x[0] + phase)));
            square += Math.pow(Samples.distance(found, exact), 2);
        }
        return Math.sqrt(square);
    }

    /** Prints the table. */
    public static void main(String[] arguments) {
        print(table(4, 2, 4));
        print(conditions());
        print(alongAxes());
    }

    private static void require(List<Row> rows, int least) {
        if (System.getProperty("orders") != null) {
            print(rows);
        }
        assertThat(rows).hasSizeGreaterThan(least).allSatisfy(row ->
                assertThat(row.observed).as(row.toString()).isBetween(row.nominal - 0.15, row.nominal + 0.15));
    }

    @Test
    void everyOperatorHasItsOrder() {
        // the fine grids that fourth order wants in space are left to the printed table
        require(table(2, 2, 4), 100);
    }

    @Test
    void conditionsWithDataHaveTheirOrderNextToWalls() {
        require(conditions(), 20);
    }

    @Test
    void derivativesAlongAxesHaveTheirOrder() {
        require(alongAxes(), 80);
    }
}
