package org.isotrope.kernels.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
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
import org.isotrope.kernels.ManufacturedSolution;
import org.isotrope.kernels.Samples;
import org.isotrope.kernels.difference.Weno5;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WenoAdvectionTest {
    private static final double[][] SHEAR = {{1, 0.4}, {0.1, 0.9}};

    static List<Grid> grids() {
        return List.of(Grid.of(Axis.uniform(0, 1, 9)), Grid.of(Axis.periodic(0, 1, 6), Axis.cells(0, 1, 7)),
                Grid.of(SHEAR, Axis.uniform(0, 1, 6), Axis.periodic(0, 1.3, 7)),
                Grid.of(Axis.cells(0, 1, 5), Axis.singleton(0), Axis.periodic(0, 1, 5)));
    }

    /** The differences of faces as they are defined, with edge values repeated. */
    @Test
    void slopesByExplicitIndices() {
        Grid grid = Grid.of(Axis.uniform(0, 3.5, 8));
        Field f = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 1);
        Field low = Fields.automatic().vector(grid);
        WenoAdvection.on(grid, FieldType.SCALAR).slopes(1).apply(f, low);
        Field high = Fields.automatic().vector(grid);
        WenoAdvection.on(grid, FieldType.SCALAR).slopes(-1).apply(f, high);
        double[] u = new double[16];
        Arrays.setAll(u, i -> f.get(0, Math.clamp(i - 4, 0, 7)));
        for (int i = 0; i < 8; i++) {
            int k = i + 4;
            double left = Weno5.left(u[k - 2], u[k - 1], u[k], u[k + 1], u[k + 2])
                    - Weno5.left(u[k - 3], u[k - 2], u[k - 1], u[k], u[k + 1]);
            assertThat(low.get(0, i)).isCloseTo(left / 0.5, within(1e-13));
            double right = Weno5.right(u[k - 1], u[k], u[k + 1], u[k + 2], u[k + 3])
                    - Weno5.right(u[k - 2], u[k - 1], u[k], u[k + 1], u[k + 2]);
            assertThat(high.get(0, i)).isCloseTo(right / 0.5, within(1e-13));
        }
    }

    private static double error(int n, boolean flux) {
        Grid grid = Grid.of(SHEAR, Axis.periodic(0, 1, n), Axis.periodic(0, 1, n));
        ManufacturedSolution.Fit[] fits = {ManufacturedSolution.Fit.PERIODIC, ManufacturedSolution.Fit.PERIODIC};
        ManufacturedSolution f = new ManufacturedSolution(grid, fits, 1, 3);
        Field u = Fields.automatic().vector(grid, (x, v) -> {
            v[0] = 1.3;
            v[1] = -0.6;
        });
        WenoAdvection scheme = WenoAdvection.on(grid, FieldType.SCALAR);
        Field in = f.on(FieldType.SCALAR);
        Field found = flux ? scheme.divergence(in, u) : scheme.apply(in, u);
        return Samples.distance(found, f.field(FieldType.SCALAR, (x, out) ->
                out[0] = 1.3 * f.derivative(0, x, 0) - 0.6 * f.derivative(0, x, 1)));
    }

    @Test
    void bothFormsAreOfFifthOrder() {
        for (boolean flux : new boolean[] {false, true}) {
            double order = Math.log(error(48, flux) / error(96, flux)) / Math.log(2);
            assertThat(order).as("flux %s", flux).isCloseTo(5, within(0.15));
        }
    }

    @Test
    void fluxesAddUpToNothing() {
        Grid grid = Grid.of(SHEAR, Axis.periodic(0, 1, 8), Axis.periodic(0, 1, 9));
        Field f = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 5);
        Field u = Samples.random(FieldType.VECTOR, grid, Precision.DOUBLE, 6);
        Field rate = WenoAdvection.on(grid, FieldType.SCALAR).divergence(f, u);
        assertThat(Arrays.stream(rate.toArray()).sum()).isCloseTo(0, within(1e-12 * Samples.largest(rate)));
    }

    /** Once around by the third-order method of Shu and Osher. */
    private static Field carried(Field step, BinaryOperator<Field> rate, Field u) {
        double dt = 0.4 / 64;
        Field f = Fields.automatic().copy(step);
        for (int n = 0; n < 160; n++) {
            Field one = Fields.automatic().copy(f);
            Arithmetic.addScaled(-dt, rate.apply(f, u), one);
            Field two = Fields.automatic().copy(one);
            Arithmetic.addScaled(-dt, rate.apply(one, u), two);
            Arithmetic.scale(0.25, two, two);
            Arithmetic.addScaled(0.75, f, two);
            Field next = Fields.automatic().copy(two);
            Arithmetic.addScaled(-dt, rate.apply(two, u), next);
            Arithmetic.scale(2.0 / 3, next, next);
            Arithmetic.addScaled(1.0 / 3, f, next);
            f = next;
        }
        return f;
    }

    private static double overshoot(Field f) {
        return Math.max(Arrays.stream(f.toArray()).max().orElseThrow() - 1,
                -Arrays.stream(f.toArray()).min().orElseThrow());
    }

    @Test
    void aStepIsCarriedWithoutWiggles() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 64));
        Field step = Fields.automatic().scalar(grid, x -> x[0] < 0.5 ? 1 : 0);
        Field u = Fields.automatic().vector(grid);
        u.fill(1);
        WenoAdvection weno = WenoAdvection.on(grid, FieldType.SCALAR);
        assertThat(overshoot(carried(step, weno::apply, u))).isLessThan(2e-3);
        assertThat(overshoot(carried(step, UpwindAdvection.on(grid, 5, FieldType.SCALAR)::apply, u))).as("the control")
                .isGreaterThan(5e-2);
    }

    @Test
    void turningTheInputTurnsTheOutput() {
        Axis ring = Axis.periodic(0, 1, 5);
        Axis cells = Axis.cells(0, 1, 6);
        for (Grid grid : List.of(Grid.of(ring, ring), Grid.of(cells, cells), Grid.of(cells, cells, cells))) {
            for (FieldType type : List.of(FieldType.SCALAR, FieldType.VECTOR)) {
                WenoAdvection scheme = WenoAdvection.on(grid, type);
                Field f = Samples.random(type, grid, Precision.DOUBLE, 7);
                Field u = Samples.random(FieldType.VECTOR, grid, Precision.DOUBLE, 8);
                for (Symmetry symmetry : grid.symmetries()) {
                    Field expected = turned(symmetry, scheme.apply(f, u));
                    assertThat(Samples.distance(scheme.apply(turned(symmetry, f), turned(symmetry, u)), expected))
                            .isLessThan(1e-12 * Samples.largest(expected));
                }
            }
        }
    }

    private static Field turned(Symmetry symmetry, Field field) {
        Field out = Fields.automatic().like(field);
        symmetry.apply(field, out);
        return out;
    }

    private static Field moved(Field x, double step, Field direction) {
        Field moved = Fields.automatic().copy(x);
        Arithmetic.addScaled(step, direction, moved);
        return moved;
    }

    @ParameterizedTest
    @MethodSource("grids")
    void derivativesAndTheirTransposes(Grid grid) {
        Boundaries walls = Boundaries.all(Boundary.extrapolate(2));
        for (WenoDifference difference : List.of(WenoDifference.slopes(grid, FieldType.SCALAR, 1, walls, 0.1),
                WenoDifference.slopes(grid, FieldType.SCALAR, -1, Boundaries.all(Boundary.value()), 0.1),
                WenoDifference.divergence(grid, -1, walls, 0.1))) {
            Field x = Samples.random(difference.domain(), 1);
            Field direction = Samples.random(difference.domain(), 2);
            Field bar = Samples.random(difference.range(), 3);
            Field tangent = Samples.random(difference.range(), 4);
            Field adjoint = Samples.random(difference.domain(), 5);
            Field adjointTangent = Samples.random(difference.domain(), 6);
            difference.tangent(x, direction, tangent);
            difference.adjoint(x, bar, adjoint);
            difference.adjointTangent(x, direction, bar, adjointTangent);
            double scale = Math.sqrt(Samples.dot(tangent, tangent) * Samples.dot(bar, bar));
            assertThat(Samples.dot(direction, adjoint)).isCloseTo(Samples.dot(tangent, bar), within(1e-12 * scale));
            double h = 1e-5;
            Field above = Fields.automatic().like(tangent);
            Field below = Fields.automatic().like(tangent);
            difference.apply(moved(x, h, direction), above);
            difference.apply(moved(x, -h, direction), below);
            Arithmetic.addScaled(-1, below, above);
            Arithmetic.scale(0.5 / h, above, above);
            assertThat(Samples.distance(tangent, above)).isLessThan(1e-6 * Samples.largest(tangent));
            above = Fields.automatic().like(x);
            below = Fields.automatic().like(x);
            difference.adjoint(moved(x, h, direction), bar, above);
            difference.adjoint(moved(x, -h, direction), bar, below);
            Arithmetic.addScaled(-1, below, above);
            Arithmetic.scale(0.5 / h, above, above);
            assertThat(Samples.distance(adjointTangent, above)).isLessThan(1e-6 * Samples.largest(adjointTangent));
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Grid uneven = Grid.of(Samples.jittered(9, 1));
        assertThatThrownBy(() -> WenoAdvection.on(uneven, FieldType.SCALAR))
                .hasMessageContaining("axis 0 is").hasMessageContaining("it had to be uniform for WENO");
        Grid grid = Grid.of(Axis.uniform(0, 1, 9), Axis.periodic(0, 1, 5));
        assertThatThrownBy(() -> WenoAdvection.on(grid, FieldType.PSEUDOVECTOR)).hasMessageContaining("had to be scalar");
        WenoAdvection scheme = WenoAdvection.on(grid, FieldType.VECTOR);
        assertThatThrownBy(() -> scheme.regularised(0)).hasMessage("epsilon is 0.0; it had to be positive and finite");
        assertThatThrownBy(() -> scheme.slopes(2)).hasMessage("sign is 2; it had to be 1 or -1");
        Field u = Fields.automatic().vector(grid);
        assertThatThrownBy(() -> scheme.divergence(u, u)).hasMessageContaining("f is a vector field");
        assertThatThrownBy(() -> scheme.slopes(1).apply(u, u)).hasMessageContaining("y is");
        Grid few = Grid.of(Axis.uniform(0, 1, 3));
        assertThatThrownBy(() -> WenoAdvection.on(few, FieldType.SCALAR).beyondWalls(Boundaries.all(Boundary.mirror())))
                .hasMessageContaining("axis 0 has 3 nodes; it had to have at least 4 for boundary mirror");
    }
}
