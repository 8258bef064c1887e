package org.isotrope.kernels.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SphericalHarmonicsTest {
    private static final SphericalHarmonics ALL = SphericalHarmonics.upTo(SphericalHarmonics.MAX_L);

    /** The usual table of real harmonics to l = 3, with (x, y, z) for its (y, z, x). */
    @Test
    void closedFormsToDegreeThree() {
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            double[] p = Sphere.point(random);
            double r = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
            double x = p[0] / r;
            double y = p[1] / r;
            double z = p[2] / r;
            double q = x * x + z * z;
            double[] expected = {
                1,
                x,
                y,
                z,
                Math.sqrt(3) * x * z,
                Math.sqrt(3) * x * y,
                y * y - q / 2,
                Math.sqrt(3) * y * z,
                Math.sqrt(3) / 2 * (z * z - x * x),
                Math.sqrt(5.0 / 8) * x * (3 * z * z - x * x),
                Math.sqrt(15) * x * y * z,
                Math.sqrt(3.0 / 8) * x * (4 * y * y - q),
                y * (2 * y * y - 3 * q) / 2,
                Math.sqrt(3.0 / 8) * z * (4 * y * y - q),
                Math.sqrt(15) / 2 * y * (z * z - x * x),
                Math.sqrt(5.0 / 8) * z * (z * z - 3 * x * x)
            };
            double[] values = SphericalHarmonics.upTo(3).values(p[0], p[1], p[2]);
            assertThat(Sphere.distance(values, expected)).isLessThan(4e-16 * 4);
        }
    }

    @Test
    void numbersOfE3nnToDegreeEleven() {
        double[] values = ALL.normalized(HarmonicNormalization.COMPONENT).values(0.3, 0.5, -0.7);
        int rows = 0;
        for (double[] row : Sphere.table("e3nn-harmonics.txt")) {
            int index = SphericalHarmonics.index((int) row[0], (int) row[1]);
            assertThat(values[index]).isCloseTo(row[2], within(1e-14));
            rows++;
        }
        assertThat(rows).isEqualTo(144);
    }

    @Test
    void orthonormalOnTheSphere() {
        SphericalHarmonics harmonics = ALL.normalized(HarmonicNormalization.INTEGRAL);
        int size = harmonics.size();
        double[][] gram = new double[size][size];
        for (Sphere.Node node : Sphere.quadrature(13)) {
            double[] y = harmonics.values(node.x(), node.y(), node.z());
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    gram[i][j] += node.weight() * y[i] * y[j];
                }
            }
        }
        assertThat(Sphere.distance(gram, Sphere.identity(size))).isLessThan(2e-14);
    }

    /** {@code Σ_m Y_lm(u) Y_lm(v) = P_l(u·v)} at norm 1, which for u = v is the normalisation itself. */
    @Test
    void additionTheorem() {
        Random random = new Random(2);
        for (int i = 0; i < 50; i++) {
            double[] p = Sphere.point(random);
            double[] q = i == 0 ? p : Sphere.point(random);
            double[] u = SphericalHarmonics.of(1, p[0], p[1], p[2]);
            double[] v = SphericalHarmonics.of(1, q[0], q[1], q[2]);
            double cosine = u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
            for (int l = 0; l <= SphericalHarmonics.MAX_L; l++) {
                double[] a = SphericalHarmonics.of(l, p[0], p[1], p[2]);
                double[] b = SphericalHarmonics.of(l, q[0], q[1], q[2]);
                double sum = 0;
                for (int m = 0; m < a.length; m++) {
                    sum += a[m] * b[m];
                }
                assertThat(sum).isCloseTo(Sphere.legendre(l, cosine), within(2e-14));
            }
        }
    }

    @Test
    void normalisationsDifferByAFactorADegree() {
        double[] norm = ALL.values(0.1, -0.4, 0.2);
        double[] component = ALL.normalized(HarmonicNormalization.COMPONENT).values(0.1, -0.4, 0.2);
        double[] integral = ALL.normalized(HarmonicNormalization.INTEGRAL).values(0.1, -0.4, 0.2);
        for (int l = 0; l <= ALL.maxL(); l++) {
            for (int m = -l; m <= l; m++) {
                int i = SphericalHarmonics.index(l, m);
                assertThat(component[i]).isCloseTo(Math.sqrt(2 * l + 1) * norm[i], within(1e-14));
                assertThat(integral[i]).isCloseTo(component[i] / Math.sqrt(4 * Math.PI), within(1e-14));
            }
        }
    }

    @Test
    void onlyTheDirectionMatters() {
        double[] values = ALL.values(0.3, -0.5, 0.7);
        for (double scale : new double[] {1e-300, 0x1p-1040, 1e-5, 7, 1e200, 2e307}) {
            double tolerance = scale == 0x1p-1040 ? 1e-8 : 1e-14;
            assertThat(Sphere.distance(ALL.values(0.3 * scale, -0.5 * scale, 0.7 * scale), values))
                    .isLessThan(tolerance);
        }
        assertThat(ALL.values(0, Double.MIN_VALUE, 0)).isEqualTo(ALL.values(0, 1, 0));
    }

    @Test
    void firstDegreeIsTheUnitVectorToTheBit() {
        assertThat(SphericalHarmonics.of(1, 3, 0, 4)).containsExactly(3.0 / 5, 0, 4.0 / 5);
        assertThat(SphericalHarmonics.of(1, 0, -2, 0)).containsExactly(0, -1, 0);
    }

    @Test
    void originHasDegreeZeroAlone() {
        double[] values = ALL.normalized(HarmonicNormalization.COMPONENT).values(0, -0.0, 0);
        assertThat(values[0]).isEqualTo(1);
        for (int i = 1; i < values.length; i++) {
            assertThat(values[i]).isZero();
        }
        assertThat(ALL.gradients(0, 0, 0)).containsOnly(0);
    }

    @Test
    void solidHarmonicsAreHomogeneous() {
        double[] p = {0.8, -1.5, 0.4};
        double r = Math.sqrt(0.64 + 2.25 + 0.16);
        double[] solid = ALL.solid().values(p[0], p[1], p[2]);
        double[] values = ALL.values(p[0], p[1], p[2]);
        for (int l = 0; l <= ALL.maxL(); l++) {
            for (int m = -l; m <= l; m++) {
                int i = SphericalHarmonics.index(l, m);
                assertThat(solid[i]).isCloseTo(Math.pow(r, l) * values[i], within(1e-14 * Math.pow(r, l)));
            }
        }
        assertThat(ALL.solid().values(0, 0, 0)[1]).isZero();
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> SphericalHarmonics.upTo(13)).hasMessage("l is 13; it had to be 0 to 12");
        assertThatThrownBy(() -> SphericalHarmonics.of(-1, 1, 0, 0)).hasMessage("l is -1; it had to be 0 to 12");
        assertThatThrownBy(() -> ALL.values(1, Double.NaN, 0))
                .hasMessage("vector is (1.0, NaN, 0.0); it had to be finite");
        assertThatThrownBy(() -> ALL.values(1, 0, 0, new double[168]))
                .hasMessage("values has length 168; it had to be at least 169");
    }
}
