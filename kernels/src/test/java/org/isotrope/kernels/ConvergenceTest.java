package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Observed orders on {@code f = sin(k·x + ½) e^(m·x)}, by halving the spacing. */
class ConvergenceTest {
    private static final double[] K = {1.3, -0.8, 1.1};
    private static final double[] M = {0.4, 0.6, -0.5};
    private static final double[][] SHEAR2 = {{1, 0.4}, {0.1, 0.9}};
    private static final double[][] SHEAR3 = {{1, 0.3, 0.1}, {0, 0.9, 0.2}, {-0.2, 0, 1.1}};

    static Stream<Arguments> grids() {
        return Stream.of(
                Arguments.of("1D", (IntFunction<Grid>) n -> Grid.of(Axis.uniform(0, 1, 8 * n + 1))),
                Arguments.of("anisotropic", (IntFunction<Grid>) n ->
                        Grid.of(Axis.uniform(0, 1, 4 * n + 1), Axis.uniform(0, 1, 6 * n + 1))),
                Arguments.of("sheared", (IntFunction<Grid>) n ->
                        Grid.of(SHEAR2, Axis.uniform(0, 1, 5 * n + 1), Axis.uniform(0, 1, 4 * n + 1))),
                Arguments.of("3D", (IntFunction<Grid>) n -> Grid.of(Axis.uniform(0, 1, 2 * n + 1),
                        Axis.uniform(0, 1, 3 * n + 1), Axis.uniform(0, 1, 2 * n + 1))),
                Arguments.of("3D sheared", (IntFunction<Grid>) n -> Grid.of(SHEAR3, Axis.uniform(0, 1, 2 * n + 1),
                        Axis.uniform(0, 1, 3 * n + 1), Axis.uniform(0, 1, 2 * n + 1))));
    }

