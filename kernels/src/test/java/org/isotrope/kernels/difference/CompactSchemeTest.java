package org.isotrope.kernels.difference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.isotrope.grids.Axis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompactSchemeTest {

    /** Lele 1992, section 2. */
    @ParameterizedTest
    @CsvSource({"1, 4, 1/4, 3/2, 0", "1, 6, 1/3, 14/9, 1/9", "2, 4, 1/10, 6/5, 0", "2, 6, 2/11, 12/11, 3/11"})
    void interiorCoefficientsAreLeles(int derivative, int order, String alpha, String a, String b) {
        var scheme = CompactScheme.of(derivative, order);
        assertThat(scheme).hasToString("compact derivative " + derivative + " of order " + order + ": alpha " + alpha
                + ", a " + a + ", b " + b);
        assertThat(scheme.alpha()).isEqualTo(value(alpha));
        assertThat(scheme.a()).isEqualTo(value(a));
        assertThat(scheme.b()).isEqualTo(value(b));
    }

    private static double value(String fraction) {
        String[] parts = fraction.split("/");
        return Double.parseDouble(parts[0]) / (parts.length > 1 ? Double.parseDouble(parts[1]) : 1);
    }

    /** Lele 1992, section 4, with α = 3 and α = 10; the sixth-order end is the well-known α = 5. */
    @Test
    void theFirstRowsAreThePublishedOnes() {
        assertThat(CompactScheme.of(1, 4).on(Axis.uniform(0, 9, 10)).right().weights(0))
                .containsExactly(new double[] {-17 / 6.0, 1.5, 1.5, -1 / 6.0}, within(1e-15));
        assertThat(CompactScheme.of(2, 4).on(Axis.uniform(0, 9, 10)).right().weights(0))
                .containsExactly(new double[] {145 / 12.0, -76 / 3.0, 14.5, -4 / 3.0, 1 / 12.0}, within(1e-14));
        assertThat(CompactScheme.of(1, 6).on(Axis.uniform(0, 9, 10)).right().weights(0)).containsExactly(
                new double[] {-197 / 60.0, -5 / 12.0, 5, -5 / 3.0, 5 / 12.0, -1 / 20.0}, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "1, 6", "2, 4", "2, 6"})
    void everyRowIsExactForPolynomials(int m, int p) {
        var scheme = CompactScheme.of(m, p);
        for (int n = scheme.leastNodes(); n <= 20; n++) {
            Axis axis = Axis.uniform(-1, 1, n);
            var derivative = scheme.on(axis);
            double[] f = new double[n];
            double[] out = new double[n];
            for (int degree = 0; degree < m + p; degree++) {
                for (int i = 0; i < n; i++) {
                    f[i] = Math.pow(axis.node(i), degree);
                }
                derivative.apply(f, out);
                double factor = m == 1 ? degree : degree * (degree - 1);
                for (int i = 0; i < n; i++) {
                    double exact = factor == 0 ? 0 : factor * Math.pow(axis.node(i), degree - m);
                    assertThat(out[i]).as("n %d, degree %d, row %d", n, degree, i).isCloseTo(exact, within(3e-11));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 4, true", "1, 6, true", "2, 4, true", "2, 6, true",
        "1, 4, false", "1, 6, false", "2, 4, false", "2, 6, false"})
    void convergesWithItsOrderInEveryRow(int m, int p, boolean periodic) {
        double order = Math.log(sineError(m, p, periodic, 32) / sineError(m, p, periodic, 64)) / Math.log(2);
        assertThat(order).isGreaterThan(p - 0.15);
    }

    private static double sineError(int m, int p, boolean periodic, int n) {
        Axis axis = periodic ? Axis.periodic(0, 2, n) : Axis.uniform(0, 2, n);
        var derivative = CompactScheme.of(m, p).on(axis);
        double[] f = new double[n];
        double[] out = new double[n];
        double error = 0;
        for (double phase : new double[] {0, Math.PI / 2}) {
            for (int i = 0; i < n; i++) {
                f[i] = Math.sin(Math.PI * axis.node(i) + phase);
            }
            derivative.apply(f, out);
            for (int i = 0; i < n; i++) {
                double exact = Math.pow(Math.PI, m) * Math.sin(Math.PI * axis.node(i) + phase + m * Math.PI / 2);
                error = Math.max(error, Math.abs(out[i] - exact));
            }
        }
        return error;
    }

    /** On a periodic wave the scheme multiplies by its modified wavenumber (Lele 1992, section 3). */
    @ParameterizedTest
    @CsvSource({"1, 4", "1, 6", "2, 4", "2, 6"})
    void wavesAreMultipliedByTheModifiedWavenumber(int m, int p) {
        int n = 24;
        var scheme = CompactScheme.of(m, p);
        var derivative = scheme.on(Axis.periodic(0, n, n));
        double[] f = new double[n];
        double[] out = new double[n];
        for (int mode = 0; mode <= n / 2; mode++) {
            double w = 2 * Math.PI * mode / n;
            double divisor = 1 + 2 * scheme.alpha() * Math.cos(w);
            double symbol = m == 1 ? (scheme.a() * Math.sin(w) + scheme.b() / 2 * Math.sin(2 * w)) / divisor
                    : -(2 * scheme.a() * (1 - Math.cos(w)) + scheme.b() / 2 * (1 - Math.cos(2 * w))) / divisor;
            for (int i = 0; i < n; i++) {
                f[i] = Math.cos(w * i + 0.3);
            }
            derivative.apply(f, out);
            for (int i = 0; i < n; i++) {
                double wave = m == 1 ? -Math.sin(w * i + 0.3) : Math.cos(w * i + 0.3);
                assertThat(out[i]).isCloseTo(symbol * wave, within(1e-13));
            }
        }
    }

    @Test
    void refusesBadArgumentsInOneSentence() {
        assertThatThrownBy(() -> CompactScheme.of(3, 4)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("derivative is 3; it had to be 1 or 2");
        assertThatThrownBy(() -> CompactScheme.of(1, 5)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("order is 5; it had to be 4 or 6");
        assertThatThrownBy(() -> CompactScheme.of(1, 6).on(Axis.uniform(0, 1, 6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("axis is uniform [0, 1], 6 nodes, spacing 0.2; it had to have at least 7 nodes for a "
                        + "compact derivative 1 of order 6");
        assertThatThrownBy(() -> CompactScheme.of(1, 6).on(Axis.periodic(0, 1, 4)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at least 5 nodes");
        assertThatThrownBy(() -> CompactScheme.of(1, 4).on(Axis.nodes(0, 1, 3, 4, 5, 6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("it had to be uniform for a compact scheme");
    }
}
