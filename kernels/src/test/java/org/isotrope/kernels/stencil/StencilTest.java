package org.isotrope.kernels.stencil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.isotrope.kernels.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StencilTest {
    private static Stencil centred(double h) {
        return Stencil.builder(1, 1, 1).tap(0, 0, 1 / (2 * h), 1).tap(0, 0, -1 / (2 * h), -1).build();
    }

    @Test
    void tapsAreKeptInCanonicalOrderWhateverOrderTheyCameIn() {
        Stencil stencil = Stencil.builder(2, 2, 2)
                .tap(1, 0, 5, 0, 0)
                .tap(0, 1, 4, -1, 2)
                .tap(0, 0, 3, 1, -1)
                .tap(0, 0, 2, 0, 1)
                .tap(0, 0, 1, 0, -3)
                .build();
        assertThat(stencil.dimension()).isEqualTo(2);
        assertThat(stencil.outputs()).isEqualTo(2);
        assertThat(stencil.inputs()).isEqualTo(2);
        assertThat(stencil.size()).isEqualTo(5);
        int[][] expected = {{0, 0, 0, -3}, {0, 0, 0, 1}, {0, 0, 1, -1}, {0, 1, -1, 2}, {1, 0, 0, 0}};
        for (int t = 0; t < 5; t++) {
            assertThat(new int[] {stencil.output(t), stencil.input(t), stencil.offset(t, 0), stencil.offset(t, 1)})
                    .isEqualTo(expected[t]);
            assertThat(stencil.weight(t)).isEqualTo(t + 1);
        }
    }

    @Test
    void weightsForTheSamePlaceAddUpAndZerosStay() {
        Stencil stencil = Stencil.builder(1, 1, 1).tap(0, 0, 2, 1).tap(0, 0, 3, 1).tap(0, 0, 1, 0).tap(0, 0, -1, 0)
                .build();
        assertThat(stencil.size()).isEqualTo(2);
        assertThat(stencil.weight(0, 0, 1)).isEqualTo(5);
        assertThat(stencil.weight(0, 0, 0)).isZero();
        assertThat(stencil.weight(0, 0, 7)).isZero();
    }

    @Test
    void aBuilderAndItsStencilDoNotShareOffsets() {
        int[] offset = {1};
        Stencil.Builder builder = Stencil.builder(1, 1, 1).tap(0, 0, 2, offset);
        offset[0] = 9;
        Stencil before = builder.build();
        builder.tap(0, 0, 4, 3);
        assertThat(before.size()).isEqualTo(1);
        assertThat(before.offset(0, 0)).isEqualTo(1);
        assertThat(builder.build().size()).isEqualTo(2);
    }

    @Test
    void reachCountsNodesAndIncludesTheCentre() {
        Stencil stencil = Stencil.builder(3, 1, 1).tap(0, 0, 1, 2, -3, 0).tap(0, 0, 1, 1, -1, 0).build();
        assertThat(new int[] {stencil.lowest(0), stencil.lowest(1), stencil.lowest(2)}).containsExactly(0, -3, 0);
        assertThat(new int[] {stencil.highest(0), stencil.highest(1), stencil.highest(2)}).containsExactly(2, 0, 0);
    }

    @Test
    void sumsMergeTapsAtTheSamePlace() {
        Stencil second = Stencil.builder(1, 1, 1).tap(0, 0, 1, 1).tap(0, 0, -2, 0).tap(0, 0, 1, -1).build();
        Stencil sum = second.plus(centred(0.5));
        assertThat(sum.size()).isEqualTo(3);
        assertThat(sum.weight(0, 0, -1)).isEqualTo(0);
        assertThat(sum.weight(0, 0, 0)).isEqualTo(-2);
        assertThat(sum.weight(0, 0, 1)).isEqualTo(2);
        assertThat(second.times(-3).weight(0, 0, 0)).isEqualTo(6);
    }

    @Test
    void oneCentredDifferenceThenAnotherIsTheWideSecondDifference() {
        Stencil twice = centred(0.5).then(centred(0.25));
        assertThat(twice).isEqualTo(
                Stencil.builder(1, 1, 1).tap(0, 0, 2, 2).tap(0, 0, -4, 0).tap(0, 0, 2, -2).build());
    }

    @Test
    void thenMultipliesTheMatricesOfComponents() {
        Stencil first = Stencil.builder(1, 2, 1).tap(0, 0, 2, 1).tap(1, 0, 3, 0).build();
        Stencil next = Stencil.builder(1, 1, 2).tap(0, 0, 5, -1).tap(0, 1, 7, 2).build();
        assertThat(first.then(next)).isEqualTo(Stencil.builder(1, 1, 1).tap(0, 0, 10, 0).tap(0, 0, 21, 2).build());
        assertThat(next.then(first)).isEqualTo(Stencil.builder(1, 2, 2)
                .tap(0, 0, 10, 0).tap(0, 1, 14, 3).tap(1, 0, 15, -1).tap(1, 1, 21, 2).build());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void theAlgebraObeysItsLaws(int d) {
        Random random = new Random(d);
        Stencil a = Samples.stencil(random, d, 2, 3, 12, 2);
        Stencil b = Samples.stencil(random, d, 1, 2, 9, 1);
        Stencil c = Samples.stencil(random, d, 3, 1, 7, 2);
        Stencil other = Samples.stencil(random, d, 2, 3, 12, 2);
        assertThat(a.transpose().transpose()).isEqualTo(a);
        assertThat(a.plus(other)).isEqualTo(other.plus(a));
        assertAlike(a.then(b).then(c), a.then(b.then(c)));
        assertAlike(a.then(b).transpose(), b.transpose().then(a.transpose()));
        assertAlike(a.plus(other).then(b), a.then(b).plus(other.then(b)));
        assertAlike(a.times(2.5).then(b), a.then(b).times(2.5));
    }

    /** Equal up to the rounding of products and sums. */
    private static void assertAlike(Stencil actual, Stencil expected) {
        assertThat(actual.size()).isEqualTo(expected.size());
        for (int t = 0; t < actual.size(); t++) {
            assertThat(actual.output(t)).isEqualTo(expected.output(t));
            assertThat(actual.input(t)).isEqualTo(expected.input(t));
            for (int a = 0; a < actual.dimension(); a++) {
                assertThat(actual.offset(t, a)).isEqualTo(expected.offset(t, a));
            }
            assertThat(actual.weight(t)).isCloseTo(expected.weight(t), within(1e-13));
        }
    }

    @Test
    void transposesReverseOffsetsAndExchangeComponents() {
        Stencil stencil = Stencil.builder(2, 2, 1).tap(1, 0, 3, 1, -2).build();
        assertThat(stencil.transpose()).isEqualTo(Stencil.builder(2, 1, 2).tap(0, 1, 3, -1, 2).build());
    }

    @Test
    void otherWeightsStandAtTheSamePlaces() {
        Stencil stencil = Stencil.builder(2, 2, 1).tap(1, 0, 3, 0, 1).tap(0, 0, 5, -1, 0).build();
        double[] weights = {7, -2};
        Stencil other = stencil.withWeights(weights);
        weights[0] = 100;
        assertThat(other).isEqualTo(Stencil.builder(2, 2, 1).tap(0, 0, 7, -1, 0).tap(1, 0, -2, 0, 1).build());
        assertThat(stencil.weight(0)).as("the stencil itself").isEqualTo(5);
        assertRefused(() -> stencil.withWeights(1), "newWeights are 1", "had to be 2");
        assertRefused(() -> stencil.withWeights(1, Double.POSITIVE_INFINITY), "weight of tap 1 is Infinity", "finite");
        assertRefused(() -> stencil.withWeights(Double.NaN, 1), "weight of tap 0 is NaN", "finite");
    }

    @Test
    void pointwiseStencilsHaveNoNeighbours() {
        assertThat(Stencil.builder(3, 2, 2).tap(1, 0, 3, 0, 0, 0).tap(0, 1, 1, 0, 0, 0).build().isPointwise()).isTrue();
        for (int axis = 0; axis < 3; axis++) {
            for (int side : new int[] {-1, 1}) {
                int[] offset = new int[3];
                offset[axis] = side;
                Stencil stencil = Stencil.builder(3, 1, 1).tap(0, 0, 1, 0, 0, 0).tap(0, 0, 1, offset).build();
                assertThat(stencil.isPointwise()).isFalse();
            }
        }
    }

    @Test
    void equalityIsByValue() {
        Stencil one = Stencil.builder(1, 1, 1).tap(0, 0, 1, 1).tap(0, 0, 2, 0).build();
        Stencil same = Stencil.builder(1, 1, 1).tap(0, 0, 2, 0).tap(0, 0, 1, 1).build();
        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(one).isNotEqualTo(one.times(2)).isNotEqualTo(one.transpose()).isNotEqualTo("stencil");
        assertThat(one).isNotEqualTo(Stencil.builder(1, 2, 1).tap(0, 0, 1, 1).tap(0, 0, 2, 0).build());
        assertThat(one).isNotEqualTo(Stencil.builder(1, 1, 2).tap(0, 0, 1, 1).tap(0, 0, 2, 0).build());
        assertThat(one).isNotEqualTo(Stencil.builder(2, 1, 1).tap(0, 0, 1, 0, 1).tap(0, 0, 2, 0, 0).build());
    }

    @Test
    void printsOneLineATap() {
        assertThat(centred(1)).hasToString("""
                [-1] → -0.50000000000000000
                [1] → 0.50000000000000000""");
        assertThat(Stencil.builder(2, 2, 1).tap(1, 0, 3, 1, -2).build())
                .hasToString("1 ← 0 [1, -2] → 3.0000000000000000");
    }

    @Test
    void longStencilsAreCutAfterFortyTaps() {
        Stencil.Builder builder = Stencil.builder(1, 1, 1);
        for (int o = 0; o < 40; o++) {
            builder.tap(0, 0, 1, o);
        }
        assertThat(builder.build().toString().lines()).hasSize(40).noneMatch(line -> line.contains("more"));
        String cut = builder.tap(0, 0, 1, 40).tap(0, 0, 1, 41).build().toString();
        assertThat(cut.lines()).hasSize(41);
        assertThat(cut).endsWith("\n… and 2 more taps");
    }

    @Test
    void badTapsAreRefused() {
        Stencil.Builder builder = Stencil.builder(2, 2, 3);
        assertRefused(() -> builder.tap(2, 0, 1, 0, 0), "components of the tap are 2 ← 0", "below 2 and 3");
        assertRefused(() -> builder.tap(0, 3, 1, 0, 0), "0 ← 3", "below 2 and 3");
        assertRefused(() -> builder.tap(-1, 0, 1, 0, 0), "-1 ← 0", "below 2 and 3");
        assertRefused(() -> builder.tap(0, -1, 1, 0, 0), "0 ← -1", "below 2 and 3");
        assertRefused(() -> builder.tap(0, 0, 1, 0), "offset has 1 entries; it had to have 2");
        assertRefused(() -> builder.tap(0, 0, 1, 0, 0, 0), "offset has 3 entries; it had to have 2");
        assertRefused(() -> builder.tap(0, 0, Double.NaN, 1, 2), "weight at offset [1, 2] is NaN; it had to be finite");
        assertRefused(() -> builder.tap(0, 0, Double.POSITIVE_INFINITY, 1, 2), "is Infinity; it had to be finite");
        assertThat(builder.build().size()).isZero();
    }

    @Test
    void weightsThatAddUpToInfinityAreRefused() {
        Stencil.Builder builder = Stencil.builder(1, 1, 1).tap(0, 0, Double.MAX_VALUE, 1);
        assertRefused(() -> builder.tap(0, 0, Double.MAX_VALUE, 1), "weight at offset [1] is Infinity",
                "had to be finite");
    }

    @Test
    void badShapesAreRefused() {
        assertRefused(() -> Stencil.builder(0, 1, 1), "dimension is 0; it had to be 1, 2 or 3");
        assertRefused(() -> Stencil.builder(4, 1, 1), "dimension is 4; it had to be 1, 2 or 3");
        assertRefused(() -> Stencil.builder(1, 0, 1), "components are 0 ← 1; both had to be at least 1");
        assertRefused(() -> Stencil.builder(1, 1, -2), "components are 1 ← -2; both had to be at least 1");
    }

    @Test
    void mismatchedStencilsAreRefused() {
        Stencil one = Stencil.builder(1, 1, 2).tap(0, 0, 1, 0).build();
        Stencil two = Stencil.builder(1, 3, 1).tap(0, 0, 1, 0).build();
        Stencil plane = Stencil.builder(2, 1, 2).tap(0, 0, 1, 0, 0).build();
        assertRefused(() -> one.plus(two), "other maps 1 to 3 components in 1D", "had to map 2 to 1 in 1D");
        assertRefused(() -> one.plus(plane), "in 2D", "had to map 2 to 1 in 1D");
        assertRefused(() -> two.then(two), "next takes 1 components in 1D", "had to take 3 in 1D");
        assertRefused(() -> two.then(plane), "next takes 2 components in 2D", "had to take 3 in 1D");
        assertRefused(() -> one.times(Double.NaN), "is NaN; it had to be finite");
    }

    private static void assertRefused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts);
    }
}
