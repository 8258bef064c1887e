package org.isotrope.jmh;

import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Plan;

/** A periodic Laplacian of 64³ values in a fresh JVM; {@link BareStartUp} does the same without this library. */
public final class StartUp implements Runnable {
    private final Plan plan;
    private final Field in;
    private final Field out;

    private StartUp() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 64), Axis.periodic(0, 1, 64), Axis.periodic(0, 1, 64));
        Fields fields = Fields.automatic().precision(Precision.FLOAT);
        in = fields.scalar(grid).fill(1);
        out = fields.scalar(grid);
        plan = Operators.laplacian(grid).plan(Precision.FLOAT, Execution.serial());
    }

    /**
     * Measures this JVM.
     *
     * @param args none
     */
    public static void main(String[] args) {
        WarmUp.print(System.nanoTime(), new StartUp());
    }

    @Override
    public void run() {
        plan.apply(in, out);
    }
}
