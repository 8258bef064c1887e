package org.isotrope.kernels.radial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RadialTest {
    @Test
    void coulombIsTheGreensFunctionOfMinusTheLaplacian() {
        assertThat(Radial.coulomb(3).within(2).value(0.5)).isCloseTo(1 / (4 * Math.PI * 0.5), within(1e-16));
        assertThat(Radial.coulomb(2).within(2).value(0.5)).isCloseTo(Math.log(2) / (2 * Math.PI), within(1e-16));
        assertThat(Radial.coulomb(2).within(2).value(1)).isZero();
        assertThat(Radial.coulomb(3).within(2).value(0)).isZero();
        assertThat(Radial.coulomb(2).within(2).value(0)).isZero();
    }

    @Test
    void gaussIsMinusTheDerivativeOfCoulomb() {
        for (int dimension = 2; dimension <= 3; dimension++) {
            RadialFunction potential = Radial.coulomb(dimension).within(2);
            RadialFunction field = Radial.gauss(dimension).within(2);
            for (double r = 0.2; r < 2; r += 0.3) {
                double h = 1e-5;
                double slope = (potential.value(r + h) - potential.value(r - h)) / (2 * h);
                assertThat(field.value(r)).isCloseTo(-slope, within(1e-8));
            }
            assertThat(field.value(0)).isZero();
        }
    }

    /** Mass of a ball of radius 12σ by the midpoint rule, which converges fast for a function flat at both ends. */
    @ParameterizedTest
    @CsvSource({"1, 0.3", "2, 1.5", "3, 0.7"})
    void gaussiansHaveUnitMass(int dimension, double sigma) {
        RadialFunction gaussian = Radial.gaussian(dimension, sigma).within(100);
        int n = 4000;
        double h = 12 * sigma / n;
        double mass = 0;
        for (int i = 0; i < n; i++) {
            double r = (i + 0.5) * h;
            double sphere = dimension == 1 ? 2 : dimension == 2 ? 2 * Math.PI * r : 4 * Math.PI * r * r;
            mass += sphere * gaussian.value(r) * h;
        }
        assertThat(mass).isCloseTo(1, within(1e-5));
        assertThat(gaussian.value(0)).isCloseTo(gaussian.value(1e-9), within(1e-12));
        assertThat(gaussian.value(sigma) / gaussian.value(0)).isCloseTo(Math.exp(-0.5), within(1e-15));
    }

    @Test
    void anyFormulaTakesItsOwnValueAtTheCentreUnlessToldOtherwise() {
        Radial cosine = Radial.of("cos r", Math::cos);
        assertThat(cosine.within(1).value(0)).isEqualTo(1);
        assertThat(cosine.withCentre(5).within(1).value(0)).isEqualTo(5);
        assertThat(cosine.withCentre(5).within(1).value(0.5)).isEqualTo(Math.cos(0.5));
    }

    @Test
    void namesTellTheFormulaAndTheCutoff() {
        assertThat(Radial.coulomb(3).within(1.5)).hasToString("1/(4πr) within 1.5");
        assertThat(Radial.coulomb(2).within(1)).hasToString("-ln(r)/(2π) within 1.0");
        assertThat(Radial.gauss(2).within(1)).hasToString("1/(2πr) within 1.0");
        assertThat(Radial.gauss(3).within(1)).hasToString("1/(4πr²) within 1.0");
        assertThat(Radial.gaussian(2, 0.1).within(1)).hasToString("gaussian(σ = 0.1) within 1.0");
        assertThat(Radial.gauss(3).within(0.25).cutoff()).isEqualTo(0.25);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1, 0, Double.POSITIVE_INFINITY})
    void badLengthsAreRefused(double length) {
        assertThatThrownBy(() -> Radial.coulomb(3).within(length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cutoff is " + length + "; it had to be positive and finite");
        assertThatThrownBy(() -> Radial.gaussian(2, length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sigma is " + length + "; it had to be positive and finite");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 4})
    void badDimensionsAreRefused(int dimension) {
        assertThatThrownBy(() -> Radial.coulomb(dimension)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dimension is " + dimension + "; it had to be 2 or 3");
        assertThatThrownBy(() -> Radial.gauss(dimension)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dimension is " + dimension + "; it had to be 2 or 3");
        if (dimension != 1) {
            assertThatThrownBy(() -> Radial.gaussian(dimension, 1)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("dimension is " + dimension + "; it had to be 1, 2 or 3");
        }
    }
}
