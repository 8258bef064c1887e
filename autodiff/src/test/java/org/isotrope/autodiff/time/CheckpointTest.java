package org.isotrope.autodiff.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.isotrope.autodiff.DirectionalDerivatives;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.PointwiseFunction;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.time.Tableau;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** One of these tests counts the native memory of the whole process. */
@Isolated
class CheckpointTest {
    private static final int STEPS = 100;
    private static final int SLOTS = 10;
    private static final Grid POINT = Grid.of(Axis.singleton(0));

    /** The recursion that defines the optimum: {@code t(l, s) = min_m m + t(l − m, s − 1) + t(m, s)}. */
    private static long[][] optimum() {
        long[][] t = new long[STEPS + 1][SLOTS + 1];
        for (int s = 1; s <= SLOTS; s++) {
            for (int l = 2; l <= STEPS; l++) {
                t[l][s] = (long) l * (l - 1) / 2;
                for (int m = 1; m < l && s > 1; m++) {
                    t[l][s] = Math.min(t[l][s], m + t[l - m][s - 1] + t[m][s]);
                }
            }
        }
        return t;
    }

    /** Counts its steps, knows where it is, and refuses states from anywhere else. */
    private record Counting(int steps) implements StepSequence {
        @Override
        public void forward(int n, Field before, Field after) {
            require(n, before);
            after.setFlat(0, n + 1);
        }

        @Override
        public void reverse(int n, Field before, Field adjoint) {
            require(n, before);
            if (adjoint.getFlat(0) != n + 1) {
                throw new AssertionError("step " + n + " reversed from " + adjoint.getFlat(0));
            }
            adjoint.setFlat(0, n);
        }

        private static void require(int n, Field before) {
            if (before.getFlat(0) != n) {
                throw new AssertionError("step " + n + " began at state " + before.getFlat(0));
            }
        }
    }

    @Test
    void forwardStepsAreTheBinomialOptimum() {
        long[][] optimum = optimum();
        Field zero = Fields.automatic().scalar(POINT);
        Field adjoint = Fields.automatic().scalar(POINT);
        for (int l = 1; l <= STEPS; l++) {
            for (int s = 1; s <= SLOTS; s++) {
                assertThat(BinomialSchedule.forwardSteps(l, s)).as("%d steps, %d slots", l, s)
                        .isEqualTo(optimum[l][s]);
                Reversal run = new Reversal(new Counting(l), zero, Checkpoints.slots(s));
                assertThat(run.last().getFlat(0)).isEqualTo(l);
                adjoint.setFlat(0, l);
                run.backward(adjoint);
                assertThat(adjoint.getFlat(0)).isZero();
                assertThat(run.forwardSteps()).as("%d steps, %d slots", l, s).isEqualTo(optimum[l][s] + 1);
            }
        }
    }

    @Test
    void goingBackTwiceIsAllowed() {
        Field adjoint = Fields.automatic().scalar(POINT);
        for (Checkpoints checkpoints : List.of(Checkpoints.slots(3), Checkpoints.everything())) {
            Reversal run = new Reversal(new Counting(20), adjoint, checkpoints);
            for (int round = 0; round < 3; round++) {
                adjoint.setFlat(0, 20);
                run.backward(adjoint);
                assertThat(adjoint.getFlat(0)).isZero();
            }
        }
    }

    private static final Grid GRID = Grid.of(Axis.uniform(0, 1, 9), Axis.periodic(0, 1, 8));
    private static final double[] TIMES = {0, 0.02, 0.05, 0.06};

    private static TapedSystem system(Field source) {
        LinearOperator laplacian = Operators.laplacian(GRID, Boundaries.all(Boundary.mirror()));
        return new TapedSystem(new Space(GRID, FieldType.SCALAR), Precision.DOUBLE, (tape, time, u) -> {
            FieldVariable s = tape.input(source);
            return tape.add(tape.scale(time, s), tape.combine(tape.input(0.02, 0.7),
                    tape.apply(laplacian, u), tape.map(PointwiseFunction.TANH, u)));
        });
    }

    private static Field random(long seed) {
        return DirectionalDerivatives.random(Fields.automatic().scalar(GRID), new Random(seed));
    }

    private static double[] bits(Trajectory trajectory) {
        List<Field> weights = new ArrayList<>(Arrays.asList(random(1), null, random(2), random(3)));
        Trajectory.Gradient gradient = trajectory.backward(weights);
        double[] frames = new double[0];
        for (int f = 0; f < trajectory.frames(); f++) {
            double[] frame = trajectory.frame(f).toArray();
            frames = Stream.of(frames, frame).flatMapToDouble(Arrays::stream).toArray();
        }
        return Stream.of(frames, gradient.initial().toArray(), gradient.array(1), gradient.field(0).toArray())
                .flatMapToDouble(Arrays::stream).toArray();
    }

