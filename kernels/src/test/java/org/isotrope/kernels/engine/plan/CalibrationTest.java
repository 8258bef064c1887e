package org.isotrope.kernels.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What holds of a calibration on every machine; by a small sample, since the whole one takes seconds. */
@Isolated
class CalibrationTest {
    private static StencilProgram disc(int radius) {
        Stencil.Builder taps = Stencil.builder(2, 1, 1);
        for (int x = -radius; x <= radius; x++) {
            for (int y = -radius; y <= radius; y++) {
                if (x * x + y * y <= radius * radius) {
                    taps.tap(0, 0, Math.exp(-Math.hypot(x, y)), x, y);
                }
            }
        }
        Grid grid = Grid.of(Axis.uniform(0, 1, 96), Axis.uniform(0, 1, 256));
        return StencilProgram.of(taps.build(), grid, Boundaries.all(Boundary.zero()));
    }

    private static Calibration.Trial trial(Precision precision, int radius, Algorithm algorithm) {
        StencilProgram program = disc(radius);
        Planner planner = Planner.of(program, precision, algorithm, 0);
        return new Calibration.Trial(planner.model(), algorithm, planner.executor(), program);
    }

    private static List<Calibration.Trial> few(Precision precision) {
        return List.of(trial(precision, 1, Algorithm.SWEEPS), trial(precision, 3, Algorithm.BLOCKS));
    }

    /** The bits of plans that allow no error, of every radius. */
    private static List<float[]> exact() {
        List<float[]> results = new ArrayList<>();
        for (int radius = 1; radius <= 6; radius++) {
            StencilProgram program = disc(radius);
            Random random = new Random(radius);
            MemorySegment in = Arena.ofAuto().allocate(program.nodes() * Float.BYTES, 64);
            for (long i = 0; i < program.nodes(); i++) {
                in.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat() - 0.5f);
            }
            MemorySegment out = Arena.ofAuto().allocate(in.byteSize(), 64);
            Planner.of(program, Precision.FLOAT, Execution.serial()).executor().run(in, out, 0, 1);
            results.add(out.toArray(ValueLayout.JAVA_FLOAT));
        }
        return results;
    }

    private static String reasons(double allowedError) {
        return Planner.of(disc(6), Precision.FLOAT, Algorithm.AUTOMATIC, allowedError).reasons();
    }

    @AfterAll
    static void otherTestsGoByTables() {
        Calibration.FOUND.clear();
    }

    @Test
    void ratesAreMeasuredOnceAndKept() {
        List<float[]> before = exact();
        assertThat(reasons(1e-3)).contains("-byte vectors").doesNotContain("calibrated");
        String text = Calibration.run(CalibrationTest::few);
        for (Precision precision : Precision.values()) {
            Rates found = Calibration.rates(precision);
            assertThat(found.origin()).isEqualTo("calibrated");
            assertThat(found.nanoseconds()).containsOnlyKeys(Rate.values());
            assertThat(found.nanoseconds().values()).allMatch(rate -> rate >= 0 && Double.isFinite(rate));
            assertThat(found.of(Rate.BYTE)).isPositive();
            for (Calibration.Trial trial : few(precision)) {
                assertThat(trial.model().cost(trial.algorithm(), found)).isPositive().isFinite();
            }
            assertThat(text).contains(precision + ": " + found);
        }
        Rates kept = Calibration.rates(Precision.FLOAT);
        assertThat(Execution.calibrate()).as("the second time").isEqualTo(text);
        assertThat(Calibration.rates(Precision.FLOAT)).isSameAs(kept);
        assertThat(reasons(1e-3)).contains("rates of calibrated");
        assertThat(reasons(0)).contains("rates of calibrated", "folding as everywhere");
        assertThat(exact()).as("bits of plans that allow no error").usingRecursiveComparison().isEqualTo(before);
    }
}
