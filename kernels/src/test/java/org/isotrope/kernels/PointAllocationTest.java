package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Interpolation;
import org.isotrope.grids.PointSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Once warm, batches of points allocate nothing; counted here because this module may ask the JVM. */
@Tag("alone")
class PointAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Bytes of the cheapest of several rounds: code that allocates in every call allocates in every round. */
    private static long cheapestRound(Runnable call) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 50 && least > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int k = 0; k < 20; k++) {
                call.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void batchesAllocateNothing(int order) {
        double[][] cell = {{1, 0.3, 0}, {0, 1, 0.2}, {0, 0, 1}};
        Grid grid = Grid.of(cell, Axis.uniform(0, 1, 6), Axis.periodic(0, 1, 5), Axis.cells(0, 1, 7));
        Field field = Fields.automatic().vector(grid);
        PointSet points = PointSet.in(Arena.ofAuto(), 3, 100);
        Random random = new Random(1);
        for (int p = 0; p < 100; p++) {
            points.set(p, grid.toSpace(random.nextDouble(), random.nextDouble(), random.nextDouble()));
        }
        MemorySegment values = Arena.ofAuto().allocate(100 * 3 * 8, 8);
        MemorySegment gradients = Arena.ofAuto().allocate(100 * 9 * 8, 8);
        Interpolation spline = Interpolation.spline(grid, order);
        assertThat(cheapestRound(() -> spline.values(field, points, values))).isZero();
        assertThat(cheapestRound(() -> spline.gradients(field, points, gradients))).isZero();
        assertThat(cheapestRound(() -> spline.deposit(values, points, field))).isZero();
        assertThat(cheapestRound(() -> spline.transpose(values, points, field))).isZero();
    }

    @Test
    void theTestNoticesAllocation() {
        double[][] kept = new double[1][];
        assertThat(cheapestRound(() -> kept[0] = new double[4])).isPositive();
    }
}
