package org.isotrope.grids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of points. */
class PointSetTest {
    private static final List<Grid> GRIDS = List.of(
            Grid.of(Axis.cells(-1, 1, 40)),
            Grid.of(new double[][] {{1, 0.4}, {-0.2, 0.9}}, Axis.periodic(-1, 1, 9), Axis.uniform(-1, 1, 23)),
            Grid.of(Axis.uniform(-1, 1, 8), Axis.cells(-1, 1, 5), Axis.periodic(-1, 1, 6)),
            Grid.of(Axis.singleton(0), Axis.cells(-1, 1, 3), Axis.uniform(-1, 1, 30)));

    private static PointSet somewhere(Grid grid, long count, Random random) {
        PointSet points = PointSet.in(Arena.ofAuto(), grid.dimension(), count);
        for (long p = 0; p < count; p++) {
            points.set(p, grid.toSpace(GridMixes.inside(grid, random)));
        }
        return points;
    }

    private static MemorySegment samples(long count, Random random) {
        MemorySegment samples = Arena.ofAuto().allocate(count * 8, 8);
        for (long i = 0; i < count; i++) {
            samples.setAtIndex(ValueLayout.JAVA_DOUBLE, i, random.nextGaussian());
        }
        return samples;
    }

    private static double at(MemorySegment samples, long i) {
        return samples.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void batchesAreSinglePointsOneAfterTheOther(int order) {
        Random random = new Random(1);
        for (Grid grid : GRIDS) {
            int d = grid.dimension();
            Interpolation spline = Interpolation.spline(grid, order);
            Field field = GridMixes.random(FieldType.VECTOR, grid, random);
            PointSet points = somewhere(grid, 50, random);
            MemorySegment values = samples(50L * d, random);
            MemorySegment gradients = samples(50L * d * d, random);
            assertThat(spline.values(field, points, values)).isZero();
            assertThat(spline.gradients(field, points, gradients)).isZero();
            MemorySegment charges = samples(50L * d, random);
            Field density = GridMixes.random(FieldType.VECTOR, grid, random);
            Field expected = Fields.automatic().copy(density);
            assertThat(spline.deposit(charges, points, density)).isZero();
            double[] x = new double[d];
            for (int p = 0; p < 50; p++) {
                points.position(p, x);
                for (int c = 0; c < d; c++) {
                    Field component = field.component(c);
                    assertThat(at(values, p * d + c)).isEqualTo(spline.value(component, x));
                    double[] gradient = spline.gradient(component, x);
                    for (int i = 0; i < d; i++) {
                        assertThat(at(gradients, (p * d + c) * d + i)).isEqualTo(gradient[i]);
                    }
                    spline.deposit(at(charges, p * d + c), x, expected.component(c));
                }
            }
            assertThat(density.toArray()).containsExactly(expected.toArray());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void interpolationAndItsTransposeAreAdjoint(int order) {
        Random random = new Random(2);
        for (Grid grid : GRIDS) {
            for (OutOfDomain rule : OutOfDomain.values()) {
                int d = grid.dimension();
                Interpolation spline = Interpolation.spline(grid, order).outside(rule);
                Field field = GridMixes.random(FieldType.VECTOR, grid, random);
                PointSet points = somewhere(grid, 80, random);
                if (rule != OutOfDomain.THROW) {
                    for (int p = 0; p < 20; p++) {
                        points.set(p, random.doubles(d, -3, 3).toArray());
                    }
                }
                MemorySegment values = samples(80L * d, random);
                MemorySegment amounts = samples(80L * d, random);
                long ignored = spline.values(field, points, values);
                Field spread = Fields.automatic().like(field);
                assertThat(spline.transpose(amounts, points, spread)).isEqualTo(ignored);
                assertThat(ignored > 0).isEqualTo(rule == OutOfDomain.IGNORE);
                double left = 0;
                double scale = 0;
                for (int i = 0; i < 80 * d; i++) {
                    left += at(values, i) * at(amounts, i);
                    scale += Math.abs(at(values, i) * at(amounts, i));
                }
                double right = 0;
                for (long i = 0; i < field.count(); i++) {
                    right += field.getFlat(i) * spread.getFlat(i);
                }
                assertThat(right).isCloseTo(left, within(1e-14 * scale));
                // deposition is the transpose over the cell volume
                Field density = Fields.automatic().like(field);
                spline.deposit(amounts, points, density);
                for (long i = 0; i < field.count(); i++) {
                    double volume = grid.weight(grid.index(i % grid.size()));
                    assertThat(density.getFlat(i) * volume).isCloseTo(spread.getFlat(i), within(1e-13));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void bitsDoNotDependOnThreads(Precision precision) {
        Random random = new Random(3);
        for (Grid grid : GRIDS) {
            int count = (int) PointSweep.SHARING_THRESHOLD + 7;
            int components = grid.dimension();
            PointSet points = somewhere(grid, count, random);
            for (int p = 0; p < count / 2; p++) {
                // half of them in one place, so that the order of sums matters
                points.set(p, grid.toSpace(random.doubles(components, 0, 0.2).map(x -> x * 1e-3).toArray()));
            }
            for (int p = 0; p < 30; p++) {
                points.set(random.nextInt(count), random.doubles(components, -3, 3).toArray());
            }
            MemorySegment charges = samples((long) count * components, random);
            for (int order : new int[] {1, 3}) {
                Interpolation one = Interpolation.spline(grid, order).outside(OutOfDomain.IGNORE);
                Field serial = Fields.automatic().precision(precision).vector(grid);
                long ignored = one.deposit(charges, points, serial);
                MemorySegment values = samples((long) count * components, random);
                one.values(serial, points, values);
                for (int threads : new int[] {2, 7}) {
                    Interpolation many = one.threads(threads);
                    Field parallel = Fields.automatic().like(serial);
                    assertThat(many.deposit(charges, points, parallel)).isEqualTo(ignored);
                    assertThat(parallel.segment().mismatch(serial.segment())).as("%d threads", threads).isEqualTo(-1);
                    MemorySegment again = samples((long) count * components, random);
                    assertThat(many.values(serial, points, again)).isEqualTo(ignored);
                    assertThat(again.mismatch(values)).isEqualTo(-1);
                }
            }
        }
    }

    /** The charge of many points, against an exact sum. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void chargeOfManyPointsIsKept(int order) {
        Random random = new Random(4);
        for (Grid grid : GRIDS) {
            PointSet points = somewhere(grid, 10_000, random);
            MemorySegment charges = samples(10_000, random);
            Field density = Fields.automatic().scalar(grid);
            Interpolation.spline(grid, order).deposit(charges, points, density);
            BigDecimal left = BigDecimal.ZERO;
            double size = 0;
            for (int p = 0; p < 10_000; p++) {
                left = left.subtract(new BigDecimal(at(charges, p)));
                size += Math.abs(at(charges, p));
            }
            for (long i = 0; i < grid.size(); i++) {
                left = left.add(new BigDecimal(density.getFlat(i))
                        .multiply(new BigDecimal(grid.weight(grid.index(i)))));
            }
            assertThat(left.doubleValue() / size).isCloseTo(0, within(1e-14));
        }
    }

    @Test
    void fieldsOfFloatsTakePointsToo() {
        Random random = new Random(5);
        Grid grid = GRIDS.get(1);
        Field field = GridMixes.random(FieldType.SCALAR, grid, random);
        Field rounded = Fields.automatic().precision(Precision.FLOAT).scalar(grid).copyFrom(field);
        PointSet points = somewhere(grid, 40, random);
        MemorySegment values = samples(40, random);
        Interpolation spline = Interpolation.spline(grid, 2);
        spline.values(rounded, points, values);
        double[] x = new double[2];
        for (int p = 0; p < 40; p++) {
            points.position(p, x);
            assertThat(at(values, p)).isCloseTo(spline.value(field, x), within(1e-6));
        }
    }

    @Test
    void confinedMemoryIsWorkedOnByItsOwner() {
        Grid grid = GRIDS.get(1);
        try (Arena arena = Arena.ofConfined()) {
            PointSet points = PointSet.in(arena, 2, 5000);
            MemorySegment charges = arena.allocate(5000 * 8, 8);
            charges.setAtIndex(ValueLayout.JAVA_DOUBLE, 17, 2);
            Field density = Fields.in(arena).scalar(grid);
            Interpolation.multilinear(grid).threads(4).deposit(charges, points, density);
            double sum = 0;
            for (long i = 0; i < grid.size(); i++) {
                sum += density.getFlat(i) * grid.weight(grid.index(i));
            }
            assertThat(sum).isCloseTo(2, within(1e-14));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void badPointsAreNamedBeforeAnythingIsWritten(int threads) {
        Grid grid = Grid.of(Axis.uniform(0, 1, 5), Axis.periodic(0, 1, 4));
        int count = 2 * (int) PointSweep.SHARING_THRESHOLD;
        PointSet points = PointSet.in(Arena.ofAuto(), 2, count);
        MemorySegment charges = samples(count, new Random(6));
        Field field = GridMixes.random(FieldType.SCALAR, grid, new Random(7));
        double[] before = field.toArray();
        byte[] samples = charges.toArray(ValueLayout.JAVA_BYTE);
        Interpolation spline = Interpolation.multilinear(grid).threads(threads);
        points.set(count - 5, 1.5, 0);
        points.set(1234, -0.25, 0);
        assertThatThrownBy(() -> spline.deposit(charges, points, field)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("point 1234 has coordinate -0.25 along axis 0; it had to be in [0.0, 1.0]");
        assertThatThrownBy(() -> spline.values(field, points, charges)).hasMessageContaining("point 1234");
        points.set(999, 0, Double.NaN);
        for (OutOfDomain rule : List.of(OutOfDomain.CLAMP, OutOfDomain.PERIODIC, OutOfDomain.IGNORE)) {
            assertThatThrownBy(() -> spline.outside(rule).transpose(charges, points, field))
                    .hasMessage("point 999 has coordinate NaN along axis 1; it had to be finite");
        }
        assertThat(field.toArray()).containsExactly(before);
        assertThat(charges.toArray(ValueLayout.JAVA_BYTE)).containsExactly(samples);
        points.set(999, 0, 0);
        assertThat(spline.outside(OutOfDomain.IGNORE).deposit(charges, points, field)).isEqualTo(2);
    }

    @Test
    void badBatchesAreNamed() {
        Grid grid = GRIDS.get(1);
        Interpolation spline = Interpolation.multilinear(grid);
        Field field = Fields.automatic().scalar(grid);
        PointSet points = PointSet.of(2, 0, 0, 0.5, 0.5);
        assertThat(points).hasToString("2 points in 2D");
        assertThat(points.get(1, 0)).isEqualTo(0.5);
        MemorySegment two = samples(2, new Random(8));
        assertThatThrownBy(() -> spline.values(field, points, samples(3, new Random(8))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("values have 24 bytes")
                .hasMessageContaining("had to have 16");
        assertThatThrownBy(() -> spline.values(field, PointSet.of(3, 0, 0, 0), two)).hasMessageContaining("be in 2D");
        assertThatThrownBy(() -> spline.values(Fields.automatic().scalar(GRIDS.get(0)), points, two))
                .hasMessageContaining("another grid");
        assertThatThrownBy(() -> spline.deposit(MemorySegment.ofArray(new double[2]), points, field))
                .hasMessageContaining("memory of charges lies on the heap");
        assertThatThrownBy(() -> spline.values(field, points, points.segment().asSlice(0, 16)))
                .hasMessageContaining("overlap the points");
        assertThatThrownBy(() -> spline.values(field, points, field.segment().asSlice(8, 16)))
                .hasMessageContaining("overlap the field");
        assertThatThrownBy(() -> PointSet.of(2, 1, 2, 3)).hasMessageContaining("coordinates are 3")
                .hasMessageContaining("multiple of 2");
        assertThatThrownBy(() -> PointSet.of(4, 1, 2, 3, 4)).hasMessageContaining("dimension is 4");
        assertThatThrownBy(() -> PointSet.in(Arena.ofAuto(), 2, -1)).hasMessageContaining("points is -1");
        assertThatThrownBy(() -> PointSet.wrap(MemorySegment.ofArray(new double[2]), 2)).hasMessageContaining("heap");
        assertThatThrownBy(() -> PointSet.wrap(Arena.ofAuto().allocate(24, 8), 2)).hasMessageContaining("24 bytes");
        assertThatThrownBy(() -> PointSet.wrap(Arena.ofAuto().allocate(40, 8).asSlice(4, 16), 2))
                .hasMessageContaining("multiple of 8");
        assertThatThrownBy(() -> points.set(0, 1)).hasMessageContaining("had to have 2");
        Arena arena = Arena.ofConfined();
        PointSet closed = PointSet.in(arena, 2, 2);
        arena.close();
        assertThatThrownBy(() -> spline.values(field, closed, two)).isInstanceOf(IllegalStateException.class);
        assertThat(spline.values(field, PointSet.of(2), Arena.ofAuto().allocate(0))).as("no points").isZero();
    }
}
