package org.isotrope.kernels.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.spectral.SpectralConvolution;
import org.isotrope.kernels.engine.spectral.SpectralShape;
import org.isotrope.kernels.engine.steps.Slabs;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every algorithm against the scalar reference of its order, bit for bit, on random stencils, grids and boundaries. */
class StencilExecutorTest {
    private static final Boundary[] RULES = {
        Boundary.zero(), Boundary.zero(), Boundary.extrapolate(0), Boundary.extrapolate(2), Boundary.mirror(),
        Boundary.symmetric()
    };

    private record Case(StencilProgram program, Precision precision, Field in, Field out, Field expected) {}

    @Tag("bits")
    @ParameterizedTest
    @EnumSource(value = Algorithm.class, names = "FOURIER", mode = EnumSource.Mode.EXCLUDE)
    void givesTheBitsOfItsReference(Algorithm algorithm) {
        int compared = 0;
        for (int seed = 0; compared < 60; seed++) {
            Random random = new Random(seed);
            Case drawn = draw(random);
            if (drawn == null) {
                continue;
            }
            Planner planner;
            try {
                double allowedError = algorithm == Algorithm.SEPARABLE ? random.nextDouble() : 0;
                planner = Planner.of(drawn.program, drawn.precision, algorithm, allowedError);
            } catch (IllegalArgumentException cannotRunIt) {
                continue;
            }
            fill(drawn.in, random);
            compare(drawn, planner, 1 + random.nextInt(3), seed);
            compared++;
        }
    }

    /** All types, transposes, stencils wider than the grid, at once and in tiles of any size, from several threads. */
    @Test
    void spectraGiveTheSameUpToRounding() {
        Map<Boolean, Integer> compared = new HashMap<>(Map.of(false, 0, true, 0));
        double worst = 0;
        for (int seed = 0; Collections.min(compared.values()) < 120; seed++) {
            Random random = new Random(seed);
            Case drawn = draw(random);
            if (drawn == null) {
                continue;
            }
            int[] targets = {16, 24, 48, 64};
            SpectralShape shape = random.nextInt(3) == 0
                    ? SpectralShape.whole(drawn.program)
                    : SpectralShape.tiled(drawn.program, targets[random.nextInt(targets.length)]);
            if (shape == null) {
                continue;
            }
            fill(drawn.in, random);
            StencilExecutor executor = new SpectralConvolution(shape, drawn.precision);
            for (int repeat = 0; repeat < 2; repeat++) {
                for (int part = 0; part < 3; part++) {
                    executor.run(drawn.in.segment(), drawn.out.segment(), part, 3);
                }
            }
            Executors.reference(drawn.program, drawn.precision)
                    .run(drawn.in.segment(), drawn.expected.segment(), 0, 1);
            double error = error(drawn);
            double bar = shape.roundingError(drawn.precision) + (drawn.precision == Precision.FLOAT ? 0x1p-23 : 0x1p-52);
            assertThat(error).as("seed %d, %s, %s", seed, drawn.in.grid(), shape).isLessThanOrEqualTo(bar);
            worst = Math.max(worst, error / bar);
            compared.merge(shape.tiles() > 1, 1, Integer::sum);
        }
        // a bar that nothing comes near says nothing
        assertThat(worst).isGreaterThan(0.05);
    }

    @Test
    void tilesAreTakenWhereTheyAreCheaper() {
        Grid small = Grid.of(Axis.periodic(0, 60, 60), Axis.periodic(0, 60, 60));
        Grid large = Grid.of(Axis.periodic(0, 4096, 4096), Axis.uniform(0, 4095, 4096));
        Stencil stencil = ball(new Random(1), 2, 1, 1);
        Boundaries zeros = Boundaries.all(Boundary.zero());
        assertThat(SpectralShape.of(StencilProgram.of(stencil, small, zeros), Precision.FLOAT).tiles()).isEqualTo(1);
        SpectralShape tiled = SpectralShape.of(StencilProgram.of(stencil, large, zeros), Precision.FLOAT);
        assertThat(tiled.tiles()).isGreaterThan(10);
        assertThat(tiled.toString()).matches("\\[4096, 4096] in " + tiled.tiles() + " tiles of \\[\\d+, \\d+]");
    }

