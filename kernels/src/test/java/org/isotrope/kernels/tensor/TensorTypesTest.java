package org.isotrope.kernels.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Symmetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TensorTypesTest {
    private static final List<FieldType> CARTESIAN = List.of(
            FieldType.SCALAR, FieldType.PSEUDOSCALAR, FieldType.VECTOR, FieldType.PSEUDOVECTOR,
            TensorType.GENERAL, TensorType.SYMMETRIC, TensorType.ANTISYMMETRIC, TensorType.TRACELESS,
            TensorType.GENERAL.reflected(), TensorType.SYMMETRIC.reflected(), TensorType.ANTISYMMETRIC.reflected(),
            TensorType.TRACELESS.reflected());

    static Stream<FieldType> types() {
        return Stream.concat(CARTESIAN.stream(), Stream.of(
                IrrepsType.of("2x0e + 1x1o + 1x2e"), IrrepsType.of("1x0o + 2x1e + 1x3o"),
                IrrepsType.of("2x0e + 1x0o"), IrrepsType.of("1x0e + 2x1 + 1x0o + 1x3")));
    }

    private static List<Integer> dimensions(FieldType type) {
        return type instanceof IrrepsType sum && sum.irreps().maxAngularOrder() > 0
                ? List.of(sum.irreps().spaceDimension())
                : List.of(2, 3);
    }

    /** Rotations and reflections, the latter as the former after a mirror. */
    private static List<double[][]> orthogonal(int d) {
        List<double[][]> all = new ArrayList<>();
        Random random = new Random(3);
        for (int k = 0; k < 6; k++) {
            double[][] r = d == 3 ? Rotation.random(random).matrix() : plane(random.nextDouble() * 7);
            if (k % 2 == 1) {
                for (double[] row : r) {
                    row[0] = -row[0];
                }
            }
            all.add(r);
        }
        return all;
    }

    private static double[][] plane(double angle) {
        return new double[][] {{Math.cos(angle), -Math.sin(angle)}, {Math.sin(angle), Math.cos(angle)}};
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] product = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }

    private static void assertClose(double[][] actual, double[][] expected) {
        assertThat(actual).hasDimensions(expected.length, expected[0].length);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).containsExactly(expected[i], within(1e-13));
        }
    }

    private static double[][] identity(int n) {
        double[][] identity = new double[n][n];
        for (int i = 0; i < n; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    @ParameterizedTest
    @MethodSource("types")
    void irrepsTransformAsTheComponentsDo(FieldType type) {
        for (int d : dimensions(type)) {
            double[][] to = TensorTypes.toIrreps(type, d);
            double[][] from = TensorTypes.fromIrreps(type, d);
            Irreps irreps = TensorTypes.irreps(type, d);
            assertThat(type.components(d)).isEqualTo(irreps.components());
            assertClose(times(to, from), identity(to.length));
            assertClose(times(from, to), identity(to.length));
            for (double[][] r : orthogonal(d)) {
                assertClose(times(to, type.representation(r)), times(irreps.representation(r), to));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void representationsMultiply(FieldType type) {
        for (int d : dimensions(type)) {
            List<double[][]> all = orthogonal(d);
            for (int k = 1; k < all.size(); k++) {
                double[][] both = type.representation(times(all.get(k), all.get(k - 1)));
                assertClose(times(type.representation(all.get(k)), type.representation(all.get(k - 1))), both);
            }
        }
    }

    @Test
    void aRotatedTensorIsRTRt() {
        double[][] r = Rotation.random(8).matrix();
        double[][] full = {{1, 2, 3}, {4, 5, 6}, {7, 8, 10}};
        double[][] rotated = times(times(r, full), new double[][] {
            {r[0][0], r[1][0], r[2][0]}, {r[0][1], r[1][1], r[2][1]}, {r[0][2], r[1][2], r[2][2]}});
        double[][] column = new double[9][1];
        for (int k = 0; k < 9; k++) {
            column[k][0] = full[k / 3][k % 3];
        }
        double[][] image = times(TensorType.GENERAL.representation(r), column);
        for (int k = 0; k < 9; k++) {
            assertThat(image[k][0]).isCloseTo(rotated[k / 3][k % 3], within(1e-13));
        }
    }

    @Test
    void componentsAreCounted() {
        assertThat(CARTESIAN.stream().map(type -> type.components(3)))
                .containsExactly(1, 1, 3, 3, 9, 6, 3, 5, 9, 6, 3, 5);
        assertThat(CARTESIAN.stream().map(type -> type.components(2)))
                .containsExactly(1, 1, 2, 2, 4, 3, 1, 2, 4, 3, 1, 2);
        assertThat(IrrepsType.of("8x0e + 4x1o + 2x2e").components(3)).isEqualTo(30);
        assertThat(IrrepsType.of("2x0e + 0o").components(1)).isEqualTo(3);
        assertThat(IrrepsType.of("0e + 0o").representation(new double[][] {{-1}}))
                .isDeepEqualTo(new double[][] {{1, 0}, {0, -1}});
    }

    @ParameterizedTest
    @MethodSource("types")
    void typesPrintAndParse(FieldType type) {
        assertThat(TensorTypes.parse(type.toString())).isEqualTo(type);
        assertThat(TensorTypes.parse("  " + type + " ")).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "vektor | field type is \"vektor\"; it had to be a sum of irreps such as 2x0e + 1x1o or one of scalar, pseudos",
        "2x0e + 1z | 'z' at character 9",
        "2x0e + 1x13o + 4q | 'q' at character 17",
        "1x99o | at character 3; there had to be a degree l of 0 to 24"
    })
    void textsThatAreNoTypesAreRefusedWithTheirPlace(String text, String message) {
        assertThatThrownBy(() -> TensorTypes.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text).hasMessageContaining(message);
    }

    @Test
    void typesOfAnotherSpaceAreRefused() {
        assertThatThrownBy(() -> IrrepsType.of("1o").components(2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dimension is 2; it had to be 3 for fields of type 1x1o");
        assertThatThrownBy(() -> TensorType.SYMMETRIC.components(1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dimension is 1; it had to be 2 or 3 for fields of type symmetric tensor");
    }

    /** Symmetries of grids move values that no permutation moves, such as 2e, and Cartesian tensors to the bit. */
    @ParameterizedTest
    @MethodSource("types")
    void fieldsOfEveryTypeMoveUnderTheSymmetriesOfTheirGrid(FieldType type) {
        for (int d : dimensions(type)) {
            Axis axis = Axis.uniform(-1, 1, 3);
            Grid grid = d == 2 ? Grid.of(axis, axis) : Grid.of(axis, axis, axis);
            Random random = new Random(2);
            Field field = Fields.automatic().of(type, grid).fill((x, value) -> {
                for (int c = 0; c < value.length; c++) {
                    value[c] = random.nextGaussian();
                }
            });
            for (Symmetry symmetry : grid.symmetries()) {
                Field moved = Fields.automatic().like(field);
                symmetry.apply(field, moved);
                double[][] rotation = symmetry.matrix();
                double[][] matrix = type.representation(rotation);
                for (long at = 0; at < grid.size(); at++) {
                    double[] x = grid.position(grid.index(at));
                    int[] from = new int[d];
                    for (int i = 0; i < d; i++) {
                        double back = 0;
                        for (int j = 0; j < d; j++) {
                            back += rotation[j][i] * x[j];
                        }
                        from[i] = (int) Math.rint(back + 1);
                    }
                    for (int c = 0; c < matrix.length; c++) {
                        double expected = 0;
                        for (int k = 0; k < matrix.length; k++) {
                            expected += matrix[c][k] * field.get(k, from);
                        }
                        boolean permutes = CARTESIAN.contains(type) && !type.toString().contains("traceless");
                        assertThat(moved.get(c, grid.index(at))).isCloseTo(expected, within(permutes ? 0.0 : 1e-14));
                    }
                }
            }
        }
    }
}