    private static double dot(double[] a, double[] b, int d) {
        double sum = 0;
        for (int i = 0; i < d; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double f(double[] x) {
        return Math.sin(dot(K, x, x.length) + 0.5) * Math.exp(dot(M, x, x.length));
    }

    private static double derivative(double[] x, int i) {
        int d = x.length;
        double phase = dot(K, x, d) + 0.5;
        return (K[i] * Math.cos(phase) + M[i] * Math.sin(phase)) * Math.exp(dot(M, x, d));
    }

    private static double laplacian(double[] x) {
        int d = x.length;
        double phase = dot(K, x, d) + 0.5;
        return ((dot(M, M, d) - dot(K, K, d)) * Math.sin(phase) + 2 * dot(K, M, d) * Math.cos(phase))
                * Math.exp(dot(M, x, d));
    }

    private static boolean isInterior(Grid grid, int[] index) {
        for (int a = 0; a < index.length; a++) {
            if (index[a] == 0 || index[a] == grid.axis(a).size() - 1) {
                return false;
            }
        }
        return true;
    }

    private static double error(LinearOperator operator, Field in, Field exact, boolean interiorOnly) {
        Field out = operator.apply(in);
        long nodes = out.grid().size();
        double error = 0;
        for (long i = 0; i < out.count(); i++) {
            if (!interiorOnly || isInterior(out.grid(), out.grid().index(i % nodes))) {
                error = Math.max(error, Math.abs(out.getFlat(i) - exact.getFlat(i)));
            }
        }
        return error;
    }

    private static double gradientError(Grid grid) {
        Fields fields = Fields.automatic();
        Field exact = fields.vector(grid, (x, out) -> {
            for (int i = 0; i < out.length; i++) {
                out[i] = derivative(x, i);
            }
        });
        return error(Operators.gradient(grid), fields.scalar(grid, ConvergenceTest::f), exact, false);
    }

    private static double laplacianError(Grid grid, boolean interiorOnly) {
        Fields fields = Fields.automatic();
        return error(Operators.laplacian(grid), fields.scalar(grid, ConvergenceTest::f),
                fields.scalar(grid, ConvergenceTest::laplacian), interiorOnly);
    }

    /** {@code v_i = (i + 1) f}. */
    private static Field vector(Grid grid) {
        return Fields.automatic().vector(grid, (x, out) -> {
            for (int i = 0; i < out.length; i++) {
                out[i] = (i + 1) * f(x);
            }
        });
    }

    private static double divergenceError(Grid grid) {
        Field exact = Fields.automatic().scalar(grid, x -> {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += (i + 1) * derivative(x, i);
            }
            return sum;
        });
        return error(Operators.divergence(grid), vector(grid), exact, false);
    }

    private static double curlError(Grid grid) {
        LinearOperator curl = Operators.curl(grid);
        Field exact = Fields.automatic().of(curl.range().type(), grid).fill((x, out) -> {
            if (x.length == 2) {
                out[0] = 2 * derivative(x, 0) - derivative(x, 1);
                return;
            }
            out[0] = 3 * derivative(x, 1) - 2 * derivative(x, 2);
            out[1] = derivative(x, 2) - 3 * derivative(x, 0);
            out[2] = 2 * derivative(x, 0) - derivative(x, 1);
        });
        return error(curl, vector(grid), exact, false);
    }

    private static double order(double coarse, double fine) {
        return Math.log(coarse / fine) / Math.log(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("grids")
    void firstDerivativesAreOfSecondOrderUpToTheWalls(String name, IntFunction<Grid> grids) {
        Grid coarse = grids.apply(6);
        Grid fine = grids.apply(12);
        assertThat(order(gradientError(coarse), gradientError(fine))).isBetween(1.8, 2.3);
        assertThat(order(divergenceError(coarse), divergenceError(fine))).isBetween(1.8, 2.3);
        if (coarse.dimension() > 1) {
            assertThat(order(curlError(coarse), curlError(fine))).isBetween(1.8, 2.3);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("grids")
    void laplaciansAreOfSecondOrderUpToTheWalls(String name, IntFunction<Grid> grids) {
        Grid coarse = grids.apply(6);
        Grid fine = grids.apply(12);
        assertThat(order(laplacianError(coarse, true), laplacianError(fine, true))).isBetween(1.8, 2.3);
        assertThat(order(laplacianError(coarse, false), laplacianError(fine, false))).isBetween(1.8, 2.3);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("grids")
    void quadraticExtrapolationLeavesLaplaciansOfFirstOrderAtTheWalls(String name, IntFunction<Grid> grids) {
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            Grid grid = grids.apply(6 << k);
            errors[k] = error(Operators.laplacian(grid, Boundaries.all(Boundary.extrapolate(2))),
                    Fields.automatic().scalar(grid, ConvergenceTest::f),
                    Fields.automatic().scalar(grid, ConvergenceTest::laplacian), false);
        }
        assertThat(order(errors[0], errors[1])).isBetween(0.75, 1.3);
    }

    /** {@code cos πx cos 2πy} has no flux through walls at 0 and 1. */
    @ParameterizedTest
    @MethodSource("fluxFree")
    void wallsWithoutFluxKeepTheOrderOfTheirCentring(Boundary boundary, IntFunction<Axis> axis) {
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            Grid grid = Grid.of(axis.apply(16 << k), axis.apply(24 << k));
            Field f = Fields.automatic().scalar(grid, x -> Math.cos(Math.PI * x[0]) * Math.cos(2 * Math.PI * x[1]));
            Field exact = Fields.automatic().scalar(grid).copyFrom(f);
            Arithmetic.scale(-5 * Math.PI * Math.PI, f, exact);
            LinearOperator laplacian = Operators.laplacian(grid, FieldType.SCALAR, Boundaries.all(boundary));
            errors[k] = error(laplacian, f, exact, false);
        }
        assertThat(order(errors[0], errors[1])).isBetween(1.9, 2.1);
    }

    static Stream<Arguments> fluxFree() {
        return Stream.of(
                Arguments.of(Boundary.mirror(), (IntFunction<Axis>) n -> Axis.uniform(0, 1, n + 1)),
                Arguments.of(Boundary.symmetric(), (IntFunction<Axis>) n -> Axis.cells(0, 1, n)));
    }
}