    @Test
    void gradientsHaveTheSameBitsWhateverIsStored(@TempDir Path folder) throws IOException {
        TapedSystem system = system(random(5));
        Field initial = random(4);
        double[] stored = bits(Trajectory.fixed(system, Tableau.rk4(), initial, TIMES, 7));
        long state = initial.segment().byteSize();
        for (Checkpoints checkpoints : List.of(Checkpoints.slots(1), Checkpoints.slots(2), Checkpoints.slots(5),
                Checkpoints.slots(40), Checkpoints.within(3 * state + 5), Checkpoints.slots(4).mapped(folder),
                Checkpoints.everything().mapped(folder))) {
            Trajectory trajectory = Trajectory.fixed(system, Tableau.rk4(), initial, TIMES, 7, checkpoints);
            assertThat(bits(trajectory)).containsExactly(stored);
            assertThat(bits(trajectory)).as("again").containsExactly(stored);
        }
        double[] adaptive = bits(Trajectory.adaptive(system, Tableau.tsitouras54(), initial, TIMES, 1e-6, 1e-8));
        for (Checkpoints checkpoints : List.of(Checkpoints.slots(2), Checkpoints.slots(3).mapped(folder))) {
            assertThat(bits(Trajectory.adaptive(
                    system, Tableau.tsitouras54(), initial, TIMES, 1e-6, 1e-8, checkpoints))).containsExactly(adaptive);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).as("files left behind").isEmpty();
        }
    }

    @Test
    void forwardStepsOfATrajectoryAreCounted() {
        Trajectory trajectory = Trajectory.fixed(
                system(random(5)), Tableau.heun(), random(4), TIMES, 10, Checkpoints.slots(4));
        assertThat(trajectory.forwardSteps()).isEqualTo(30);
        bits(trajectory);
        assertThat(trajectory.forwardSteps()).isEqualTo(BinomialSchedule.forwardSteps(30, 4) + 1);
    }

    /** A heat equation by Euler steps, whose transpose needs no state: what is left is the memory of the run itself. */
    @Test
    void aThousandStepsWithTenSlotsTakeFourteenFields() throws InterruptedException {
        Grid cube = Grid.of(Axis.periodic(0, 1, 24), Axis.periodic(0, 1, 24), Axis.periodic(0, 1, 24));
        LinearOperator step = Operators.laplacian(cube).times(1e-4);
        LinearOperator back = step.adjoint();
        Field initial = Fields.automatic().scalar(cube, x -> Math.sin(2 * Math.PI * x[0]));
        // plans allocate their own memory at first use
        back.apply(step.apply(initial));
        letGarbageGo();
        long before = nativeMemory();
        Field scratch = Fields.automatic().like(initial);
        Field adjoint = Fields.automatic().like(initial);
        Reversal run = new Reversal(new StepSequence() {
            @Override
            public int steps() {
                return 1000;
            }

            @Override
            public void forward(int n, Field from, Field to) {
                step.apply(from, to);
                Arithmetic.addScaled(1, from, to);
            }

            @Override
            public void reverse(int n, Field from, Field to) {
                back.apply(to, scratch);
                Arithmetic.addScaled(1, scratch, to);
            }
        }, initial, Checkpoints.slots(10));
        double forward = Arithmetic.dot(run.last(), initial);
        adjoint.copyFrom(initial);
        run.backward(adjoint);
        long bytes = nativeMemory() - before;
        assertThat(Arithmetic.dot(adjoint, initial)).isCloseTo(forward, withPercentage(1e-10));
        assertThat(run.forwardSteps()).isEqualTo(BinomialSchedule.forwardSteps(1000, 10) + 1);
        assertThat(bytes).isPositive().isLessThanOrEqualTo(14 * (initial.segment().byteSize() + 64));
    }

    /** Fields of earlier tests must not be freed while this one counts. */
    private static void letGarbageGo() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            long before = nativeMemory();
            System.gc();
            Thread.sleep(40);
            if (nativeMemory() == before && round > 0) {
                return;
            }
        }
    }

    private static long nativeMemory() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct")).findFirst().orElseThrow().getMemoryUsed();
    }

    @Test
    void budgetsThatAreTooSmallAreAnsweredWithTheMinimum(@TempDir Path folder) {
        TapedSystem system = system(random(5));
        Field initial = random(4);
        assertThatThrownBy(() -> Checkpoints.slots(0)).hasMessageContaining("slots are 0").hasMessageContaining("1");
        assertThatThrownBy(() -> Trajectory.fixed(
                system, Tableau.rk4(), initial, TIMES, 7, Checkpoints.within(100)))
                .hasMessageContaining("100 bytes").hasMessageContaining("at least 576");
        // 21 steps: 3 slots take 2.x passes
        long limit = BinomialSchedule.forwardSteps(21, 5) + 1;
        assertThatThrownBy(() -> Trajectory.fixed(
                system, Tableau.rk4(), initial, TIMES, 7, Checkpoints.slots(3).limitedTo(limit)))
                .hasMessageContaining("slots are 3").hasMessageContaining("at least 5 slots, 2880 bytes");
        Trajectory.fixed(system, Tableau.rk4(), initial, TIMES, 7, Checkpoints.slots(5).limitedTo(limit));
        assertThatThrownBy(() -> Trajectory.fixed(
                system, Tableau.rk4(), initial, TIMES, 7, Checkpoints.slots(3).limitedTo(5)))
                .hasMessageContaining("at least 21");
        assertThatThrownBy(() -> Checkpoints.slots(2).mapped(folder.resolve("nowhere")))
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> BinomialSchedule.forwardSteps(0, 1)).hasMessageContaining("steps is 0");
        Reversal run = new Reversal(new Counting(9), Fields.automatic().scalar(POINT), Checkpoints.slots(2));
        run.backward(Fields.automatic().scalar(POINT).fill(9));
        assertThatThrownBy(run::last).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aParameterChangedAfterTheRunIsFound() {
        Field source = random(5);
        TapedSystem system = system(source);
        Trajectory trajectory = Trajectory.fixed(system, Tableau.rk4(), random(4), TIMES, 2);
        source.setFlat(3, 17);
        List<Field> weights = new ArrayList<>(Arrays.asList(null, null, null, random(3)));
        assertThatThrownBy(() -> trajectory.backward(weights)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("parameter 0 has been changed");
    }
}
