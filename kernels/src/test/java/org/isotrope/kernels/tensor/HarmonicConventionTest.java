package org.isotrope.kernels.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HarmonicConventionTest {
    @ParameterizedTest
    @EnumSource
    void roundTrip(HarmonicConvention convention) {
        Random random = new Random(1);
        for (int l = 0; l <= 12; l++) {
            double[] values = random.doubles(2 * l + 1).toArray();
            assertThat(Sphere.distance(convention.toE3nn(convention.fromE3nn(values)), values)).isLessThan(1e-13);
            assertThat(Sphere.distance(convention.fromE3nn(convention.toE3nn(values)), values)).isLessThan(1e-13);
        }
    }

    /** Associated Legendre functions without sign and cosines and sines of the azimuth, from their definitions. */
    private static double[] polar(int l, double x, double y, double z, boolean condonShortley) {
        double r = Math.sqrt(x * x + y * y + z * z);
        double t = z / r;
        double phi = Math.atan2(y, x);
        double[] values = new double[2 * l + 1];
        for (int m = 0; m <= l; m++) {
            double norm = m == 0 ? 1 : 2;
            for (int k = l - m + 1; k <= l + m; k++) {
                norm /= k;
            }
            double value = Math.sqrt(norm) * associated(l, m, t) * (condonShortley && m % 2 == 1 ? -1 : 1);
            values[l + m] = value * Math.cos(m * phi);
            if (m > 0) {
                values[l - m] = value * Math.sin(m * phi);
            }
        }
        return values;
    }

    /** {@code P_l^m(t)} by recursion in l from {@code (2m − 1)!! (1 − t²)^{m/2}}. */
    private static double associated(int l, int m, double t) {
        double before = 0;
        double value = 1;
        for (int k = 1; k <= m; k++) {
            value *= (2 * k - 1) * Math.sqrt(1 - t * t);
        }
        for (int k = m + 1; k <= l; k++) {
            double next = ((2 * k - 1) * t * value - (k + m - 1) * before) / (k - m);
            before = value;
            value = next;
        }
        return value;
    }

    @Test
    void polarAxisZ() {
        Random random = new Random(2);
        for (int n = 0; n < 10; n++) {
            double[] p = Sphere.point(random);
            for (int l = 0; l <= 12; l++) {
                double[] e3nn = SphericalHarmonics.of(l, p[0], p[1], p[2]);
                assertThat(Sphere.distance(
                                HarmonicConvention.Z_POLAR.fromE3nn(e3nn), polar(l, p[0], p[1], p[2], false)))
                        .isLessThan(1e-13);
                assertThat(Sphere.distance(
                                HarmonicConvention.Z_POLAR_CONDON_SHORTLEY.fromE3nn(e3nn),
                                polar(l, p[0], p[1], p[2], true)))
                        .isLessThan(1e-13);
                assertThat(HarmonicConvention.E3NN.fromE3nn(e3nn)).isEqualTo(e3nn);
            }
        }
    }

    @Test
    void firstDegrees() {
        assertThat(HarmonicConvention.Z_POLAR.fromE3nn(new double[] {1, 2, 3})).containsExactly(2, 3, 1);
        assertThat(HarmonicConvention.Z_POLAR_CONDON_SHORTLEY.fromE3nn(new double[] {1, 2, 3}))
                .containsExactly(-2, 3, -1);
    }

    /** {@code Y_1^1 = −√(3/8π) sin θ e^{iφ}}, {@code Y_2^{−1} = √(15/8π) sin θ cos θ e^{−iφ}} and so on. */
    @Test
    void complexHarmonics() {
        double theta = 0.8;
        double phi = -2.1;
        double x = Math.sin(theta) * Math.cos(phi);
        double y = Math.sin(theta) * Math.sin(phi);
        double z = Math.cos(theta);
        double[] all = SphericalHarmonics.upTo(3).normalized(HarmonicNormalization.INTEGRAL).values(x, y, z);
        double[] y1 = ComplexHarmonics.valuesFromE3nn(Arrays.copyOfRange(all, 1, 4));
        double[] y2 = ComplexHarmonics.valuesFromE3nn(Arrays.copyOfRange(all, 4, 9));
        double[] y3 = ComplexHarmonics.valuesFromE3nn(Arrays.copyOfRange(all, 9, 16));
        double s = Math.sin(theta);
        isAt(y1, 1, 1, -Math.sqrt(3 / (8 * Math.PI)) * s, phi);
        isAt(y1, 1, 0, Math.sqrt(3 / (4 * Math.PI)) * z, 0);
        isAt(y1, 1, -1, Math.sqrt(3 / (8 * Math.PI)) * s, -phi);
        isAt(y2, 2, 2, Math.sqrt(15 / (32 * Math.PI)) * s * s, 2 * phi);
        isAt(y2, 2, -1, Math.sqrt(15 / (8 * Math.PI)) * s * z, -phi);
        isAt(y2, 2, -2, Math.sqrt(15 / (32 * Math.PI)) * s * s, -2 * phi);
        isAt(y3, 3, 3, -Math.sqrt(35 / (64 * Math.PI)) * s * s * s, 3 * phi);
        isAt(y3, 3, 2, Math.sqrt(105 / (32 * Math.PI)) * s * s * z, 2 * phi);
    }

    private static void isAt(double[] values, int l, int m, double size, double phase) {
        assertThat(values[2 * (l + m)]).isCloseTo(size * Math.cos(phase), within(1e-15));
        assertThat(values[2 * (l + m) + 1]).isCloseTo(size * Math.sin(phase), within(1e-15));
    }

    @Test
    void complexRoundTripAndExpansion() {
        Random random = new Random(3);
        for (int l = 0; l <= 12; l++) {
            double[] coefficients = random.doubles(2 * l + 1).toArray();
            double[] values = SphericalHarmonics.of(l, 0.3, -0.2, 0.9);
            double[] c = ComplexHarmonics.coefficientsFromE3nn(coefficients);
            double[] y = ComplexHarmonics.valuesFromE3nn(values);
            assertThat(Sphere.distance(ComplexHarmonics.coefficientsToE3nn(c), coefficients)).isLessThan(1e-13);
            assertThat(Sphere.distance(ComplexHarmonics.valuesToE3nn(y), values)).isLessThan(1e-13);
            double expected = 0;
            double re = 0;
            double im = 0;
            for (int i = 0; i <= 2 * l; i++) {
                expected += coefficients[i] * values[i];
                re += c[2 * i] * y[2 * i] - c[2 * i + 1] * y[2 * i + 1];
                im += c[2 * i] * y[2 * i + 1] + c[2 * i + 1] * y[2 * i];
            }
            assertThat(re).isCloseTo(expected, within(1e-13));
            assertThat(im).isCloseTo(0, within(1e-13));
        }
    }

    @Test
    void badLengthsAreNamed() {
        assertThatThrownBy(() -> HarmonicConvention.Z_POLAR.fromE3nn(new double[4]))
                .hasMessage("e3nn has length 4; it had to be 2l + 1");
        assertThatThrownBy(() -> ComplexHarmonics.valuesToE3nn(new double[3]))
                .hasMessage("complex has length 3; it had to be 2 (2l + 1)");
    }
}
