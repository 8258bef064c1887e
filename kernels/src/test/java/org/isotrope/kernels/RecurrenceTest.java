package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.isotrope.grids.FieldType.SCALAR;
import static org.isotrope.grids.FieldType.VECTOR;

import java.lang.foreign.Arena;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {
    private static final Grid GRID = Grid.of(Axis.periodic(0, 1, 24), Axis.cells(0, 1, 20));
    private static final Boundaries CLOSED = Boundaries.all(Boundary.symmetric());
    private static final LinearOperator LAPLACIAN = Operators.laplacian(GRID, CLOSED);

    /** What a recurrence is made of, and the plain loop over whole fields that it has to give the bits of. */
    private static final class Case {
        private final LinearOperator operator;
        private final Field coefficient;
        private final Object now;
        private final Object before;
        private final double[] cubic;
        private final Field source;

        Case(Random random, LinearOperator operator) {
            this.operator = operator;
            this.coefficient = random.nextBoolean() ? factor(random) : null;
            this.now = term(random);
            this.before = term(random);
            this.cubic = random.nextInt(3) == 0
                    ? new double[] {0.01, random.nextDouble() / 4, 0, -random.nextDouble() / 4} : null;
            this.source = random.nextInt(3) == 0 ? factor(random) : null;
        }

        private Object term(Random random) {
            return switch (random.nextInt(3)) {
                case 0 -> null;
                case 1 -> random.nextDouble() / 2;
                default -> factor(random);
            };
        }

        /** Between −1/2 and 1/2, in the space of states or for all components alike. */
        private Field factor(Random random) {
            Grid grid = operator.domain().grid();
            Field values = Samples.random(random.nextBoolean() ? SCALAR : operator.domain().type(), grid,
                    Precision.DOUBLE, random.nextLong());
            Arithmetic.scale(0.5, values, values);
            return values;
        }

        Recurrence recurrence() {
            Recurrence made = Recurrence.of(operator);
            made = coefficient == null ? made : made.times(coefficient);
            made = now instanceof Field f ? made.plusNow(f) : now == null ? made : made.plusNow((double) now);
            made = before instanceof Field f ? made.plusBefore(f) : before == null ? made
                    : made.plusBefore((double) before);
            made = cubic == null ? made : made.plusCubic(cubic[0], cubic[1], cubic[2], cubic[3]);
            return source == null ? made : made.plusSource(source);
        }

        /** One step by whole applications and arithmetic on whole fields. */
        Field step(Plan plan, Field u, Field earlier) {
            Field next = Fields.automatic().like(u);
            plan.apply(u, next);
            if (coefficient != null) {
                Arithmetic.multiply(rounded(coefficient, u), next, next);
            }
            add(now, u, next);
            add(before, earlier, next);
            if (cubic != null) {
                addCubic(u, next);
            }
            if (source != null) {
                Arithmetic.addScaled(1, rounded(source, u), next);
            }
            return next;
        }

        private static void add(Object term, Field state, Field next) {
            if (term instanceof Field factor) {
                Arithmetic.addProduct(rounded(factor, state), state, next);
            } else if (term != null) {
                Arithmetic.addScaled((double) term, state, next);
            }
        }

        private void addCubic(Field u, Field next) {
            for (long i = 0; i < u.count(); i++) {
                if (u.precision() == Precision.FLOAT) {
                    float x = (float) u.getFlat(i);
                    float sum = Math.fma((float) cubic[3], x, (float) cubic[2]);
                    sum = Math.fma(Math.fma(sum, x, (float) cubic[1]), x, (float) cubic[0]);
                    next.setFlat(i, (float) next.getFlat(i) + sum);
                } else {
                    double x = u.getFlat(i);
                    double sum = Math.fma(Math.fma(cubic[3], x, cubic[2]), x, cubic[1]);
                    next.setFlat(i, next.getFlat(i) + Math.fma(sum, x, cubic[0]));
                }
            }
        }

        /** In the precision of a state, and a value for each of its components. */
        private static Field rounded(Field factor, Field like) {
            Field full = Fields.automatic().like(like);
            long nodes = like.grid().size();
            for (long i = 0; i < full.count(); i++) {
                full.setFlat(i, factor.getFlat(factor.components() == 1 ? i % nodes : i));
            }
            return full;
        }
    }

    private static Axis axis(boolean periodic, int n) {
        return periodic ? Axis.periodic(0, 1, n) : Axis.cells(0, 1, n);
    }

    private static LinearOperator operator(Random random, Grid grid, boolean vector) {
        int d = grid.dimension();
        int components = vector ? d : 1;
        Stencil.Builder builder = Stencil.builder(d, components, components);
        for (int r = 0; r < components; r++) {
            for (int c = 0; c < components; c++) {
                builder.tap(r, c, random.nextDouble() / 4, new int[d]);
                for (int a = 0; a < d; a++) {
                    for (int o = -2; o <= 2; o++) {
                        if (o != 0 && random.nextInt(3) > 0) {
                            int[] offset = new int[d];
                            offset[a] = o;
                            builder.tap(r, c, (random.nextDouble() - 0.5) / 8, offset);
                        }
                    }
                }
            }
        }
        FieldType type = vector ? VECTOR : SCALAR;
        LinearOperator made = Operators.stencil(builder.build(), grid, type, type, Samples.mixedBoundaries(random, grid));
        return random.nextBoolean() ? made : made.adjoint();
    }

    private void compare(Random random, LinearOperator operator, Precision precision, Execution execution, int depth) {
        Case terms = new Case(random, operator);
        Recurrence recurrence = terms.recurrence();
        int steps = 1 + random.nextInt(2 * depth + 1);
        RecurrencePlan plan = recurrence.plan(steps, precision, execution, depth);
        FieldType type = operator.domain().type();
        Grid grid = operator.domain().grid();
        Field start = Samples.random(type, grid, precision, random.nextLong());
        Field earlier = Samples.random(type, grid, precision, random.nextLong());
        Field now = start;
        Field before = earlier;
        // whole applications have the bits of the scalar reference, which the tests of stencils see to
        Plan sweep = operator.plan(precision, Execution.serial());
        for (int n = 0; n < steps; n++) {
            Field next = terms.step(sweep, now, before);
            before = now;
            now = next;
        }
        Field out = Samples.poisoned(operator.domain(), precision);
        Field outBefore = Samples.poisoned(operator.domain(), precision);
        // twice: the second time working memory holds what the first left
        for (int time = 0; time < 2; time++) {
            if (recurrence.levels() == 1) {
                plan.apply(start, out);
            } else {
                plan.apply(start, earlier, out, outBefore);
                assertThat(outBefore.segment().mismatch(before.segment())).as(
                        () -> "earlier state of " + recurrence + ", " + plan.explain()).isEqualTo(-1);
            }
            assertThat(out.segment().mismatch(now.segment()))
                    .as(() -> "state of " + recurrence + ", " + plan.explain()).isEqualTo(-1);
        }
        assertThat(Samples.largest(now)).isBetween(1e-30, 1e9);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void givesTheBitsOfThePlainLoopIn3D(int threads) {
        Random random = new Random(threads);
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            for (int trial = 0; trial < 6; trial++) {
                Grid grid = Grid.of(axis(random.nextBoolean(), 37 + random.nextInt(12)),
                        axis(random.nextBoolean(), 23), axis(random.nextBoolean(), 25 + random.nextInt(9)));
                LinearOperator operator = operator(random, grid, trial % 3 == 2);
                compare(random, operator, Precision.values()[trial % 2], Execution.threads(threads).on(pool),
                        1 + random.nextInt(5));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void givesTheBitsOfThePlainLoopIn2D(int threads) {
        Random random = new Random(10 + threads);
        for (int trial = 0; trial < 6; trial++) {
            Grid grid = Grid.of(axis(random.nextBoolean(), 601 + random.nextInt(100)), axis(random.nextBoolean(), 35));
            LinearOperator operator = operator(random, grid, trial % 2 == 1);
            compare(random, operator, Precision.values()[trial / 2 % 2], Execution.threads(threads),
                    1 + random.nextInt(5));
        }
    }

    @Test
    void adjointsAreTheTransposesOfAllSteps() {
        Random random = new Random(7);
        int linear = 0;
        for (int trial = 0; trial < 40; trial++) {
            Grid grid = Grid.of(axis(random.nextBoolean(), 30), axis(random.nextBoolean(), 9),
                    axis(random.nextBoolean(), 10));
            LinearOperator operator = operator(random, grid, random.nextBoolean());
            Recurrence recurrence = new Case(random, operator).recurrence();
            if (!recurrence.isLinear()) {
                assertThatThrownBy(recurrence::adjoint).isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("it had to be linear to have an adjoint");
                continue;
            }
            linear++;
            int steps = 1 + random.nextInt(6);
            Field[] x = pair(operator.domain(), random);
            Field[] y = pair(operator.domain(), random);
            int depth = 1 + random.nextInt(4);
            Field[] forward = run(recurrence, steps, depth, x);
            Field[] back = run(recurrence.adjoint(), steps, depth, y);
            double one = Samples.dot(forward[0], y[0]);
            double other = Samples.dot(x[0], back[0]);
            if (recurrence.levels() == 2) {
                one += Samples.dot(forward[1], y[1]);
                other += Samples.dot(x[1], back[1]);
            }
            double size = Math.sqrt(Samples.dot(forward[0], forward[0]) * Samples.dot(y[0], y[0])) + Math.abs(one);
            assertThat(other).as(recurrence + " of " + steps + " steps").isCloseTo(one, within(1e-13 * size));
            Field[] again = run(recurrence.adjoint().adjoint(), steps, depth, x);
            assertThat(again[0].segment().mismatch(forward[0].segment())).isEqualTo(-1);
        }
        assertThat(linear).isGreaterThan(8);
    }

    private static Field[] pair(Space space, Random random) {
        return new Field[] {Samples.random(space, random.nextLong()), Samples.random(space, random.nextLong())};
    }

    private static Field[] run(Recurrence recurrence, int steps, int depth, Field[] in) {
        RecurrencePlan plan = recurrence.plan(steps, Precision.DOUBLE, Execution.threads(2), depth);
        Field[] out = {Fields.automatic().like(in[0]), Fields.automatic().like(in[0])};
        if (recurrence.levels() == 1) {
            plan.apply(in[0], out[0]);
        } else {
            plan.apply(in[0], in[1], out[0], out[1]);
        }
        return out;
    }

    /** A standing wave under central differences in time: u_n = cos(ω n dt) with sin²(ω dt/2) = c² dt² sin²(kh/2)/h². */
    @Test
    void wavesSwingAtTheFrequencyOfTheScheme() {
        int n = 64;
        Grid grid = Grid.of(Axis.periodic(0, 1, n), Axis.periodic(0, 1, 18));
        double dt = 0.4 / n;
        double omega = 2 / dt * Math.asin(dt * n * Math.sin(Math.PI * 3 / n));
        Recurrence wave = Recurrence.of(Operators.laplacian(grid).times(dt * dt)).plusNow(2).plusBefore(-1);
        Field shape = Fields.automatic().scalar(grid, x -> Math.cos(6 * Math.PI * x[0]));
        Field before = Fields.automatic().like(shape);
        Arithmetic.scale(Math.cos(omega * dt), shape, before);
        Field out = Fields.automatic().like(shape);
        Field outBefore = Fields.automatic().like(shape);
        int steps = 500;
        wave.plan(steps, Precision.DOUBLE, Execution.serial()).apply(shape, before, out, outBefore);
        for (long i = 0; i < shape.count(); i += 5) {
            assertThat(out.getFlat(i)).isCloseTo(Math.cos(omega * steps * dt) * shape.getFlat(i), within(1e-9));
            assertThat(outBefore.getFlat(i))
                    .isCloseTo(Math.cos(omega * (steps - 1) * dt) * shape.getFlat(i), within(1e-9));
        }
    }

    /** u' = −γ u' + c²Δu with both coefficients fields: energy of the scheme never grows where γ ≥ 0, c² ≥ 0. */
    @Test
    void dampedWavesInAnUnevenMediumLoseEnergy() {
        double dt = 0.01;
        Field speed = Fields.automatic().scalar(GRID, x -> 1 + 0.5 * Math.sin(2 * Math.PI * x[0]));
        Field damping = Fields.automatic().scalar(GRID, x -> 2 * x[1]);
        Field c = Fields.automatic().like(speed);
        Field a = Fields.automatic().like(speed);
        Field b = Fields.automatic().like(speed);
        for (long i = 0; i < c.count(); i++) {
            double half = damping.getFlat(i) * dt / 2;
            c.setFlat(i, speed.getFlat(i) / (1 + half));
            a.setFlat(i, 2 / (1 + half));
            b.setFlat(i, (half - 1) / (1 + half));
        }
        RecurrencePlan step = Recurrence.of(LAPLACIAN.times(dt * dt)).times(c).plusNow(a).plusBefore(b)
                .plan(10, Precision.DOUBLE, Execution.serial());
        Field[] u = pair(LAPLACIAN.domain(), new Random(2));
        double energy = energy(u[0], u[1], speed, dt);
        for (int k = 0; k < 20; k++) {
            Field[] next = {Fields.automatic().like(c), Fields.automatic().like(c)};
            step.apply(u[0], u[1], next[0], next[1]);
            double less = energy(next[0], next[1], speed, dt);
            assertThat(less).isLessThan(energy);
            energy = less;
            u = next;
        }
    }

    /** ½ Σ (u_n − u_{n−1})² / (c² dt²) − ½ Σ u_n Δ u_{n−1}. */
    private static double energy(Field now, Field before, Field speed, double dt) {
        double sum = 0;
        Field bent = LAPLACIAN.apply(before);
        for (long i = 0; i < now.count(); i++) {
            double rate = (now.getFlat(i) - before.getFlat(i)) / dt;
            sum += rate * rate / speed.getFlat(i) - now.getFlat(i) * bent.getFlat(i);
        }
        return sum / 2;
    }

    /** Fronts of Fisher's and of Allen and Cahn's equation end in their stable states. */
    @Test
    void reactionsGoToTheirStableStates() {
        double dt = 1e-4;
        Field u = Fields.automatic().scalar(GRID, x -> 0.1 + 0.05 * Math.sin(2 * Math.PI * x[0]));
        Field out = Fields.automatic().like(u);
        Recurrence.of(LAPLACIAN.times(dt)).plusCubic(0, 1 + 20 * dt, -20 * dt, 0)
                .plan(20_000, Precision.DOUBLE, Execution.serial()).apply(u, out);
        assertThat(out.getFlat(100)).isCloseTo(1, within(1e-9));
        Arithmetic.scale(-1, u, u);
        Recurrence.of(LAPLACIAN.times(dt)).plusCubic(0, 1 + 20 * dt, 0, -20 * dt)
                .plan(20_000, Precision.DOUBLE, Execution.serial()).apply(u, out);
        assertThat(out.getFlat(100)).isCloseTo(-1, within(1e-9));
    }

    /** A source makes the steady state solve Poisson's equation. */
    @Test
    void sourcesBalanceDiffusion() {
        Grid line = Grid.of(Axis.cells(0, 1, 16));
        LinearOperator laplacian = Operators.laplacian(line, Boundaries.all(Boundary.value()));
        double dt = 1e-3;
        Field s = Fields.automatic().scalar(line, x -> dt * Math.sin(3 * x[0]));
        Field steady = Fields.automatic().scalar(line);
        Recurrence.of(Operators.identity(line, SCALAR).plus(laplacian.times(dt))).plusSource(s)
                .plan(20_000, Precision.DOUBLE, Execution.serial()).apply(Fields.automatic().scalar(line), steady);
        Field balance = laplacian.apply(steady);
        for (int i = 0; i < 16; i++) {
            assertThat(balance.get(0, i)).isCloseTo(-s.get(0, i) / dt, within(1e-9));
        }
    }

    /** Rows of varying weights run as waves too: uneven axes, differences that shift at walls, upwind ones. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void operatorsWhoseWeightsVaryTakeTheSameSteps(int threads) {
        Random random = new Random(20 + threads);
        for (int trial = 0; trial < 8; trial++) {
            boolean flat = trial % 2 == 0;
            Axis uneven = uneven(random, flat ? 600 + random.nextInt(90) : 40 + random.nextInt(20));
            Axis second = random.nextBoolean() ? uneven(random, 36) : axis(random.nextBoolean(), 36);
            Grid grid = flat ? Grid.of(uneven, second) : Grid.of(uneven, second, axis(random.nextBoolean(), 19));
            LinearOperator slope = Differential.on(grid).along(0).upwind(3, 1).times(-1e-4)
                    .plus(Differential.on(grid).along(1).upwind(1, -1).times(1e-3));
            LinearOperator step = slope.plus(Operators.laplacian(grid).times(1e-7));
            assertThat(step.plan(Precision.FLOAT, Execution.serial()).explain()).contains("rows of varying weights");
            compare(random, trial % 4 < 2 ? step : step.adjoint(), Precision.values()[trial / 2 % 2],
                    Execution.threads(threads), 1 + random.nextInt(4));
        }
    }

    /** Spacings within a fifth of each other. */
    private static Axis uneven(Random random, int n) {
        double[] nodes = new double[n];
        for (int i = 0; i < n; i++) {
            nodes[i] = (i + 0.2 * random.nextDouble()) / n;
        }
        return random.nextBoolean() ? Axis.periodicNodes(1.05, nodes) : Axis.nodes(nodes);
    }

    @Test
    void operatorsThatAreNoSweepsTakeTheSameSteps() {
        LinearOperator operator = Operators.gradient(GRID, CLOSED).then(Operators.divergence(GRID, CLOSED)).times(1e-4);
        Random random = new Random(3);
        for (int trial = 0; trial < 12; trial++) {
            compare(random, operator, Precision.values()[trial % 2], Execution.serial(), 3);
        }
    }

    /** Advection as users write it: upwind and centred, of scalars and vectors, periodic and between walls. */
    @Test
    void advectionRunsInWaves() {
        Grid periodic = Grid.of(Axis.periodic(0, 1, 40), Axis.periodic(0, 1, 320), Axis.periodic(0, 1, 320));
        Grid walled = Grid.of(Axis.cells(0, 1, 40), Axis.cells(0, 1, 320), Axis.cells(0, 1, 320));
        for (Grid grid : new Grid[] {periodic, walled}) {
            LinearOperator still = Operators.identity(grid, SCALAR);
            LinearOperator upwind = still.minus(Differential.on(grid).along(0).upwind(1, 1).times(1e-3));
            LinearOperator centred = still.minus(Operators.derivative(grid, 1, CLOSED).times(1e-3));
            for (LinearOperator step : new LinearOperator[] {upwind, centred}) {
                Plan waves = step.power(4).plan(Precision.FLOAT, Execution.threads(2));
                assertThat(waves.explain()).contains("in waves of");
                Field start = Samples.random(SCALAR, grid, Precision.FLOAT, 5);
                Field expected = step.apply(step.apply(step.apply(step.apply(start))));
                Field out = Samples.poisoned(step.domain(), Precision.FLOAT);
                waves.apply(start, out);
                assertThat(out.segment().mismatch(expected.segment())).as(waves.explain()).isEqualTo(-1);
            }
        }
    }

    @Test
    void linearStepsAreOperators() {
        Field c = Samples.random(LAPLACIAN.domain(), 1);
        LinearOperator steps = Recurrence.of(LAPLACIAN.times(1e-4)).times(c).plusNow(1).power(7);
        Field x = Samples.random(LAPLACIAN.domain(), 2);
        Field y = Samples.random(LAPLACIAN.domain(), 3);
        double one = Samples.dot(steps.apply(x), y);
        assertThat(Samples.dot(x, steps.adjoint().apply(y))).isCloseTo(one, within(1e-13 * Math.abs(one) + 1e-13));
        assertThat(steps.explain()).contains("7 steps of u' = c A u + 1.0 u");
        assertThat(steps.adjoint().explain()).contains("p' = A c p + 1.0 p (adjoint)");
    }

    @Test
    void saysHowDeepWavesAre() {
        Grid large = Grid.of(Axis.periodic(0, 1, 64), Axis.periodic(0, 1, 256), Axis.periodic(0, 1, 256));
        String wave = Recurrence.of(Operators.laplacian(large)).plusNow(2).plusBefore(-1)
                .plan(9, Precision.FLOAT, Execution.serial()).explain();
        assertThat(wave).startsWith("9 steps of u' = A u + 2.0 u + -1.0 u₋₁ in waves of 8, each by ");
        Recurrence uneven = Recurrence.of(Operators.laplacian(large)).times(Fields.automatic().scalar(large)).plusNow(1);
        assertThat(uneven.adjoint().plan(9, Precision.FLOAT, Execution.serial()).explain())
                .contains("in waves of 6 stages, 2 a step");
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> Recurrence.of(Operators.gradient(GRID))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("had to map a space to itself");
        Recurrence wave = Recurrence.of(LAPLACIAN).plusBefore(-1);
        Recurrence heat = Recurrence.of(LAPLACIAN);
        for (int steps : new int[] {0, -3}) {
            assertThatThrownBy(() -> wave.plan(steps, Precision.FLOAT, Execution.serial()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("steps are " + steps + "; they had to be at least 1");
            assertThatThrownBy(() -> heat.power(steps)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("steps are " + steps + "; they had to be at least 1");
        }
        Field elsewhere = Fields.automatic().scalar(Grid.of(Axis.periodic(0, 1, 24), Axis.cells(0, 1, 21)));
        assertThatThrownBy(() -> heat.times(elsewhere)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("c lives on another grid");
        assertThatThrownBy(() -> heat.plusSource(Fields.automatic().vector(GRID)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("s is a vector field");
        assertThatThrownBy(() -> heat.plusNow(Double.NaN)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a is NaN; it had to be finite");
        assertThatThrownBy(() -> heat.plusCubic(0, 1, Double.POSITIVE_INFINITY, 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("a2 is Infinity; it had to be finite");
        assertThatThrownBy(() -> wave.power(2)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not linear in one state");
        assertThatThrownBy(() -> heat.adjoint().plusNow(1)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("terms had to be added before it was made");
    }

    @Test
    void refusesFieldsThatDoNotFit() {
        Field u = Samples.random(LAPLACIAN.domain(), 1);
        Field v = Samples.random(LAPLACIAN.domain(), 2);
        Field out = Samples.poisoned(LAPLACIAN.domain(), Precision.DOUBLE);
        Field outBefore = Samples.poisoned(LAPLACIAN.domain(), Precision.DOUBLE);
        RecurrencePlan wave = Recurrence.of(LAPLACIAN).plusBefore(-1).plan(2, Precision.DOUBLE, Execution.serial());
        RecurrencePlan heat = Recurrence.of(LAPLACIAN).plan(2, Precision.DOUBLE, Execution.serial());
        refuses(() -> wave.apply(u, out), "states given are 1; they had to be 2");
        refuses(() -> heat.apply(u, v, out, outBefore), "states given are 2; they had to be 1");
        refuses(() -> wave.apply(u, v, out, out), "beforeOut overlaps nowOut");
        refuses(() -> wave.apply(u, v, v, out), "nowOut overlaps the input");
        refuses(() -> wave.apply(u, v, out, u), "beforeOut overlaps the input");
        refuses(() -> wave.apply(u, v, u, out), "overlaps the input");
        Field floats = Fields.automatic().precision(Precision.FLOAT).scalar(GRID);
        refuses(() -> wave.apply(floats, v, out, outBefore), "precision FLOAT");
        refuses(() -> wave.apply(u, v, out, floats), "precision FLOAT");
        Field other = Fields.automatic().scalar(Grid.of(Axis.periodic(0, 1, 24), Axis.cells(0, 1, 21)));
        refuses(() -> wave.apply(u, other, out, outBefore), "lives on another grid");
        assertThat(out.getFlat(0)).isNaN();
        assertThat(outBefore.getFlat(0)).isNaN();
    }

    private static void refuses(Runnable call, String message) {
        assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void interruptedRunsSaySoAndLeaveMemoryValid() {
        Field[] u = pair(LAPLACIAN.domain(), new Random(1));
        RecurrencePlan plan = Recurrence.of(LAPLACIAN.times(1e-4)).plusNow(2).plusBefore(-1)
                .plan(9, Precision.DOUBLE, Execution.serial(), 4);
        Field[] expected = {Fields.automatic().like(u[0]), Fields.automatic().like(u[0])};
        plan.apply(u[0], u[1], expected[0], expected[1]);
        Field[] out = {Samples.poisoned(LAPLACIAN.domain(), Precision.DOUBLE),
            Samples.poisoned(LAPLACIAN.domain(), Precision.DOUBLE)};
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> plan.apply(u[0], u[1], out[0], out[1])).isInstanceOf(CancellationException.class)
                    .hasMessageContaining("the output is incomplete");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        plan.apply(u[0], u[1], out[0], out[1]);
        assertThat(out[0].segment().mismatch(expected[0].segment())).isEqualTo(-1);
        assertThat(out[1].segment().mismatch(expected[1].segment())).isEqualTo(-1);
    }

    /** The second pair lies in memory that the calling thread alone may touch. */
    @Test
    void confinedMemoryIsWorkedOnByTheCallerAlone() {
        Grid grid = Grid.of(Axis.cells(0, 1, 41), Axis.cells(0, 1, 25), Axis.cells(0, 1, 24));
        LinearOperator laplacian = Operators.laplacian(grid, CLOSED);
        Recurrence wave = Recurrence.of(laplacian.times(1e-4)).plusNow(2).plusBefore(-1);
        Field[] u = pair(laplacian.domain(), new Random(1));
        Field[] expected = run(wave, 5, 3, u);
        try (Arena arena = Arena.ofConfined()) {
            Field before = Fields.in(arena).copy(u[1]);
            Field outBefore = Fields.in(arena).like(u[1]);
            Field out = Fields.automatic().like(u[0]);
            wave.plan(5, Precision.DOUBLE, Execution.threads(2), 3).apply(u[0], before, out, outBefore);
            assertThat(out.segment().mismatch(expected[0].segment())).isEqualTo(-1);
            assertThat(outBefore.segment().mismatch(expected[1].segment())).isEqualTo(-1);
        }
    }
}
