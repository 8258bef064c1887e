package org.isotrope.grids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetryTest {
    private static final List<FieldType> TYPES =
            List.of(FieldType.SCALAR, FieldType.PSEUDOSCALAR, FieldType.VECTOR, FieldType.PSEUDOVECTOR);

    private static Grid cube(int dimension) {
        Axis[] axes = new Axis[dimension];
        Arrays.fill(axes, Axis.uniform(-1, 1, 4));
        return Grid.of(axes);
    }

    private static Field random(FieldType type, Grid grid) {
        Random random = new Random(11);
        Field field = Fields.automatic().of(type, grid);
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, random.nextGaussian());
        }
        return field;
    }

    private static Field moved(Symmetry symmetry, Field field) {
        Field image = Fields.automatic().like(field);
        symmetry.apply(field, image);
        return image;
    }

    private static Symmetry of(double[][] matrix) {
        return Symmetry.all(matrix.length).stream()
                .filter(symmetry -> Arrays.deepEquals(symmetry.matrix(), matrix))
                .findFirst()
                .orElseThrow();
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                product[i] += matrix[i][j] * vector[j];
            }
        }
        return product;
    }

    /** A vector at every point, without any symmetry of its own. */
    private static double[] arrow(double[] x) {
        double[] v = new double[x.length];
        for (int c = 0; c < v.length; c++) {
            v[c] = c + 1;
            for (int a = 0; a < x.length; a++) {
                v[c] += (2 * c + 3 * a + 1) * x[a] + (a + 1) * x[a] * x[a] * x[(a + c) % x.length];
            }
        }
        return v;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void matricesAreAllTheSignedPermutations(int dimension) {
        List<Symmetry> all = Symmetry.all(dimension);
        assertThat(all).hasSize(new int[] {2, 8, 48}[dimension - 1]);
        assertThat(new HashSet<>(all)).as("all different").hasSameSizeAs(all);
        assertThat(all.getFirst().matrix()).isDeepEqualTo(Matrices.identity(dimension));
        int rotations = 0;
        for (Symmetry symmetry : all) {
            assertThat(Matrices.isOrthogonal(symmetry.matrix(), 0)).isTrue();
            rotations += Matrices.determinant(symmetry.matrix()) > 0 ? 1 : 0;
        }
        assertThat(rotations).as("half of them are proper").isEqualTo(all.size() / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void oneAfterTheOtherIsTheProductOfTheMatrices(int dimension) {
        Grid grid = cube(dimension);
        for (FieldType type : TYPES) {
            Field field = random(type, grid);
            for (Symmetry first : Symmetry.all(dimension)) {
                Field once = moved(first, field);
                for (Symmetry second : Symmetry.all(dimension)) {
                    Symmetry product = of(Matrices.product(second.matrix(), first.matrix()));
                    assertThat(moved(second, once).segment().mismatch(moved(product, field).segment()))
                            .as("%s, %s then %s", type, first, second)
                            .isEqualTo(-1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void fieldsMoveAsFunctionsDo(int dimension) {
        Grid grid = cube(dimension);
        Field vector = Fields.automatic().of(FieldType.VECTOR, grid);
        Field axial = Fields.automatic().of(FieldType.PSEUDOVECTOR, grid);
        Field odd = Fields.automatic().of(FieldType.PSEUDOSCALAR, grid);
        for (Field field : new Field[] {vector, axial, odd}) {
            field.fill((x, v) -> System.arraycopy(arrow(x), 0, v, 0, v.length));
        }
        for (Symmetry symmetry : Symmetry.all(dimension)) {
            double[][] turn = symmetry.matrix();
            double[][] back = Matrices.inverse(turn);
            double sign = Matrices.determinant(turn);
            Field v = moved(symmetry, vector);
            Field b = moved(symmetry, axial);
            Field p = moved(symmetry, odd);
            for (long i = 0; i < grid.size(); i++) {
                // (R·f)(x) = D(R) f(R⁻¹x), the node x read off the grid
                double[] before = arrow(times(back, grid.position(grid.index(i))));
                double[] after = times(turn, before);
                for (int c = 0; c < dimension; c++) {
                    assertThat(v.getFlat(c * grid.size() + i)).as("vector, %s", symmetry).isEqualTo(after[c]);
                    assertThat(b.getFlat(c * grid.size() + i)).as("axial, %s", symmetry).isEqualTo(sign * after[c]);
                }
                assertThat(p.getFlat(i)).as("pseudoscalar, %s", symmetry).isEqualTo(sign * before[0]);
            }
        }
    }

    @Test
    void theSymmetriesOfAGridAreAGroup() {
        Axis a = Axis.uniform(0, 1, 3);
        Axis b = Axis.uniform(0, 2, 3);
        Axis lopsided = Axis.nodes(0, 1, 3);
        Axis even = Axis.nodes(0, 1, 3, 4);
        double[][] hexagonal = {{1, 0.5}, {0, Math.sqrt(0.75)}};
        for (Grid grid : List.of(cube(3), Grid.of(a, a, b), Grid.of(a, b, lopsided), Grid.of(lopsided, lopsided),
                Grid.of(even, even), Grid.of(hexagonal, a, a), Grid.of(new double[][] {{1, 0.2}, {0.2, 1}}, a, a))) {
            List<Symmetry> group = grid.symmetries();
            for (Symmetry first : group) {
                for (Symmetry second : group) {
                    assertThat(group).contains(of(Matrices.product(second.matrix(), first.matrix())));
                }
            }
        }
    }

    @Test
    void lessSymmetricGridsHaveFewerSymmetries() {
        Axis a = Axis.uniform(0, 1, 3);
        Axis b = Axis.uniform(0, 2, 3);
        Axis lopsided = Axis.nodes(0, 1, 3);
        Axis even = Axis.nodes(0, 1, 3, 4);
        assertThat(Grid.of(a, b, Axis.uniform(0, 3, 3)).symmetries()).as("a box").hasSize(8);
        assertThat(Grid.of(a, a, Axis.uniform(0, 1, 5)).symmetries()).as("other spacing").hasSize(16);
        assertThat(Grid.of(a, Axis.periodic(0, 1.5, 3)).symmetries()).as("other topology").hasSize(4);
        assertThat(Grid.of(a, Axis.cells(0, 1.5, 3)).symmetries()).as("other centring").hasSize(4);
        assertThat(Grid.of(lopsided).symmetries()).hasSize(1);
        assertThat(Grid.of(lopsided, lopsided).symmetries()).extracting(Symmetry::toString)
                .containsExactly("(x, y)", "(y, x)");
        assertThat(Grid.of(even, even).symmetries()).hasSize(8);
        assertThat(Grid.of(new double[][] {{1, 0.2}, {0.2, 1}}, a, a).symmetries()).as("a rhombus")
                .extracting(Symmetry::toString)
                .containsExactly("(x, y)", "(-x, -y)", "(y, x)", "(-y, -x)");
        assertThat(Grid.of(a, b).symmetries()).noneMatch(symmetry -> symmetry.fixes(Grid.of(a)));
    }

    @Test
    void otherSpacesAreRefused() {
        Grid grid = cube(2);
        Symmetry turn = grid.symmetries().getLast();
        Field field = random(FieldType.VECTOR, grid);
        assertThatThrownBy(() -> turn.apply(field, Fields.automatic().scalar(grid)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("out is a scalar field; it had to be a vector field");
        assertThatThrownBy(() -> turn.apply(field, Fields.automatic().precision(Precision.FLOAT).vector(grid)))
                .hasMessage("out has precision FLOAT; it had to be DOUBLE");
        assertThatThrownBy(() -> Symmetry.all(0)).hasMessageContaining("dimension is 0");
    }
}
