package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isotrope.grids.FieldType.PSEUDOSCALAR;
import static org.isotrope.grids.FieldType.PSEUDOVECTOR;
import static org.isotrope.grids.FieldType.SCALAR;
import static org.isotrope.grids.FieldType.VECTOR;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.radial.RadialFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Radial convolutions against a plain loop over all pairs of nodes, and their periodic images, in physical space. */
class RadialConvolutionTest {
    private static final RadialFunction SHORT =
            Radial.of("cos 3r − r/2", r -> Math.cos(3 * r) - r / 2).within(0.42);
    private static final RadialFunction LONG =
            Radial.of("e^−r cos 2r", r -> Math.exp(-r) * Math.cos(2 * r)).within(2.3);

    static Stream<Arguments> cases() {
        Axis eleven = Axis.uniform(0, 1, 11);
        return Stream.of(
                Arguments.of("uniform", Grid.of(eleven, eleven), SHORT),
                Arguments.of("1D", Grid.of(Axis.uniform(0, 3, 31)), SHORT),
                Arguments.of("1D periodic with images", Grid.of(Axis.periodic(0, 1, 7)), LONG),
                Arguments.of("anisotropic", Grid.of(eleven, Axis.uniform(-1, 1, 8)), SHORT),
                Arguments.of("sheared", Grid.of(new double[][] {{1, 0.7}, {0.1, 0.8}}, eleven, Axis.cells(0, 1, 9)),
                        SHORT),
                Arguments.of("one axis periodic", Grid.of(Axis.periodic(0, 1, 10), Axis.uniform(0, 1, 17)), SHORT),
                Arguments.of("periodic with images", Grid.of(Axis.periodic(0, 1, 5), Axis.periodic(0, 1.5, 6)), LONG),
                Arguments.of("sheared periodic with images", Grid.of(new double[][] {{1, 0.7}, {0.1, 0.8}},
                        Axis.periodic(0, 1, 5), Axis.periodic(0, 1.5, 6)), LONG),
                Arguments.of("wider than a walled grid", Grid.of(Axis.uniform(0, 1, 5), Axis.uniform(0, 1, 7)), LONG),
                Arguments.of("3D", Grid.of(Axis.uniform(0, 1, 6), Axis.uniform(0, 1, 6), Axis.uniform(0, 1, 6)), SHORT),
                Arguments.of("3D anisotropic, mixed", Grid.of(Axis.uniform(0, 1, 6), Axis.periodic(0, 1, 5),
                        Axis.cells(0, 1, 7)), SHORT),
                Arguments.of("3D sheared", Grid.of(new double[][] {{1, 0.3, 0.1}, {0, 0.9, 0.2}, {-0.2, 0, 1.1}},
                        Axis.uniform(0, 1, 6), Axis.uniform(0, 1, 5), Axis.periodic(0, 1, 5)), SHORT),
                Arguments.of("3D with images", Grid.of(Axis.periodic(0, 1, 3), Axis.periodic(0, 1, 3),
                        Axis.uniform(0, 1, 3)), Radial.of("1 − r", r -> 1 - r).within(1.2)));
    }

    /** Adds {@code K(r) ⊗ f(x_j)} to the value at a node; r̂ is zero at the origin. */
    private static void addTerm(FieldType in, FieldType out, double radial, double[] unit, double[] f, double[] sum) {
        int d = unit.length;
        if (in.equals(out)) {
            for (int c = 0; c < f.length; c++) {
                sum[c] += radial * f[c];
            }
        } else if (in.equals(SCALAR) && out.equals(VECTOR) || in.equals(PSEUDOSCALAR) && out.equals(PSEUDOVECTOR)) {
            for (int i = 0; i < d; i++) {
                sum[i] += radial * unit[i] * f[0];
            }
        } else if (in.equals(VECTOR) && out.equals(SCALAR) || in.equals(PSEUDOVECTOR) && out.equals(PSEUDOSCALAR)) {
            for (int i = 0; i < d; i++) {
                sum[0] += radial * unit[i] * f[i];
            }
        } else if (d == 3) {
            sum[0] += radial * (unit[1] * f[2] - unit[2] * f[1]);
            sum[1] += radial * (unit[2] * f[0] - unit[0] * f[2]);
            sum[2] += radial * (unit[0] * f[1] - unit[1] * f[0]);
        } else if (in.equals(VECTOR)) {
            sum[0] += radial * (unit[0] * f[1] - unit[1] * f[0]);
        } else {
            // r̂ × (0, 0, f)
            sum[0] += radial * unit[1] * f[0];
            sum[1] -= radial * unit[0] * f[0];
        }
    }

