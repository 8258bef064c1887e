package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
        assertThat(Garbage.ofCheapestRound(20, () -> spline.values(field, points, values))).isZero();
        assertThat(Garbage.ofCheapestRound(20, () -> spline.gradients(field, points, gradients))).isZero();
        assertThat(Garbage.ofCheapestRound(20, () -> spline.deposit(values, points, field))).isZero();
        assertThat(Garbage.ofCheapestRound(20, () -> spline.transpose(values, points, field))).isZero();
    }

    @Test
    void theTestNoticesAllocation() {
        double[][] kept = new double[1][];
        assertThat(Garbage.ofCheapestRound(20, () -> kept[0] = new double[4], Garbage::allocated, 50)).isPositive();
    }
}
