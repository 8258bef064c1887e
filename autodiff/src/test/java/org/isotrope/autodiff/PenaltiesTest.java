package org.isotrope.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.junit.jupiter.api.Test;

class PenaltiesTest {
    private static final double[][] SHEAR = {{1, 0.3}, {0, 0.9}};

    private interface Penalty {
        ArrayVariable of(FieldVariable u);
    }

    private static double value(Field u, Penalty penalty) {
        return penalty.of(new Tape(Precision.DOUBLE).input(u)).value();
    }

    @Test
    void integralsOfKnownFunctions() {
        Grid ring = Grid.of(Axis.periodic(0, 1, 400), Axis.periodic(0, 2, 8));
        Field wave = Fields.automatic().scalar(ring, x -> Math.sin(2 * Math.PI * x[0]));
        assertThat(value(wave, Penalties::tikhonov)).isCloseTo(1, within(1e-12));
        // forward differences of a sine are short by the factor sin(πh)/(πh)
        double factor = Math.sin(Math.PI / 400) / (Math.PI / 400);
        assertThat(value(wave, Penalties::h1)).isCloseTo(4 * Math.PI * Math.PI * factor * factor, within(1e-9));
        assertThat(value(wave, u -> Penalties.totalVariation(u, 1e-6))).isCloseTo(8, within(1e-3));
    }

    @Test
    void linearFunctionsOnAShearedCellHaveTheirPhysicalSlope() {
        Grid grid = Grid.of(SHEAR, Axis.periodic(0, 3, 12), Axis.uniform(0, 2, 9));
        // varies across the bounded axis alone, ξ₁ = y/0.9, with slope 1/0.9; the last row sees no slope
        Field ramp = Fields.automatic().scalar(grid, x -> x[1]);
        double volume = 0;
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 8; j++) {
                volume += grid.weight(i, j);
            }
        }
        assertThat(value(ramp, Penalties::h1)).isCloseTo(volume, within(1e-12));
        assertThat(value(ramp, u -> Penalties.totalVariation(u, 0.1)))
                .isCloseTo(volume * (Math.sqrt(1.01) - 0.1), within(1e-12));
    }

    @Test
    void checkerboardsAreSeenAndConstantsAreFree() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 8), Axis.periodic(0, 1, 8));
        Field board = Fields.automatic().scalar(grid);
        for (int i = 0; i < 64; i++) {
            board.setFlat(i, (i / 8 + i) % 2 == 0 ? 1 : -1);
        }
        assertThat(value(board, Penalties::h1)).isCloseTo(2 * 16 * 16, within(1e-9));
        Field constant = Fields.automatic().scalar(grid).fill(3);
        assertThat(value(constant, Penalties::h1)).isZero();
        assertThat(value(constant, u -> Penalties.totalVariation(u, 0.1))).isCloseTo(0, within(1e-14));
        assertThat(value(constant, u -> Penalties.tikhonov(u, u.tape().constant(constant)))).isZero();
        // a checkerboard is a steep penalty however ε is chosen, an edge costs its height alone
        assertThat(value(board, u -> Penalties.totalVariation(u, 1e-3))).isGreaterThan(20);
    }

    @Test
    void wrongUseIsNamed() {
        Field uneven = Fields.automatic().scalar(Grid.of(Axis.nodes(0, 1, 3)));
        assertThatThrownBy(() -> value(uneven, Penalties::h1)).hasMessageContaining("axis 0");
        assertThatThrownBy(() -> value(uneven, u -> Penalties.totalVariation(u, 0)))
                .hasMessageContaining("epsilon is 0");
    }
}
