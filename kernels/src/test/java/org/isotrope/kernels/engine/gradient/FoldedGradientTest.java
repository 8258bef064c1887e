package org.isotrope.kernels.engine.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
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
import org.isotrope.kernels.engine.program.BlockShape;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.program.TiedTaps;
import org.isotrope.kernels.engine.threads.Crew;
import org.isotrope.kernels.engine.threads.Team;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients in weights that taps share, by their definition. */
class FoldedGradientTest {
    private static final FieldType[] TYPES = {FieldType.SCALAR, FieldType.VECTOR};

    private static Axis axis(Random random) {
        int size = 5 + random.nextInt(20);
        return random.nextBoolean() ? Axis.periodic(0, size, size) : Axis.uniform(0, size - 1, size);
    }

    /** Taps in a random box; what they are tied to is random too, or the length of their offset, or its mirror image. */
    private static Stencil stencil(Random random, int dimension, int outputs, int inputs) {
        int[] low = random.ints(dimension, -3, 1).toArray();
        int[] high = random.ints(dimension, 0, 4).toArray();
        double share = random.nextBoolean() ? 1 : 0.6;
        if (random.nextBoolean()) {
            Arrays.setAll(low, a -> -high[a]);
        }
        Stencil.Builder builder = Stencil.builder(dimension, outputs, inputs);
        int[] offset = low.clone();
        while (offset[0] <= high[0]) {
            for (int r = 0; r < outputs; r++) {
                for (int c = 0; c < inputs; c++) {
                    if (random.nextDouble() < share || Arrays.equals(offset, high) || Arrays.equals(offset, low)) {
                        builder.tap(r, c, 1, offset.clone());
                    }
                }
            }
            int a = dimension - 1;
            while (a > 0 && offset[a] == high[a]) {
                offset[a] = low[a--];
            }
            offset[a]++;
        }
        return builder.build();
    }

    private static int[] ties(Random random, Stencil stencil) {
        int kind = random.nextInt(4);
        int[] ties = new int[stencil.size()];
        for (int t = 0; t < ties.length; t++) {
            int length = 1 + 100 * stencil.output(t);
            int product = 1;
            for (int a = 0; a < stencil.dimension(); a++) {
                int o = stencil.offset(t, a);
                length += kind == 1 ? o * o << 4 * a : o * o;
                product *= o;
            }
            ties[t] = switch (kind) {
                case 0 -> random.nextInt(-9, 10);
                case 3 -> Integer.signum(product) * length;
                default -> length;
            };
        }
        return ties;
    }

