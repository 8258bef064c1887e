package org.isotrope.kernels.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Test;

class SpectrumTest {
    private static final Boundaries ZERO = Boundaries.all(Boundary.zero());

    /** Ends of the stability regions on the negative real and the imaginary axis (Hairer, Wanner II, IV.2). */
    @Test
    void largestStepsAreTheKnownEnds() {
        Spectrum decay = new Spectrum(-2, 0, 0);
        Spectrum turning = new Spectrum(0, 0, 2);
        assertThat(decay.largestStep(Tableau.euler())).isCloseTo(1, within(1e-9));
        assertThat(decay.largestStep(Tableau.heun())).isCloseTo(1, within(1e-9));
        assertThat(decay.largestStep(Tableau.ssprk3())).isCloseTo(2.5127453266183286 / 2, within(1e-9));
        assertThat(decay.largestStep(Tableau.rk4())).isCloseTo(2.785293563405282 / 2, within(1e-9));
        assertThat(turning.largestStep(Tableau.euler())).isZero();
        assertThat(turning.largestStep(Tableau.ssprk3())).isCloseTo(Math.sqrt(3) / 2, within(1e-9));
        assertThat(turning.largestStep(Tableau.rk4())).isCloseTo(Math.sqrt(2), within(1e-9));
        assertThat(new Spectrum(0, 3, 0).largestStep(Tableau.rk4())).isInfinite();
    }

    @Test
    void laplacianHasItsKnownBounds() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 16), Axis.periodic(0, 2, 20));
        LinearOperator laplacian = Operators.laplacian(grid);
        double exact = -4 * 16 * 16 - 4 * 10 * 10;
        Spectrum lanczos = Spectrum.of(laplacian, 60);
        assertThat(lanczos.lowest()).isCloseTo(exact, within(1e-6 * -exact));
        assertThat(lanczos.highest()).isCloseTo(0, within(1e-6 * -exact));
        assertThat(lanczos.imaginary()).isCloseTo(0, within(1e-6 * -exact));
        Stencil stencil = Stencil.builder(1, 1, 1).tap(0, 0, 1, -1).tap(0, 0, -2, 0).tap(0, 0, 1, 1).build();
        assertThat(Spectrum.gershgorin(stencil)).isEqualTo(new Spectrum(-4, 0, 0));
        Stencil centred = Stencil.builder(1, 1, 1).tap(0, 0, -0.5, -1).tap(0, 0, 0.5, 1).build();
        assertThat(Spectrum.gershgorin(centred)).isEqualTo(new Spectrum(0, 0, 1));
        assertThat(Spectrum.gershgorin(stencil.plus(centred))).isEqualTo(new Spectrum(-4, 0, 2));
    }

    @Test
    void advectionIsImaginaryAndMixturesAreBoxed() {
        Grid ring = Grid.of(Axis.periodic(0, 1, 32));
        LinearOperator derivative = Operators.derivative(ring, 0, ZERO);
        Spectrum advection = Spectrum.of(derivative, 60);
        assertThat(advection.imaginary()).isCloseTo(32, within(32 * 1e-6));
        assertThat(Math.abs(advection.lowest()) + Math.abs(advection.highest())).isLessThan(1e-9);
        Spectrum both = Spectrum.of(Operators.laplacian(ring).times(0.01).plus(derivative.times(-1)), 60);
        assertThat(both.lowest()).isCloseTo(-0.04 * 32 * 32, within(1e-4));
        assertThat(both.imaginary()).isCloseTo(32, within(1e-4));
    }

    /** The advice is put to the test: just below it a run decays, just above it blows up. */
    @Test
    void stepsBelowTheAdviceAreStableAndAboveAreNot() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 9), Axis.uniform(0, 1, 11));
        LinearOperator laplacian = Operators.laplacian(grid, ZERO);
        Spectrum spectrum = Spectrum.of(laplacian, 80);
        for (Tableau tableau : new Tableau[] {Tableau.euler(), Tableau.ssprk3(), Tableau.rk4()}) {
            double largest = spectrum.largestStep(tableau);
            assertThat(size(laplacian, tableau, grid, 0.99 * largest)).isLessThan(1);
            assertThat(size(laplacian, tableau, grid, 1.02 * largest)).isGreaterThan(1e3);
        }
    }

    private static double size(LinearOperator laplacian, Tableau tableau, Grid grid, double h) {
        Field start = Fields.automatic().scalar(grid, x -> Math.cos(40 * x[0]) * Math.sin(50 * x[1]));
        Simulation run = new Simulation(
                new RungeKutta(tableau, start).of((t, u, rate) -> laplacian.apply(u, rate)), "u", start);
        run.run(0, 1000 * h, 1000);
        double largest = 0;
        for (double value : run.state().toArray()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    @Test
    void anUnstableStepIsAnsweredWithTheLargest() {
        Spectrum spectrum = new Spectrum(-4, 0, 0);
        spectrum.requireStable(Tableau.euler(), 0.5);
        assertThatThrownBy(() -> spectrum.requireStable(Tableau.euler(), 0.6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time step is 0.6")
                .hasMessageContaining("at most 0.5")
                .hasMessageContaining("Euler");
        assertThatThrownBy(() -> new Spectrum(1, 0, 0)).hasMessageContaining("in order");
        Grid plane = Grid.of(Axis.uniform(0, 1, 4), Axis.uniform(0, 1, 4));
        assertThatThrownBy(() -> Spectrum.of(Operators.gradient(plane), 5))
                .hasMessageContaining("map a space to itself");
    }
}
