package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.isotrope.grids.FieldType.PSEUDOVECTOR;
import static org.isotrope.grids.FieldType.SCALAR;
import static org.isotrope.grids.FieldType.VECTOR;

import java.util.Random;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.tensor.Irrep;
import org.isotrope.kernels.tensor.IrrepsType;
import org.isotrope.kernels.tensor.Rotation;
import org.isotrope.kernels.tensor.TensorType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FieldProductTest {
    private static final Grid PLANE = Grid.of(Axis.uniform(0, 1, 7), Axis.uniform(0, 1, 11));
    private static final Grid SPACE = Grid.of(Axis.uniform(0, 1, 3), Axis.uniform(0, 1, 5), Axis.uniform(0, 1, 7));

    private static Grid grid(int dimension) {
        return dimension == 2 ? PLANE : SPACE;
    }

    private static Field random(FieldType type, int dimension, long seed) {
        return Samples.random(type, grid(dimension), Precision.DOUBLE, seed);
    }

    private static Field apply(FieldProduct product, Field a, Field b) {
        Field out = Fields.automatic().precision(a.precision()).of(product.out(), a.grid()).fill(Double.NaN);
        product.apply(a, b, out);
        return out;
    }

    static Stream<Arguments> products() {
        return Stream.of(
                Arguments.of(FieldProduct.full(IrrepsType.of("2x0e + 1o"), IrrepsType.of("1o + 2e"), 3), 3),
                Arguments.of(FieldProduct.full(VECTOR, TensorType.GENERAL, 3), 3),
                Arguments.of(FieldProduct.full(IrrepsType.of("3o"), IrrepsType.of("4e"), 3), 3),
                Arguments.of(FieldProduct.full(VECTOR, TensorType.TRACELESS, 2), 2),
                Arguments.of(FieldProduct.full(IrrepsType.of("0e + 2x1 + 3"), IrrepsType.of("0o + 2"), 2), 2),
                Arguments.of(FieldProduct.of(VECTOR, PSEUDOVECTOR, TensorType.GENERAL.reflected(), 3, 0.3, -1, 2), 3),
                Arguments.of(FieldProduct.scaling(TensorType.SYMMETRIC, 3), 3),
                Arguments.of(FieldProduct.dot(2), 2), Arguments.of(FieldProduct.dot(3), 3),
                Arguments.of(FieldProduct.cross(2), 2), Arguments.of(FieldProduct.cross(3), 3),
                Arguments.of(FieldProduct.matrixVector(TensorType.TRACELESS, 3), 3),
                Arguments.of(FieldProduct.matrixVector(TensorType.ANTISYMMETRIC.reflected(), 3), 3),
                Arguments.of(FieldProduct.matrixVector(TensorType.GENERAL, 2), 2),
                Arguments.of(FieldProduct.complex(1, 2), 2), Arguments.of(FieldProduct.complexConjugate(3, 1), 2));
    }

    /** p(R a, R b) = R p(a, b) at every node, for rotations and reflections. */
    @ParameterizedTest
    @MethodSource("products")
    void commutesWithRotationsAndReflections(FieldProduct product, int d) {
        Random random = new Random(4);
        Field a = random(product.first(), d, 1);
        Field b = random(product.second(), d, 2);
        Field image = apply(product, a, b);
        for (int trial = 0; trial < 6; trial++) {
            double[][] matrix;
            if (d == 3) {
                matrix = Rotation.random(random).matrix();
            } else {
                double angle = 6.3 * random.nextDouble();
                matrix = new double[][] {{Math.cos(angle), -Math.sin(angle)}, {Math.sin(angle), Math.cos(angle)}};
            }
            if (trial % 2 == 1) {
                for (double[] row : matrix) {
                    row[0] = -row[0];
                }
            }
            Field turned = apply(product, turned(a, matrix), turned(b, matrix));
            assertThat(Samples.distance(turned, turned(image, matrix)))
                    .isLessThan(1e-12 * Math.max(1, Samples.largest(image)));
        }
    }

    private static Field turned(Field field, double[][] matrix) {
        double[][] representation = field.type().representation(matrix);
        Field turned = Fields.automatic().of(field.type(), field.grid());
        long nodes = field.grid().size();
        for (long i = 0; i < nodes; i++) {
            for (int r = 0; r < representation.length; r++) {
                double sum = 0;
                for (int c = 0; c < representation.length; c++) {
                    sum += representation[r][c] * field.getFlat(c * nodes + i);
                }
                turned.setFlat(r * nodes + i, sum);
            }
        }
        return turned;
    }

    @ParameterizedTest
    @MethodSource("products")
    void hasItsAdjointsInBothFactors(FieldProduct product, int d) {
        Field a = random(product.first(), d, 1);
        Field b = random(product.second(), d, 2);
        Field y = random(product.out(), d, 3);
        double forward = Samples.dot(apply(product, a, b), y);
        double scale = Math.sqrt(Samples.dot(y, y)) * Math.sqrt(Samples.dot(a, a));
        assertThat(Samples.dot(a, apply(product.adjointInFirst(), y, b))).isCloseTo(forward, within(1e-13 * scale));
        assertThat(Samples.dot(b, apply(product.adjointInSecond(), a, y))).isCloseTo(forward, within(1e-13 * scale));
    }

    /** A full product is an isometry: path by path, the squares of its components sum to those of the factors. */
    @Test
    void fullProductsKeepEverything() {
        FieldProduct full = FieldProduct.full(VECTOR, VECTOR, 3);
        assertThat(full.out()).hasToString("1x0e + 1x1e + 1x2e");
        Field a = random(VECTOR, 3, 1);
        Field b = random(VECTOR, 3, 2);
        Field product = apply(full, a, b);
        for (int i = 0; i < 3; i++) {
            double squares = 0;
            int[] at = {i, 1, 2};
            for (int c = 0; c < 9; c++) {
                squares += product.get(c, at) * product.get(c, at);
            }
            double left = 0;
            double right = 0;
            for (int k = 0; k < 3; k++) {
                left += a.get(k, at) * a.get(k, at);
                right += b.get(k, at) * b.get(k, at);
            }
            assertThat(squares).isCloseTo(left * right, within(1e-13));
        }
    }

    @Test
    void productsWithNamesAgreeWithTheirPaths() {
        for (int d = 2; d <= 3; d++) {
            Field s = random(SCALAR, d, 1);
            Field a = random(VECTOR, d, 2);
            Field b = random(VECTOR, d, 3);
            agree(FieldProduct.scaling(VECTOR, d), FieldProduct.of(SCALAR, VECTOR, VECTOR, d), 1, s, a);
            agree(FieldProduct.dot(d), FieldProduct.of(VECTOR, VECTOR, SCALAR, d), Math.sqrt(d), a, b);
            FieldProduct cross = FieldProduct.cross(d);
            agree(cross, FieldProduct.of(VECTOR, VECTOR, cross.out(), d), Math.sqrt(2), a, b);
            Field t = random(TensorType.TRACELESS, d, 4);
            FieldProduct general = FieldProduct.of(TensorType.TRACELESS, VECTOR, VECTOR, d);
            double factor = apply(FieldProduct.matrixVector(TensorType.TRACELESS, d), t, a).get(0, new int[d])
                    / apply(general, t, a).get(0, new int[d]);
            agree(FieldProduct.matrixVector(TensorType.TRACELESS, d), general, factor, t, a);
        }
        Field z1 = random(IrrepsType.of(Irrep.circular(3)), 2, 5);
        Field z2 = random(IrrepsType.of(Irrep.circular(1)), 2, 6);
        agree(FieldProduct.complex(3, 1), FieldProduct.of(z1.type(), z2.type(), IrrepsType.of(Irrep.circular(4)), 2),
                Math.sqrt(2), z1, z2);
        agree(FieldProduct.complexConjugate(3, 1),
                FieldProduct.of(z1.type(), z2.type(), IrrepsType.of(Irrep.circular(2)), 2), Math.sqrt(2), z1, z2);
    }

    private static void agree(FieldProduct named, FieldProduct general, double factor, Field a, Field b) {
        Field expected = apply(general, a, b);
        Arithmetic.scale(factor, expected, expected);
        assertThat(Samples.distance(apply(named, a, b), expected)).as(named.toString()).isLessThan(1e-13);
    }

    @Test
    void theTextbookProductsAreWhatTheirNamesSay() {
        int[] at = {1, 2, 3};
        Field a = random(VECTOR, 3, 2);
        Field b = random(VECTOR, 3, 3);
        double[] x = {a.get(0, at), a.get(1, at), a.get(2, at)};
        double[] y = {b.get(0, at), b.get(1, at), b.get(2, at)};
        assertThat(apply(FieldProduct.dot(3), a, b).get(0, at))
                .isEqualTo(Math.fma(x[2], y[2], Math.fma(x[1], y[1], x[0] * y[0])));
        Field cross = apply(FieldProduct.cross(3), a, b);
        assertThat(cross.get(0, at)).isCloseTo(x[1] * y[2] - x[2] * y[1], within(1e-15));
        assertThat(cross.get(1, at)).isCloseTo(x[2] * y[0] - x[0] * y[2], within(1e-15));
        assertThat(cross.get(2, at)).isCloseTo(x[0] * y[1] - x[1] * y[0], within(1e-15));
    }

    /** All terms in order, node by node, in the precision of the fields. */
    @Test
    @Tag("bits")
    void bitsAreThoseOfThePlainSum() {
        FieldProduct cross = FieldProduct.cross(3);
        Grid grid = Grid.of(Axis.uniform(0, 1, 19), Axis.uniform(0, 1, 23), Axis.uniform(0, 1, 13));
        Field a = Samples.random(VECTOR, grid, Precision.FLOAT, 1);
        Field b = Samples.random(VECTOR, grid, Precision.FLOAT, 2);
        Field out = apply(cross, a, b);
        long n = grid.size();
        for (long i = 0; i < n; i++) {
            float first = Math.fma((float) a.getFlat(n + i), (float) b.getFlat(2 * n + i), 0f);
            float sum = Math.fma(-(float) a.getFlat(2 * n + i), (float) b.getFlat(n + i), first);
            assertThat((float) out.getFlat(i)).isEqualTo(sum);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> FieldProduct.of(VECTOR, VECTOR, VECTOR, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the output had to hold one of the irreps").hasMessageContaining("2e");
        assertThatThrownBy(() -> FieldProduct.of(VECTOR, VECTOR, SCALAR, 3, 1, 2))
                .hasMessage("weights are 2; there had to be 1, one for each path");
        assertThatThrownBy(() -> FieldProduct.complexConjugate(2, 2)).hasMessageContaining("above the second");
        assertThatThrownBy(() -> FieldProduct.cross(1)).hasMessage("dimension is 1; it had to be 2 or 3");
        Field a = random(VECTOR, 3, 1);
        Field out = random(SCALAR, 3, 1);
        assertThatThrownBy(() -> FieldProduct.dot(2).apply(a, a, out)).hasMessage("a lies in 3D; it had to lie in 2D");
        assertThatThrownBy(() -> FieldProduct.scaling(SCALAR, 3).apply(out, out, out)).hasMessageContaining("apart");
        Field floats = Samples.random(VECTOR, SPACE, Precision.FLOAT, 1);
        assertThatThrownBy(() -> FieldProduct.dot(3).apply(a, floats, out)).hasMessageContaining("the same");
    }
}
