package org.isotrope.kernels.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bessel functions against values of another library and quadrature. */
class BesselTest {
    // by mpmath 1.3 with 30 digits
    @ParameterizedTest
    @CsvSource({
        "1, 0.76519768655796655145, 0.44005058574493351596",
        "10, -0.24593576445134833520, 0.04347274616886143667",
        "24.9, 0.0832459683530156816942, -0.134855699531408743338",
        "25.1, 0.108275671499949289071, -0.114634784134422727818",
        "100, 0.0199858503042231224243, -0.0771453520141121580327",
        "1e4, -0.00709616035338880147727, 0.00364745075552958034412"
    })
    void firstKind(double x, double j0, double j1) {
        assertThat(Bessel.j0(x)).isCloseTo(j0, within(3e-16));
        assertThat(Bessel.j1(x)).isCloseTo(j1, within(3e-16));
    }

    @ParameterizedTest
    @CsvSource({
        "1e-3, 7.0236888005623813, 999.99623815608830",
        "0.1, 2.4270690247020166, 9.8538447808706256",
        "1, 0.42102443824070834, 0.60190723019723458",
        "10, 1.7780062316167652e-5, 1.8648773453825584e-5",
        "100, 4.65662822917590201894e-45, 4.67985373563690928657e-45"
    })
    void secondKindOfImaginaryArgument(double x, double k0, double k1) {
        assertThat(Bessel.k0(x) / k0).isCloseTo(1, within(3e-15));
        assertThat(Bessel.k1(x) / k1).isCloseTo(1, within(3e-15));
    }

    @Test
    void theFirstZero() {
        assertThat(Bessel.j0(2.4048255576957727686)).isCloseTo(0, within(3e-16));
        assertThat(Bessel.j1(3.8317059702075123156)).isCloseTo(0, within(3e-16));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.3, 0.99, 1.01, 7, 29, 31, 80})
    void momentsOfDecayingFunctions(double s) {
        // against the trapezoidal rule after ρ = tanh-sinh(t), which sees no singularity
        for (int m = 0; m <= 2; m++) {
            int power = m;
            assertThat(Moments.exponential(m, s) / integral(x -> Math.pow(x, power) * Math.exp(-s * x)))
                    .as("power %d", m).isCloseTo(1, within(1e-13));
        }
        for (int n = 0; n <= 1; n++) {
            int order = n;
            double expected = integral(x -> order == 0 ? x * Bessel.k0(s * x) : x * x * Bessel.k1(s * x));
            assertThat(Moments.macdonald(n, s) / expected).as("order %d", n).isCloseTo(1, within(2e-13));
        }
    }

    /** Over the unit interval, by the double exponential rule. */
    static double integral(java.util.function.DoubleUnaryOperator f) {
        double step = 0.02;
        double sum = 0;
        for (int j = -190; j <= 190; j++) {
            double t = step * j;
            double s = Math.PI / 2 * Math.sinh(t);
            double x = 1 / (1 + Math.exp(-2 * s));
            double weight = Math.PI / 4 * Math.cosh(t) / (Math.cosh(s) * Math.cosh(s));
            if (x > 0 && weight > 0) {
                sum += step * weight * f.applyAsDouble(x);
            }
        }
        return sum;
    }
}
