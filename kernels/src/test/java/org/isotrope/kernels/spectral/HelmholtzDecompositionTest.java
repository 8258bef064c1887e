package org.isotrope.kernels.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Space;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of vector fields against the differences they belong to, and against closed forms. */
class HelmholtzDecompositionTest {
    private static final Boundaries NONE = Boundaries.all(Boundary.zero());
    private static final double TURN = 2 * Math.PI;

    static List<Grid> grids() {
        return List.of(
                Grid.of(Axis.periodic(0, 1, 7)),
                Grid.of(Axis.periodic(0, 1, 8), Axis.periodic(0, 2, 9)),
                Grid.of(Axis.periodic(0, 1, 8), Axis.periodic(0, 1, 6)),
                Grid.of(new double[][] {{1, 0.4}, {-0.2, 0.8}}, Axis.periodic(0, 1, 8), Axis.periodic(0, 1, 6)),
                Grid.of(Axis.periodic(0, 1, 6), Axis.periodic(0, 2, 5), Axis.periodic(0, 3, 8)),
                Grid.of(new double[][] {{1, 0.3, 0.1}, {-0.1, 0.9, 0.2}, {0.05, 0, 1.1}}, Axis.periodic(0, 1, 4),
                        Axis.periodic(0, 2, 6), Axis.periodic(0, 1, 5)));
    }

    private static Field random(Grid grid) {
        return Fits.random(new Space(grid, FieldType.VECTOR), Precision.DOUBLE, 4);
    }

    private static double distance(Field a, Field b) {
        Field difference = Fields.automatic().copy(a);
        Arithmetic.addScaled(-1, b, difference);
        return Fits.largest(difference);
    }