    private static Field random(Random random, FieldType type, Grid grid, Precision precision) {
        Field field = Fields.automatic().precision(precision).of(type, grid);
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, random.nextGaussian());
        }
        return field;
    }

    /** Where a tap reads along an axis, for each place; below 0 where it reads nothing. */
    private static int[] sources(StencilProgram program, int tap, int axis) {
        int[] sources = new int[program.size(axis)];
        Arrays.setAll(sources, i -> {
            int[] read = program.map(axis).reads(i, program.offset(tap, axis)).sources();
            return read.length == 0 ? -1 : read[0];
        });
        return sources;
    }

    private static Map<Integer, Double> expected(StencilProgram program, int[] ties, Field f, Field y) {
        Stencil stencil = program.stencil();
        double[] from = f.toArray();
        double[] to = y.toArray();
        Map<Integer, Double> sums = new HashMap<>();
        for (int t = 0; t < ties.length; t++) {
            int[][] sources = {sources(program, t, 0), sources(program, t, 1), sources(program, t, 2)};
            int input = (int) (stencil.input(t) * program.nodes());
            int node = (int) (stencil.output(t) * program.nodes());
            double sum = 0;
            for (int plane : sources[0]) {
                for (int row : sources[1]) {
                    for (int column : sources[2]) {
                        if (plane >= 0 && row >= 0 && column >= 0) {
                            int source = (plane * program.size(1) + row) * program.size(2) + column;
                            sum += to[node] * from[input + source];
                        }
                        node++;
                    }
                }
            }
            sums.merge(Math.abs(ties[t]), Integer.signum(ties[t]) * sum, Double::sum);
        }
        return sums;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void isTheSumOverTheTapsOfAWeight(int dimension) {
        Boundary[] rules = {Boundary.zero(), Boundary.extrapolate(0), Boundary.symmetric()};
        int compared = 0;
        for (int seed = 0; compared < 60; seed++) {
            Random random = new Random(seed);
            Axis[] axes = new Axis[dimension];
            Arrays.setAll(axes, a -> axis(random));
            Grid grid = Grid.of(axes);
            FieldType in = TYPES[random.nextInt(2)];
            FieldType out = TYPES[random.nextInt(2)];
            Precision precision = Precision.values()[random.nextInt(2)];
            Field f = random(random, in, grid, precision);
            Field y = random(random, out, grid, precision);
            Stencil stencil = stencil(random, dimension, y.components(), f.components());
            int[] ties = ties(random, stencil);
            StencilProgram program;
            try {
                program = StencilProgram.of(stencil, grid, Boundaries.all(rules[random.nextInt(rules.length)]));
            } catch (IllegalArgumentException reachesTooFar) {
                continue;
            }
            FoldedGradient gradient = FoldedGradient.of(program, ties, precision);
            if (gradient == null) {
                continue;
            }
            double[] found = new double[ties.length];
            assertThat(gradient.compute(f.segment(), y.segment(), found, Team.common(), 1)).isTrue();
            Map<Integer, Double> expected = expected(program, ties, f, y);
            for (int t = 0; t < ties.length; t++) {
                if (ties[t] != 0) {
                    Double sum = expected.remove(Math.abs(ties[t]));
                    double bar = (precision == Precision.FLOAT ? 2e-5 : 4e-14) * Math.sqrt(program.nodes() * ties.length);
                    assertThat(found[t]).as("seed %d, tap %d of %s on %s", seed, t, stencil, grid)
                            .isCloseTo(sum == null ? 0 : Integer.signum(ties[t]) * sum, within(sum == null ? 0 : bar));
                } else {
                    assertThat(found[t]).isZero();
                }
            }
            double[] shared = new double[ties.length];
            assertThat(gradient.compute(f.segment(), y.segment(), shared, Crew.of(Runnable::run, 3), 3)).isTrue();
            assertThat(shared).isEqualTo(found);
            compared++;
        }
    }

    /** What is no number is said, and does not stay. */
    @Test
    void saysNothingOfNumbersThatAreNone() {
        Random random = new Random(3);
        Grid grid = Grid.of(Axis.uniform(0, 19, 20), Axis.uniform(0, 19, 20), Axis.uniform(0, 18, 19));
        Stencil stencil = stencil(new Random(4), 3, 1, 1);
        int[] ties = ties(new Random(4), stencil);
        StencilProgram program = StencilProgram.of(stencil, grid, Boundaries.all(Boundary.zero()));
        FoldedGradient gradient = FoldedGradient.of(program, ties, Precision.FLOAT);
        Field f = random(random, FieldType.SCALAR, grid, Precision.FLOAT);
        Field y = random(random, FieldType.SCALAR, grid, Precision.FLOAT);
        double[] sound = new double[ties.length];
        double[] found = new double[ties.length];
        assertThat(gradient.compute(f.segment(), y.segment(), sound, Team.common(), 1)).isTrue();
        for (Field field : new Field[] {f, y}) {
            double before = field.getFlat(4000);
            for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 3.3e38}) {
                field.setFlat(4000, bad);
                field.setFlat(4001, bad);
                assertThat(gradient.compute(f.segment(), y.segment(), found, Team.common(), 1)).isFalse();
            }
            field.setFlat(4000, before);
            field.setFlat(4001, before);
        }
        assertThat(gradient.compute(f.segment(), y.segment(), sound, Team.common(), 1)).isTrue();
        FoldedGradient another = FoldedGradient.of(program, ties, Precision.FLOAT);
        assertThat(another.compute(f.segment(), y.segment(), found, Team.common(), 1)).isTrue();
        assertThat(found).isEqualTo(sound);
    }

    /** In a ball of radius 3 shells share rings: 19 products of 7 rings stand for 123 taps. */
    @Test
    void ringsAreShared() {
        Grid grid = Grid.of(Axis.uniform(0, 19, 20), Axis.uniform(0, 19, 20), Axis.uniform(0, 19, 20));
        Stencil.Builder ball = Stencil.builder(3, 1, 1);
        for (int k = 0; k < 343; k++) {
            int x = k / 49 - 3;
            int y = k / 7 % 7 - 3;
            int z = k % 7 - 3;
            if (x * x + y * y + z * z <= 9) {
                ball.tap(0, 0, 0, x, y, z);
            }
        }
        Stencil stencil = ball.build();
        int[] lengths = new int[stencil.size()];
        Arrays.setAll(lengths, t -> 1 + stencil.offset(t, 0) * stencil.offset(t, 0)
                + stencil.offset(t, 1) * stencil.offset(t, 1) + stencil.offset(t, 2) * stencil.offset(t, 2));
        StencilProgram program = StencilProgram.of(stencil, grid, Boundaries.all(Boundary.zero()));
        TiedTaps tied = new TiedTaps(BlockShape.of(program, 16), lengths);
        assertThat(stencil.size()).isEqualTo(123);
        assertThat(tied.columns).hasSize(7);
        assertThat(tied.rows).hasSize(4);
        assertThat(tied.terms).hasSize(19);
    }
}