    /** The largest difference, relative to the largest input times the largest sum of absolute weights. */
    private static double error(Case drawn) {
        Stencil stencil = drawn.program.stencil();
        double[] sums = new double[stencil.outputs()];
        for (int t = 0; t < stencil.size(); t++) {
            sums[stencil.output(t)] += Math.abs(stencil.weight(t));
        }
        double largest = 0;
        for (long i = 0; i < drawn.in.count(); i++) {
            largest = Math.max(largest, Math.abs(drawn.in.getFlat(i)));
        }
        double difference = 0;
        for (long i = 0; i < drawn.out.count(); i++) {
            difference = Math.max(difference, Math.abs(drawn.out.getFlat(i) - drawn.expected.getFlat(i)));
        }
        return difference / (largest * Arrays.stream(sums).max().orElseThrow());
    }

    @Tag("bits")
    @ParameterizedTest
    @EnumSource(value = Algorithm.class, names = {"SEPARABLE", "FOURIER"}, mode = EnumSource.Mode.EXCLUDE)
    void keepsInfinitiesWhereTheTapsAre(Algorithm algorithm) {
        Grid grid = Grid.of(Axis.periodic(0, 40, 40), Axis.periodic(0, 90, 90));
        Stencil.Builder disc = Stencil.builder(2, 1, 1);
        for (int x = -3; x <= 3; x++) {
            for (int y = -3; y <= 3; y++) {
                if (x * x + y * y <= 9) {
                    disc.tap(0, 0, 1.0 / (1 + x * x + y * y), x, y);
                }
            }
        }
        StencilProgram program = StencilProgram.of(disc.build(), grid, Boundaries.all(Boundary.zero()));
        Fields fields = Fields.automatic().precision(Precision.FLOAT);
        Case infinite = new Case(program, Precision.FLOAT, fields.scalar(grid), fields.scalar(grid),
                fields.scalar(grid));
        infinite.in.set(Double.POSITIVE_INFINITY, 0, 17, 44);
        infinite.in.set(Double.NaN, 0, 3, 2);
        infinite.in.set(Float.MAX_VALUE, 0, 30, 60);
        compare(infinite, Planner.of(program, Precision.FLOAT, algorithm, 0), 1, 0);
        assertThat(infinite.out.get(0, 17, 47)).isInfinite();
        assertThat(infinite.out.get(0, 19, 47)).isZero();
    }