    @ParameterizedTest
    @MethodSource("grids")
    void differencesOfTheProjectionVanish(Grid grid) {
        for (int accuracy : new int[] {2, 4, 8}) {
            HelmholtzDecomposition parts = HelmholtzDecomposition.discrete(grid, accuracy);
            Differential differences = Differential.on(grid).accuracy(accuracy).beyondWalls(NONE);
            Field v = random(grid);
            Field w = parts.leray().apply(v);
            double scale = Fits.largest(differences.divergence().apply(v));
            if (scale > 0) {
                assertThat(Fits.largest(differences.divergence().apply(w)) / scale).isLessThan(1e-14);
            }
            // idempotent, and the rest is a gradient
            assertThat(distance(parts.leray().apply(w), w)).isLessThan(1e-14);
            Field rest = differences.gradient().apply(parts.potential().apply(v));
            assertThat(distance(parts.gradientPart().apply(v), rest)).isLessThan(1e-13);
            Arithmetic.addScaled(1, w, rest);
            assertThat(distance(rest, v)).isLessThan(1e-13);
            assertThat(Arithmetic.sum(parts.potential().apply(v))).isCloseTo(0, within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("grids")
    void spectralProjectionIsIdempotentAndOrthogonal(Grid grid) {
        HelmholtzDecomposition parts = HelmholtzDecomposition.spectral(grid);
        Field v = random(grid);
        Field w = parts.leray().apply(v);
        Field rest = parts.gradientPart().apply(v);
        assertThat(distance(parts.leray().apply(w), w)).isLessThan(1e-14);
        assertThat(Fits.largest(parts.gradientPart().apply(w))).isLessThan(1e-14);
        assertThat(Fits.largest(parts.leray().apply(rest))).isLessThan(1e-14);
        assertThat(Math.abs(Arithmetic.dot(w, rest))).isLessThan(1e-13 * Arithmetic.dot(v, v));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void spectralPartsOfKnownFieldsInThePlane(boolean sheared) {
        double[][] cell = {{1, sheared ? 0.5 : 0}, {0, 1}};
        Grid grid = Grid.of(cell, Axis.periodic(0, 1, 12), Axis.periodic(0, 2, 10));
        // waves of the lattice: k·(1, 0) and k·(0.5·2, 2) are multiples of a turn
        double kx = TURN;
        double ky = sheared ? -TURN / 2 : TURN;
        Field gradient = Fields.automatic().vector(grid, (x, v) -> {
            double slope = -Math.sin(kx * x[0] + ky * x[1]);
            v[0] = kx * slope;
            v[1] = ky * slope;
        });
        Field flow = Fields.automatic().vector(grid, (x, v) -> {
            double slope = Math.cos(kx * x[0] - ky * x[1] * (sheared ? -1 : 1));
            v[0] = (sheared ? ky : -ky) * slope + 0.7;
            v[1] = -kx * slope - 0.2;
        });
        Field sum = Fields.automatic().copy(gradient);
        Arithmetic.addScaled(1, flow, sum);
        HelmholtzDecomposition parts = HelmholtzDecomposition.spectral(grid);
        assertThat(distance(parts.leray().apply(sum), flow)).isLessThan(1e-13);
        assertThat(distance(parts.gradientPart().apply(sum), gradient)).isLessThan(1e-13);
        Field potential = Fields.automatic().scalar(grid, x -> Math.cos(kx * x[0] + ky * x[1]));
        assertThat(distance(parts.potential().apply(sum), potential)).isLessThan(1e-13);
    }

    @ParameterizedTest
    @MethodSource("grids")
    void curlsOfPotentialsGiveTheFlowBack(Grid grid) {
        int d = grid.dimension();
        HelmholtzDecomposition parts = HelmholtzDecomposition.discrete(grid);
        Differential differences = Differential.on(grid).beyondWalls(NONE);
        Field v = random(grid);
        if (d == 1) {
            assertThatThrownBy(parts::streamFunction).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("grid has dimension 1; it had to have 2");
            assertThatThrownBy(parts::vectorPotential).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("grid has dimension 1; it had to have 3");
            return;
        }
        // what has no derivatives is neither a gradient nor a curl: compare curls of both sides
        LinearOperator curl = differences.curl();
        Field back;
        if (d == 2) {
            back = differences.curlOfPseudoscalar().apply(parts.streamFunction().apply(v));
        } else {
            Field potential = parts.vectorPotential().apply(v);
            // a pseudovector has the curl of a vector of the same components
            Field as = Fields.wrap(potential.segment(), FieldType.VECTOR, grid, potential.precision());
            assertThat(Fits.largest(differences.divergence().apply(as))).isLessThan(1e-13);
            Field of = differences.curl().apply(as);
            back = Fields.wrap(of.segment(), FieldType.VECTOR, grid, of.precision());
        }
        assertThat(Fits.error(curl.apply(back), curl.apply(v))).isLessThan(1e-13);
        assertThat(Fits.largest(differences.divergence().apply(back))).isLessThan(1e-13 * Fits.largest(curl.apply(v)));
        // apart from them it is the projection
        Field w = parts.leray().apply(v);
        assertThat(Fits.error(curl.apply(back), curl.apply(w))).isLessThan(1e-13);
    }

    @Test
    void floatsAreProjectedToTheirRounding() {
        Grid grid = grids().get(2);
        Field v = Fields.automatic().precision(Precision.FLOAT).vector(grid).copyFrom(random(grid));
        Field exact = HelmholtzDecomposition.discrete(grid).leray().apply(random(grid));
        Field w = HelmholtzDecomposition.discrete(grid).leray().apply(v);
        assertThat(Fits.error(w, exact)).isLessThan(1e-6);
    }

    @Test
    void wallsAreRefused() {
        assertThatThrownBy(() -> HelmholtzDecomposition.spectral(Grid.of(Axis.periodic(0, 1, 4),
                Axis.uniform(0, 1, 4)))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("axis 1 is").hasMessageContaining("had to be periodic");
        assertThatThrownBy(() -> HelmholtzDecomposition.discrete(Grid.of(Axis.periodicNodes(1, 0, 0.3)), 2))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("had to be uniform");
        assertThatThrownBy(() -> HelmholtzDecomposition.discrete(Grid.of(Axis.periodic(0, 1, 4)), 3))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("accuracy is 3");
    }
}
