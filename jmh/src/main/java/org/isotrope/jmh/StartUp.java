package org.isotrope.jmh;

import java.util.Arrays;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Plan;

/**
 * How long a fresh JVM takes from {@code main} to its first Laplacian of 64³ values, and to steady speed: the moment from
 * which on the median of twenty calls stays within a quarter of the final one. Prints both in milliseconds.
 */
public final class StartUp {
    private static final long DURATION = 1_500_000_000L;
    private static final int WINDOW = 20;

    private StartUp() {}

    /**
     * Measures this JVM.
     *
     * @param args none
     */
    public static void main(String[] args) {
        long start = System.nanoTime();
        Grid grid = Grid.of(Axis.periodic(0, 1, 64), Axis.periodic(0, 1, 64), Axis.periodic(0, 1, 64));
        Fields fields = Fields.automatic().precision(Precision.FLOAT);
        Field in = fields.scalar(grid).fill(1);
        Field out = fields.scalar(grid);
        Plan plan = Operators.laplacian(grid).plan(Precision.FLOAT, Execution.serial());
        long[] ends = new long[100_000];
        int calls = 0;
        do {
            plan.apply(in, out);
            ends[calls++] = System.nanoTime() - start;
        } while (calls < ends.length && (ends[calls - 1] < DURATION || calls < 20 * WINDOW));
        double steady = 1.25 * median(ends, calls - 10 * WINDOW, 10 * WINDOW);
        int from = calls - 10 * WINDOW;
        while (from > WINDOW && median(ends, from - WINDOW, WINDOW) <= steady) {
            from -= WINDOW;
        }
        System.out.println(ends[0] / 1e6 + " " + ends[Math.max(0, from - 1)] / 1e6);
    }

    /** The median duration of some calls. */
    private static double median(long[] ends, int first, int count) {
        long[] durations = new long[count];
        for (int i = 0; i < count; i++) {
            durations[i] = ends[first + i] - (first + i == 0 ? 0 : ends[first + i - 1]);
        }
        Arrays.sort(durations);
        return durations[count / 2];
    }
}
