package org.isotrope.kernels.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.BilinearOperator;
import org.isotrope.kernels.Garbage;
import org.isotrope.kernels.Samples;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Once compiled, diffusion with a coefficient field allocates nothing. */
@Tag("alone")
class TransportAllocationTest {
    @Test
    void applyingAllocatesNothing() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 7), Axis.uniform(0, 1, 40));
        BilinearOperator diffusion = Transport.diffusion(grid);
        Field k = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 1);
        Field u = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 2);
        Field out = Fields.automatic().like(u);
        assertThat(Garbage.ofCheapestRound(10, () -> diffusion.apply(u, k, out))).isZero();
    }
}
