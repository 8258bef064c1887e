package org.isotrope.autodiff.time;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.DirectionalDerivatives;
import org.isotrope.autodiff.PointwiseFunction;
import org.isotrope.autodiff.learn.LearnedOperator;
import org.isotrope.autodiff.learn.RadialModel;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.time.Tableau;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Going back through more steps allocates no more: a step of its own allocates nothing. */
@Tag("alone")
class ReverseAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** In time of this thread: while others have the machine, the compiler waits for a processor, too. */
    private static final long PATIENCE = 20_000_000_000L;

    private static final Grid GRID = Grid.of(Axis.periodic(0, 1, 16), Axis.periodic(0, 1, 16));

    /** Reaction and a learned spread, with its parameters and a source field among the unknowns. */
    private static Trajectory run(int steps) {
        RadialModel model = RadialModel.bessel(3, 0.2);
        LearnedOperator spread = LearnedOperator.of(GRID, model, FieldType.SCALAR, FieldType.SCALAR);
        Field source = DirectionalDerivatives.random(Fields.automatic().scalar(GRID), new Random(1));
        TapedSystem system = new TapedSystem(new Space(GRID, FieldType.SCALAR), Precision.DOUBLE, (tape, time, u) -> {
            ArrayVariable parameters = tape.input(0.1, -0.2, 0.1, 0.3);
            return tape.add(tape.add(spread.record(parameters, u), tape.map(PointwiseFunction.SIN, u)),
                    tape.input(source));
        });
        return Trajectory.fixed(system, Tableau.rk4(), DirectionalDerivatives.random(
                Fields.automatic().scalar(GRID), new Random(2)), new double[] {0, 0.5}, steps, Checkpoints.slots(4));
    }

    private static long bytes(Trajectory run, List<Field> adjoints) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        run.backward(adjoints);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void aReverseStepAllocatesNothing() {
        Trajectory few = run(20);
        Trajectory many = run(60);
        List<Field> adjoints = Arrays.asList(
                null, DirectionalDerivatives.random(Fields.automatic().scalar(GRID), new Random(3)));
        long difference = Long.MAX_VALUE;
        long begun = THREADS.getCurrentThreadCpuTime();
        while (difference != 0 && THREADS.getCurrentThreadCpuTime() - begun < PATIENCE) {
            difference = bytes(many, adjoints) - bytes(few, adjoints);
        }
        assertThat(difference).as("bytes of 40 steps").isZero();
    }
}
