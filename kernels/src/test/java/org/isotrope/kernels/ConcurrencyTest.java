package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.radial.Radial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConcurrencyTest {
    private static final Grid SMALL = Grid.of(Axis.uniform(0, 1, 19), Axis.uniform(0, 1, 23));
    private static final Grid LARGE = Grid.of(Axis.uniform(0, 1, 160), Axis.periodic(0, 1, 151));
    private static final Boundaries EDGE = Boundaries.all(Boundary.symmetric());

    static Stream<LinearOperator> operators() {
        return Stream.of(SMALL, LARGE).flatMap(grid -> {
            LinearOperator gradient = Operators.gradient(grid, EDGE);
            LinearOperator composition = gradient.then(Operators.divergence(grid, EDGE));
            LinearOperator laplacian = Operators.laplacian(grid, EDGE);
            LinearOperator steps = Recurrence.of(laplacian.times(1e-5))
                    .times(Samples.random(laplacian.domain(), 6)).plusNow(0.5).power(3);
            return Stream.of(steps, steps.adjoint(), gradient, gradient.adjoint(), composition, Operators.laplacian(grid).plus(composition),
                    Operators.radial(grid, Radial.coulomb(3).within(3 * grid.axis(1).spacing())));
        });
    }

    @ParameterizedTest
    @MethodSource("operators")
    void onePlanServesSeveralThreadsAtOnce(LinearOperator operator) throws Exception {
        Plan plan = operator.plan(Precision.DOUBLE, Execution.standard());
        int threads = 3;
        int repeats = operator.domain().grid() == SMALL ? 200 : 8;
        CountDownLatch start = new CountDownLatch(threads);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Field in = Samples.random(operator.domain(), 70 + t);
            Field expected = Samples.poisoned(operator.range(), Precision.DOUBLE);
            operator.plan(Precision.DOUBLE, Execution.serial()).apply(in, expected);
            Field out = Samples.poisoned(operator.range(), Precision.DOUBLE);
            tasks.add(() -> {
                start.countDown();
                start.await();
                for (int repeat = 0; repeat < repeats; repeat++) {
                    out.fill(Double.NaN);
                    plan.apply(in, out);
                    assertThat(out.segment().mismatch(expected.segment())).isEqualTo(-1);
                }
                return null;
            });
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Future<Void> future : pool.invokeAll(tasks)) {
                future.get();
            }
        }
    }

    @Test
    void confinedFieldsAreComputedInTheirOwnThread() {
        try (Fields fields = Fields.confined()) {
            for (Precision precision : Precision.values()) {
                Field in = Samples.randomise(fields.precision(precision).scalar(LARGE), 5);
                Field out = fields.precision(precision).vector(LARGE);
                LinearOperator gradient = Operators.gradient(LARGE);
                gradient.plan(precision, Execution.threads(2)).apply(in, out);
                Field expected = Samples.poisoned(gradient.range(), precision);
                gradient.plan(precision, Execution.scalarReference()).apply(in, expected);
                assertThat(out.segment().mismatch(expected.segment())).isEqualTo(-1);
                // one confined, one not
                Field shared = Samples.poisoned(gradient.range(), precision);
                gradient.apply(in, shared);
                assertThat(shared.segment().mismatch(expected.segment())).isEqualTo(-1);
            }
        }
    }

    @Test
    void confinedFieldsOfAnotherThreadAreRefusedByTheJvm() throws Exception {
        LinearOperator gradient = Operators.gradient(SMALL);
        try (Fields fields = Fields.confined(); ExecutorService other = Executors.newSingleThreadExecutor()) {
            Field in = fields.scalar(SMALL);
            Future<Field> result = other.submit(() -> gradient.apply(in));
            assertThatThrownBy(result::get).isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(WrongThreadException.class);
        }
    }

    /** Closing either waits its turn by failing, or makes the application fail; memory is never touched once freed. */
    @Test
    void closingASharedArenaWhileApplyingThrowsAndNeverCrashes() throws Exception {
        LinearOperator laplacian = Operators.laplacian(LARGE);
        Plan plan = laplacian.plan(Precision.DOUBLE, Execution.threads(2));
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            for (int repeat = 0; repeat < 15; repeat++) {
                Fields fields = Fields.shared();
                Field in = Samples.randomise(fields.scalar(LARGE), 1);
                Field out = fields.scalar(LARGE);
                AtomicInteger applied = new AtomicInteger();
                Future<?> loop = pool.submit(() -> {
                    while (true) {
                        plan.apply(in, out);
                        applied.incrementAndGet();
                    }
                });
                while (applied.get() < 3 + repeat && !loop.isDone()) {
                    Thread.onSpinWait();
                }
                boolean closed = false;
                while (!closed) {
                    try {
                        fields.close();
                        closed = true;
                    } catch (IllegalStateException inUse) {
                        assertThat(inUse).hasMessageContaining("acquired");
                    }
                }
                assertThatThrownBy(loop::get).isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(IllegalStateException.class)
                        .hasMessageContainingAll("losed");
            }
        }
        // the team works as before
        Field in = Samples.random(laplacian.domain(), 9);
        Field expected = Samples.poisoned(laplacian.range(), Precision.DOUBLE);
        Field out = Samples.poisoned(laplacian.range(), Precision.DOUBLE);
        laplacian.plan(Precision.DOUBLE, Execution.scalarReference()).apply(in, expected);
        plan.apply(in, out);
        assertThat(Samples.bits(out)).isEqualTo(Samples.bits(expected));
    }

    @Test
    void exceptionsOfACallersOwnActionReachTheCallerAndLeaveThePlanUsable() {
        AtomicInteger calls = new AtomicInteger();
        LinearOperator laplacian = Operators.laplacian(SMALL);
        LinearOperator failing = LinearOperator.of(laplacian.range(), laplacian.range(), (in, out) -> {
            if (calls.getAndIncrement() == 0) {
                throw new UnsupportedOperationException("the first time");
            }
            out.copyFrom(in);
        }, (in, out) -> out.copyFrom(in));
        for (LinearOperator operator : List.of(laplacian.then(failing), laplacian.plus(failing))) {
            calls.set(0);
            Plan plan = operator.plan(Precision.DOUBLE, Execution.standard());
            Field in = Samples.random(laplacian.domain(), 4);
            Field out = Samples.poisoned(laplacian.range(), Precision.DOUBLE);
            assertThatThrownBy(() -> plan.apply(in, out)).isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("the first time");
            plan.apply(in, out);
            Field expected = laplacian.apply(in);
            if (operator.explain().startsWith("linear")) {
                Arithmetic.addScaled(1, in, expected);
            }
            assertThat(Samples.bits(out)).isEqualTo(Samples.bits(expected));
        }
    }
}
