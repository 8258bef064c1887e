package org.isotrope.kernels.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which rates choices follow, and that rates are found from times. */
class PlannerTest {
    private static final double ALLOWED = 1e-3;

    /** This machine's rates with some changed. */
    private static Rates rates(Map<Rate, Double> changed) {
        Rates known = Rates.tabulated(Precision.FLOAT);
        Map<Rate, Double> map = new EnumMap<>(known.nanoseconds());
        map.putAll(changed);
        return new Rates(known.rows(), known.columns(), map, "a test");
    }

    private static final Rates SLOW_FOLDS = rates(Map.of(Rate.FOLDED_STEP, 1e3));
    private static final Rates FAST_FOLDS = rates(Map.of(Rate.FOLDED_STEP, 0.0, Rate.FOLDED_COLUMN, 0.0, Rate.FOLDED_ROW, 0.0,
            Rate.SPECTRA_2D, 1e3));
    private static final Rates SLOW_SWEEPS = rates(Map.of(Rate.SWEPT_TAP_2D, 1e3));
    private static final Rates SLOW_STEPS = rates(Map.of(Rate.STEP, 1e3));

    private static StencilProgram disc(int radius, int n) {
        Stencil.Builder taps = Stencil.builder(2, 1, 1);
        for (int x = -radius; x <= radius; x++) {
            for (int y = -radius; y <= radius; y++) {
                if (x * x + y * y <= radius * radius) {
                    taps.tap(0, 0, Math.exp(-Math.hypot(x, y)), x, y);
                }
            }
        }
        Grid grid = Grid.of(Axis.uniform(0, 1, n), Axis.uniform(0, 1, n));
        return StencilProgram.of(taps.build(), grid, Boundaries.all(Boundary.zero()));
    }

    private static Algorithm choice(StencilProgram program, double allowedError, Rates rates, int threads) {
        return Planner.of(program, Precision.FLOAT, allowedError, rates, threads).algorithm();
    }

    @Test
    void foldingWithoutAnAllowedErrorIsTheSameEverywhere() {
        StencilProgram wide = disc(6, 200);
        StencilProgram narrow = disc(1, 200);
        for (Rates rates : List.of(SLOW_FOLDS, FAST_FOLDS, SLOW_SWEEPS, Rates.nominal(Precision.FLOAT))) {
            assertThat(choice(wide, 0, rates, 1)).isEqualTo(Algorithm.FOLDED);
            assertThat(choice(narrow, 0, rates, 1)).isIn(Algorithm.SWEEPS, Algorithm.BLOCKS);
        }
        assertThat(choice(wide, ALLOWED, SLOW_FOLDS, 1)).isNotEqualTo(Algorithm.FOLDED);
        assertThat(choice(wide, ALLOWED, FAST_FOLDS, 1)).isEqualTo(Algorithm.FOLDED);
    }

    @Test
    void sweepsAndBlocksFollowThisMachineAlways() {
        StencilProgram narrow = disc(2, 200);
        assertThat(choice(narrow, 0, SLOW_SWEEPS, 1)).isEqualTo(Algorithm.BLOCKS);
        assertThat(choice(narrow, 0, SLOW_STEPS, 1)).isEqualTo(Algorithm.SWEEPS);
        assertThat(choice(narrow, 1e-12, SLOW_STEPS, 1)).isEqualTo(Algorithm.SWEEPS);
    }

    @Test
    void threadsChooseBetweenTheSameBitsAlone() {
        // two fields of 16 MiB each come from memory, which all threads share
        StencilProgram distant = disc(3, 2048);
        Rates slowMemory = rates(Map.of(Rate.BYTE, 1.0, Rate.SWEPT_TAP_2D, 0.5, Rate.FOLDED_STEP, 1e3));
        assertThat(choice(distant, 0, slowMemory, 1)).isEqualTo(Algorithm.BLOCKS);
        assertThat(choice(distant, 0, slowMemory, 64)).as("memory holds up both").isEqualTo(Algorithm.SWEEPS);
        for (Rates rates : List.of(slowMemory, SLOW_FOLDS, FAST_FOLDS, SLOW_STEPS)) {
            for (int radius = 1; radius < 8; radius++) {
                StencilProgram program = disc(radius, 300);
                for (double allowed : new double[] {0, 1e-6, ALLOWED}) {
                    assertThat(bits(choice(program, allowed, rates, 16)))
                            .isEqualTo(bits(choice(program, allowed, rates, 1)));
                }
            }
        }
    }

