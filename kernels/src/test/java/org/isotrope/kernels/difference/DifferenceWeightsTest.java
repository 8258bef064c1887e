package org.isotrope.kernels.difference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DifferenceWeightsTest {

    /** B. Fornberg, Math. Comp. 51 (1988) 699, table 1: centred, the right half from the middle outwards. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1 | 2 | 0 1/2",
        "1 | 4 | 0 2/3 -1/12",
        "1 | 6 | 0 3/4 -3/20 1/60",
        "1 | 8 | 0 4/5 -1/5 4/105 -1/280",
        "2 | 2 | -2 1",
        "2 | 4 | -5/2 4/3 -1/12",
        "2 | 6 | -49/18 3/2 -3/20 1/90",
        "2 | 8 | -205/72 8/5 -1/5 8/315 -1/560",
        "3 | 2 | 0 -1 1/2",
        "3 | 4 | 0 -13/8 1 -1/8",
        "3 | 6 | 0 -61/30 169/120 -3/10 7/240",
        "4 | 2 | 6 -4 1",
        "4 | 4 | 28/3 -13/2 2 -1/6",
        "4 | 6 | 91/8 -122/15 169/60 -2/5 7/240",
        "5 | 2 | 0 5/2 -2 1/2",
        "6 | 2 | -20 15 -6 1"})
    void centredWeightsAreFornbergsTable(int derivative, int accuracy, String half) {
        var weights = DifferenceWeights.centred(derivative, accuracy);
        List<String> right = Arrays.asList(half.trim().split(" "));
        int n = weights.size();
        assertThat(weights.fractions().subList(n / 2, n)).isEqualTo(right);
        assertThat(weights.order()).isEqualTo(accuracy);
        assertThat(weights.offsets()[0]).isEqualTo(-(n / 2));
        double sign = derivative % 2 == 0 ? 1 : -1;
        for (int k = 0; k < n; k++) {
            assertThat(weights.weights()[k]).isEqualTo(sign * weights.weights()[n - 1 - k] + 0.0);
        }
    }

    /** The same paper, table 3: one-sided. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1 | 1 | -1 1",
        "1 | 2 | -3/2 2 -1/2",
        "1 | 3 | -11/6 3 -3/2 1/3",
        "1 | 4 | -25/12 4 -3 4/3 -1/4",
        "1 | 6 | -49/20 6 -15/2 20/3 -15/4 6/5 -1/6",
        "2 | 1 | 1 -2 1",
        "2 | 2 | 2 -5 4 -1",
        "2 | 3 | 35/12 -26/3 19/2 -14/3 11/12",
        "2 | 4 | 15/4 -77/6 107/6 -13 61/12 -5/6",
        "3 | 1 | -1 3 -3 1",
        "3 | 2 | -5/2 9 -12 7 -3/2",
        "4 | 1 | 1 -4 6 -4 1",
        "4 | 2 | 3 -14 26 -24 11 -2"})
    void forwardWeightsAreFornbergsTable(int derivative, int accuracy, String all) {
        var weights = DifferenceWeights.forward(derivative, accuracy);
        assertThat(weights.fractions()).isEqualTo(Arrays.asList(all.trim().split(" ")));
        assertThat(weights.offsets()[0]).isZero();
        assertThat(weights.order()).isEqualTo(accuracy);
        var backward = DifferenceWeights.backward(derivative, accuracy);
        assertThat(backward).isEqualTo(weights.mirrored());
        assertThat(backward.fractions()).isEqualTo(weights.mirrored().fractions());
        assertThat(backward.offsets()[backward.size() - 1]).isZero();
    }

    /** The same paper, table 2: midpoints. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0 | 2 | 1/2 1/2",
        "0 | 4 | -1/16 9/16 9/16 -1/16",
        "0 | 6 | 3/256 -25/256 75/128 75/128 -25/256 3/256",
        "1 | 2 | -1 1",
        "1 | 4 | 1/24 -9/8 9/8 -1/24",
        "1 | 6 | -3/640 25/384 -75/64 75/64 -25/384 3/640",
        "2 | 2 | 1/2 -1/2 -1/2 1/2",
        "3 | 2 | -1 3 -3 1"})
    void staggeredWeightsAreFornbergsTable(int derivative, int accuracy, String all) {
        var weights = DifferenceWeights.staggered(derivative, accuracy);
        assertThat(weights.fractions()).isEqualTo(Arrays.asList(all.trim().split(" ")));
        assertThat(weights.order()).isEqualTo(accuracy);
        assertThat(weights.point()).isEqualTo(0.5);
        assertThat(weights.offsets()[0] + weights.offsets()[weights.size() - 1]).isEqualTo(1);
        var back = weights.shifted();
        assertThat(back.point()).isEqualTo(-0.5);
        assertThat(back.offsets()[0] + back.offsets()[back.size() - 1]).isEqualTo(-1);
        assertThat(back.fractions()).isEqualTo(weights.fractions());
        assertThat(back.shifted()).isEqualTo(weights);
        assertThat(back.order()).isEqualTo(accuracy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1 | -1 0 | -1 1",
        "3 | -2 -1 0 1 | 1/6 -1 1/2 1/3",
        "5 | -3 -2 -1 0 1 2 | -1/30 1/4 -1 1/3 1/2 -1/20"})
    void upwindStencilsReachFurtherAgainstTheFlow(int order, String offsets, String all) {
        var weights = DifferenceWeights.upwind(order);
        assertThat(Arrays.stream(weights.offsets()).mapToObj(Integer::toString).toList())
                .isEqualTo(Arrays.asList(offsets.trim().split(" ")));
        assertThat(weights.fractions()).isEqualTo(Arrays.asList(all.trim().split(" ")));
        assertThat(weights.order()).isEqualTo(order);
        // the leading error is dissipative for a positive velocity: -u f' then damps
        assertThat(Math.signum(weights.errorCoefficient())).isEqualTo(order % 4 == 1 ? -1 : 1);
    }

    /** Every kind of stencil up to derivative 6 and accuracy 16, against the moment conditions themselves. */
    @Test
    void momentsAreExactUpToTheReportedOrder() {
        List<DifferenceWeights> all = new ArrayList<>();
        for (int m = 1; m <= 6; m++) {
            for (int p = 1; p <= 16; p++) {
                all.add(DifferenceWeights.forward(m, p));
                all.add(DifferenceWeights.biased(m, p, -2));
                if (p % 2 == 0) {
                    all.add(DifferenceWeights.centred(m, p));
                    all.add(DifferenceWeights.staggered(m, p));
                }
            }
        }
        all.add(DifferenceWeights.of(2, 7, -3, 0, 12));
        all.add(DifferenceWeights.midpoint(1, -4, 9, 2));
        for (var weights : all) {
            int m = weights.derivative();
            assertThat(weights.order()).isGreaterThanOrEqualTo(weights.size() - m);
            for (int degree = 0; degree <= m + weights.order(); degree++) {
                Rational moment = Rational.ZERO;
                Rational factorial = Rational.ONE;
                for (int k = 0; k < weights.size(); k++) {
                    Rational x = Rational.of(2L * weights.offsets()[k] - Math.round(2 * weights.point()), 2);
                    moment = moment.plus(weights.exact()[k].times(x.power(degree)));
                }
                for (int j = 2; j <= degree; j++) {
                    factorial = factorial.times(Rational.of(j));
                }
                Rational wanted = degree == m ? factorial : Rational.ZERO;
                if (degree < m + weights.order()) {
                    assertThat(moment).isEqualTo(wanted);
                } else {
                    assertThat(moment.over(factorial).toString()).isEqualTo(weights.errorFraction());
                    assertThat(moment.isZero()).isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 1/6", "1, 4, -1/30", "2, 2, 1/12", "2, 4, -1/90", "3, 2, 1/4", "4, 2, 1/6"})
    void leadingErrorsOfCentredStencilsAreTheTextbooks(int derivative, int accuracy, String error) {
        assertThat(DifferenceWeights.centred(derivative, accuracy).errorFraction()).isEqualTo(error);
    }

    /** The symbol on a wave {@code e^{iθ o}} differs from {@code (iθ)ᵐ} by {@code C (iθ)ᵐ⁺ᵖ}. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void errorOnAWaveIsTheLeadingTerm(int derivative) {
        for (int accuracy = 1; derivative + accuracy <= 8; accuracy++) {
            var weights = DifferenceWeights.biased(derivative, accuracy, -1);
            double theta = 0.1;
            double fine = error(weights, theta);
            assertThat(Math.log(error(weights, 2 * theta) / fine) / Math.log(2))
                    .isCloseTo(derivative + weights.order(), within(0.25));
            double leading = Math.abs(weights.errorCoefficient()) * Math.pow(theta, derivative + weights.order());
            assertThat(fine).isCloseTo(leading, within(0.2 * leading));
        }
    }

    private static double error(DifferenceWeights weights, double theta) {
        int m = weights.derivative();
        double re = -Math.pow(theta, m) * Math.cos(m * Math.PI / 2);
        double im = -Math.pow(theta, m) * Math.sin(m * Math.PI / 2);
        for (int k = 0; k < weights.size(); k++) {
            re += weights.weights()[k] * Math.cos(theta * weights.offsets()[k]);
            im += weights.weights()[k] * Math.sin(theta * weights.offsets()[k]);
        }
        return Math.hypot(re, im);
    }

    @Test
    void weightsBelongToTheOffsetsInTheirGivenOrder() {
        var given = DifferenceWeights.of(1, 1, 0, -1);
        assertThat(given.offsets()).containsExactly(1, 0, -1);
        assertThat(given.weights()).containsExactly(0.5, 0, -0.5);
        assertThat(given.weights(0.25)).containsExactly(2, 0, -2);
        assertThat(given).isNotEqualTo(DifferenceWeights.centred(1, 2));
    }

    @Test
    void arraysHandedOutAreCopies() {
        var weights = DifferenceWeights.centred(2, 2);
        weights.offsets()[0] = 9;
        weights.weights()[0] = 9;
        assertThat(weights).isEqualTo(DifferenceWeights.of(2, -1, 0, 1)).hasSameHashCodeAs(
                DifferenceWeights.of(2, -1, 0, 1));
        assertThat(weights.weights()).containsExactly(1, -2, 1);
    }

    @Test
    void printsStencilOrderAndError() {
        assertThat(DifferenceWeights.centred(1, 2)).hasToString(
                "derivative 1 at 0: -1 -> -1/2, 0 -> 0, 1 -> 1/2; order 2, leading error 1/6");
        assertThat(DifferenceWeights.staggered(1, 2)).hasToString(
                "derivative 1 at 1/2: 0 -> -1, 1 -> 1; order 2, leading error 1/24");
    }

    @Test
    void refusesBadArgumentsInOneSentence() {
        assertThatThrownBy(() -> DifferenceWeights.of(2, -1, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number of offsets is 2; it had to be at least 3 for derivative 2");
        assertThatThrownBy(() -> DifferenceWeights.of(1, 0, 3, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("offsets are [0, 3, 0]; they had to be distinct and 0 comes twice");
        assertThatThrownBy(() -> DifferenceWeights.of(0, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("derivative is 0; it had to be at least 1");
        assertThatThrownBy(() -> DifferenceWeights.centred(1, 3)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accuracy is 3; it had to be even and at least 2 for a symmetric stencil");
        assertThatThrownBy(() -> DifferenceWeights.forward(1, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accuracy is 0; it had to be at least 1");
        assertThatThrownBy(() -> DifferenceWeights.upwind(4)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accuracy is 4; it had to be odd and at least 1 for an upwind-biased stencil");
        assertThatThrownBy(() -> DifferenceWeights.forward(1, Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number of offsets is 2147483648; it had to be at most 64");
        assertThatThrownBy(() -> DifferenceWeights.centred(1, 2).weights(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("spacing is -1.0; it had to be positive and finite");
        assertThatThrownBy(() -> DifferenceWeights.centred(1, 2).shifted()).isInstanceOf(IllegalStateException.class)
                .hasMessage("the point of evaluation is 0; it had to be a half to be shifted");
    }
}