    private static Field naive(RadialFunction kernel, Field f, FieldType out) {
        Grid grid = f.grid();
        int nodes = Math.toIntExact(grid.size());
        Field y = Fields.automatic().of(out, grid);
        List<double[]> shifts = images(grid);
        double[] value = new double[f.components()];
        double[] sum = new double[y.components()];
        for (int i = 0; i < nodes; i++) {
            double[] target = grid.position(grid.index(i));
            Arrays.fill(sum, 0);
            for (int j = 0; j < nodes; j++) {
                double[] source = grid.position(grid.index(j));
                for (int c = 0; c < value.length; c++) {
                    value[c] = grid.weight(grid.index(j)) * f.getFlat(c * nodes + j);
                }
                for (double[] shift : shifts) {
                    addImage(kernel, f.type(), out, target, source, shift, value, sum);
                }
            }
            for (int c = 0; c < sum.length; c++) {
                y.setFlat(c * nodes + i, sum[c]);
            }
        }
        return y;
    }

    /** Shifts in space to five periodic images either way along each periodic axis. */
    private static List<double[]> images(Grid grid) {
        List<double[]> coordinates = List.of(new double[grid.dimension()]);
        for (int a = 0; a < grid.dimension(); a++) {
            List<double[]> more = new ArrayList<>();
            for (double[] shift : coordinates) {
                int reach = grid.axis(a).isPeriodic() ? 5 : 0;
                for (int image = -reach; image <= reach; image++) {
                    double[] next = shift.clone();
                    next[a] = image == 0 ? 0 : image * grid.axis(a).period();
                    more.add(next);
                }
            }
            coordinates = more;
        }
        return coordinates.stream().map(grid::toSpace).toList();
    }

    private static void addImage(RadialFunction kernel, FieldType in, FieldType out, double[] target, double[] source,
            double[] shift, double[] value, double[] sum) {
        double[] unit = new double[target.length];
        double squares = 0;
        for (int i = 0; i < unit.length; i++) {
            unit[i] = target[i] - source[i] - shift[i];
            squares += unit[i] * unit[i];
        }
        double r = Math.sqrt(squares);
        if (r > kernel.cutoff() * (1 + 1e-9)) {
            return;
        }
        boolean centre = r < 1e-9;
        for (int i = 0; i < unit.length; i++) {
            unit[i] = centre ? 0 : unit[i] / r;
        }
        addTerm(in, out, kernel.value(centre ? 0 : r), unit, value, sum);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void convolutionsAreSumsOverPairsOfNodes(String name, Grid grid, RadialFunction kernel) {
        for (FieldType[] types : Registry.products(grid.dimension())) {
            Field f = Samples.random(new Space(grid, types[0]), 41);
            Field expected = naive(kernel, f, types[1]);
            RadialOperator operator = Operators.radial(grid, kernel, types[0], types[1]);
            double scale = Samples.largest(expected);
            assertThat(scale).isPositive();
            assertThat(Samples.distance(operator.apply(f), expected)).as("%s → %s", types[0], types[1])
                    .isLessThan(1e-12 * Math.max(scale, 1));
            Field single = Fields.automatic().precision(Precision.FLOAT).of(types[0], grid).copyFrom(f);
            assertThat(Samples.distance(operator.apply(single), expected)).as("float %s → %s", types[0], types[1])
                    .isLessThan(1e-5 * Math.max(scale, 1));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void shorthandsAreTheSameOperators(String name, Grid grid, RadialFunction kernel) {
        Field f = Samples.random(new Space(grid, SCALAR), 42);
        assertThat(Samples.bits(Operators.radial(grid, kernel).apply(f)))
                .isEqualTo(Samples.bits(Operators.radial(grid, kernel, SCALAR, SCALAR).apply(f)));
        assertThat(Samples.bits(Operators.radial(grid, kernel, VECTOR).apply(f)))
                .isEqualTo(Samples.bits(Operators.radial(grid, kernel, SCALAR, VECTOR).apply(f)));
        RadialOperator operator = Operators.radial(grid, kernel);
        for (int s = 0; s < operator.shells().count(); s++) {
            assertThat(operator.values()[s]).isEqualTo(kernel.value(operator.shells().radius(s)));
        }
    }
}
