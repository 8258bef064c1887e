package org.isotrope.kernels.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

class HarmonicGradientsTest {
    private static final SphericalHarmonics ALL = SphericalHarmonics.upTo(SphericalHarmonics.MAX_L);

    /** Central differences of order 12, {@code c_k = (−1)^{k+1} n!²/(k (n−k)! (n+k)!)}, n = 6. */
    private static double[] derivative(DoubleFunction<double[]> f, double h) {
        double[] derivative = new double[f.apply(0).length];
        double weight = 1;
        for (int k = 1; k <= 6; k++) {
            weight *= -(7.0 - k) / (6 + k);
            double[] right = f.apply(k * h);
            double[] left = f.apply(-k * h);
            for (int i = 0; i < derivative.length; i++) {
                derivative[i] -= weight / k * (right[i] - left[i]) / h;
            }
        }
        return derivative;
    }

    private static void gradientsAreDerivatives(SphericalHarmonics harmonics, double[] p) {
        double[] gradients = harmonics.gradients(p[0], p[1], p[2]);
        for (int a = 0; a < 3; a++) {
            int axis = a;
            double[] expected = derivative(
                    t -> harmonics.values(
                            p[0] + (axis == 0 ? t : 0), p[1] + (axis == 1 ? t : 0), p[2] + (axis == 2 ? t : 0)),
                    0.01);
            for (int i = 0; i < expected.length; i++) {
                assertThat(gradients[3 * i + a]).as("harmonic %d, axis %d", i, a).isCloseTo(expected[i], within(1e-10));
            }
        }
    }

    @Test
    void gradientsOfTheDirection() {
        Random random = new Random(3);
        for (int i = 0; i < 10; i++) {
            double[] u = SphericalHarmonics.of(1, random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
            gradientsAreDerivatives(ALL, new double[] {1.3 * u[0], 1.3 * u[1], 1.3 * u[2]});
        }
        gradientsAreDerivatives(ALL.normalized(HarmonicNormalization.NORM), new double[] {0, 1, 0});
        gradientsAreDerivatives(ALL, new double[] {0, -1, 0});
        gradientsAreDerivatives(SphericalHarmonics.upTo(4).normalized(HarmonicNormalization.INTEGRAL),
                new double[] {1, 0, 0});
    }

    @Test
    void gradientsOfPolynomials() {
        Random random = new Random(4);
        for (int i = 0; i < 10; i++) {
            double[] u = SphericalHarmonics.of(1, random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
            gradientsAreDerivatives(ALL.solid().normalized(HarmonicNormalization.COMPONENT), u);
        }
        gradientsAreDerivatives(ALL.solid(), new double[] {0, 0, 0});
        gradientsAreDerivatives(ALL.solid(), new double[] {0, 1, 0});
    }

    /** Along the vector, harmonics of the direction stay and solid ones grow as {@code |x|^l}. */
    @Test
    void radialDerivatives() {
        double[] p = {0.4, -0.9, 1.1};
        double[] flat = ALL.gradients(p[0], p[1], p[2]);
        double[] gradients = ALL.solid().gradients(p[0], p[1], p[2]);
        double[] solid = ALL.solid().values(p[0], p[1], p[2]);
        for (int l = 0; l <= ALL.maxL(); l++) {
            for (int m = -l; m <= l; m++) {
                int i = SphericalHarmonics.index(l, m);
                double alongFlat = 0;
                double along = 0;
                for (int a = 0; a < 3; a++) {
                    alongFlat += p[a] * flat[3 * i + a];
                    along += p[a] * gradients[3 * i + a];
                }
                assertThat(alongFlat).isCloseTo(0, within(1e-13));
                assertThat(along).isCloseTo(l * solid[i], within(1e-12));
            }
        }
    }

    @Test
    void gradientsOfTheDirectionFallWithDistance() {
        double[] near = ALL.gradients(0.3, 0.1, -0.2);
        double[] far = ALL.gradients(0.3e150, 0.1e150, -0.2e150);
        for (int i = 0; i < near.length; i++) {
            assertThat(far[i] * 1e150).isCloseTo(near[i], within(1e-12));
        }
    }
}
