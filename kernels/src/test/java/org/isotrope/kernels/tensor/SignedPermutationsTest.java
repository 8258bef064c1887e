package org.isotrope.kernels.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignedPermutationsTest {
    private static String name(double[][] matrix) {
        StringBuilder name = new StringBuilder();
        for (double[] row : matrix) {
            for (double element : row) {
                name.append(element > 0 ? '+' : element < 0 ? '-' : '0');
            }
        }
        return name.toString();
    }

    @Test
    void closedGroups() {
        for (int d = 1; d <= 3; d++) {
            List<double[][]> matrices = SignedPermutations.matrices(d);
            assertThat(matrices).hasSize(new int[] {0, 2, 8, 48}[d]);
            assertThat(matrices.getFirst()).isDeepEqualTo(Sphere.identity(d));
            Set<String> names = new HashSet<>();
            matrices.forEach(matrix -> names.add(name(matrix)));
            assertThat(names).hasSameSizeAs(matrices);
            for (double[][] a : matrices) {
                assertThat(Sphere.times(a, Sphere.transpose(a))).isDeepEqualTo(Sphere.identity(d));
                for (double[][] b : matrices) {
                    assertThat(names).contains(name(Sphere.times(a, b)));
                }
            }
            assertThat(SignedPermutations.rotations(d)).hasSize(matrices.size() / 2);
        }
    }

    /** Irreps of order up to 1 permute and flip components, and so does every order of 2D. */
    @Test
    void representationsWithoutRounding() {
        for (double[][] matrix : SignedPermutations.matrices(3)) {
            assertThat(signedPermutation(Irreps.parse("0e + 0o + 1o + 1e").representation(matrix))).isTrue();
        }
        for (double[][] matrix : SignedPermutations.matrices(2)) {
            assertThat(signedPermutation(Irreps.parse("0e + 0o + 1 + 2 + 3 + 8").representation(matrix))).isTrue();
        }
    }

    private static boolean signedPermutation(double[][] matrix) {
        return Arrays.stream(matrix)
                .allMatch(row -> Arrays.stream(row).filter(e -> e != 0).count() == 1
                        && Arrays.stream(row).allMatch(e -> e == 0 || Math.abs(e) == 1));
    }

    @Test
    void homomorphismOverTheWholeCube() {
        List<double[][]> matrices = SignedPermutations.matrices(3);
        Irreps irreps = Irreps.parse("2o + 3o + 4e");
        List<double[][]> images = matrices.stream().map(irreps::representation).toList();
        for (int a = 0; a < 48; a++) {
            for (int b = 0; b < 48; b++) {
                double[][] product = irreps.representation(Sphere.times(matrices.get(a), matrices.get(b)));
                assertThat(Sphere.distance(product, Sphere.times(images.get(a), images.get(b)))).isLessThan(1e-14);
            }
        }
    }
}
