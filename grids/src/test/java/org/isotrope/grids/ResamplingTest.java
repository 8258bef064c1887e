package org.isotrope.grids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResamplingTest {
    private static final double[][] SHEAR = {{1, 0.4}, {-0.2, 0.9}};

    private static double integral(Field field) {
        double sum = 0;
        for (long i = 0; i < field.grid().size(); i++) {
            sum += field.getFlat(i) * field.grid().weight(field.grid().index(i));
        }
        return sum;
    }

    private static double size(Field field) {
        double sum = 0;
        for (long i = 0; i < field.grid().size(); i++) {
            sum += Math.abs(field.getFlat(i)) * field.grid().weight(field.grid().index(i));
        }
        return sum;
    }

    private static void requireAdjoint(Resampling resampling, FieldType type, Random random) {
        Field x = GridMixes.random(type, resampling.from(), random);
        Field y = GridMixes.random(type, resampling.to(), random);
        Field image = resampling.apply(x);
        Field back = Fields.automatic().like(x);
        resampling.transpose(y, back);
        double left = 0;
        double scale = 0;
        for (long i = 0; i < y.count(); i++) {
            left += image.getFlat(i) * y.getFlat(i);
            scale += Math.abs(image.getFlat(i) * y.getFlat(i));
        }
        double right = 0;
        for (long i = 0; i < x.count(); i++) {
            right += back.getFlat(i) * x.getFlat(i);
        }
        assertThat(right).as("%s", resampling).isCloseTo(left, within(1e-13 * scale));
    }

    /** Pairs of axes whose cells fill [−1, 1] or one period of length 2. */
    private static List<Axis[]> pairs() {
        List<Axis> bounded = List.of(Axis.cells(-1, 1, 12), Axis.cells(-1, 1, 7), Axis.cellsBetween(-1, -0.7, 0.2, 0.5, 1),
                Stretching.tanh(2).cells(-1, 1, 9), Stretching.geometric(1.3).cells(-1, 1, 6), Axis.cells(-1, 1, 1));
        List<Axis> periodic = List.of(Axis.periodic(-1, 1, 8), Axis.periodic(-0.77, 1.23, 5),
                Axis.periodicNodes(2, -0.9, -0.2, 0.4, 0.6), Axis.periodic(40, 42, 13), Axis.periodic(0, 2, 1));
        List<Axis[]> pairs = new ArrayList<>();
        for (List<Axis> kind : List.of(bounded, periodic)) {
            for (Axis from : kind) {
                for (Axis to : kind) {
                    pairs.add(new Axis[] {from, to});
                }
            }
        }
        return pairs;
    }

    @Test
    void conservativeResamplingKeepsIntegralsAndConstants() {
        Random random = new Random(1);
        List<Axis[]> pairs = pairs();
        for (int round = 0; round < 190; round++) {
            int d = 1 + round % 3;
            Axis[] from = new Axis[d];
            Axis[] to = new Axis[d];
            for (int a = 0; a < d; a++) {
                Axis[] pair = d == 1 ? pairs.get(round / 3 % pairs.size()) : pairs.get(random.nextInt(pairs.size()));
                from[a] = pair[0];
                to[a] = pair[1];
            }
            boolean sheared = d == 2 && round % 2 == 0;
            Grid source = sheared ? Grid.of(SHEAR, from) : Grid.of(from);
            Grid target = sheared ? Grid.of(SHEAR, to) : Grid.of(to);
            Resampling resampling = Resampling.conservative(source, target);
            Field field = GridMixes.random(FieldType.SCALAR, source, random);
            Field resampled = resampling.apply(field);
            assertThat(integral(resampled)).as("%s", resampling).isCloseTo(integral(field), within(1e-13 * size(field)));
            Field ones = Fields.automatic().scalar(source).fill(1);
            for (double value : resampling.apply(ones).toArray()) {
                // one pair lies at 40, where coordinates have fewer digits left
                assertThat(value).isCloseTo(1, within(1e-12));
            }
            requireAdjoint(resampling, FieldType.VECTOR, random);
        }
    }

    @Test
    void cellsShareByOverlap() {
        Field three = Fields.automatic().scalar(Grid.of(Axis.cells(0, 3, 3)));
        three.set(1, 0, 0);
        three.set(2, 0, 1);
        three.set(4, 0, 2);
        Field two = Resampling.conservative(three.grid(), Grid.of(Axis.cells(0, 3, 2))).apply(three);
        assertThat(two.toArray()).containsExactly(new double[] {(1 + 0.5 * 2) / 1.5, (0.5 * 2 + 4) / 1.5}, within(1e-15));
        Field wide = Resampling.conservative(three.grid(), Grid.of(Axis.cells(-3, 6, 3))).apply(three);
        assertThat(wide.toArray()).containsExactly(new double[] {0, 7 / 3.0, 0}, within(1e-15));
        // cells of a periodic axis reach half-way to the neighbours, the first one across the seam
        Field ring = Fields.automatic().scalar(Grid.of(Axis.periodic(0, 4, 4)), x -> x[0] == 0 ? 1 : 0);
        Field shifted = Resampling.conservative(ring.grid(), Grid.of(Axis.periodic(0.5, 4.5, 4))).apply(ring);
        assertThat(shifted.toArray()).containsExactly(new double[] {0.5, 0, 0, 0.5}, within(1e-15));
    }

    @Test
    void whatIsOutsideGoesByTheRule() {
        Grid fine = Grid.of(Axis.cells(0, 4, 8));
        Grid narrow = Grid.of(Axis.cells(1, 3, 2));
        Field field = GridMixes.random(FieldType.SCALAR, fine, new Random(2));
        double[] f = field.toArray();
        assertThatThrownBy(() -> Resampling.conservative(fine, narrow)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("axis 0").hasMessageContaining("fill [0.0, 4.0]").hasMessageContaining("[1.0, 3.0]");
        Field clamped = Resampling.conservative(fine, narrow, OutOfDomain.CLAMP).apply(field);
        assertThat(clamped.toArray()).containsExactly(
                new double[] {0.5 * (f[0] + f[1] + f[2] + f[3]), 0.5 * (f[4] + f[5] + f[6] + f[7])}, within(1e-14));
        Field ignored = Resampling.conservative(fine, narrow, OutOfDomain.IGNORE).apply(field);
        assertThat(ignored.toArray()).containsExactly(new double[] {0.5 * (f[2] + f[3]), 0.5 * (f[4] + f[5])}, within(1e-14));
        Field wrapped = Resampling.conservative(fine, narrow, OutOfDomain.PERIODIC).apply(field);
        assertThat(wrapped.toArray()).containsExactly(
                new double[] {0.5 * (f[2] + f[3] + f[6] + f[7]), 0.5 * (f[4] + f[5] + f[0] + f[1])}, within(1e-14));
        // node-centred axes between the same walls: cells of the coarser reach further out
        Grid nodes = Grid.of(Axis.uniform(0, 1, 11));
        Grid finer = Grid.of(Axis.uniform(0, 1, 21));
        assertThatThrownBy(() -> Resampling.conservative(nodes, finer)).hasMessageContaining("[-0.05");
        Field coarse = GridMixes.random(FieldType.SCALAR, nodes, new Random(3));
        Field kept = Resampling.conservative(nodes, finer, OutOfDomain.CLAMP).apply(coarse);
        assertThat(integral(kept)).isCloseTo(integral(coarse), within(1e-13 * size(coarse)));
        for (OutOfDomain rule : OutOfDomain.values()) {
            if (rule != OutOfDomain.THROW) {
                requireAdjoint(Resampling.conservative(fine, narrow, rule), FieldType.SCALAR, new Random(4));
            }
        }
    }

    @Test
    void interpolatingReadsTheFieldAtTheOtherNodes() {
        Random random = new Random(5);
        Grid from = Grid.of(SHEAR, Axis.uniform(-2, 2, 9), Axis.cells(-2, 2, 8));
        Grid to = Grid.of(Stretching.chebyshev().nodes(-0.8, 0.8, 5), Axis.periodic(-0.7, 0.7, 6));
        for (int order = 0; order <= 3; order++) {
            Interpolation spline = Interpolation.spline(from, order);
            Resampling resampling = Resampling.interpolating(spline, to);
            Field field = GridMixes.random(FieldType.VECTOR, from, random);
            Field out = resampling.apply(field);
            for (long i = 0; i < to.size(); i++) {
                for (int c = 0; c < 2; c++) {
                    assertThat(out.getFlat(c * to.size() + i))
                            .isCloseTo(spline.value(field.component(c), to.position(to.index(i))), within(1e-13));
                }
            }
            requireAdjoint(resampling, FieldType.VECTOR, random);
            if (order > 0) {
                Field linear = Fields.automatic().scalar(from, x -> 2 + x[0] - 3 * x[1]);
                Field read = resampling.apply(linear);
                for (long i = 0; i < to.size(); i++) {
                    double[] x = to.position(to.index(i));
                    assertThat(read.getFlat(i)).isCloseTo(2 + x[0] - 3 * x[1], within(1e-12));
                }
            }
        }
        Field same = GridMixes.random(FieldType.SCALAR, from, random);
        assertThat(Resampling.interpolating(Interpolation.multilinear(from), from).apply(same).toArray())
                .containsExactly(same.toArray(), within(1e-12));
        Field single = Fields.automatic().precision(Precision.FLOAT).scalar(from).copyFrom(same);
        assertThat(Resampling.interpolating(Interpolation.multilinear(from), from).apply(single).toArray())
                .containsExactly(single.toArray(), within(1e-6));
    }

    private static double[][] turn(double angle) {
        return new double[][] {{Math.cos(angle), -Math.sin(angle)}, {Math.sin(angle), Math.cos(angle)}};
    }

    @Test
    void symmetriesMoveNodesExactly() {
        Random random = new Random(6);
        Axis axis = Stretching.tanh(1.2).nodes(-1, 1, 6);
        for (Grid grid : List.of(Grid.of(axis, axis), Grid.of(axis, axis, axis))) {
            int d = grid.dimension();
            Interpolation any = Interpolation.multilinear(grid);
            for (FieldType type : List.of(FieldType.SCALAR, FieldType.PSEUDOSCALAR, FieldType.VECTOR,
                    FieldType.PSEUDOVECTOR)) {
                Field field = GridMixes.random(type, grid, random);
                for (Symmetry symmetry : grid.symmetries()) {
                    Field expected = Fields.automatic().like(field);
                    symmetry.apply(field, expected);
                    Resampling rotation = Resampling.rotating(any, symmetry.matrix());
                    assertThat(rotation.apply(field).toArray()).containsExactly(expected.toArray());
                    Field back = Fields.automatic().like(field);
                    rotation.transpose(expected, back);
                    assertThat(back.toArray()).as("the transpose is the inverse").containsExactly(field.toArray());
                    // interpolation about the centre gives the same, up to rounding
                    Field byValue = Resampling.rotating(any, symmetry.matrix(), new double[d]).apply(field);
                    assertThat(byValue.toArray()).containsExactly(expected.toArray(), within(1e-12));
                }
            }
        }
    }

    /** {@code (R·f)(x) = D(R) f(R⁻¹x)} of a smooth swirl, by a formula. */
    @Test
    void rotationsConvergeToTheRotatedField() {
        double[][] r = turn(0.6);
        double[] centre = {0.1, -0.2};
        PointMap swirl = (x, v) -> {
            double bump = Math.exp(-4 * (x[0] - 0.3) * (x[0] - 0.3) - 4 * x[1] * x[1]);
            v[0] = bump * (1 + x[1]);
            v[1] = -bump * x[0];
        };
        double[] errors = new double[2];
        for (int level = 0; level < 2; level++) {
            int n = 33 << level;
            Grid grid = Grid.of(Axis.uniform(-3, 3, n), Axis.cells(-3, 3, n + 5));
            Interpolation spline = Interpolation.spline(grid, 1).outside(OutOfDomain.IGNORE);
            Field rotated = Resampling.rotating(spline, r, centre).apply(Fields.automatic().vector(grid, swirl));
            double[] at = new double[2];
            double[] value = new double[2];
            for (long i = 0; i < grid.size(); i++) {
                double[] x = grid.position(grid.index(i));
                at[0] = centre[0] + r[0][0] * (x[0] - centre[0]) + r[1][0] * (x[1] - centre[1]);
                at[1] = centre[1] + r[0][1] * (x[0] - centre[0]) + r[1][1] * (x[1] - centre[1]);
                swirl.at(at, value);
                for (int c = 0; c < 2; c++) {
                    double expected = r[c][0] * value[0] + r[c][1] * value[1];
                    double error = rotated.getFlat(c * grid.size() + i) - expected;
                    errors[level] += grid.weight(grid.index(i)) * error * error;
                }
            }
            errors[level] = Math.sqrt(errors[level]);
        }
        assertThat(errors[1]).isLessThan(0.02);
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).as("order").isBetween(1.7, 2.3);
    }

    @ParameterizedTest
    @EnumSource(value = OutOfDomain.class, names = "THROW", mode = EnumSource.Mode.EXCLUDE)
    void rotationsHaveTheirTransposes(OutOfDomain rule) {
        Random random = new Random(7);
        double[][] in3 = {{0.36, 0.48, -0.8}, {-0.8, 0.6, 0}, {0.48, 0.64, 0.6}};
        Grid space = Grid.of(Axis.uniform(-1, 1, 5), Axis.periodic(-1, 1, 6), Axis.cells(-1, 1, 4));
        Grid plane = Grid.of(SHEAR, Axis.uniform(-1, 1, 12), Axis.periodic(-1, 1, 9));
        for (FieldType type : List.of(FieldType.SCALAR, FieldType.VECTOR, FieldType.PSEUDOVECTOR)) {
            for (int order = 0; order <= 3; order++) {
                requireAdjoint(Resampling.rotating(Interpolation.spline(space, order).outside(rule), in3), type, random);
                requireAdjoint(Resampling.rotating(Interpolation.spline(plane, order).outside(rule).threads(2), turn(2)),
                        type, random);
            }
        }
    }

    @Test
    void aScalarConstantStaysAndAConstantArrowTurns() {
        Grid grid = Grid.of(Axis.uniform(0, 2, 9), Axis.uniform(1, 2, 7));
        Interpolation clamp = Interpolation.spline(grid, 2).outside(OutOfDomain.CLAMP);
        Resampling rotation = Resampling.rotating(clamp, turn(Math.PI / 2));
        Field arrow = Fields.automatic().vector(grid, (x, v) -> {
            v[0] = 3;
            v[1] = 0;
        });
        Field turned = rotation.apply(arrow);
        for (long i = 0; i < grid.size(); i++) {
            assertThat(turned.getFlat(i)).isCloseTo(0, within(1e-13));
            assertThat(turned.getFlat(grid.size() + i)).isCloseTo(3, within(1e-13));
        }
        // pseudoscalars change sign under reflections
        Field spin = Fields.automatic().of(FieldType.PSEUDOSCALAR, grid).fill(2);
        double[][] reflection = {{0.6, 0.8}, {0.8, -0.6}};
        for (double value : Resampling.rotating(clamp, reflection).apply(spin).toArray()) {
            assertThat(value).isCloseTo(-2, within(1e-13));
        }
    }

    @Test
    void badResamplingsAreNamed() {
        Grid line = Grid.of(Axis.cells(0, 1, 4));
        Grid plane = Grid.of(Axis.cells(0, 1, 4), Axis.cells(0, 1, 4));
        Grid sheared = Grid.of(SHEAR, Axis.cells(0, 1, 4), Axis.cells(0, 1, 4));
        Interpolation here = Interpolation.multilinear(plane);
        assertThatThrownBy(() -> Resampling.conservative(plane, line)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("to has 1 dimensions; it had to have 2");
        assertThatThrownBy(() -> Resampling.interpolating(here, line)).hasMessageContaining("to has 1 dimensions");
        assertThatThrownBy(() -> Resampling.conservative(plane, sheared)).hasMessageContaining("cell of the grid of outputs");
        assertThatThrownBy(() -> Resampling.conservative(line, Grid.of(Axis.periodic(0, 1, 4))))
                .hasMessageContaining("both had to be bounded, or periodic with the same period");
        assertThatThrownBy(() -> Resampling.conservative(Grid.of(Axis.periodic(0, 2, 4)), Grid.of(Axis.periodic(0, 1, 4))))
                .hasMessageContaining("same period");
        assertThatThrownBy(() -> Resampling.rotating(here, new double[][] {{1, 0.1}, {0, 1}}))
                .hasMessageContaining("it had to be orthogonal, 2 × 2");
        assertThatThrownBy(() -> Resampling.rotating(here, new double[][] {{1}})).hasMessageContaining("orthogonal");
        assertThatThrownBy(() -> Resampling.rotating(here, new double[][] {{1, Double.NaN}, {0, 1}}))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Resampling.rotating(here, turn(1), new double[3])).hasMessageContaining("centre has 3");
        Resampling turning = Resampling.rotating(here, turn(1));
        Field field = GridMixes.random(FieldType.SCALAR, plane, new Random(8));
        Field out = Fields.automatic().like(field).fill(7);
        assertThatThrownBy(() -> turning.apply(field, out)).as("corners come from outside")
                .hasMessageContaining("it had to be in [0.0, 1.0]");
        assertThatThrownBy(() -> turning.transpose(field, out)).hasMessageContaining("it had to be in [0.0, 1.0]");
        assertThat(out.toArray()).containsOnly(7);
        Resampling coarse = Resampling.conservative(plane, Grid.of(Axis.cells(0, 1, 2), Axis.cells(0, 1, 2)));
        assertThatThrownBy(() -> coarse.apply(field, field)).hasMessageContaining("out lives on another grid");
        assertThatThrownBy(() -> coarse.apply(field, Fields.automatic().vector(coarse.to())))
                .hasMessageContaining("out is a vector field");
        assertThatThrownBy(() -> coarse.apply(field, Fields.automatic().precision(Precision.FLOAT).scalar(coarse.to())))
                .hasMessageContaining("precision FLOAT");
        assertThatThrownBy(() -> Resampling.interpolating(here, plane).apply(field, field)).hasMessageContaining("overlaps");
        assertThat(coarse.toString()).startsWith("conservative resampling, outside throw, from\n");
    }
}
