package org.isotrope.kernels.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClebschGordanTest {
    private static ClebschGordan even(int l1, int l2, int l3) {
        return ClebschGordan.compute(
                Irrep.spherical(l1, Parity.EVEN), Irrep.spherical(l2, Parity.EVEN), Irrep.spherical(l3, Parity.EVEN));
    }

    private static ClebschGordan planar(String first, String second, String product) {
        return ClebschGordan.compute(Irrep.parse(first, 2), Irrep.parse(second, 2), Irrep.parse(product, 2));
    }

    @Test
    void dotAndCrossProduct() {
        double[][][] dot = even(1, 1, 0).dense();
        double[][][] cross = even(1, 1, 1).dense();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(dot[i][j][0]).isEqualTo(i == j ? 0.5773502691896257645 : 0);
                for (int k = 0; k < 3; k++) {
                    int sign = (j - i) * (k - i) * (k - j) / 2;
                    assertThat(cross[i][j][k]).isEqualTo(sign == 0 ? 0 : sign * 0.40824829046386301637);
                }
            }
        }
        for (int l = 0; l <= 6; l++) {
            for (int m = 0; m <= 2 * l; m++) {
                double expected = Math.sqrt(1.0 / (2 * l + 1));
                assertThat(even(l, l, 0).dense()[m][m][0]).isCloseTo(expected, within(1e-16));
                assertThat(even(0, l, l).dense()[0][m][m]).isCloseTo(expected, within(1e-16));
                assertThat(even(l, 0, l).dense()[m][0][m]).isCloseTo(expected, within(1e-16));
            }
        }
    }

    @Test
    void numbersOfE3nn() {
        int rows = 0;
        for (double[] row : Sphere.table("e3nn-wigner-3j.txt")) {
            double[][][] c = even((int) row[0], (int) row[1], (int) row[2]).dense();
            assertThat(c[(int) row[3]][(int) row[4]][(int) row[5]]).isCloseTo(row[6], within(1e-15));
            rows++;
        }
        assertThat(rows).isEqualTo(175);
    }

    @Test
    void invariantUnderRotations() {
        Random random = new Random(1);
        List<double[][]> d = WignerD.upTo(6, Rotation.random(random));
        for (int l1 = 0; l1 <= 6; l1++) {
            for (int l2 = 0; l2 <= 6; l2++) {
                for (int l3 = Math.abs(l1 - l2); l3 <= Math.min(6, l1 + l2); l3++) {
                    ClebschGordan c = even(l1, l2, l3);
                    assertThat(departure(c, d.get(l1), d.get(l2), d.get(l3))).isLessThan(1e-13);
                }
            }
        }
    }

    @Test
    void invariantUnderReflections() {
        double[][] map = Orthogonal.negative(Rotation.random(2).matrix());
        for (String[] irreps : List.of(
                new String[] {"1o", "1o", "1e"}, new String[] {"2o", "1e", "3o"}, new String[] {"0o", "2o", "2e"})) {
            ClebschGordan c = ClebschGordan.of(
                    Irrep.parse(irreps[0], 3), Irrep.parse(irreps[1], 3), Irrep.parse(irreps[2], 3));
            assertThat(departure(c, map)).isLessThan(1e-14);
        }
    }

    private static double departure(ClebschGordan c, double[][] map) {
        return departure(
                c, c.first().representation(map), c.second().representation(map), c.product().representation(map));
    }

    /** The largest difference between {@code C_ijk} and {@code C_abc D_ai D_bj D_ck}. */
    private static double departure(ClebschGordan c, double[][] d1, double[][] d2, double[][] d3) {
        double[][][] dense = c.dense();
        double[][][] rotated = new double[d1.length][d2.length][d3.length];
        for (ClebschGordan.Entry entry : c.entries()) {
            for (int i = 0; i < d1.length; i++) {
                for (int j = 0; j < d2.length; j++) {
                    double factor = entry.value() * d1[entry.i()][i] * d2[entry.j()][j];
                    for (int k = 0; k < d3.length; k++) {
                        rotated[i][j][k] += factor * d3[entry.k()][k];
                    }
                }
            }
        }
        double largest = 0;
        for (int i = 0; i < d1.length; i++) {
            largest = Math.max(largest, Sphere.distance(rotated[i], dense[i]));
        }
        return largest;
    }

    /** What holds for pseudovectors fails for vectors, by all of the tensor. */
    @Test
    void crossProductOfVectorsIsNoVector() {
        double[][] mirror = {{-1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        double[][] polar = Irrep.parse("1o", 3).representation(mirror);
        assertThat(departure(even(1, 1, 1), mirror)).isZero();
        assertThat(departure(even(1, 1, 1), polar, polar, polar)).isCloseTo(2 / Math.sqrt(6), within(1e-15));
    }

    @Test
    void normIsOneToTheLargestDegree() {
        for (int l = 0; l <= SphericalIrrep.MAX_L; l++) {
            double square = even(12, 12, l).entries().stream().mapToDouble(e -> e.value() * e.value()).sum();
            assertThat(square).isCloseTo(1, within(1e-14));
        }
    }

    /** {@code Σ_ij C_ijk C'_ijk' = δ δ/(2l + 1)}, and {@code Σ (2l + 1) C_ijk C_i'j'k = δ δ}. */
    @Test
    void orthogonalAndComplete() {
        for (int[] pair : new int[][] {{1, 1}, {2, 3}, {6, 6}, {4, 1}, {8, 8}, {12, 3}}) {
            int n = (2 * pair[0] + 1) * (2 * pair[1] + 1);
            double[][] matrix = new double[n][n];
            int row = 0;
            for (int l = Math.abs(pair[0] - pair[1]); l <= pair[0] + pair[1]; l++) {
                for (ClebschGordan.Entry entry : even(pair[0], pair[1], l).entries()) {
                    matrix[row + entry.k()][entry.i() * (2 * pair[1] + 1) + entry.j()] =
                            Math.sqrt(2 * l + 1) * entry.value();
                }
                row += 2 * l + 1;
            }
            assertThat(row).isEqualTo(n);
            assertThat(Sphere.distance(Sphere.times(matrix, Sphere.transpose(matrix)), Sphere.identity(n)))
                    .isLessThan(2e-14);
            assertThat(Sphere.distance(Sphere.times(Sphere.transpose(matrix), matrix), Sphere.identity(n)))
                    .isLessThan(2e-14);
        }
    }

    @Test
    void exchangeOfFactorsChangesTheSignOfOddSums() {
        for (int l1 = 0; l1 <= 4; l1++) {
            for (int l2 = 0; l2 <= 4; l2++) {
                for (int l3 = Math.abs(l1 - l2); l3 <= l1 + l2; l3++) {
                    double[][][] swapped = even(l2, l1, l3).dense();
                    for (ClebschGordan.Entry entry : even(l1, l2, l3).entries()) {
                        double sign = (l1 + l2 + l3) % 2 == 0 ? 1 : -1;
                        assertThat(swapped[entry.j()][entry.i()][entry.k()]).isEqualTo(sign * entry.value());
                    }
                }
            }
        }
    }

    /** Products of harmonics, projected on harmonics by quadrature, are a positive multiple of the tensor. */
    @Test
    void harmonicsMultiplyByPositiveMultiples() {
        int max = 4;
        SphericalHarmonics harmonics = SphericalHarmonics.upTo(2 * max);
        List<Sphere.Node> nodes = Sphere.quadrature(2 * max + 1);
        List<double[]> values = nodes.stream().map(n -> harmonics.values(n.x(), n.y(), n.z())).toList();
        for (int l1 = 0; l1 <= max; l1++) {
            for (int l2 = 0; l2 <= max; l2++) {
                for (int l3 = Math.abs(l1 - l2); l3 <= l1 + l2; l3 += 2) {
                    double[][][] c = even(l1, l2, l3).dense();
                    double[] gaunt = new double[c.length * c[0].length * c[0][0].length];
                    double[] flat = new double[gaunt.length];
                    double square = 0;
                    int at = 0;
                    for (int i = 0; i < c.length; i++) {
                        for (int j = 0; j < c[0].length; j++) {
                            for (int k = 0; k < c[0][0].length; k++) {
                                for (int n = 0; n < nodes.size(); n++) {
                                    double[] y = values.get(n);
                                    double product = y[l1 * l1 + i] * y[l2 * l2 + j] * y[l3 * l3 + k];
                                    gaunt[at] += nodes.get(n).weight() * product;
                                }
                                square += gaunt[at] * gaunt[at];
                                flat[at++] = c[i][j][k];
                            }
                        }
                    }
                    assertThat(square).isGreaterThan(1e-3);
                    for (int e = 0; e < flat.length; e++) {
                        assertThat(flat[e]).isCloseTo(gaunt[e] / Math.sqrt(square), within(1e-13));
                    }
                }
            }
        }
    }

    @Test
    void productsIn2d() {
        double[] a = {0.3, -0.8};
        double[] b = {1.1, 0.4};
        double re = 0.3 * 1.1 + 0.8 * 0.4;
        double im = 0.3 * 0.4 - 0.8 * 1.1;
        assertThat(Sphere.distance(planar("2", "3", "5").multiply(a, b), new double[] {re / 2, im / 2}))
                .isLessThan(4e-16);
        double dot = 0.3 * 1.1 - 0.8 * 0.4;
        double cross = 0.3 * 0.4 + 0.8 * 1.1;
        assertThat(Sphere.distance(planar("2", "3", "1").multiply(a, b), new double[] {dot / 2, cross / 2}))
                .isLessThan(4e-16);
        assertThat(Sphere.distance(planar("3", "2", "1").multiply(a, b), new double[] {dot / 2, -cross / 2}))
                .isLessThan(4e-16);
        assertThat(planar("2", "2", "0e").multiply(a, b)[0]).isCloseTo(dot / Math.sqrt(2), within(4e-16));
        assertThat(planar("2", "2", "0o").multiply(a, b)[0]).isCloseTo(cross / Math.sqrt(2), within(4e-16));
        double[] turned = {0.8 * 2 / Math.sqrt(2), 0.3 * 2 / Math.sqrt(2)};
        assertThat(Sphere.distance(planar("0o", "2", "2").multiply(new double[] {2}, a), turned)).isLessThan(4e-16);
        assertThat(Sphere.distance(planar("2", "0o", "2").multiply(a, new double[] {2}), turned)).isLessThan(4e-16);
    }

    @Test
    void invariantAndOrthogonalIn2d() {
        double c = Math.cos(0.7);
        double s = Math.sin(0.7);
        List<String> irreps = List.of("0e", "0o", "1", "2", "3", "4");
        for (String one : irreps) {
            for (String two : irreps) {
                Irrep first = Irrep.parse(one, 2);
                Irrep second = Irrep.parse(two, 2);
                int components = 0;
                for (Irrep product : first.times(second)) {
                    ClebschGordan tensor = ClebschGordan.of(first, second, product);
                    components += product.components();
                    assertThat(departure(tensor, new double[][] {{c, -s}, {s, c}})).isLessThan(1e-15);
                    assertThat(departure(tensor, new double[][] {{c, s}, {s, -c}})).isLessThan(1e-15);
                    double norm = tensor.entries().stream().mapToDouble(e -> e.value() * e.value()).sum();
                    assertThat(norm).isCloseTo(1, within(1e-15));
                }
                assertThat(components).isEqualTo(first.components() * second.components());
            }
        }
    }

    @Test
    void computedOnce() {
        Irrep first = Irrep.spherical(2, Parity.EVEN);
        Irrep second = Irrep.spherical(3, Parity.EVEN);
        Irrep product = Irrep.spherical(4, Parity.EVEN);
        ClebschGordan kept = ClebschGordan.of(first, second, product);
        assertThat(ClebschGordan.of(first, second, product)).isSameAs(kept).hasToString("2e ⊗ 3e → 4e");
        assertThat(even(2, 3, 4).entries()).isEqualTo(kept.entries());
    }

    @Test
    void forbiddenProductsNameTheAllowedOnes() {
        Irrep vector = Irrep.parse("1o", 3);
        assertThatThrownBy(() -> ClebschGordan.of(vector, vector, vector))
                .hasMessage("product of 1o and 1o is 1o; it had to be one of 0e to 2e");
        assertThatThrownBy(() -> ClebschGordan.of(vector, Irrep.parse("0o", 3), vector))
                .hasMessage("product of 1o and 0o is 1o; it had to be one of 1e");
        assertThatThrownBy(() -> planar("2", "1", "0e"))
                .hasMessage("product of 2 and 1 is 0e; it had to be one of 1, 3");
        assertThatThrownBy(() -> ClebschGordan.of(vector, vector, Irrep.circular(2)))
                .hasMessage("irreps are of 3D, 3D and 2D; they had to be of one space");
        assertThatThrownBy(() -> even(1, 1, 0).multiply(new double[3], new double[2]))
                .hasMessage("b has length 2; it had to be 3, the components of 1e");
    }
}