    /** Slabs that read them go another way, and leave nothing of them behind. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void separableSumsKeepInfinitiesToThemselves(int dimension) {
        Grid grid = dimension == 2
                ? Grid.of(Axis.uniform(0, 400, 401), Axis.periodic(0, 70, 70))
                : Grid.of(Axis.periodic(0, 43, 43), Axis.uniform(0, 4, 5), Axis.uniform(0, 70, 71));
        Stencil.Builder box = Stencil.builder(dimension, 1, 1);
        int taps = (int) Math.pow(5, dimension);
        for (int k = 0; k < taps; k++) {
            int[] offset = dimension == 2 ? new int[] {k / 5 - 2, k % 5 - 2} : new int[] {k / 25 - 2, k / 5 % 5 - 2, k % 5 - 2};
            box.tap(0, 0, Math.exp(-Arrays.stream(offset).map(o -> o * o).sum()), offset);
        }
        StencilProgram program = StencilProgram.of(box.build(), grid, Boundaries.all(Boundary.zero()));
        Planner planner = Planner.of(program, Precision.FLOAT, Algorithm.SEPARABLE, 1e-6);
        Fields fields = Fields.automatic().precision(Precision.FLOAT);
        Case drawn = new Case(program, Precision.FLOAT, fields.scalar(grid), fields.scalar(grid), fields.scalar(grid));
        Random random = new Random(1);
        for (int parts : new int[] {1, 3, 43}) {
            StencilExecutor executor = planner.executor();
            for (double bad : new double[] {Double.POSITIVE_INFINITY, Double.NaN, Float.MAX_VALUE, 0}) {
                for (long i = 0; i < grid.size(); i++) {
                    drawn.in.setFlat(i, random.nextGaussian());
                }
                drawn.in.setFlat(grid.size() / 3, bad);
                drawn.in.setFlat(grid.size() - 1, bad);
                compare(drawn, planner, executor, parts, 0);
            }
        }
    }

    private static void compare(Case drawn, Planner planner, int parts, int seed) {
        compare(drawn, planner, planner.executor(), parts, seed);
    }

    private static void compare(Case drawn, Planner planner, StencilExecutor executor, int parts, int seed) {
        MemorySegment in = drawn.in.segment();
        // twice: the second time working memory holds what the first left
        for (int repeat = 0; repeat < 2; repeat++) {
            for (int part = 0; part < parts; part++) {
                executor.run(in, drawn.out.segment(), part, parts);
            }
        }
        planner.reference().run(in, drawn.expected.segment(), 0, 1);
        assertThat(drawn.out.segment().mismatch(drawn.expected.segment()))
                .as("first byte that differs, seed %d, %s, %d parts, %s", seed, drawn.in.grid(), parts,
                        planner.name())
                .isEqualTo(-1);
    }

    /** A random program with room for its input; null where the boundaries do not fit the grid. */
    private static Case draw(Random random) {
        int dimension = 1 + random.nextInt(3);
        int longest = new int[] {300, 90, 30}[dimension - 1];
        Axis[] axes = new Axis[dimension];
        for (int a = 0; a < dimension; a++) {
            int n = random.nextInt(4) == 0 ? 3 + random.nextInt(6) : 8 + random.nextInt(longest);
            axes[a] = random.nextBoolean() ? Axis.periodic(0, n, n) : Axis.uniform(0, n - 1, n);
        }
        Grid grid = Grid.of(axes);
        Boundaries boundaries = Boundaries.all(RULES[random.nextInt(RULES.length)]);
        if (random.nextInt(3) == 0 && !axes[0].isPeriodic()) {
            boundaries = boundaries.with(0, Boundaries.Side.LOW, RULES[random.nextInt(RULES.length)]);
        }
        FieldType in = random.nextInt(3) == 0 ? FieldType.VECTOR : FieldType.SCALAR;
        FieldType out = random.nextInt(3) == 0 ? FieldType.VECTOR : FieldType.SCALAR;
        Stencil stencil = random.nextBoolean()
                ? scattered(random, dimension, out.components(dimension), in.components(dimension))
                : ball(random, dimension, out.components(dimension), in.components(dimension));
        StencilProgram program;
        try {
            program = StencilProgram.of(stencil, grid, boundaries);
        } catch (IllegalArgumentException gridTooSmall) {
            return null;
        }
        boolean transposed = random.nextInt(3) == 0;
        Precision precision = random.nextInt(3) == 0 ? Precision.DOUBLE : Precision.FLOAT;
        Fields fields = Fields.automatic().precision(precision);
        return new Case(transposed ? program.transpose() : program, precision, fields.of(transposed ? out : in, grid),
                fields.of(transposed ? in : out, grid), fields.of(transposed ? in : out, grid));
    }

    private static void fill(Field in, Random random) {
        for (long i = 0; i < in.count(); i++) {
            in.setFlat(i, random.nextInt(30) == 0 ? -0.0 : random.nextGaussian());
        }
    }

    private static Stencil scattered(Random random, int dimension, int outputs, int inputs) {
        Stencil.Builder builder = Stencil.builder(dimension, outputs, inputs);
        int reach = 1 + random.nextInt(3);
        for (int taps = random.nextInt(14); taps >= 0; taps--) {
            int[] offset = random.ints(dimension, -reach, reach + 1).toArray();
            builder.tap(random.nextInt(outputs), random.nextInt(inputs), random.nextGaussian(), offset);
        }
        return builder.build();
    }

    /** All offsets within a ball; half of the time with the symmetry of a radial kernel. */
    private static Stencil ball(Random random, int dimension, int outputs, int inputs) {
        Stencil.Builder builder = Stencil.builder(dimension, outputs, inputs);
        int reach = 1 + random.nextInt(dimension == 3 ? 3 : 5);
        boolean radial = random.nextBoolean();
        int[] offset = new int[dimension];
        Arrays.fill(offset, -reach);
        while (true) {
            int r2 = Arrays.stream(offset).map(o -> o * o).sum();
            for (int r = 0; r < outputs && r2 <= reach * reach; r++) {
                for (int c = 0; c < inputs; c++) {
                    int odd = (outputs > 1 ? offset[r] : 1) * (inputs > 1 ? offset[c] : 1);
                    builder.tap(r, c, radial ? odd * Math.cos(r2) : random.nextGaussian(), offset);
                }
            }
            int a = dimension - 1;
            while (a >= 0 && offset[a] == reach) {
                offset[a--] = -reach;
            }
            if (a < 0) {
                return builder.build();
            }
            offset[a]++;
        }
    }
}
