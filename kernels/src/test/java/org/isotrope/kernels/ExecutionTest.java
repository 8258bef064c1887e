package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.isotrope.grids.FieldType.SCALAR;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.radial.Radial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The caller's threads, interruption and measured choices. */
class ExecutionTest {
    private static final Grid GRID = Grid.of(Axis.periodic(0, 1, 30), Axis.periodic(0, 1, 31), Axis.cells(0, 1, 40));
    private static final Boundaries CLOSED = Boundaries.all(Boundary.symmetric());

    private static LinearOperator blur() {
        return Operators.radial(GRID, Radial.gaussian(3, 0.02).within(0.08), SCALAR, SCALAR, CLOSED);
    }

    @Test
    void theCallersThreadsGiveTheSameBits() {
        LinearOperator operator = blur();
        Field f = Samples.random(operator.domain(), 1);
        Field expected = operator.apply(f);
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            Field out = Samples.poisoned(operator.range(), Precision.DOUBLE);
            operator.plan(Precision.DOUBLE, Execution.threads(4).on(pool)).apply(f, out);
            assertThat(Samples.bits(out)).isEqualTo(Samples.bits(expected));
            LinearOperator power = operator.power(3);
            Field cubed = power.apply(f);
            power.plan(Precision.DOUBLE, Execution.threads(4).on(pool)).apply(f, out);
            assertThat(Samples.bits(out)).isEqualTo(Samples.bits(cubed));
        }
    }

    @Test
    void executorsThatAreShutDownAreRefusedBeforeAnythingIsWritten() {
        LinearOperator operator = blur();
        ExecutorService pool = Executors.newFixedThreadPool(1);
        Plan plan = operator.plan(Precision.DOUBLE, Execution.threads(2).on(pool));
        pool.shutdown();
        Field f = Samples.random(operator.domain(), 1);
        Field out = Samples.poisoned(operator.range(), Precision.DOUBLE);
        assertThatThrownBy(() -> plan.apply(f, out))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("executor has been shut down; it had to take tasks");
        assertThat(out.getFlat(0)).isNaN();
    }

    @ParameterizedTest
    @EnumSource(value = Algorithm.class, names = {"SEPARABLE", "FOURIER"}, mode = EnumSource.Mode.EXCLUDE)
    void interruptedRunsSaySoAndLeaveMemoryValid(Algorithm algorithm) {
        LinearOperator operator = blur();
        Plan plan = operator.plan(Precision.DOUBLE, Execution.serial().with(algorithm));
        Field f = Samples.random(operator.domain(), 1);
        Field expected = Samples.poisoned(operator.range(), Precision.DOUBLE);
        plan.apply(f, expected);
        Field out = Samples.poisoned(operator.range(), Precision.DOUBLE);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> plan.apply(f, out))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("the output is incomplete");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        plan.apply(f, out);
        assertThat(Samples.bits(out)).isEqualTo(Samples.bits(expected));
    }

    @Test
    void measuredPlansSayWhatTheyFound() {
        LinearOperator operator = blur();
        Plan plan = operator.plan(Precision.FLOAT, Execution.serial().measuring());
        assertThat(plan.explain()).contains("measured: sweeps ", "blocks ", "folded ");
        assertThat(operator.plan(Precision.FLOAT, Execution.serial().measuring()).explain())
                .as("a second plan remembers").isEqualTo(plan.explain());
        assertThat(operator.plan(Precision.FLOAT, Execution.serial()).explain()).doesNotContain("measured");
        Field f = Samples.random(SCALAR, GRID, Precision.FLOAT, 2);
        Field out = Samples.poisoned(operator.range(), Precision.FLOAT);
        plan.apply(f, out);
        assertThat(Samples.distance(out, operator.apply(f))).isLessThan(1e-5 * Samples.largest(out));
    }

    @Test
    void largeKernelsGoBySpectraWhereTheErrorIsAllowed() {
        Grid grid = Grid.of(Axis.periodic(0, 256, 256), Axis.cells(0, 200, 200));
        RadialOperator wide = Operators.radial(grid, Radial.gaussian(2, 6).within(20));
        Plan exact = wide.plan(Precision.FLOAT, Execution.serial());
        Plan spectra = wide.plan(Precision.FLOAT, Execution.serial().allowing(1e-5));
        assertThat(exact.explain()).doesNotContain("fourier");
        assertThat(spectra.explain()).startsWith("product of spectra").contains("folded ").contains("fourier ")
                .contains("[256, 200] padded to [256, 224], rounding ");
        assertThat(wide.plan(Precision.FLOAT, Execution.serial().allowing(1e-9)).explain())
                .as("rounding is above the error").doesNotContain("fourier");
        assertThat(Operators.radial(grid, Radial.gaussian(2, 0.5).within(1))
                .plan(Precision.FLOAT, Execution.serial().allowing(1e-5)).explain()).startsWith("flat sweeps");
        Field f = Samples.random(SCALAR, grid, Precision.FLOAT, 2);
        Field one = Samples.poisoned(wide.range(), Precision.FLOAT);
        Field other = Samples.poisoned(wide.range(), Precision.FLOAT);
        exact.apply(f, one);
        spectra.apply(f, other);
        assertThat(Samples.distance(one, other)).isLessThan(1e-5 * Samples.largest(f)).isPositive();
    }

    @Test
    void spectraWantNoCombinationsBeyondWalls() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 12), Axis.uniform(0, 1, 13));
        LinearOperator extrapolated = Operators.laplacian(grid, Boundaries.all(Boundary.extrapolate(1)));
        assertThatThrownBy(() -> extrapolated.plan(Precision.DOUBLE, Execution.serial().with(Algorithm.FOURIER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("algorithm is FOURIER; it had to be another for an operator with boundaries that combine"
                        + " values");
    }
}