    private static Algorithm bits(Algorithm algorithm) {
        return algorithm == Algorithm.BLOCKS ? Algorithm.SWEEPS : algorithm;
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void explanationsSayWhatWasChosenAndWhy(Precision precision) {
        Planner planner = Planner.of(disc(6, 200), precision, 0, Rates.tabulated(precision), 1);
        assertThat(planner.reasons()).contains("predicted ns a node by rates of ", "sweeps ", "blocks ", "folded ",
                "; error at most ").doesNotContain("measured");
        assertThat(planner.executor().tiles()).matches("blocks of \\d+ x \\d+ in slabs of 200 rows");
        assertThat(Planner.of(disc(6, 200), precision, Algorithm.SWEEPS, 0).executor().tiles())
                .matches("tiles of 200 x 200 in chunks of \\d+ values");
        assertThat(Planner.of(disc(6, 200), precision, Algorithm.FOURIER, 0).executor().tiles()).contains("tile");
    }

    /** The error that is there against the one that is promised, by sums in {@code double}. */
    @ParameterizedTest
    @EnumSource(value = Algorithm.class, names = "AUTOMATIC", mode = EnumSource.Mode.EXCLUDE)
    void errorsAreBelowTheirBounds(Algorithm algorithm) {
        StencilProgram program = disc(5, 64);
        Planner planner = Planner.of(program, Precision.FLOAT, algorithm, ALLOWED);
        float[] input = new float[64 * 64];
        Random random = new Random(8);
        for (int i = 0; i < input.length; i++) {
            input[i] = random.nextFloat() * 2 - 1;
        }
        Arena arena = Arena.ofAuto();
        MemorySegment in = arena.allocateFrom(ValueLayout.JAVA_FLOAT, input);
        MemorySegment out = arena.allocate(in.byteSize(), 64);
        planner.executor().run(in, out, 0, 1);
        double sum = 0;
        for (int t = 0; t < program.stencil().size(); t++) {
            sum += Math.abs(program.stencil().weight(t));
        }
        double worst = 0;
        for (int i = 0; i < input.length; i++) {
            double[] exact = new double[1];
            program.row(0, i, (column, weight) -> exact[0] += weight * input[(int) column]);
            worst = Math.max(worst, Math.abs(out.getAtIndex(ValueLayout.JAVA_FLOAT, i) - exact[0]));
        }
        assertThat(worst / sum).isPositive().isLessThan(planner.errorBound());
        assertThat(planner.errorBound()).isLessThan(algorithm == Algorithm.SEPARABLE ? ALLOWED + 1e-4 : 1e-5);
    }

    @Test
    void ratesAreFoundFromTimes() {
        Precision precision = Precision.FLOAT;
        Rates known = Rates.tabulated(precision);
        Map<Rate, Double> changed = new EnumMap<>(known.nanoseconds());
        changed.replaceAll((rate, nanoseconds) -> nanoseconds * (1 + 0.1 * rate.ordinal()));
        Rates machine = new Rates(known.rows(), known.columns(), changed, "a test");
        List<Calibration.Trial> trials = Calibration.trials(precision);
        double[] times = trials.stream().mapToDouble(trial -> trial.model().cost(trial.algorithm(), machine)).toArray();
        Rates found = Calibration.fit(known, trials, times, 0.5);
        for (int i = 0; i < times.length; i++) {
            Calibration.Trial trial = trials.get(i);
            assertThat(trial.model().cost(trial.algorithm(), found)).as("%s", trial.algorithm())
                    .isCloseTo(times[i], within(0.01 * times[i]));
        }
        for (Rate rate : List.of(Rate.SWEPT_VALUE, Rate.SWEPT_TAP_2D, Rate.SWEPT_TAP_3D, Rate.STEP, Rate.SPECTRA_2D,
                Rate.SPECTRA_3D)) {
            assertThat(found.of(rate)).as("%s", rate).isCloseTo(machine.of(rate), within(0.05 * machine.of(rate)));
        }
        assertThat(found.of(Rate.BYTE)).isEqualTo(0.5);
        assertThat(found.nanoseconds().values()).allMatch(nanoseconds -> nanoseconds >= 0);
        assertThat(Calibration.rates(precision).origin()).as("no plan calibrates unasked").endsWith("-byte vectors");
    }
}
