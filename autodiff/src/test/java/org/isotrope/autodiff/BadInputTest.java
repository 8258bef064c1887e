package org.isotrope.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.isotrope.autodiff.time.BinomialSchedule;
import org.isotrope.autodiff.time.Checkpoints;
import org.isotrope.autodiff.time.TapedSystem;
import org.isotrope.autodiff.time.Trajectory;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.time.DivergedException;
import org.isotrope.kernels.time.Tableau;
import org.junit.jupiter.api.Test;

/** What cannot be differentiated is refused in one sentence, with the number that would have done. */
class BadInputTest {
    private static final Grid GRID = Grid.of(Axis.periodic(0, 1, 16), Axis.periodic(0, 1, 16));
    private static final Space SPACE = new Space(GRID, FieldType.SCALAR);

    private static Field ones() {
        return Fields.automatic().scalar(GRID).fill(1);
    }

    @Test
    void adjointOfSomethingNonlinearWithoutAState() {
        FieldFunction burgers = new DerivativeSamples.Burgers(GRID);
        assertThatThrownBy(burgers::adjoint).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("without a state").hasMessageContaining("at(state).adjoint()");
        assertThatThrownBy(() -> burgers.at(Fields.automatic().vector(GRID)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("state");
        assertThat(burgers.at(ones()).adjoint().apply(ones()).count()).isEqualTo(256);
    }

    @Test
    void lossThatIsNoNumber() {
        Tape tape = new Tape(Precision.DOUBLE);
        ArrayVariable three = tape.input(1, 2, 3);
        assertThatThrownBy(() -> tape.backward(three)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("loss has 3 entries; it had to be one number");
        ArrayVariable constant = tape.constant(1.0);
        assertThatThrownBy(() -> tape.backward(constant)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("constant");
        ArrayVariable foreign = new Tape(Precision.DOUBLE).input(1.0);
        assertThatThrownBy(() -> tape.backward(foreign)).hasMessageContaining("another tape");
    }

    @Test
    void checkpointBudgetThatIsTooSmall() {
        TapedSystem system = new TapedSystem(SPACE, Precision.DOUBLE, (tape, time, u) ->
                tape.map(PointwiseFunction.SIN, u));
        double[] times = {0, 1};
        assertThatThrownBy(() -> Trajectory.fixed(
                system, Tableau.rk4(), ones(), times, 50, Checkpoints.within(100)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("100 bytes")
                .hasMessageContaining("at least " + 256 * Double.BYTES);
        int least = BinomialSchedule.leastSlots(50, 119);
        assertThat(least).isGreaterThan(3);
        assertThatThrownBy(() -> Trajectory.fixed(
                system, Tableau.rk4(), ones(), times, 50, Checkpoints.slots(3).limitedTo(120)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at least " + least + " slots");
        assertThat(Trajectory.fixed(system, Tableau.rk4(), ones(), times, 50,
                Checkpoints.slots(least).limitedTo(120)).steps()).isEqualTo(50);
    }

    /** The largest step of Euler's method for {@code D Δ} is {@code 2/(D λ)}, with λ = 8/h² for waves of two cells. */
    @Test
    void unstableStepIsAnsweredWithTheLargest() {
        double h = GRID.axis(0).spacing();
        double limit = 2 / (0.1 * 8 / (h * h));
        LinearOperator spread = Operators.laplacian(GRID).times(0.1);
        TapedSystem system = new TapedSystem(SPACE, Precision.DOUBLE, (tape, time, u) -> tape.apply(spread, u));
        assertThat(system.largestStep(Tableau.euler(), 0, ones())).isCloseTo(limit, within(0.02 * limit));
        assertThatThrownBy(() -> system.requireStable(Tableau.euler(), 0, ones(), 1.5 * limit))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("had to be at most");
        system.requireStable(Tableau.euler(), 0, ones(), 0.9 * limit);
    }

    @Test
    void runThatDivergesNamesTheStepAndKeepsTheLastGoodState() {
        TapedSystem system = new TapedSystem(SPACE, Precision.DOUBLE, (tape, time, u) -> {
            FieldVariable square = tape.multiply(u, u);
            return tape.multiply(square, tape.multiply(square, square));
        });
        Field initial = ones().fill(3);
        assertThatThrownBy(() -> Trajectory.fixed(system, Tableau.rk4(), initial, new double[] {0, 5}, 50))
                .isInstanceOfSatisfying(DivergedException.class, diverged -> {
                    assertThat(diverged.getMessage()).contains("step").contains("node");
                    assertThat(Double.isFinite(diverged.lastState().getFlat(0))).isTrue();
                });
    }

    @Test
    void numbersOfAnotherLength() {
        Tape tape = new Tape(Precision.DOUBLE);
        FieldVariable x = tape.input(ones());
        assertThatThrownBy(() -> tape.convolve(
                Operators.radial(GRID, Radial.gaussian(2, 0.1).within(0.2)), tape.input(1, 2), x))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("values are 2");
        TapedSystem system = new TapedSystem(SPACE, Precision.DOUBLE, (t, time, u) -> t.map(PointwiseFunction.SIN, u));
        Trajectory run = Trajectory.fixed(system, Tableau.heun(), ones(), new double[] {0, 1}, 2);
        List<Field> one = Arrays.asList(ones());
        assertThatThrownBy(() -> run.backward(one)).hasMessageContaining("adjoints are 1");
    }
}
