package org.isotrope.kernels.engine.plan;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.stencil.Stencil;

/**
 * The rates of this machine, from the times that every algorithm takes for some stencils: those rates at least 0 under which
 * the {@linkplain CostModel cost model} is nearest to the times, by the squares of relative differences.
 */
public final class Calibration {
    /** Nanoseconds for which a stencil has to have become no faster before it counts as compiled. */
    private static final long QUIET = 8_000_000;

    /** How many times as long as expected looks like code that is not compiled yet. */
    private static final double SLOW = 2;

    /** Nanoseconds after which it is taken for a slow machine. */
    private static final long PATIENCE = 2_000_000_000;

    /** Nanoseconds of patience with all stencils. */
    private static final long LONGEST = 10_000_000_000L;

    /** How much faster is faster. */
    private static final double FASTER = 0.95;

    /** Rounds of one run each that follow; the fastest counts, since everything that disturbs makes a run slower. */
    private static final int ROUNDS = 5;

    /** Passes of the least squares over all rates. */
    private static final int PASSES = 20_000;

    private static final int COPIED_BYTES = 96 << 20;

    /** What was found in this JVM. */
    static final Map<Precision, Rates> FOUND = new ConcurrentHashMap<>();

    /** A stencil by an algorithm. */
    record Trial(CostModel model, Algorithm algorithm, StencilExecutor executor, StencilProgram program) {}

    private Calibration() {}

    /** The rates that this machine is known by: those found, else those of its vectors. */
    static Rates rates(Precision precision) {
        Rates found = FOUND.get(precision);
        return found != null ? found : Rates.tabulated(precision);
    }

    /**
     * Measures the rates of this machine, unless that was done before in the life of the JVM.
     *
     * @return the rates, for a person to read
     */
    public static String run() {
        return run(Calibration::trials);
    }

    /** The same by a sample for each precision. */
    static synchronized String run(Function<Precision, List<Trial>> sample) {
        StringBuilder text = new StringBuilder();
        for (Precision precision : Precision.values()) {
            Rates rates = FOUND.get(precision);
            if (rates == null) {
                rates = measure(precision, sample.apply(precision));
                FOUND.put(precision, rates);
            }
            text.append(text.isEmpty() ? "" : "\n").append(precision).append(": ").append(rates);
        }
        return text.toString();
    }

    /** Rates measured anew. */
    private static Rates measure(Precision precision, List<Trial> trials) {
        Rates known = Rates.tabulated(precision);
        return fit(known, trials, times(trials, precision), nanosecondsOfBytes());
    }

    static List<Trial> trials(Precision precision) {
        List<Trial> trials = new ArrayList<>();
        Grid plane = grid(256, 768);
        Grid space = grid(24, 128, 128);
        for (int radius : new int[] {1, 3, 6}) {
            add(trials, precision, 0, radial(plane, radius), Algorithm.SWEEPS);
        }
        for (int radius : new int[] {2, 5, 12}) {
            add(trials, precision, 0, radial(plane, radius), Algorithm.BLOCKS);
        }
        for (int radius : new int[] {3, 7, 13}) {
            add(trials, precision, 0, radial(plane, radius), Algorithm.FOLDED);
        }
        add(trials, precision, 1e-4, products(plane, 4, 1), Algorithm.SEPARABLE);
        add(trials, precision, 1e-4, products(plane, 12, 1), Algorithm.SEPARABLE);
        add(trials, precision, 1e-4, products(plane, 4, 3), Algorithm.SEPARABLE);
        add(trials, precision, 1e-4, products(plane, 10, 3), Algorithm.SEPARABLE);
        add(trials, precision, 0.01, radial(grid(512, 768), 9), Algorithm.FOURIER);
        for (int radius : new int[] {1, 2, 3}) {
            add(trials, precision, 0, radial(space, radius), Algorithm.SWEEPS);
        }
        for (int radius : new int[] {2, 4}) {
            add(trials, precision, 0, radial(space, radius), Algorithm.BLOCKS);
            add(trials, precision, 0, radial(space, radius), Algorithm.FOLDED);
        }
        add(trials, precision, 1e-4, products(space, 5, 1), Algorithm.SEPARABLE);
        add(trials, precision, 1e-4, products(space, 5, 2), Algorithm.SEPARABLE);
        add(trials, precision, 0.01, radial(grid(64, 96, 96), 4), Algorithm.FOURIER);
        return trials;
    }

    private static void add(
            List<Trial> trials, Precision precision, double allowedError, StencilProgram program, Algorithm algorithm) {
        Planner planner = Planner.of(program, precision, algorithm, allowedError);
        trials.add(new Trial(planner.model(), algorithm, planner.executor(), program));
    }

    private static Grid grid(int... sizes) {
        return Grid.of(IntStream.of(sizes).mapToObj(n -> Axis.uniform(0, n - 1, n)).toArray(Axis[]::new));
    }

