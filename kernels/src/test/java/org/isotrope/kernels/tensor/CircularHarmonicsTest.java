package org.isotrope.kernels.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CircularHarmonicsTest {
    @Test
    void cosineAndSineOfMultiplesOfTheAngle() {
        for (int m : new int[] {1, 2, 3, 7, 12, 100, 1001}) {
            for (double phi : new double[] {0.1, 1, 2, 3, -2.5}) {
                double[] y = CircularHarmonics.ofOrder(m).values(3 * Math.cos(phi), 3 * Math.sin(phi));
                assertThat(y[0]).isCloseTo(Math.cos(m * phi), within(1e-15 * (3 + m)));
                assertThat(y[1]).isCloseTo(Math.sin(m * phi), within(1e-15 * (3 + m)));
            }
        }
        assertThat(CircularHarmonics.ofOrder(0).values(2, 1)).containsExactly(1);
    }

    @Test
    void exactOnAxes() {
        assertThat(CircularHarmonics.ofOrder(5).values(0, 2)).containsExactly(0, 1);
        assertThat(CircularHarmonics.ofOrder(6).values(0, -1e-310)).containsExactly(-1, 0);
        assertThat(CircularHarmonics.ofOrder(3).values(-1e308, 0)).containsExactly(-1, 0);
    }

    @Test
    void normalisations() {
        for (int m = 0; m <= 5; m++) {
            CircularHarmonics component = CircularHarmonics.ofOrder(m).normalized(HarmonicNormalization.COMPONENT);
            CircularHarmonics integral = CircularHarmonics.ofOrder(m).normalized(HarmonicNormalization.INTEGRAL);
            double[] gram = new double[4];
            for (int j = 0; j < 16; j++) {
                double phi = Math.PI * j / 8;
                double[] y = integral.values(Math.cos(phi), Math.sin(phi));
                for (int a = 0; a < y.length; a++) {
                    for (int b = 0; b < y.length; b++) {
                        gram[2 * a + b] += Math.PI / 8 * y[a] * y[b];
                    }
                }
            }
            assertThat(gram[0]).isCloseTo(1, within(1e-14));
            assertThat(gram[1]).isCloseTo(0, within(1e-14));
            double square = 0;
            for (double value : component.values(0.3, -0.8)) {
                square += value * value;
            }
            assertThat(square).isCloseTo(component.size(), within(1e-14));
        }
    }

    @Test
    void rotateByTheirIrrep() {
        Random random = new Random(6);
        for (int m : new int[] {0, 1, 2, 5, 9}) {
            double angle = random.nextDouble() * 7;
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            for (double[][] map : List.of(new double[][] {{c, -s}, {s, c}}, new double[][] {{c, s}, {s, -c}})) {
                double[] image = Sphere.times(map, new double[] {0.4, 1.7});
                double[] expected = Sphere.times(
                        Irrep.circular(m).representation(map), CircularHarmonics.ofOrder(m).values(0.4, 1.7));
                double[] values = CircularHarmonics.ofOrder(m).values(image[0], image[1]);
                assertThat(Sphere.distance(values, expected)).isLessThan(1e-14);
            }
            double[][] rotation = {{c, -s}, {s, c}};
            assertThat(Sphere.distance(Irrep.circular(m).rotation(angle), Irrep.circular(m).representation(rotation)))
                    .isLessThan(1e-14);
        }
    }

    @Test
    void gradients() {
        double h = 1e-5;
        for (int m = 0; m <= 12; m++) {
            CircularHarmonics flat = CircularHarmonics.ofOrder(m).normalized(HarmonicNormalization.COMPONENT);
            for (CircularHarmonics harmonics : List.of(flat, flat.solid())) {
                double[] gradients = harmonics.gradients(0.6, -0.5);
                for (int i = 0; i < harmonics.size(); i++) {
                    double dx = harmonics.values(0.6 + h, -0.5)[i] - harmonics.values(0.6 - h, -0.5)[i];
                    double dy = harmonics.values(0.6, -0.5 + h)[i] - harmonics.values(0.6, -0.5 - h)[i];
                    assertThat(gradients[2 * i]).isCloseTo(dx / (2 * h), within(2e-6));
                    assertThat(gradients[2 * i + 1]).isCloseTo(dy / (2 * h), within(2e-6));
                }
            }
        }
    }

    @Test
    void origin() {
        assertThat(CircularHarmonics.ofOrder(2).values(0, 0)).containsExactly(0, 0);
        assertThat(CircularHarmonics.ofOrder(2).gradients(0, 0)).containsExactly(0, 0, 0, 0);
        assertThat(CircularHarmonics.ofOrder(1).solid().gradients(0, 0)).containsExactly(1, 0, 0, 1);
        assertThat(CircularHarmonics.ofOrder(0).values(0, 0)).containsExactly(1);
        assertThatThrownBy(() -> CircularHarmonics.ofOrder(1).values(Double.POSITIVE_INFINITY, 0))
                .hasMessage("vector is (Infinity, 0.0); it had to be finite");
        assertThatThrownBy(() -> CircularHarmonics.ofOrder(-3)).hasMessageContaining("m is -3");
    }
}
