package org.isotrope.kernels.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final Grid RING = Grid.of(Axis.periodic(0, 1, 16));

    private static Field bump() {
        return Fields.automatic().scalar(RING, x -> 2 + Math.sin(2 * Math.PI * x[0]));
    }

    private static Stepper heat(Field model) {
        LinearOperator laplacian = Operators.laplacian(RING);
        return new RungeKutta(Tableau.rk4(), model).of((t, u, rate) -> laplacian.apply(u, rate));
    }

    @Test
    void trackersSeeEveryState() {
        Field start = bump();
        Storage storage = new Storage(5);
        List<String> lines = new ArrayList<>();
        List<Double> looks = new ArrayList<>();
        Conservation mass = new Conservation("mass", Arithmetic::sum, 1e-13);
        Simulation run = new Simulation(heat(start), "temperature", start)
                .track(storage).track(mass).track(Trackers.progress(20, lines::add))
                .track(Trackers.every(10, (u, t) -> looks.add(t)));
        assertThat(run.run(0, 0.02, 20)).isTrue();
        assertThat(storage.times()).containsExactly(0.0, 0.005, 0.01, 0.015, 0.02);
        assertThat(storage.states().getFirst().toArray()).containsExactly(start.toArray());
        assertThat(storage.states().getLast().toArray()).containsExactly(run.state().toArray());
        assertThat(mass.drift()).isLessThan(1e-13);
        assertThat(lines).hasSize(11).first().asString().contains("  0 %: step 0 of 20, time 0");
        assertThat(lines.getLast()).isEqualTo("100 %: step 20 of 20, time 0.02");
        assertThat(looks).containsExactly(0.0, 0.01, 0.02);
        assertThat(start.toArray()).containsExactly(bump().toArray());
    }

    @Test
    void runsEndEarly() {
        Field start = bump();
        Simulation steady = new Simulation(heat(start), "u", start).track(Trackers.untilSteady(1e-6));
        assertThat(steady.run(0, 10, 10_000)).isFalse();
        assertThat(steady.state().toArray()).containsOnly(new double[] {2}, within(1e-7));
        assertThat(steady.steps()).isLessThan(1000);
        assertThat(steady.time()).isCloseTo(steady.steps() * 1e-3, within(1e-12));
        Simulation below = new Simulation(heat(start), "u", start)
                .track(Trackers.until(u -> u.getFlat(4) < 2.5));
        assertThat(below.run(0, 1, 1000)).isFalse();
        assertThat(below.state().getFlat(4)).isBetween(2.4, 2.5);
    }

    @Test
    void aRunThatDivergesNamesStepFieldAndNodeAndKeepsTheLastGoodState() {
        Field start = Fields.automatic().vector(Grid.of(Axis.uniform(0, 1, 3), Axis.uniform(0, 1, 4)));
        Stepper stepper = (t, h, u, result) -> {
            result.copyFrom(u);
            result.setFlat(17, t > 0.25 ? Double.NaN : t);
        };
        Simulation run = new Simulation(stepper, "velocity", start);
        DivergedException failure = catchThrowableOfType(DivergedException.class, () -> run.run(0, 1, 10));
        assertThat(failure).hasMessageContaining("component 1 of field velocity at node [1, 1] is NaN after step 4");
        assertThat(failure.step()).isEqualTo(4);
        assertThat(failure.lastTime()).isCloseTo(0.3, within(1e-15));
        assertThat(failure.lastState().getFlat(17)).isCloseTo(0.2, within(1e-15));
        Field blown = bump();
        assertThatThrownBy(() -> new Simulation(heat(blown), "u", blown).run(0, 100, 1000))
                .isInstanceOf(DivergedException.class).hasMessageContaining("field u at node");
    }

    @Test
    void hugeButFiniteSumsAreNotTakenForDivergence() {
        Field huge = Fields.automatic().scalar(RING).fill(1e308);
        Simulation run = new Simulation((t, h, u, result) -> result.copyFrom(u), "u", huge);
        assertThat(run.run(0, 1, 2)).isTrue();
    }

    @Test
    void aQuantityThatDriftsIsNamed() {
        Field start = bump();
        Stepper leak = (t, h, u, result) -> Arithmetic.scale(1 - h, u, result);
        Simulation run = new Simulation(leak, "u", start).track(new Conservation("mass", Arithmetic::sum, 0.15));
        assertThatThrownBy(() -> run.run(0, 1, 10)).isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("mass went from").hasMessageContaining("by step 2");
    }

    @Test
    void wrongUseIsNamed() {
        Field start = bump();
        assertThatThrownBy(() -> new Simulation(heat(start), "u", start).run(0, 1, 0)).hasMessageContaining("is 0");
        assertThatThrownBy(() -> new Storage(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> Trackers.untilSteady(-1)).hasMessageContaining("-1.0");
        assertThatThrownBy(() -> new Conservation("mass", Arithmetic::sum, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new PhiFunctions(Operators.laplacian(RING), start, 0, 1)).hasMessageContaining("is 0");
    }
}
