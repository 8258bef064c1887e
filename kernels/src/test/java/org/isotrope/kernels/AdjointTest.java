package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code ⟨A x, y⟩ = ⟨x, Aᵀ y⟩} for everything the library makes, under every boundary. */
class AdjointTest {
    static List<Grid> grids() {
        return List.of(
                Grid.of(Axis.uniform(0, 1, 13)),
                Grid.of(Axis.periodic(0, 1, 12)),
                Grid.of(Axis.uniform(-1, 1, 9), Axis.cells(0, 2, 7)),
                Grid.of(Axis.periodic(-1, 1, 9), Axis.uniform(0, 2, 20)),
                Grid.of(new double[][] {{1, 0.4}, {-0.2, 0.8}}, Axis.uniform(0, 1, 8), Axis.periodic(0, 1, 7)),
                Grid.of(Axis.uniform(0, 1, 6), Axis.periodic(0, 1, 5), Axis.cells(0, 1, 7)),
                Grid.of(new double[][] {{1, 0.3, 0.1}, {0, 0.9, 0.2}, {0.1, 0, 1.1}}, Axis.uniform(0, 1, 5),
                        Axis.cells(0, 1, 6), Axis.periodic(0, 1, 5)),
                Grid.of(Samples.jittered(20, 31)),
                Grid.of(Samples.jitteredPeriodic(9, 32), Samples.jittered(19, 33)),
                Grid.of(new double[][] {{1, 0.4}, {-0.2, 0.8}}, Samples.jittered(8, 34), Axis.periodic(0, 1, 7)),
                Grid.of(Axis.uniform(0, 1, 6), Samples.jittered(7, 35), Samples.jitteredPeriodic(8, 36)));
    }

    static Stream<Boundary> boundaries() {
        return Stream.concat(Samples.BOUNDARIES.stream(), Samples.CONDITIONS.stream());
    }

    @ParameterizedTest
    @MethodSource("boundaries")
    void everyOperatorHasItsExactAdjoint(Boundary boundary) {
        Boundaries boundaries = Boundaries.all(boundary);
        for (Grid grid : grids()) {
            if (!Samples.fits(boundary, grid)) {
                continue;
            }
            for (Registry.Entry entry : Registry.operators(grid, boundaries)) {
                LinearOperator adjoint = entry.operator().adjoint();
                check(entry.toString(), entry.operator(), adjoint);
                check("adjoint of " + entry, adjoint, adjoint.adjoint());
            }
        }
    }

    @Test
    void sidesMayDiffer() {
        Random random = new Random(3);
        for (int repeat = 0; repeat < 10; repeat++) {
            Grid grid = Samples.mixedGrid(random, 7, 8);
            for (Registry.Entry entry : Registry.operators(grid, Samples.mixedBoundaries(random, grid))) {
                check(entry.toString(), entry.operator(), entry.operator().adjoint());
            }
        }
    }

    private static void check(String name, LinearOperator operator, LinearOperator adjoint) {
        assertThat(adjoint.domain()).isEqualTo(operator.range());
        assertThat(adjoint.range()).isEqualTo(operator.domain());
        Field x = Samples.random(operator.domain(), 17);
        Field y = Samples.random(operator.range(), 18);
        Field image = operator.apply(x);
        Field pulled = adjoint.apply(y);
        double left = Samples.dot(image, y);
        double right = Samples.dot(x, pulled);
        double scale = Math.sqrt(Samples.dot(image, image) * Samples.dot(y, y));
        assertThat(scale).as(name).isPositive();
        assertThat(right).as("%s on%n%s", name, operator.domain().grid()).isCloseTo(left, within(1e-12 * scale));
    }

    @Test
    void floatsHaveTheirAdjointsToo() {
        Grid grid = Grid.of(Axis.uniform(-1, 1, 9), Axis.periodic(0, 2, 21));
        for (Registry.Entry entry : Registry.operators(grid, Boundaries.all(Boundary.extrapolate(2)))) {
            LinearOperator operator = entry.operator();
            Field x = Samples.random(operator.domain().type(), grid, Precision.FLOAT, 21);
            Field y = Samples.random(operator.range().type(), grid, Precision.FLOAT, 22);
            Field image = operator.apply(x);
            double scale = Math.sqrt(Samples.dot(image, image) * Samples.dot(y, y));
            assertThat(Samples.dot(x, operator.adjoint().apply(y))).as(entry.toString())
                    .isCloseTo(Samples.dot(image, y), within(1e-5 * scale));
        }
    }

    @Test
    void periodicCentredDifferencesAreSkewAndLaplaciansSelfAdjoint() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 8), Axis.periodic(0, 2, 9));
        Boundaries any = Boundaries.all(Boundary.zero());
        Field f = Samples.random(Operators.laplacian(grid).domain(), 4);
        Field v = Samples.random(Operators.divergence(grid).domain(), 5);
        Field minusDivergence = Operators.divergence(grid, any).times(-1).apply(v);
        assertThat(Samples.distance(Operators.gradient(grid, any).adjoint().apply(v), minusDivergence))
                .isLessThan(1e-13 * Samples.largest(minusDivergence));
        Field laplacian = Operators.laplacian(grid, any).apply(f);
        assertThat(Samples.distance(Operators.laplacian(grid, any).adjoint().apply(f), laplacian))
                .isLessThan(1e-13 * Samples.largest(laplacian));
    }

    @Test
    void everyFactoryIsInTheRegistry() {
        Set<String> factories = Arrays.stream(Operators.class.getMethods())
                .filter(method -> LinearOperator.class.isAssignableFrom(method.getReturnType()))
                .map(method -> method.getName() + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName).collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> registered = grids().stream()
                .flatMap(grid -> Registry.operators(grid, Boundaries.all(Boundary.zero())).stream())
                .map(Registry.Entry::factory)
                .filter(name -> name.contains("("))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(registered).as("a new factory has to be added to Registry, to run through every law")
                .isEqualTo(factories);
    }
}
