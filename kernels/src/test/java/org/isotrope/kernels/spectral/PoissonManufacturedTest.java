package org.isotrope.kernels.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Axis.Centring;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.PointFunction;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.WallData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Manufactured solutions between every pair of walls of both centrings: errors fall at the stated orders. */
class PoissonManufacturedTest {
    private static final double TURN = 2 * Math.PI;

    private record Pair(Wall low, Wall high, Centring centring) {
        Axis axis(int n) {
            return centring == Centring.NODE ? Axis.uniform(0, 1, n + 1) : Axis.cells(0, 1, n);
        }

        PoissonProblem on(Grid grid, int axis) {
            return PoissonProblem.on(grid).wall(axis, Side.LOW, low).wall(axis, Side.HIGH, high);
        }
    }

    static List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (Wall low : Wall.values()) {
            for (Wall high : Wall.values()) {
                for (Centring centring : Centring.values()) {
                    pairs.add(new Pair(low, high, centring));
                }
            }
        }
        return pairs;
    }

    /**
     * {@code sin or cos (ωx) · exp(cos bx)} and its second derivative: reflected by the walls at 0 and 1 as they ask.
     */
    private record Wave(double omega, double phase, double b) {
        static Wave between(Wall low, Wall high) {
            double phase = low == Wall.DIRICHLET ? -Math.PI / 2 : 0;
            if (low == high) {
                return low == Wall.DIRICHLET ? new Wave(Math.PI, phase, TURN) : new Wave(0, 0, Math.PI);
            }
            return new Wave(Math.PI / 2, phase, Math.PI);
        }

        double value(double x) {
            return Math.cos(omega * x + phase) * Math.exp(Math.cos(b * x));
        }

        double second(double x) {
            double s = Math.cos(omega * x + phase);
            double slope = -omega * Math.sin(omega * x + phase);
            double g = -b * Math.sin(b * x);
            return (-omega * omega * s + 2 * slope * g + s * (g * g - b * b * Math.cos(b * x)))
                    * Math.exp(Math.cos(b * x));
        }
    }

    private static void takeMeanOff(Field u) {
        double mean = Arithmetic.sum(u) / u.count();
        for (long i = 0; i < u.count(); i++) {
            u.setFlat(i, u.getFlat(i) - mean);
        }
    }

    private static double homogeneous(Pair pair, int n, double shift, int accuracy, boolean lastAxis) {
        Axis closed = Axis.periodic(0, 2, n);
        Grid grid = lastAxis ? Grid.of(closed, pair.axis(n)) : Grid.of(pair.axis(n), closed);
        int a = lastAxis ? 1 : 0;
        Wave across = Wave.between(pair.low, pair.high);
        Wave along = new Wave(0, 0, Math.PI);
        PointFunction solution = x -> across.value(x[a]) * along.value(x[1 - a]);
        PointFunction right = x -> across.second(x[a]) * along.value(x[1 - a])
                + across.value(x[a]) * along.second(x[1 - a]) + shift * solution.at(x);
        Field exact = Fields.automatic().scalar(grid, solution);
        PoissonProblem problem = pair.on(grid, a).shift(shift).projecting();
        problem = accuracy == Symbols.SPECTRAL ? problem.spectral() : problem.accuracy(accuracy);
        PoissonSolver solver = problem.solver();
        Field u = solver.apply(Fields.automatic().scalar(grid, right));
        if (solver.isSingular()) {
            takeMeanOff(u);
            takeMeanOff(exact);
        }
        return Fits.error(u, exact);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void spectralSolversAreExactForResolvedFields(Pair pair) {
        for (double shift : new double[] {0, -30, 7.7}) {
            for (boolean last : new boolean[] {false, true}) {
                assertThat(homogeneous(pair, 32, shift, Symbols.SPECTRAL, last)).isLessThan(2e-13);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void differencesConvergeAtTheirOrder(Pair pair) {
        for (int accuracy : new int[] {2, 4, 6}) {
            for (double shift : new double[] {0, -30, 7.7}) {
                double coarse = homogeneous(pair, 32, shift, accuracy, true);
                double fine = homogeneous(pair, 64, shift, accuracy, true);
                assertThat(Math.log(coarse / fine) / Math.log(2)).as("order %d, shift %s", accuracy, shift)
                        .isCloseTo(accuracy, within(0.25));
            }
        }
    }

    /** A solution that no wall reflects, in a box with data on all sides. */
    private static double inhomogeneous(Pair pair, int n, double shift, int accuracy) {
        Axis y = Axis.uniform(-0.3, 0.9, n + 1);
        Grid grid = Grid.of(pair.axis(n), y);
        PointFunction solution = x -> Math.exp(0.7 * x[0] - 0.4 * x[1]) + Math.cos(1.3 * x[0] + 2 * x[1]);
        PointFunction right = x -> (0.49 + 0.16) * Math.exp(0.7 * x[0] - 0.4 * x[1])
                - (1.69 + 4) * Math.cos(1.3 * x[0] + 2 * x[1]) + shift * solution.at(x);
        PointFunction slopeX = x -> 0.7 * Math.exp(0.7 * x[0] - 0.4 * x[1]) - 1.3 * Math.sin(1.3 * x[0] + 2 * x[1]);
        PointFunction slopeY = x -> -0.4 * Math.exp(0.7 * x[0] - 0.4 * x[1]) - 2 * Math.sin(1.3 * x[0] + 2 * x[1]);
        WallData data = WallData.zero()
                .with(0, Side.LOW, pair.low == Wall.DIRICHLET ? solution : x -> -slopeX.at(x))
                .with(0, Side.HIGH, pair.high == Wall.DIRICHLET ? solution : slopeX)
                // the box closes with a derivative below and, unless everything is derivatives, a value above
                .with(1, Side.LOW, x -> -slopeY.at(x));
        boolean singular = pair.low == Wall.NEUMANN && pair.high == Wall.NEUMANN;
        PoissonProblem problem = pair.on(grid, 0).wall(1, Side.LOW, Wall.NEUMANN)
                .wall(1, Side.HIGH, singular ? Wall.NEUMANN : Wall.DIRICHLET)
                .shift(shift).accuracy(accuracy).projecting();
        data = data.with(1, Side.HIGH, singular ? slopeY : solution);
        Field u = Fields.automatic().scalar(grid);
        PoissonSolver solver = problem.solver();
        solver.solve(Fields.automatic().scalar(grid, right), data, u);
        Field exact = Fields.automatic().scalar(grid, solution);
        if (solver.isSingular()) {
            takeMeanOff(u);
            takeMeanOff(exact);
        }
        return Fits.error(u, exact);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void dataOnTheWallsAreMetAtSecondOrder(Pair pair) {
        for (double shift : new double[] {0, -30}) {
            double coarse = inhomogeneous(pair, 24, shift, 2);
            double fine = inhomogeneous(pair, 48, shift, 2);
            assertThat(fine).isLessThan(3e-3);
            assertThat(Math.log(coarse / fine) / Math.log(2)).as("shift %s", shift).isGreaterThan(1.8);
        }
        // wider differences are reflected about the data as well
        assertThat(inhomogeneous(pair, 48, -1, 4)).isLessThan(3e-3);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void linearSolutionsBetweenWallsAreExact(Pair pair) {
        DoubleUnaryOperator line = x -> 3 - 2 * x;
        Grid grid = Grid.of(new double[][] {{2.5}}, pair.axis(12));
        WallData data = WallData.zero()
                .with(0, Side.LOW, x -> pair.low == Wall.DIRICHLET ? line.applyAsDouble(x[0]) : 2)
                .with(0, Side.HIGH, x -> pair.high == Wall.DIRICHLET ? line.applyAsDouble(x[0]) : -2);
        Field u = Fields.automatic().scalar(grid);
        PoissonSolver solver = pair.on(grid, 0).solver();
        solver.solve(Fields.automatic().scalar(grid), data, u);
        Field exact = Fields.automatic().scalar(grid, x -> line.applyAsDouble(x[0]));
        if (solver.isSingular()) {
            takeMeanOff(u);
            takeMeanOff(exact);
        }
        assertThat(Fits.error(u, exact)).isLessThan(1e-13);
    }
}
