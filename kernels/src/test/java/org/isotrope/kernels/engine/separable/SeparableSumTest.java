package org.isotrope.kernels.engine.separable;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.stream.IntStream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.engine.block.FloatBlocks;
import org.isotrope.kernels.engine.elementwise.Products;
import org.isotrope.kernels.engine.plan.Planner;
import org.isotrope.kernels.engine.program.BlockShape;
import org.isotrope.kernels.engine.program.SeparableSum;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of products, with weights along the last axis that are even and with others. */
class SeparableSumTest {
    private static final double SPAN = 2;

    /** Products of random weights, those along the last axis even where that is wanted. */
    private static Stencil products(Random random, int terms, boolean even, int... radii) {
        int d = radii.length;
        double[][][] factors = new double[terms][d][];
        for (double[][] term : factors) {
            for (int a = 0; a < d; a++) {
                term[a] = random.doubles(2 * radii[a] + 1, -1, 1).toArray();
            }
            for (int i = 0; even && i < radii[d - 1]; i++) {
                term[d - 1][term[d - 1].length - 1 - i] = term[d - 1][i];
            }
        }
        Stencil.Builder taps = Stencil.builder(d, 1, 1);
        int[] offset = new int[d];
        int size = IntStream.of(radii).map(r -> 2 * r + 1).reduce(1, (a, b) -> a * b);
        for (int k = 0; k < size; k++) {
            double weight = 0;
            for (double[][] term : factors) {
                double product = 1;
                for (int a = d - 1, rest = k; a >= 0; rest /= 2 * radii[a] + 1, a--) {
                    int i = rest % (2 * radii[a] + 1);
                    offset[a] = i - radii[a];
                    product *= term[a][i];
                }
                weight += product;
            }
            taps.tap(0, 0, weight, offset);
        }
        return taps.build();
    }

    private static StencilProgram program(Stencil stencil, int... sizes) {
        Axis[] axes = IntStream.of(sizes).mapToObj(n -> Axis.uniform(0, SPAN, n)).toArray(Axis[]::new);
        return StencilProgram.of(stencil, Grid.of(axes), Boundaries.all(Boundary.symmetric()));
    }

    private static SeparableSum sum(StencilProgram program) {
        return SeparableSum.of(BlockShape.of(program, FloatBlocks.COLUMNS), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void evenWeightsStayEvenToTheBit(int terms) {
        SeparableSum sum = sum(program(products(new Random(terms), terms, true, 5, 9), 40, 60));
        assertThat(sum.terms()).hasSize(terms);
        assertThat(sum.even()).isTrue();
        assertThat(sum.mirrors()).isEqualTo(terms > 1);
        assertThat(sum.error()).isLessThan(1e-9);
        for (SeparableSum.Term term : sum.terms()) {
            for (int i = 0; i < term.column().length; i++) {
                assertThat(term.column()[i]).isEqualTo(term.column()[term.column().length - 1 - i]);
            }
        }
    }

    @Test
    void otherWeightsAreTakenAsTheyAre() {
        assertThat(sum(program(products(new Random(1), 3, false, 5, 4), 40, 60)).mirrors()).isFalse();
        Stencil.Builder shifted = Stencil.builder(2, 1, 1);
        for (int x = 0; x < 3; x++) {
            for (int y = 0; y < 3; y++) {
                shifted.tap(0, 0, x == 1 ? 2 : 1 + y % 2, x, y);
            }
        }
        SeparableSum sum = sum(program(shifted.build(), 40, 60));
        assertThat(sum.terms()).hasSize(2);
        assertThat(sum.mirrors()).as("about no node").isFalse();
    }

    @Tag("bits")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bitsAreThoseOfTheReferenceForAnyNumberOfTerms(boolean even) {
        Random random = new Random(5);
        for (Precision precision : Precision.values()) {
            for (int terms = 1; terms <= 8; terms++) {
                int columns = random.nextInt(8) == 0 ? 12 : 20 + random.nextInt(200);
                compare(program(products(random, terms, even, 4, random.nextInt(4, 6)), 37, columns), precision);
            }
            // up to as many for every singular vector of the block axis as there are of these
            for (int terms = 1; terms <= 2; terms++) {
                int columns = 10 + random.nextInt(90);
                compare(program(products(random, terms, even, 2, 1, random.nextInt(1, 4)), 9, 7, columns), precision);
            }
        }
    }

    private static void compare(StencilProgram program, Precision precision) {
        Planner planner = Planner.of(program, precision, Algorithm.SEPARABLE, 1e-9);
        long bytes = program.nodes() * precision.bytes();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment in = arena.allocate(bytes, 64);
            Random random = new Random(program.nodes());
            for (long i = 0; i < program.nodes(); i++) {
                if (precision == Precision.FLOAT) {
                    in.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
                } else {
                    in.setAtIndex(ValueLayout.JAVA_DOUBLE, i, random.nextGaussian());
                }
            }
            MemorySegment expected = arena.allocate(bytes, 64);
            planner.reference().run(in, expected, 0, 1);
            MemorySegment out = arena.allocate(bytes, 64);
            StencilExecutor executor = planner.executor();
            for (int part = 0; part < 3; part++) {
                executor.run(in, out, part, 3);
            }
            assertThat(out.mismatch(expected)).as("%s, %s", planner.reasons(), program.nodes()).isEqualTo(-1);
        }
    }
}
