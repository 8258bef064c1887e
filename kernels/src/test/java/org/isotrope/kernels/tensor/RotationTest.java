package org.isotrope.kernels.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RotationTest {
    @Test
    void quarterTurnsFollowTheRightHand() {
        assertThat(Rotation.about(0, 0, 2, Math.PI / 2).apply(1, 0, 0)[1]).isCloseTo(1, within(1e-15));
        assertThat(Rotation.about(3, 0, 0, Math.PI / 2).apply(0, 1, 0)[2]).isCloseTo(1, within(1e-15));
        assertThat(Rotation.about(0, 1, 0, Math.PI / 2).apply(0, 0, 1)[0]).isCloseTo(1, within(1e-15));
    }

    /** {@code R = 1 + sin θ K + (1 − cos θ) K²} with {@code K v = u × v}. */
    @Test
    void axisAndAngleAgreeWithRodrigues() {
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            double[] u = SphericalHarmonics.of(1, random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
            double angle = Math.PI * random.nextDouble();
            double[][] k = {{0, -u[2], u[1]}, {u[2], 0, -u[0]}, {-u[1], u[0], 0}};
            double[][] kk = Sphere.times(k, k);
            double[][] expected = Sphere.identity(3);
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    expected[a][b] += Math.sin(angle) * k[a][b] + (1 - Math.cos(angle)) * kk[a][b];
                }
            }
            Rotation rotation = Rotation.about(5 * u[0], 5 * u[1], 5 * u[2], angle);
            assertThat(Sphere.distance(rotation.matrix(), expected)).isLessThan(2e-15);
            assertThat(rotation.angle()).isCloseTo(angle, within(1e-14));
            assertThat(Sphere.distance(rotation.axis(), u)).isLessThan(1e-14 / Math.min(1, angle));
        }
    }

    @Test
    void quaternionsMultiplyAsRotations() {
        double[] p = {0.3, -0.2, 0.9, 0.5};
        double[] q = {-0.7, 0.1, 0.4, -0.6};
        double[] pq = {
            p[0] * q[0] - p[1] * q[1] - p[2] * q[2] - p[3] * q[3],
            p[0] * q[1] + p[1] * q[0] + p[2] * q[3] - p[3] * q[2],
            p[0] * q[2] - p[1] * q[3] + p[2] * q[0] + p[3] * q[1],
            p[0] * q[3] + p[1] * q[2] - p[2] * q[1] + p[3] * q[0]
        };
        Rotation product = Rotation.ofQuaternion(p[0], p[1], p[2], p[3])
                .times(Rotation.ofQuaternion(q[0], q[1], q[2], q[3]));
        assertThat(Sphere.distance(product.matrix(), Rotation.ofQuaternion(pq[0], pq[1], pq[2], pq[3]).matrix()))
                .isLessThan(1e-15);
    }

    @Test
    void quaternionRoundTrip() {
        double[][] quaternions = {
            {1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}, {0.1, -0.9, 0.3, 0.2}, {0.1, 0.2, -0.9, 0.3},
            {0.1, 0.2, 0.3, -0.9}, {0.9, -0.2, 0.3, 0.1}
        };
        for (double[] q : quaternions) {
            double length = 0;
            for (double element : q) {
                length += element * element;
            }
            double[] unit = Rotation.ofQuaternion(q[0], q[1], q[2], q[3]).quaternion();
            for (int i = 0; i < 4; i++) {
                assertThat(unit[i]).isCloseTo(q[i] / Math.sqrt(length), within(1e-15));
            }
        }
        double[] large = Rotation.ofQuaternion(-1e200, 0, 1e200, 0).quaternion();
        assertThat(large[2]).isCloseTo(-Math.sqrt(0.5), within(1e-15));
    }

    @Test
    void eulerAnglesAreProductsOfTurns() {
        double[][] y3 = {{Math.cos(0.3), 0, Math.sin(0.3)}, {0, 1, 0}, {-Math.sin(0.3), 0, Math.cos(0.3)}};
        double[][] x1 = {{1, 0, 0}, {0, Math.cos(1.1), -Math.sin(1.1)}, {0, Math.sin(1.1), Math.cos(1.1)}};
        double[][] y2 = {{Math.cos(-2.2), 0, Math.sin(-2.2)}, {0, 1, 0}, {-Math.sin(-2.2), 0, Math.cos(-2.2)}};
        double[][] expected = Sphere.times(y3, Sphere.times(x1, y2));
        assertThat(Sphere.distance(Rotation.euler("yxy", 0.3, 1.1, -2.2).matrix(), expected)).isLessThan(1e-15);
        assertThat(Rotation.euler("zyx", Math.PI / 2, 0, 0).apply(1, 0, 0)[1]).isCloseTo(1, within(1e-15));
    }

    @Test
    void inverseAndIdentity() {
        Rotation rotation = Rotation.random(11);
        assertThat(Sphere.distance(rotation.times(rotation.inverse()).matrix(), Sphere.identity(3))).isLessThan(1e-15);
        assertThat(rotation.times(Rotation.identity())).isEqualTo(rotation);
        assertThat(Rotation.identity().angle()).isZero();
        assertThat(Rotation.identity().axis()).containsExactly(0, 1, 0);
    }

    @Test
    void randomRotationsRepeatAndAreUniform() {
        assertThat(Rotation.random(42)).isEqualTo(Rotation.random(42)).isNotEqualTo(Rotation.random(43));
        // averages of D^l over the group vanish for l > 0, and those of squares are 1/(2l + 1)
        Random random = new Random(8);
        int count = 20000;
        double[][] mean = new double[3][3];
        double[][] square = new double[3][3];
        double mean2 = 0;
        for (int n = 0; n < count; n++) {
            Rotation rotation = Rotation.random(random);
            double[][] r = rotation.matrix();
            mean2 += WignerD.of(2, rotation)[1][3] / count;
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    mean[i][j] += r[i][j] / count;
                    square[i][j] += r[i][j] * r[i][j] / count;
                }
            }
        }
        assertThat(mean2).isCloseTo(0, within(0.015));
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(mean[i][j]).isCloseTo(0, within(0.02));
                assertThat(square[i][j]).isCloseTo(1.0 / 3, within(0.01));
            }
        }
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> Rotation.ofMatrix(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, -1}}))
                .hasMessageStartingWith("matrix has determinant -1.0; it had to be +1");
        assertThatThrownBy(() -> Rotation.ofMatrix(new double[][] {{1, 0.1, 0}, {0, 1, 0}, {0, 0, 1}}))
                .hasMessageStartingWith("matrix has columns 0 and 1 with product 0.1");
        assertThatThrownBy(() -> Rotation.ofQuaternion(0, 0, 0, 0)).hasMessageStartingWith("quaternion is (0.0, ");
        assertThatThrownBy(() -> Rotation.about(0, 0, 0, 1)).hasMessageStartingWith("axis is (0.0, ");
        assertThatThrownBy(() -> Rotation.about(0, 1, 0, Double.NaN)).hasMessage("angle is NaN; it had to be finite");
        assertThatThrownBy(() -> Rotation.euler("abc", 0, 0, 0))
                .hasMessage("axes is \"abc\"; it had to be three letters x, y or z");
    }
}