    /** A kernel within its disc or ball. */
    private static StencilProgram radial(Grid grid, int radius) {
        return program(grid, radius, offset -> {
            int square = Arrays.stream(offset).map(o -> o * o).sum();
            return square <= radius * radius ? Math.exp(-Math.sqrt(square)) : 0;
        });
    }

    /** A sum of Gaussians. */
    private static StencilProgram products(Grid grid, int radius, int terms) {
        return program(grid, radius, offset -> {
            double s = Arrays.stream(offset).map(o -> o * o).sum() / (double) (radius * radius);
            return IntStream.rangeClosed(1, terms).mapToDouble(k -> Math.exp(-2 * k * k * s) / k).sum();
        });
    }

    private static StencilProgram program(Grid grid, int radius, ToDoubleFunction<int[]> weight) {
        int d = grid.dimension();
        Stencil.Builder taps = Stencil.builder(d, 1, 1);
        int side = 2 * radius + 1;
        int[] offset = new int[d];
        for (int k = 0; k < Math.round(Math.pow(side, d)); k++) {
            for (int a = 0, rest = k; a < d; a++, rest /= side) {
                offset[a] = rest % side - radius;
            }
            double w = weight.applyAsDouble(offset);
            if (w != 0) {
                taps.tap(0, 0, w, offset);
            }
        }
        return StencilProgram.of(taps.build(), grid, Boundaries.all(Boundary.zero()));
    }

    /** Nanoseconds a node of each, first each by itself until it is compiled, then in turns. */
    private static double[] times(List<Trial> trials, Precision precision) {
        double[] fastest = new double[trials.size()];
        long most = Collections.max(trials.stream().map(trial -> trial.program.nodes()).toList());
        try (Arena arena = Arena.ofShared()) {
            MemorySegment in = arena.allocate(most * precision.bytes(), 64);
            MemorySegment out = arena.allocate(most * precision.bytes(), 64);
            long end = System.nanoTime() + LONGEST;
            for (int i = 0; i < fastest.length; i++) {
                fastest[i] = settled(trials.get(i), precision, in, out, end);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < fastest.length; i++) {
                    fastest[i] = Math.min(fastest[i], time(trials.get(i), in, out));
                }
            }
        }
        return fastest;
    }

    private static double settled(Trial trial, Precision precision, MemorySegment in, MemorySegment out, long end) {
        double expected = trial.model.cost(trial.algorithm, Rates.tabulated(precision));
        long start = System.nanoTime();
        long gained = start;
        double fastest = Double.POSITIVE_INFINITY;
        long now;
        do {
            double time = time(trial, in, out);
            now = System.nanoTime();
            gained = time < FASTER * fastest ? now : gained;
            fastest = Math.min(fastest, time);
        } while (now - gained < QUIET || fastest > SLOW * expected && now - start < PATIENCE && now < end);
        return fastest;
    }

    private static double time(Trial trial, MemorySegment in, MemorySegment out) {
        long start = System.nanoTime();
        trial.executor.run(in, out, 0, 1);
        return (System.nanoTime() - start) / (double) trial.program.nodes();
    }

    /** Nanoseconds a byte that is copied within memory, counted twice: read and written. */
    private static double nanosecondsOfBytes() {
        double fastest = Double.POSITIVE_INFINITY;
        try (Arena arena = Arena.ofShared()) {
            MemorySegment in = arena.allocate(COPIED_BYTES, 64);
            MemorySegment out = arena.allocate(COPIED_BYTES, 64);
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                MemorySegment.copy(in, 0, out, 0, COPIED_BYTES);
                fastest = Math.min(fastest, (System.nanoTime() - start) / (2.0 * COPIED_BYTES));
            }
        }
        return fastest;
    }

    /** Least squares of relative differences by one rate after the other, none below 0. */
    static Rates fit(Rates known, List<Trial> trials, double[] times, double bytes) {
        Map<Rate, Double> found = new EnumMap<>(known.nanoseconds());
        double[][] counts = new double[Rate.values().length][trials.size()];
        double[] rest = new double[trials.size()];
        for (int i = 0; i < rest.length; i++) {
            Trial trial = trials.get(i);
            int trialNumber = i;
            trial.model.work(trial.algorithm, known.rows(), known.columns())
                    .forEach((rate, count) -> counts[rate.ordinal()][trialNumber] = count / times[trialNumber]);
            rest[i] = 1 - trial.model.cost(trial.algorithm, known) / times[i];
        }
        for (int pass = 0; pass < PASSES; pass++) {
            for (Rate rate : Rate.values()) {
                double[] count = counts[rate.ordinal()];
                double square = dot(count, count);
                if (square > 0) {
                    double before = found.get(rate);
                    double change = Math.max(0, before + dot(count, rest) / square) - before;
                    found.put(rate, before + change);
                    for (int i = 0; i < rest.length; i++) {
                        rest[i] -= change * count[i];
                    }
                }
            }
        }
        found.put(Rate.BYTE, bytes);
        return new Rates(known.rows(), known.columns(), found, "calibrated");
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
