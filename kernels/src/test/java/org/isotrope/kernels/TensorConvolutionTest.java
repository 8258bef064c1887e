package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.grids.Symmetry;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.radial.RadialFunction;
import org.isotrope.kernels.radial.Shells;
import org.isotrope.kernels.tensor.IrrepsType;
import org.isotrope.kernels.tensor.TensorType;
import org.isotrope.kernels.tensor.TensorTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TensorConvolutionTest {
    private static final Axis WALL = Axis.uniform(0, 1, 5);
    private static final Axis RING = Axis.periodic(0, 1, 4);
    private static final double[][] SHEAR = {{1, 0.4}, {-0.1, 0.9}};
    private static final double[][] SHEAR3 = {{1, 0.3, 0.1}, {0, 0.9, -0.2}, {0.1, 0, 1.1}};

    /** From, to, and dimension. */
    private static final List<String[]> PAIRS = List.of(
            new String[] {"scalar", "1x0e + 1x1o + 1x2e + 1x3o + 1x4e", "3"},
            new String[] {"vector", "tensor", "3"},
            new String[] {"symmetric tensor", "vector", "3"},
            new String[] {"traceless pseudotensor", "pseudovector", "3"},
            new String[] {"1x1o + 1x2e", "1x0o + 1x1e + 1x3o", "3"},
            new String[] {"2x0e + 1x1o", "1x0e + 2x1o", "3"},
            new String[] {"scalar", "1x0e + 1x1 + 1x2 + 1x3 + 1x4", "2"},
            new String[] {"vector", "tensor", "2"},
            new String[] {"pseudovector", "traceless tensor", "2"},
            new String[] {"symmetric pseudotensor", "antisymmetric tensor", "2"},
            new String[] {"2x0e + 1x0o + 2x1", "1x0e + 1x0o + 1x1 + 2x2", "2"});

    private static List<Grid> grids(int d) {
        return d == 2
                ? List.of(Grid.of(WALL, WALL), Grid.of(RING, Axis.periodic(0, 2, 7)),
                        Grid.of(SHEAR, RING, Axis.periodic(0, 1, 6)), Grid.of(SHEAR, WALL, RING))
                : List.of(Grid.of(WALL, RING, Axis.uniform(0, 1, 3)),
                        Grid.of(SHEAR3, RING, Axis.periodic(0, 1, 3), Axis.periodic(0, 1.2, 3)));
    }

    static Stream<Arguments> cases() {
        return PAIRS.stream().flatMap(pair -> grids(Integer.parseInt(pair[2])).stream()
                .map(grid -> Arguments.of(TensorTypes.parse(pair[0]), TensorTypes.parse(pair[1]), grid)));
    }

    /** Unlike functions, cut off at different lengths, some beyond half a period. */
    private static List<RadialFunction> radials(int count) {
        return IntStream.range(0, count).mapToObj(p -> Radial.of("R" + p, r -> Math.cos((1 + 0.7 * p) * r) - 0.3 * r)
                .within(0.45 + 0.13 * (p % 4))).toList();
    }

    private static TensorConvolution convolution(Grid grid, FieldType in, FieldType out, Boundaries boundaries) {
        TensorConvolution.Builder builder = TensorConvolution.on(grid, in, out).beyondWalls(boundaries);
        List<RadialFunction> radials = radials(builder.paths().size());
        return builder.radial(path -> radials.get(builder.paths().indexOf(path)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithPlainLoopsAndWithItsFourierTwin(FieldType in, FieldType out, Grid grid) {
        TensorConvolution operator = convolution(grid, in, out, Boundaries.all(Boundary.zero()));
        NaiveConvolution naive =
                new NaiveConvolution(grid, in, out, operator.paths(), radials(operator.paths().size()));
        Field f = Samples.random(operator.domain(), 4);
        Field y = operator.apply(f);
        double scale = Samples.largest(y);
        assertThat(scale).isGreaterThan(0.01);
        assertThat(Samples.distance(y, naive.byLoops(f))).isLessThan(1e-12 * scale);
        if (grid.axes().stream().allMatch(Axis::isPeriodic)) {
            assertThat(Samples.distance(y, naive.byFourier(f))).isLessThan(1e-12 * scale);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasItsAdjointAndIsDifferentiatedInEveryRadialFunction(FieldType in, FieldType out, Grid grid) {
        TensorConvolution operator = convolution(grid, in, out, Boundaries.all(Boundary.extrapolate(1)));
        Field f = Samples.random(operator.domain(), 5);
        Field cotangent = Samples.random(operator.range(), 6);
        double value = Samples.dot(cotangent, operator.apply(f));
        double scale = Math.sqrt(Samples.dot(f, f) * Samples.dot(cotangent, cotangent));
        assertThat(Samples.dot(operator.adjoint().apply(cotangent), f)).isCloseTo(value, within(1e-12 * scale));
        double[] gradient = operator.shellGradient(f, cotangent);
        double[] values = operator.values();
        double linear = 0;
        for (int v = 0; v < values.length; v++) {
            linear += values[v] * gradient[v];
        }
        assertThat(linear).isCloseTo(value, within(1e-12 * scale));
        for (int v = 1; v < values.length; v += 1 + values.length / 5) {
            // linear in its values, so a difference over any step is exact
            double[] changed = values.clone();
            changed[v] += 1;
            double difference = Samples.dot(cotangent, operator.withValues(changed).apply(f)) - value;
            assertThat(gradient[v]).as("value %d", v).isCloseTo(difference, within(1e-11 * scale));
        }
    }

    /** With the normalisation as documented, and pseudoscalar → vector in 2D turned the other way. */
    @Test
    void theProductsOfRadialOperatorsAreSpecialCases() {
        for (Grid grid : List.of(grids(2).get(2), grids(3).get(1))) {
            int d = grid.dimension();
            RadialFunction radial = radials(1).getFirst();
            for (FieldType[] types : Registry.products(d)) {
                RadialOperator special = Operators.radial(grid, radial, types[0], types[1]);
                // the least order; vector → vector has one of order 2 as well
                int order = types[0].equals(types[1]) ? 0 : 1;
                TensorConvolution general =
                        TensorConvolution.on(grid, types[0], types[1]).orders(order, order).radial(radial);
                boolean dot = order == 1 && types[0].components(d) == d && types[1].components(d) == 1;
                boolean cross = order == 1 && types[0].components(d) == 3 && types[1].components(d) == 3;
                boolean turn = types[0].equals(FieldType.PSEUDOSCALAR) && types[1].equals(FieldType.VECTOR);
                double factor = dot ? Math.sqrt(d) : cross ? Math.sqrt(2) : turn ? -1 : 1;
                Field f = Samples.random(special.domain(), 9);
                Field expected = special.apply(f);
                double scale = Samples.largest(expected);
                assertThat(Samples.distance(general.times(factor).apply(f), expected))
                        .as("%s → %s in %dD", types[0], types[1], d).isLessThan(1e-14 * scale);
            }
        }
    }

    static Stream<Arguments> symmetric() {
        Axis axis = Axis.uniform(-1, 1, 5);
        Grid square = Grid.of(axis, axis);
        Grid cube = Grid.of(axis, axis, axis);
        return PAIRS.stream().map(pair -> Arguments.of(TensorTypes.parse(pair[0]), TensorTypes.parse(pair[1]),
                pair[2].equals("2") ? square : cube));
    }

    private static double defect(LinearOperator operator, Symmetry symmetry, Field f) {
        Field before = Fields.automatic().like(f);
        symmetry.apply(f, before);
        Field image = operator.apply(f);
        Field after = Fields.automatic().like(image);
        symmetry.apply(image, after);
        return Samples.distance(operator.apply(before), after) / Samples.largest(after);
    }

    @ParameterizedTest
    @MethodSource("symmetric")
    void commutesWithAllSymmetriesOfItsGrid(FieldType in, FieldType out, Grid grid) {
        TensorConvolution operator = TensorConvolution.on(grid, in, out).radial(
                path -> Radial.of("R", r -> Math.exp(-r * (1 + path.order() + path.inputCopy()))).within(1.01));
        Field f = Samples.random(operator.domain(), 8);
        assertThat(grid.symmetries()).hasSize(grid.dimension() == 2 ? 8 : 48);
        for (Symmetry symmetry : grid.symmetries()) {
            assertThat(defect(operator, symmetry, f)).as(symmetry.toString()).isLessThan(1e-12);
        }
    }

    /** Exchanging axes of unlike spacing is no symmetry, unless the spacings are exchanged as well. */
    @Test
    void onAnisotropicGridsSpacingsHaveToBeExchangedToo() {
        Axis fine = Axis.uniform(-1, 1, 9);
        Axis coarse = Axis.uniform(-1.6, 1.6, 9);
        Grid grid = Grid.of(fine, coarse);
        FieldType out = IrrepsType.of("1x0e + 1x1 + 1x2");
        RadialFunction radial = Radial.of("R", r -> Math.exp(-r)).within(1.1);
        Field f = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 3);
        Field image = Operators.convolution(grid, radial, FieldType.SCALAR, out).apply(f);
        assertThat(exchangeDefect(f, image, Grid.of(coarse, fine), radial, out)).isLessThan(1e-12);
        assertThat(exchangeDefect(f, image, grid, radial, out)).as("a control that has to fail").isGreaterThan(0.1);
    }

    private static double exchangeDefect(Field f, Field image, Grid target, RadialFunction radial, FieldType out) {
        double[][] matrix = out.representation(new double[][] {{0, 1}, {1, 0}});
        Field before = Fields.automatic().of(FieldType.SCALAR, target);
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < 9; j++) {
                before.set(f.get(0, j, i), 0, i, j);
            }
        }
        Field after = Operators.convolution(target, radial, FieldType.SCALAR, out).apply(before);
        double worst = 0;
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < 9; j++) {
                for (int c = 0; c < matrix.length; c++) {
                    double expected = 0;
                    for (int k = 0; k < matrix.length; k++) {
                        expected += matrix[c][k] * image.get(k, j, i);
                    }
                    worst = Math.max(worst, Math.abs(after.get(c, i, j) - expected));
                }
            }
        }
        return worst / Samples.largest(image);
    }

    @Test
    void manyChannelsHaveOneFunctionAPath() {
        Axis axis = Axis.periodic(0, 1, 5);
        Grid grid = Grid.of(axis, axis, axis);
        TensorConvolution operator = TensorConvolution.on(grid, IrrepsType.of("8x0e + 4x1o"),
                IrrepsType.of("8x0e + 4x1o + 2x2e")).radial(Radial.of("R", Math::cos).within(0.2));
        // 0e→0e, 1o→0e; 0e→1o, 1o→1o by orders 0 and 2; 0e→2e, 1o→2e by orders 1 and 3
        assertThat(operator.paths()).hasSize(64 + 32 + 32 + 2 * 16 + 16 + 2 * 8).doesNotHaveDuplicates();
        assertThat(operator.values()).hasSize(operator.paths().size() * operator.shells().count());
        assertThat(operator.domain().components()).isEqualTo(20);
        assertThat(operator.range().components()).isEqualTo(30);
        assertThat(operator.explain()).contains("192 paths", "4x1o ⊗ 3o → 2x2e");
        // a function of one path moves one copy of the input to one copy of the output
        double[] one = new double[operator.values().length];
        int path = IntStream.range(0, operator.paths().size()).filter(p -> {
            TensorConvolution.Path way = operator.paths().get(p);
            return way.input() == 1 && way.inputCopy() == 3 && way.output() == 2 && way.outputCopy() == 1;
        }).findFirst().orElseThrow();
        Arrays.fill(one, path * operator.shells().count(), (path + 1) * operator.shells().count(), 1);
        TensorConvolution single = operator.withValues(one);
        Field f = Fields.automatic().of(operator.domain().type(), grid);
        List<Integer> moved = new ArrayList<>();
        for (int c = 0; c < 20; c++) {
            f.fill(0);
            f.set(1, c, 2, 2, 2);
            Field y = single.apply(f);
            for (int r = 0; r < 30; r++) {
                if (Samples.largest(y.component(r)) > 0) {
                    moved.add(100 * c + r);
                }
            }
        }
        assertThat(moved).isNotEmpty().allMatch(at -> at / 100 >= 17 && at % 100 >= 25);
    }

    @Test
    void forbiddenProductsSayWhichTypesAreAllowed() {
        Grid cube = grids(3).getFirst();
        assertThatThrownBy(() -> TensorConvolution.on(cube, FieldType.SCALAR, FieldType.PSEUDOVECTOR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("types are scalar → pseudovector in 3D; for harmonics of order 0 to 1 the output had to hold"
                        + " one of the irreps 0e, 1o");
        assertThatThrownBy(() -> TensorConvolution.on(grids(2).getFirst(), FieldType.SCALAR, FieldType.PSEUDOSCALAR))
                .hasMessageContaining("had to hold one of the irreps 0e");
        assertThatThrownBy(() -> TensorConvolution.on(cube, FieldType.VECTOR, FieldType.VECTOR).orders(1, 1))
                .hasMessageContaining("had to hold one of the irreps 0e, 1e, 2e");
        assertThatThrownBy(() -> TensorConvolution.on(Grid.of(WALL), FieldType.SCALAR, FieldType.SCALAR))
                .hasMessage("grid has dimension 1; it had to have 2 or 3 for tensor convolutions");
        assertThatThrownBy(() -> TensorConvolution.on(cube, FieldType.SCALAR, IrrepsType.of("1 + 2")))
                .hasMessage("dimension is 3; it had to be 2 for fields of type 1x1 + 1x2");
    }

    @Test
    void badOrdersFunctionsAndValuesAreRefused() {
        Grid cube = grids(3).getFirst();
        TensorConvolution.Builder builder = TensorConvolution.on(cube, FieldType.VECTOR, FieldType.VECTOR);
        assertThatThrownBy(() -> builder.orders(0, 13)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("highest is 13; it had to be at most 12, the largest degree of harmonics in 3D");
        assertThatThrownBy(() -> builder.orders(2, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("orders are 2 to 1");
        assertThatThrownBy(() -> builder.radial(Radial.of("bad", r -> r > 0.3 ? Double.NaN : 1).within(0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("radial function bad within 0.5 is NaN at r = 0.3");
        assertThatThrownBy(() -> builder.averaged(2, path -> Radial.of("bad", r -> Double.NaN).within(0.5)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("had to be finite");
        Shells shells = Shells.of(cube, 0.3);
        assertThatThrownBy(() -> builder.values(shells, 1, 2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("values are 2; there had to be " + 2 * shells.count() + ", one for each shell of each path");
        assertThatThrownBy(() -> builder.values(Shells.of(grids(3).get(1), 0.3)))
                .hasMessageStartingWith("shells are of another grid");
    }

    @Test
    void shortCutoffsWarnAndSayWhatIsLost() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 11), Axis.uniform(0, 1, 6));
        RadialFunction radial = Radial.of("R", r -> 1).within(0.15);
        assertThat(Operators.convolution(grid, radial, FieldType.VECTOR, FieldType.VECTOR).explain())
                .contains("warning: cutoff is 0.15, shorter than one cell along axis 1: no neighbour along it is read");
        assertThat(TensorConvolution.on(grid, FieldType.VECTOR, TensorType.GENERAL)
                .radial(Radial.of("R", r -> 1).within(0.05)).explain())
                .contains("axis 0 and 1: only the centre is left", "every harmonic of order above 0 is lost");
        assertThat(Operators.convolution(grid, Radial.of("R", r -> 1).within(0.2), FieldType.VECTOR, FieldType.VECTOR)
                .explain()).doesNotContain("warning");
    }
}
