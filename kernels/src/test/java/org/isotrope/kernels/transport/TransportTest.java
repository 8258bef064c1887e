package org.isotrope.kernels.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.grids.Symmetry;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.BilinearOperator;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.FieldProduct;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.ManufacturedSolution;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Samples;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.verify.Verify;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransportTest {
    private static final double[][] SHEAR = {{1, 0.4}, {0.1, 0.9}};
    private static final double[][] SHEAR3 = {{1, 0.3, 0.1}, {0, 0.9, 0.2}, {-0.2, 0, 1.1}};
    private static final Axis BOUNDED = Axis.uniform(0, 1, 7);
    private static final Axis PERIODIC = Axis.periodic(0, 1, 6);
    private static final Axis UNEVEN = Axis.nodes(0, 0.1, 0.35, 0.4, 0.62, 0.8, 1.1);
    private static final Axis UNEVEN_CELLS = Axis.cellsBetween(0, 0.1, 0.35, 0.4, 0.62, 0.8, 1.1);
    private static final Axis UNEVEN_PERIODIC = Axis.periodicNodes(1.2, 0, 0.1, 0.35, 0.4, 0.62, 0.8, 1.1);

    static Stream<Grid> grids() {
        return Stream.of(Grid.of(UNEVEN), Grid.of(PERIODIC), Grid.of(BOUNDED, UNEVEN_CELLS),
                Grid.of(PERIODIC, UNEVEN_PERIODIC), Grid.of(SHEAR, UNEVEN, UNEVEN_PERIODIC),
                Grid.of(SHEAR, UNEVEN_CELLS, BOUNDED), Grid.of(Axis.singleton(1), UNEVEN),
                Grid.of(BOUNDED, UNEVEN, PERIODIC), Grid.of(SHEAR3, BOUNDED, UNEVEN_CELLS, UNEVEN_PERIODIC));
    }

    private static double length(Axis axis, int i) {
        boolean half = !axis.isPeriodic() && axis.centring() == Axis.Centring.NODE && axis.size() > 1
                && (i == 0 || i == axis.size() - 1);
        return half ? axis.weight(i) / 2 : axis.weight(i);
    }

    /** Volumes of dual cells within the walls. */
    private static Field volumes(Grid grid) {
        Field volumes = Fields.automatic().scalar(grid);
        for (long node = 0; node < grid.size(); node++) {
            int[] index = grid.index(node);
            double volume = 1;
            for (int a = 0; a < index.length; a++) {
                volume *= length(grid.axis(a), index[a]);
            }
            volumes.setFlat(node, volume);
        }
        return volumes;
    }

    private static double weighted(Field w, Field a, Field b) {
        double sum = 0;
        for (long i = 0; i < w.count(); i++) {
            sum += w.getFlat(i) * a.getFlat(i) * b.getFlat(i);
        }
        return sum;
    }

    private static Field positive(Grid grid, int seed) {
        Field k = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, seed);
        for (long i = 0; i < k.count(); i++) {
            k.setFlat(i, 0.1 + Math.abs(k.getFlat(i)));
        }
        return k;
    }

    @ParameterizedTest
    @MethodSource("grids")
    void diffusionIsSymmetricConservativeAndDissipates(Grid grid) {
        Field w = volumes(grid);
        LinearOperator diffusion = Transport.diffusion(grid).fixSecond(positive(grid, 1));
        Field one = Fields.automatic().scalar(grid).fill(1);
        for (int seed = 2; seed < 6; seed++) {
            Field u = Samples.random(diffusion.domain(), seed);
            Field v = Samples.random(diffusion.domain(), 10 * seed);
            Field change = diffusion.apply(u);
            double size = Math.sqrt(weighted(w, change, change) * weighted(w, v, v));
            assertThat(weighted(w, change, v)).isCloseTo(weighted(w, u, diffusion.apply(v)), within(1e-12 * size));
            assertThat(weighted(w, change, one)).isCloseTo(0, within(1e-12 * size));
            assertThat(weighted(w, change, u)).isLessThanOrEqualTo(0);
        }
        Field still = diffusion.apply(one);
        assertThat(Samples.largest(still)).isLessThanOrEqualTo(1e-12 * Samples.largest(diffusion.apply(w)) + 1e-14);
    }

    @Test
    void withACoefficientOfOneItIsTheClassicalLaplacian() {
        Axis cells = Axis.cells(0, 1, 6);
        for (Boundary rule : new Boundary[] {Boundary.mirror(), Boundary.symmetric()}) {
            Axis axis = rule.equals(Boundary.mirror()) ? BOUNDED : cells;
            Grid grid = Grid.of(axis, PERIODIC, axis);
            Field u = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 3);
            Field found = Transport.diffusion(grid).apply(u, Fields.automatic().scalar(grid).fill(1));
            requireClose(found, Operators.laplacian(grid, Boundaries.all(rule)).apply(u), 1e-13);
        }
    }

    private static void requireClose(Field found, Field expected, double bar) {
        for (long i = 0; i < expected.count(); i++) {
            assertThat(found.getFlat(i)).as("value %d", i)
                    .isCloseTo(expected.getFlat(i), within(bar * Samples.largest(expected)));
        }
    }

    /** Each map with each argument fixed is linear, with its adjoint; the maps' own adjoints are those. */
    @ParameterizedTest
    @MethodSource("grids")
    void adjointsInEitherArgument(Grid grid) {
        for (BilinearOperator map : maps(grid)) {
            Field a = Samples.random(map.first(), 4);
            Field b = Samples.random(map.second(), 5);
            Field y = Samples.random(map.range(), 6);
            Field value = map.apply(a, b);
            Verify.that(map.fixFirst(a)).linear().orThrow();
            Verify.that(map.fixFirst(a)).adjoint().orThrow();
            Verify.that(map.fixSecond(b)).linear().orThrow();
            Verify.that(map.fixSecond(b)).adjoint().orThrow();
            requireClose(map.fixFirst(a).apply(b), value, 1e-13);
            requireClose(map.fixSecond(b).apply(a), value, 1e-13);
            requireClose(map.adjointInFirst().apply(y, b), map.fixSecond(b).adjoint().apply(y), 1e-13);
            requireClose(map.adjointInSecond().apply(a, y), map.fixFirst(a).adjoint().apply(y), 1e-13);
        }
    }

    private static List<BilinearOperator> maps(Grid grid) {
        Differential choice = Differential.on(grid);
        List<BilinearOperator> scalar = List.of(Transport.diffusion(grid), Transport.gradientProduct(choice),
                Transport.advection(choice, FieldType.SCALAR),
                UpwindAdvection.on(grid, 3, FieldType.SCALAR).fromBelow());
        return grid.dimension() == 1 ? scalar : Stream.concat(scalar.stream(), Stream.of(
                Transport.advection(choice, FieldType.VECTOR),
                UpwindAdvection.on(grid, 1, FieldType.VECTOR).fromAbove())).toList();
    }

    private static Field velocity(Grid grid, int seed) {
        Field velocity = Samples.random(FieldType.VECTOR, grid, Precision.DOUBLE, seed);
        velocity.setFlat(3, 0);
        return velocity;
    }

    @ParameterizedTest
    @MethodSource("grids")
    void upwindAdvectionHasItsDerivatives(Grid grid) {
        UpwindAdvection scheme = UpwindAdvection.on(grid, 3, FieldType.SCALAR);
        Field u = velocity(grid, 7);
        Field f = Samples.random(scheme.fromBelow().first(), 8);
        Field direction = Samples.random(scheme.fromBelow().second(), 9);
        Verify.that(scheme.at(u)).adjoint().orThrow();
        LinearOperator derivative = scheme.inVelocity(u, f);
        Verify.that(derivative).adjoint().orThrow();
        // steps that change no sign but those at 0, whose derivative is the mean of both sides
        double step = 1e-7;
        Field above = Fields.automatic().like(u);
        Arithmetic.combine(step, direction, u, above);
        Field below = Fields.automatic().like(u);
        Arithmetic.combine(-step, direction, u, below);
        Field difference = scheme.apply(f, above);
        Arithmetic.addScaled(-1, scheme.apply(f, below), difference);
        Arithmetic.scale(0.5 / step, difference, difference);
        requireClose(derivative.apply(direction), difference, 1e-6);
    }

    /** Constant flow along an axis: the known difference on the side it comes from. */
    @Test
    void theSideIsThatTheFlowComesFrom() {
        Grid grid = Grid.of(PERIODIC, UNEVEN);
        Field f = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 1);
        for (int sign = -1; sign <= 1; sign += 2) {
            for (int order : new int[] {1, 3, 5}) {
                Field u = Fields.automatic().vector(grid);
                u.component(1).fill(2.5 * sign);
                Field expected = Differential.on(grid).along(1).upwind(order, sign).times(2.5 * sign).apply(f);
                requireClose(UpwindAdvection.on(grid, order, FieldType.SCALAR).apply(f, u), expected, 1e-13);
            }
        }
    }

    @Test
    void firstOrderStepsMakeNoNewExtrema() {
        Grid grid = Grid.of(UNEVEN_PERIODIC, PERIODIC);
        UpwindAdvection scheme = UpwindAdvection.on(grid, 1, FieldType.SCALAR);
        Field u = velocity(grid, 11);
        Field f = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 12);
        double low = Arrays.stream(f.toArray()).min().orElseThrow();
        double high = Arrays.stream(f.toArray()).max().orElseThrow();
        LinearOperator rate = scheme.at(u);
        double step = 0.5 / (Samples.largest(u) * (1 / 0.05 + 6));
        for (int n = 0; n < 200; n++) {
            Arithmetic.addScaled(-step, rate.apply(f), f);
        }
        assertThat(Arrays.stream(f.toArray()).min().orElseThrow()).isGreaterThanOrEqualTo(low - 1e-14);
        assertThat(Arrays.stream(f.toArray()).max().orElseThrow()).isLessThanOrEqualTo(high + 1e-14);
    }

    private static Axis axis(String kind, int n) {
        double[] nodes = new double[n + 1];
        double[] jitter = {0, 0.25, -0.2, 0.1};
        for (int i = 0; i <= n; i++) {
            double x = (double) i / n;
            nodes[i] = kind.equals("jittered") ? x + jitter[i % 4] / n : x + 0.12 * Math.sin(2 * Math.PI * x) / Math.PI;
        }
        return switch (kind) {
            case "uniform" -> Axis.uniform(0, 1, n + 1);
            case "cells" -> Axis.cells(0, 1, n);
            case "periodic" -> Axis.periodic(0, 1, n);
            default -> Axis.nodes(nodes);
        };
    }

    private static double order(IntFunction<Grid> family, Function<Grid, Field> error) {
        double coarse = Samples.largest(error.apply(family.apply(32)));
        return Math.log(coarse / Samples.largest(error.apply(family.apply(64)))) / Math.log(2);
    }

    private static ManufacturedSolution solution(Grid grid, ManufacturedSolution.Fit walls, int components, int seed) {
        ManufacturedSolution.Fit[] fits = new ManufacturedSolution.Fit[grid.dimension()];
        for (int a = 0; a < fits.length; a++) {
            fits[a] = grid.axis(a).isPeriodic() ? ManufacturedSolution.Fit.PERIODIC : walls;
        }
        return new ManufacturedSolution(grid, fits, components, seed);
    }

    private static Field minus(Field a, Field b) {
        Arithmetic.addScaled(-1, b, a);
        return a;
    }

    @Test
    void diffusionIsOfSecondOrder() {
        Function<Grid, Field> error = grid -> {
            ManufacturedSolution u = solution(grid, ManufacturedSolution.Fit.FLAT, 1, 5);
            ManufacturedSolution k = solution(grid, ManufacturedSolution.Fit.FLAT, 1, 6);
            return minus(Transport.diffusion(grid).apply(u.on(FieldType.SCALAR), k.on(FieldType.SCALAR)),
                    u.field(FieldType.SCALAR, (x, out) -> {
                        out[0] = k.derivative(0, x) * u.laplacian(0, x);
                        for (int i = 0; i < x.length; i++) {
                            out[0] += k.derivative(0, x, i) * u.derivative(0, x, i);
                        }
                    }));
        };
        for (String kind : List.of("uniform", "cells", "periodic", "stretched")) {
            assertThat(order(n -> Grid.of(axis(kind, 2 * n)), error)).as("1D " + kind).isCloseTo(2, within(0.15));
            assertThat(order(n -> Grid.of(axis(kind, n), axis(kind, n)), error)).as("2D " + kind)
                    .isCloseTo(2, within(0.15));
        }
        assertThat(order(n -> Grid.of(SHEAR, axis("periodic", n), axis("periodic", n)), error)).as("sheared")
                .isCloseTo(2, within(0.15));
    }

    @Test
    void advectionIsOfItsOrder() {
        for (FieldType type : List.of(FieldType.SCALAR, FieldType.VECTOR)) {
            for (int scheme = 1; scheme <= 5; scheme++) {
                int nominal = scheme;
                Function<Grid, Field> error = grid -> {
                    int components = type.components(2);
                    ManufacturedSolution f = solution(grid, ManufacturedSolution.Fit.ANYTHING, components, 5);
                    ManufacturedSolution u = solution(grid, ManufacturedSolution.Fit.ANYTHING, 2, 7);
                    Field found = nominal % 2 == 1
                            ? UpwindAdvection.on(grid, nominal, type).apply(f.on(type), u.on(FieldType.VECTOR))
                            : Transport.advection(Differential.on(grid).accuracy(nominal), type)
                                    .apply(f.on(type), u.on(FieldType.VECTOR));
                    return minus(found, f.field(type, (x, out) -> {
                        for (int c = 0; c < components; c++) {
                            out[c] = u.derivative(0, x) * f.derivative(c, x, 0) + u.derivative(1, x) * f.derivative(c, x, 1);
                        }
                    }));
                };
                for (String kind : List.of("uniform", "periodic", "jittered")) {
                    double found = order(n -> Grid.of(SHEAR, axis(kind, n), axis(kind, n)), error);
                    assertThat(found).as("%s, %s, order %d", type, kind, nominal).isCloseTo(nominal, within(0.3));
                }
            }
        }
    }

    @Test
    void squaredGradients() {
        Grid grid = Grid.of(SHEAR, axis("stretched", 40), axis("uniform", 40));
        Field u = Fields.automatic().scalar(grid, x -> 3 * x[0] - 2 * x[1]);
        Field found = Transport.gradientProduct(Differential.on(grid)).apply(u, u);
        requireClose(found, Fields.automatic().scalar(grid).fill(13), 1e-11);
    }

    @Test
    void oneOperatorServesBothPrecisions() {
        Grid grid = Grid.of(BOUNDED, Axis.uniform(0, 1, 40));
        LinearOperator fixed = Transport.diffusion(grid).fixSecond(positive(grid, 1));
        Field u = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 2);
        Field single = Fields.automatic().precision(Precision.FLOAT).scalar(grid).copyFrom(u);
        Field found = fixed.apply(single);
        assertThat(found.precision()).isEqualTo(Precision.FLOAT);
        requireClose(found, fixed.apply(u), 1e-6);
    }

    /** Turning both fields turns the result. */
    @Test
    void theSymmetriesOfTheGridCommute() {
        Axis stretched = Axis.nodes(-1, -0.9, -0.6, 0, 0.6, 0.9, 1);
        Axis cells = Axis.cells(0, 1, 6);
        for (Grid grid : List.of(Grid.of(PERIODIC, PERIODIC), Grid.of(stretched, stretched), Grid.of(cells, cells, cells),
                Grid.of(PERIODIC, PERIODIC, PERIODIC))) {
            assertThat(grid.symmetries()).hasSize(grid.dimension() == 2 ? 8 : 48);
            for (Symmetry symmetry : grid.symmetries()) {
                for (BilinearOperator map : List.of(Transport.diffusion(grid),
                        Transport.gradientProduct(Differential.on(grid)),
                        Transport.advection(Differential.on(grid), FieldType.SCALAR),
                        Transport.advection(Differential.on(grid), FieldType.VECTOR))) {
                    Field a = Samples.random(map.first(), 1);
                    Field b = Samples.random(map.second(), 2);
                    requireClose(map.apply(turned(symmetry, a), turned(symmetry, b)),
                            turned(symmetry, map.apply(a, b)), 1e-12);
                }
                UpwindAdvection upwind = UpwindAdvection.on(grid, 3, FieldType.VECTOR);
                Field f = Samples.random(FieldType.VECTOR, grid, Precision.DOUBLE, 3);
                Field u = Samples.random(FieldType.VECTOR, grid, Precision.DOUBLE, 4);
                requireClose(upwind.apply(turned(symmetry, f), turned(symmetry, u)),
                        turned(symmetry, upwind.apply(f, u)), 1e-12);
            }
        }
    }

    private static Field turned(Symmetry symmetry, Field field) {
        Field out = Fields.automatic().like(field);
        symmetry.apply(field, out);
        return out;
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Grid grid = Grid.of(BOUNDED, PERIODIC);
        BilinearOperator advection = Transport.advection(Differential.on(grid), FieldType.SCALAR);
        Field f = Fields.automatic().scalar(grid);
        Field u = Fields.automatic().vector(grid);
        assertThatThrownBy(() -> advection.apply(u, u)).hasMessage("a is a vector field; it had to be a scalar field");
        assertThatThrownBy(() -> advection.apply(f, f)).hasMessage("b is a scalar field; it had to be a vector field");
        assertThatThrownBy(() -> advection.apply(f, u, f)).hasMessageContaining("overlap");
        assertThatThrownBy(() -> advection.apply(f, Fields.automatic().precision(Precision.FLOAT).vector(grid)))
                .hasMessageContaining("had to be the same");
        assertThatThrownBy(() -> advection.mappingFirst(Operators.gradient(grid)))
                .hasMessageContaining("range of the operator is");
        assertThatThrownBy(() -> Transport.advection(Differential.on(grid), FieldType.PSEUDOVECTOR))
                .hasMessageContaining("type is pseudovector; it had to be scalar or vector");
        assertThatThrownBy(() -> UpwindAdvection.on(grid, 2, FieldType.SCALAR)).hasMessageContaining("had to be odd");
        assertThatThrownBy(() -> UpwindAdvection.on(Grid.of(Axis.uniform(0, 1, 4)), 5, FieldType.SCALAR))
                .hasMessageContaining("axis 0: ");
        assertThatThrownBy(() -> BilinearOperator.elementwise(new Space(grid, FieldType.SCALAR))
                .then(Operators.divergence(grid))).hasMessageContaining("domain of the operator is");
        assertThatThrownBy(() -> Arithmetic.clamp(1, 0, f, f)).hasMessageContaining("low is 1.0");
        assertThat(BilinearOperator.of(grid, FieldProduct.dot(2)).toString()).contains("vector, vector → scalar");
    }
}
