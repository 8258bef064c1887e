package org.isotrope.kernels.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CartesianTensorTest {
    private static double[] random(CartesianTensor kind, int d, Random random) {
        double[] tensor = new double[d * d];
        double trace = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double value = random.nextGaussian();
                double mirrored = switch (kind) {
                    case GENERAL -> random.nextGaussian();
                    case SYMMETRIC, TRACELESS_SYMMETRIC -> value;
                    case ANTISYMMETRIC -> -value;
                };
                tensor[d * i + j] = value;
                tensor[d * j + i] = i == j && kind == CartesianTensor.ANTISYMMETRIC ? 0 : mirrored;
            }
            trace += tensor[d * i + i];
        }
        if (kind == CartesianTensor.TRACELESS_SYMMETRIC) {
            tensor[0] -= trace;
        }
        return tensor;
    }

    @ParameterizedTest
    @EnumSource
    void rowsAreOrthonormalAndTheWayBackIsTheTranspose(CartesianTensor kind) {
        Random random = new Random(1);
        for (int d = 2; d <= 3; d++) {
            double[][] matrix = kind.toIrreps(d);
            assertThat(matrix).hasNumberOfRows(kind.irreps(d).components());
            assertThat(Sphere.distance(Sphere.times(matrix, Sphere.transpose(matrix)), Sphere.identity(matrix.length)))
                    .isLessThan(3e-16);
            double[] tensor = random(kind, d, random);
            assertThat(Sphere.distance(kind.fromIrreps(kind.toIrreps(tensor), d), tensor)).isLessThan(2e-15);
        }
    }

    /** {@code T ↦ R T Rᵀ} and the representation of the irreps are the same map, reflections included. */
    @ParameterizedTest
    @EnumSource
    void transformsAsItsIrreps(CartesianTensor kind) {
        Random random = new Random(2);
        for (int d = 2; d <= 3; d++) {
            for (int n = 0; n < 8; n++) {
                double[][] map;
                if (d == 3) {
                    map = Rotation.random(random).matrix();
                } else {
                    double c = Math.cos(n + 0.4);
                    map = new double[][] {{c, -Math.sin(n + 0.4)}, {Math.sin(n + 0.4), c}};
                }
                if (n % 2 == 1) {
                    map[0] = Orthogonal.negative(map)[0];
                }
                double[] tensor = random(kind, d, random);
                double[] image = new double[d * d];
                for (int i = 0; i < d * d; i++) {
                    for (int j = 0; j < d * d; j++) {
                        image[i] += map[i / d][j / d] * map[i % d][j % d] * tensor[j];
                    }
                }
                double[] expected = Sphere.times(kind.irreps(d).representation(map), kind.toIrreps(tensor));
                assertThat(Sphere.distance(kind.toIrreps(image), expected)).isLessThan(1e-14);
            }
        }
    }

    @Test
    void irreps() {
        assertThat(CartesianTensor.GENERAL.irreps(3)).hasToString("1x0e + 1x1e + 1x2e");
        assertThat(CartesianTensor.SYMMETRIC.irreps(3)).hasToString("1x0e + 1x2e");
        assertThat(CartesianTensor.ANTISYMMETRIC.irreps(3)).hasToString("1x1e");
        assertThat(CartesianTensor.TRACELESS_SYMMETRIC.irreps(3)).hasToString("1x2e");
        assertThat(CartesianTensor.GENERAL.irreps(2)).hasToString("1x0e + 1x0o + 1x2");
        assertThat(CartesianTensor.SYMMETRIC.irreps(2)).hasToString("1x0e + 1x2");
        assertThat(CartesianTensor.ANTISYMMETRIC.irreps(2)).hasToString("1x0o");
        assertThat(CartesianTensor.TRACELESS_SYMMETRIC.irreps(2)).hasToString("1x2");
    }

    @Test
    void explicitParts() {
        double[] t = {1, 2, 3, 5, 8, 13, 21, 34, 56};
        double[] irreps = CartesianTensor.GENERAL.toIrreps(t);
        assertThat(irreps[0]).isCloseTo(65 / Math.sqrt(3), within(1e-14));
        assertThat(irreps[1]).isCloseTo((13 - 34) / Math.sqrt(2), within(1e-14));
        assertThat(irreps[2]).isCloseTo((21 - 3) / Math.sqrt(2), within(1e-14));
        assertThat(irreps[3]).isCloseTo((2 - 5) / Math.sqrt(2), within(1e-14));
        double[] u = SphericalHarmonics.of(1, 0.3, 0.7, -0.4);
        double[] dyad = new double[9];
        for (int i = 0; i < 9; i++) {
            dyad[i] = u[i / 3] * u[i % 3];
        }
        double[] y = SphericalHarmonics.of(2, 0.3, 0.7, -0.4);
        double[] traceless = CartesianTensor.TRACELESS_SYMMETRIC.toIrreps(dyad);
        for (int m = 0; m < 5; m++) {
            assertThat(traceless[m]).isCloseTo(Math.sqrt(2.0 / 3) * y[m], within(1e-15));
        }
        double[] planar = CartesianTensor.GENERAL.toIrreps(new double[] {1, 2, 5, 11});
        double[] expected = {12 / Math.sqrt(2), -3 / Math.sqrt(2), -10 / Math.sqrt(2), 7 / Math.sqrt(2)};
        assertThat(Sphere.distance(planar, expected)).isLessThan(2e-15);
    }

    @Test
    void mandelComponentsOfSymmetricTensors() {
        double[][] m3 = CartesianTensor.mandelToIrreps(3);
        double[][] m2 = CartesianTensor.mandelToIrreps(2);
        for (double[][] matrix : List.of(m3, m2)) {
            assertThat(Sphere.distance(Sphere.times(matrix, Sphere.transpose(matrix)), Sphere.identity(matrix.length)))
                    .isLessThan(3e-16);
        }
        double[] t = {1, 2, 3, 2, 8, 13, 3, 13, 56};
        double r = Math.sqrt(2);
        assertThat(Sphere.distance(
                        Sphere.times(m3, new double[] {1, 8, 56, 13 * r, 3 * r, 2 * r}),
                        CartesianTensor.SYMMETRIC.toIrreps(t)))
                .isLessThan(2e-14);
        assertThat(Sphere.distance(
                        Sphere.times(m2, new double[] {1, 8, 2 * r}),
                        CartesianTensor.SYMMETRIC.toIrreps(new double[] {1, 2, 2, 8})))
                .isLessThan(2e-15);
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> CartesianTensor.GENERAL.toIrreps(new double[6]))
                .hasMessage("tensor has length 6; it had to be 4 or 9");
        assertThatThrownBy(() -> CartesianTensor.GENERAL.irreps(1)).hasMessage("dimension is 1; it had to be 2 or 3");
        assertThatThrownBy(() -> CartesianTensor.SYMMETRIC.fromIrreps(new double[5], 3))
                .hasMessage("irreps has length 5; it had to be 6, the components of 1x0e + 1x2e");
    }
}
