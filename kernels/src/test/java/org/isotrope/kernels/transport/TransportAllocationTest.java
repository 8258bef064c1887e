package org.isotrope.kernels.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.BilinearOperator;
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
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3000 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int call = 0; call < 10; call++) {
                diffusion.apply(u, k, out);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }
}
