package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.isotrope.grids.FieldType.SCALAR;

import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.stencil.Stencil;
import org.isotrope.kernels.tensor.IrrepsType;
import org.junit.jupiter.api.Test;

class PowerTest {
    private static final Grid GRID = Grid.of(Axis.periodic(0, 1, 24), Axis.cells(0, 1, 20));
    private static final Boundaries CLOSED = Boundaries.all(Boundary.symmetric());

    @Test
    void isTheOperatorAppliedAgainAndAgain() {
        LinearOperator step = Operators.identity(GRID, SCALAR)
                .plus(Operators.laplacian(GRID, CLOSED).times(2e-4));
        for (int exponent = 0; exponent <= 5; exponent++) {
            Field start = Samples.random(step.domain(), 3);
            Field u = start;
            for (int k = 0; k < exponent; k++) {
                u = step.apply(u);
            }
            assertThat(Samples.bits(step.power(exponent).apply(start))).isEqualTo(Samples.bits(u));
        }
        Field start = Samples.random(step.domain(), 4);
        assertThat(Samples.bits(step.power(2).power(3).apply(start))).isEqualTo(Samples.bits(step.power(6).apply(start)));
    }

    /** A large field, whose steps run as waves. */
    @Test
    void wavesOfLargeFieldsGiveTheSameBits() {
        Grid large = Grid.of(Axis.cells(0, 1, 97), Axis.periodic(0, 1, 256), Axis.cells(0, 1, 256));
        LinearOperator step = Operators.identity(large, SCALAR)
                .plus(Operators.laplacian(large, CLOSED).times(1e-6));
        assertThat(step.power(5).plan(Precision.FLOAT, Execution.standard()).explain()).contains("in waves of");
        Field start = Samples.random(SCALAR, large, Precision.FLOAT, 5);
        Field u = start;
        for (int k = 0; k < 5; k++) {
            u = step.apply(u);
        }
        assertThat(step.power(5).apply(start).segment().mismatch(u.segment())).isEqualTo(-1);
    }

    @Test
    void diffusionDampsWavesByTheFactorOfEachStep() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 32));
        double dt = 1e-4;
        LinearOperator diffusion = Operators.identity(grid, SCALAR).plus(Operators.laplacian(grid).times(dt)).power(50);
        Field wave = Fields.automatic().scalar(grid);
        for (int i = 0; i < 32; i++) {
            wave.set(Math.cos(2 * Math.PI * i / 32), 0, i);
        }
        double h = 1.0 / 32;
        double factor = Math.pow(1 - dt * Math.pow(2 / h * Math.sin(Math.PI * h), 2), 50);
        Field damped = diffusion.apply(wave);
        for (int i = 0; i < 32; i++) {
            assertThat(damped.get(0, i)).isCloseTo(factor * wave.get(0, i), within(1e-14));
        }
    }

    /** The wave equation by leapfrog: (u, u before) ↦ (2u + c²dt² Δu − u before, u), a wave of exact speed at dt = h. */
    @Test
    void wavesAreStencilsOfTwoComponents() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 40));
        Stencil leapfrog = Stencil.builder(1, 2, 2)
                .tap(0, 0, 1, -1).tap(0, 0, 1, 1).tap(0, 1, -1, 0).tap(1, 0, 1, 0).build();
        FieldType pair = IrrepsType.of("2x0e");
        Field now = Fields.automatic().of(pair, grid);
        for (int i = 0; i < 40; i++) {
            now.set(pulse(i), 0, i);
            now.set(pulse(i + 1), 1, i);
        }
        Field later = Operators.stencil(leapfrog, grid, pair, pair, CLOSED).power(13).apply(now);
        for (int i = 0; i < 40; i++) {
            assertThat(later.get(0, i)).isCloseTo(pulse(i - 13), within(1e-13));
        }
    }

    private static double pulse(int i) {
        return Math.exp(-Math.pow(Math.floorMod(i, 40) - 20, 2) / 10.0);
    }

    @Test
    void refusesWhatCannotBeRepeated() {
        assertThatThrownBy(() -> Operators.gradient(GRID).power(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("had to map a space to itself");
        assertThatThrownBy(() -> Operators.laplacian(GRID).power(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("exponent is -1; it had to be at least 0");
    }
}
