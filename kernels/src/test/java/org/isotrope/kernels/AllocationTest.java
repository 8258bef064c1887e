package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.radial.Radial;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Once compiled, applying a plan allocates nothing, in the caller or in the team. */
@Tag("alone")
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Boundaries EDGE = Boundaries.all(Boundary.extrapolate(1));
    private static final long[] WORKERS = workers();

    private static Map<String, LinearOperator> operators(Grid grid) {
        LinearOperator gradient = Operators.gradient(grid, EDGE);
        LinearOperator laplacian = Operators.laplacian(grid);
        double cutoff = 2.5 * grid.axis(grid.dimension() - 1).spacing();
        LinearOperator composition = gradient.then(Operators.divergence(grid, EDGE));
        Recurrence uneven = Recurrence.of(laplacian).times(Samples.random(laplacian.domain(), 5)).plusNow(0.5);
        // what the compiler has seen of one operator decides how it compiles the next, so the order is always the same
        Map<String, LinearOperator> operators = new LinkedHashMap<>();
        operators.put("gradient", gradient);
        operators.put("its adjoint", gradient.adjoint());
        operators.put("radial", Operators.radial(grid, Radial.coulomb(3).within(cutoff)));
        operators.put("composition", composition);
        operators.put("power", laplacian.power(3));
        operators.put("recurrence", uneven.power(3));
        operators.put("its transpose", uneven.adjoint().power(3));
        operators.put("sum", laplacian.plus(composition.times(0.5)));
        return operators;
    }

    /** Bytes that the caller and the workers have allocated so far. */
    private static long allocated() {
        long bytes = Garbage.allocated();
        for (long worker : WORKERS) {
            bytes += THREADS.getThreadAllocatedBytes(worker);
        }
        return bytes;
    }

    /** The threads of the team, which a job large enough starts. */
    private static long[] workers() {
        Grid grid = Grid.of(Axis.cells(0, 1, 300), Axis.cells(0, 1, 300));
        Operators.laplacian(grid).apply(Samples.random(new Space(grid, FieldType.SCALAR), 1));
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("isotrope-"))
                .mapToLong(Thread::threadId).toArray();
    }

    /** Bytes that the caller and the workers allocate in the cheapest round of calls. */
    private static long cheapestRound(int calls, Runnable work) {
        return Garbage.ofCheapestRound(calls, work, AllocationTest::allocated);
    }

    private static void check(Grid grid, Precision precision, Execution execution, int calls) {
        operators(grid).forEach((name, operator) -> {
            Field in = Samples.random(operator.domain().type(), grid, precision, 3);
            Field out = Samples.random(operator.range().type(), grid, precision, 4);
            Plan plan = operator.plan(precision, execution);
            assertThat(cheapestRound(calls, () -> plan.apply(in, out)))
                    .as("bytes of %d calls of %s, %s", calls, name, precision).isZero();
        });
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void applyingInTheCallerAllocatesNothing(Precision precision) {
        check(Grid.of(Axis.uniform(0, 1, 12), Axis.uniform(0, 1, 37)), precision, Execution.serial(), 2000);
    }

    @Test
    void applyingInSpaceAllocatesNothing() {
        check(Grid.of(Axis.uniform(0, 1, 5), Axis.periodic(0, 1, 6), Axis.uniform(0, 1, 21)), Precision.DOUBLE,
                Execution.standard(), 1000);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void applyingOnRowsOfFewVectorsAllocatesNothing(Precision precision) {
        for (int n : precision == Precision.FLOAT ? new int[] {16, 32} : new int[] {8, 16}) {
            Grid periodic = Grid.of(Axis.periodic(0, 1, 6), Axis.periodic(0, 1, 7), Axis.periodic(0, 1, n));
            Grid bounded = Grid.of(Axis.uniform(0, 1, 6), Axis.uniform(0, 1, 7), Axis.uniform(0, 1, n));
            for (LinearOperator laplacian : List.of(Operators.laplacian(periodic),
                    Operators.laplacian(bounded, Boundaries.all(Boundary.zero())),
                    Operators.laplacian(bounded, Boundaries.all(Boundary.mirror())))) {
                Field in = Samples.random(laplacian.domain().type(), laplacian.domain().grid(), precision, 3);
                Field out = Fields.automatic().like(in);
                Plan plan = laplacian.plan(precision, Execution.serial());
                assertThat(cheapestRound(2000, () -> plan.apply(in, out)))
                        .as("bytes of rows of %d, %s", n, precision).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void applyingOnSeveralThreadsAllocatesNothing(Precision precision) {
        Grid grid = Grid.of(Axis.uniform(0, 1, 150), Axis.uniform(0, 1, 140));
        assertThat(grid.size()).isGreaterThan(Execution.SHARING_THRESHOLD);
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
        assertThat(WORKERS).isNotEmpty();
        check(grid, precision, Execution.threads(2), 200);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void productsOfSpectraAllocateNothing(Precision precision) {
        Grid grid = Grid.of(Axis.uniform(-1, 1, 24), Axis.periodic(-1, 1, 24));
        RadialOperator operator = Operators.radial(
                grid, Radial.gaussian(2, 0.2).within(0.5), FieldType.SCALAR, FieldType.VECTOR);
        ShellPlan shells = operator.shellPlan(precision, Execution.serial().with(Algorithm.FOURIER));
        double[] values = operator.values();
        double[] gradient = new double[values.length];
        Field in = Samples.random(FieldType.SCALAR, grid, precision, 3);
        Field back = Samples.random(FieldType.SCALAR, grid, precision, 3);
        Field out = Samples.random(FieldType.VECTOR, grid, precision, 4);
        assertThat(cheapestRound(1, () -> {
            for (int call = 0; call < 40; call++) {
                values[call % values.length] += 0.01;
                shells.setValues(values);
                shells.apply(in, out);
                shells.applyAdjoint(out, back);
                shells.addShellGradient(in, out, gradient);
            }
        })).isZero();
    }

    /** With waves, which so small a field would not have by itself. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void wavesOfTwoLevelsAllocateNothing(int threads) {
        Grid grid = Grid.of(Axis.uniform(0, 1, 52), Axis.uniform(0, 1, 20), Axis.uniform(0, 1, 21));
        RecurrencePlan plan = Recurrence.of(Operators.laplacian(grid)).plusNow(2).plusBefore(-1)
                .plan(7, Precision.FLOAT, Execution.threads(threads), 4);
        Field before = Samples.random(FieldType.SCALAR, grid, Precision.FLOAT, 3);
        Field beforeOut = Samples.random(FieldType.SCALAR, grid, Precision.FLOAT, 3);
        Field now = Samples.random(FieldType.SCALAR, grid, Precision.FLOAT, 3);
        Field nowOut = Samples.random(FieldType.SCALAR, grid, Precision.FLOAT, 3);
        assertThat(cheapestRound(100, () -> plan.apply(now, before, nowOut, beforeOut))).isZero();
    }

    @Test
    void applyingAnOperatorItselfAllocatesNothing() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 12), Axis.uniform(0, 1, 37));
        LinearOperator gradient = Operators.gradient(grid);
        Field in = Samples.random(gradient.domain(), 3);
        Field out = Samples.random(gradient.range(), 4);
        assertThat(cheapestRound(2000, () -> gradient.apply(in, out))).isZero();
    }

    @Test
    void theTestNoticesAllocation() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 12));
        LinearOperator fresh = LinearOperator.of(new Space(grid, FieldType.SCALAR), new Space(grid, FieldType.SCALAR),
                (in, out) -> out.copyFrom(Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 1)),
                (in, out) -> out.fill(0));
        Field in = Samples.random(fresh.domain(), 3);
        Field out = Samples.random(fresh.range(), 4);
        Plan plan = fresh.plan(Precision.DOUBLE, Execution.serial());
        assertThat(Garbage.ofCheapestRound(10, () -> plan.apply(in, out), AllocationTest::allocated, 100)).isPositive();
    }
}
