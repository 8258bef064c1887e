package org.isotrope.kernels.engine.banded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.difference.AxisDifferences;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.difference.SummationByParts;
import org.isotrope.kernels.engine.elementwise.Products;
import org.isotrope.kernels.engine.plan.Executors;
import org.isotrope.kernels.engine.program.BandedProgram;
import org.isotrope.kernels.engine.program.DoubleBandedReference;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Products of banded matrices: the vector executor against the reference bit for bit, that against plain sums. */
class BandedProgramTest {
    private static final int[][] SHAPES = {{5}, {40}, {333}, {9000}, {6, 7}, {7, 64}, {9, 131}, {5, 6, 7}, {7, 5, 70},
        {6, 9, 33}};
    private static final int MATRICES_OF_A_SIZE = 60;

    /** Matrices that programs choose from, for each size: to make one takes longer than to multiply by it. */
    private static final Map<Integer, List<BandedMatrix>> MATRICES = new HashMap<>();

    /** A matrix of any kind that fits the axis, or none. */
    private static @Nullable BandedMatrix any(Random random, int n) {
        List<BandedMatrix> all = MATRICES.computeIfAbsent(n, size -> {
            Random own = new Random(size);
            return Stream.generate(() -> matrix(own, size)).limit(MATRICES_OF_A_SIZE).toList();
        });
        return random.nextInt(5) == 0 ? null : all.get(random.nextInt(all.size()));
    }

    /** A matrix of any kind: bounded or periodic, uniform or not, closures, transposes. */
    private static BandedMatrix matrix(Random random, int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = i + 0.7 * random.nextDouble();
        }
        boolean periodic = random.nextBoolean();
        Axis axis = random.nextInt(3) == 0
                ? periodic ? Axis.periodic(0, n, n) : Axis.uniform(0, n - 1, n)
                : periodic ? Axis.periodicNodes(n + 0.5, x) : Axis.nodes(x);
        BandedMatrix matrix = switch (random.nextInt(4)) {
            case 0 -> AxisDifferences.of(axis, 2, 2);
            case 1 -> n >= 8 ? SummationByParts.of(4, n, 1).derivative() : AxisDifferences.of(axis, 1, 4);
            case 2 -> AxisDifferences.upwind(axis, 3, 1);
            default -> AxisDifferences.of(axis, 1, 2);
        };
        return random.nextInt(3) == 0 ? matrix.transpose() : matrix;
    }

    private static BandedProgram program(Random random, int[] shape, int outputs, int inputs, int terms) {
        List<KroneckerProduct> list = new ArrayList<>();
        BandedMatrix[] used = new BandedMatrix[shape.length];
        for (int t = 0; t < terms; t++) {
            List<BandedMatrix> along = new ArrayList<>();
            for (int a = 0; a < shape.length; a++) {
                // some matrices come again, so that groups have several terms
                used[a] = random.nextInt(3) == 0 ? used[a] : any(random, shape[a]);
                along.add(used[a]);
            }
            list.add(new KroneckerProduct(random.nextInt(outputs), random.nextInt(inputs), random.nextGaussian(),
                    along));
        }
        return BandedProgram.of(shape, outputs, inputs, list);
    }

    private static MemorySegment random(Random random, long count, Precision precision) {
        MemorySegment memory = Arena.ofAuto().allocate(count * precision.bytes(), 64);
        for (long i = 0; i < count; i++) {
            set(memory, i, precision, 2 * random.nextDouble() - 1);
        }
        return memory;
    }

    private static void set(MemorySegment memory, long i, Precision precision, double value) {
        if (precision == Precision.FLOAT) {
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) value);
        } else {
            memory.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
        }
    }

    private static double[] dense(BandedMatrix matrix, int n, int row) {
        if (matrix == null) {
            double[] unit = new double[n];
            unit[row] = 1;
            return unit;
        }
        return matrix.dense()[row];
    }

    /** The definition, by dense matrices, for one output value. */
    private static double defined(
            BandedProgram program, int[] shape, MemorySegment in, int output, int[] index) {
        int[] full = {1, 1, 1};
        System.arraycopy(shape, 0, full, 3 - shape.length, shape.length);
        double sum = 0;
        for (KroneckerProduct term : program.terms()) {
            if (term.output() != output) {
                continue;
            }
            double[][] rows = new double[3][];
            for (int a = 0; a < 3; a++) {
                rows[a] = dense(program.along(term, a), full[a], index[a]);
            }
            for (int i = 0; i < full[0]; i++) {
                for (int j = 0; j < full[1]; j++) {
                    for (int k = 0; k < full[2]; k++) {
                        double weight = rows[0][i] * rows[1][j] * rows[2][k];
                        if (weight != 0) {
                            long at = ((term.input() * (long) full[0] + i) * full[1] + j) * full[2] + k;
                            sum += term.factor() * weight * in.getAtIndex(ValueLayout.JAVA_DOUBLE, at);
                        }
                    }
                }
            }
        }
        return sum;
    }

    @Test
    void theReferenceIsTheDefinition() {
        Random random = new Random(4);
        for (int[] shape : SHAPES) {
            if (Arrays.stream(shape).reduce(1, (a, b) -> a * b) > 1000) {
                continue;
            }
            BandedProgram program = program(random, shape, 2, 2, 6);
            MemorySegment in = random(random, 2 * program.nodes(), Precision.DOUBLE);
            MemorySegment out = random(random, 2 * program.nodes(), Precision.DOUBLE);
            Executors.reference(program, Precision.DOUBLE).run(in, out, 0, 1);
            for (int probe = 0; probe < 40; probe++) {
                int r = random.nextInt(2);
                int[] index = {random.nextInt(program.size(0)), random.nextInt(program.size(1)),
                    random.nextInt(program.size(2))};
                long at = ((r * (long) program.size(0) + index[0]) * program.size(1) + index[1]) * program.size(2)
                        + index[2];
                assertThat(out.getAtIndex(ValueLayout.JAVA_DOUBLE, at)).as(Arrays.toString(shape))
                        .isCloseTo(defined(program, shape, in, r, index), within(1e-11));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void vectorsGiveTheBitsOfTheReferenceInAnyNumberOfParts(Precision precision) {
        Random random = new Random(5);
        for (int repeat = 0; repeat < 12; repeat++) {
            for (int[] shape : SHAPES) {
                int outputs = 1 + random.nextInt(3);
                int inputs = 1 + random.nextInt(3);
                BandedProgram program = program(random, shape, outputs, inputs, 1 + random.nextInt(7));
                MemorySegment in = random(random, inputs * program.nodes(), precision);
                MemorySegment expected = random(random, outputs * program.nodes(), precision);
                Executors.reference(program, precision).run(in, expected, 0, 1);
                StencilExecutor vectors = Executors.banded(program, precision);
                for (int parts = 1; parts <= 3; parts++) {
                    MemorySegment found = Arena.ofAuto().allocate(expected.byteSize(), 64).fill((byte) -1);
                    for (int part = 0; part < parts; part++) {
                        vectors.run(in, found, part, parts);
                    }
                    assertThat(found.mismatch(expected)).as("%s in %d parts", program, parts).isEqualTo(-1);
                }
            }
        }
    }

    /** Laplacians and slopes of few taps, which go many rows at a time, of rows of whole vectors and others. */
    @ParameterizedTest
    @EnumSource
    void manyRowsAtATimeGiveTheBitsOfTheReference(Precision precision) {
        Random random = new Random(15);
        int[][] shapes = {{9, 64}, {12, 35}, {6, 9, 64}, {7, 8, 33}, {1, 8, 48}, {5, 5, 32}};
        for (int repeat = 0; repeat < 30; repeat++) {
            int[] shape = shapes[repeat % shapes.length];
            int components = 1 + repeat % 2;
            List<KroneckerProduct> terms = new ArrayList<>();
            int derivative = 1 + random.nextInt(2);
            for (int c = 0; c < components; c++) {
                for (int a = 0; a < shape.length; a++) {
                    double[] x = new double[shape[a]];
                    for (int i = 0; i < x.length; i++) {
                        x[i] = i + 0.7 * random.nextDouble();
                    }
                    Axis axis = x.length == 1 ? Axis.singleton(0)
                            : random.nextBoolean() ? Axis.nodes(x) : Axis.periodicNodes(x.length + 0.5, x);
                    BandedMatrix matrix = AxisDifferences.of(axis, derivative, 2);
                    BandedMatrix[] along = new BandedMatrix[shape.length];
                    along[a] = random.nextInt(4) == 0 ? matrix.transpose() : matrix;
                    terms.add(new KroneckerProduct(c, c, random.nextBoolean() ? 1 : random.nextGaussian(),
                            Arrays.asList(along)));
                }
            }
            BandedProgram program = BandedProgram.of(shape, components, components, terms);
            MemorySegment in = random(random, components * program.nodes(), precision);
            set(in, random.nextInt((int) program.nodes()), precision, Double.NaN);
            set(in, random.nextInt((int) program.nodes()), precision, Double.POSITIVE_INFINITY);
            MemorySegment expected = random(random, components * program.nodes(), precision);
            Executors.reference(program, precision).run(in, expected, 0, 1);
            StencilExecutor vectors = Executors.banded(program, precision);
            for (int parts = 1; parts <= 3; parts++) {
                MemorySegment found = Arena.ofAuto().allocate(expected.byteSize(), 64).fill((byte) -1);
                for (int part = 0; part < parts; part++) {
                    vectors.run(in, found, part, parts);
                }
                long wrong = 0;
                while (wrong < components * program.nodes()
                        && bits(found, wrong, precision) == bits(expected, wrong, precision)) {
                    wrong++;
                }
                assertThat(wrong).as("first wrong value of %s in %d parts", program, parts)
                        .isEqualTo(components * program.nodes());
            }
        }
    }

    /** All values that are not numbers alike. */
    private static long bits(MemorySegment memory, long i, Precision precision) {
        return Double.doubleToLongBits(precision == Precision.FLOAT
                ? memory.getAtIndex(ValueLayout.JAVA_FLOAT, i)
                : memory.getAtIndex(ValueLayout.JAVA_DOUBLE, i));
    }

    @Test
    void theTransposeIsExact() {
        Random random = new Random(6);
        for (int repeat = 0; repeat < 10; repeat++) {
            for (int[] shape : SHAPES) {
                BandedProgram program = program(random, shape, 2, 3, 5);
                BandedProgram transpose = program.transpose();
                MemorySegment x = random(random, 3 * program.nodes(), Precision.DOUBLE);
                MemorySegment y = random(random, 2 * program.nodes(), Precision.DOUBLE);
                MemorySegment ax = random(random, 2 * program.nodes(), Precision.DOUBLE);
                MemorySegment ay = random(random, 3 * program.nodes(), Precision.DOUBLE);
                Executors.banded(program, Precision.DOUBLE).run(x, ax, 0, 1);
                Executors.banded(transpose, Precision.DOUBLE).run(y, ay, 0, 1);
                double scale = Math.sqrt(dot(ax, ax) * dot(y, y));
                assertThat(dot(x, ay)).isCloseTo(dot(ax, y), within(1e-12 * scale));
            }
        }
    }

    private static double dot(MemorySegment a, MemorySegment b) {
        double sum = 0;
        for (long i = 0; i < a.byteSize() / Double.BYTES; i++) {
            sum += a.getAtIndex(ValueLayout.JAVA_DOUBLE, i) * b.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
        }
        return sum;
    }

    /** What is not read does not matter, not even with weight 0. */
    @Test
    void aNotANumberStaysWhereItIsRead() {
        double[] x = new Random(7).doubles(40).sorted().toArray();
        BandedMatrix matrix = AxisDifferences.of(Axis.nodes(x), 2, 2);
        BandedProgram program = BandedProgram.of(new int[] {3, 40}, 1, 1,
                List.of(new KroneckerProduct(0, 0, 1, Arrays.asList(null, matrix))));
        for (int at = 0; at < 120; at++) {
            MemorySegment in = random(new Random(8), 120, Precision.DOUBLE);
            in.setAtIndex(ValueLayout.JAVA_DOUBLE, at, Double.NaN);
            MemorySegment out = random(new Random(9), 120, Precision.DOUBLE);
            Executors.banded(program, Precision.DOUBLE).run(in, out, 0, 1);
            for (int i = 0; i < 120; i++) {
                boolean reads = i / 40 == at / 40 && matrix.get(i % 40, at % 40) != 0;
                assertThat(Double.isNaN(out.getAtIndex(ValueLayout.JAVA_DOUBLE, i))).as("%d from %d", i, at)
                        .isEqualTo(reads);
            }
        }
    }

    /** Mirrors cancel weights, and transposed rows have zeros among their weights: both see the same there. */
    @Test
    void aNotANumberIsSeenByVectorsWhereItIsByTheReference() {
        BandedMatrix slopes =
                AxisDifferences.of(Axis.uniform(0, 1, 20), 1, 2, Boundary.mirror(), Boundary.mirror());
        for (BandedMatrix matrix : new BandedMatrix[] {slopes, slopes.transpose()}) {
            BandedProgram program = BandedProgram.of(new int[] {3, 20}, 1, 1,
                    List.of(new KroneckerProduct(0, 0, 1, Arrays.asList(null, matrix))));
            for (int at = 0; at < 60; at++) {
                MemorySegment in = random(new Random(8), 60, Precision.DOUBLE);
                in.setAtIndex(ValueLayout.JAVA_DOUBLE, at, Double.NaN);
                MemorySegment expected = random(new Random(9), 60, Precision.DOUBLE);
                new DoubleBandedReference(program).run(in, expected, 0, 1);
                MemorySegment out = random(new Random(9), 60, Precision.DOUBLE);
                new DoubleBanded(program).run(in, out, 0, 1);
                assertThat(out.toArray(ValueLayout.JAVA_DOUBLE)).as("%d", at)
                        .isEqualTo(expected.toArray(ValueLayout.JAVA_DOUBLE));
            }
        }
    }

    @Test
    void termsThatDoNotFitAreRefused() {
        BandedMatrix matrix = AxisDifferences.of(Axis.uniform(0, 1, 6), 1, 2);
        assertThatThrownBy(() -> BandedProgram.of(new int[] {7}, 1, 1,
                List.of(new KroneckerProduct(0, 0, 1, List.of(matrix)))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("it had to be 7 x 7");
        assertThatThrownBy(() -> BandedProgram.of(new int[] {6}, 1, 1,
                List.of(new KroneckerProduct(1, 0, 1, List.of(matrix)))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("they had to be below 1 and 1");
        assertThatThrownBy(() -> new KroneckerProduct(0, 0, Double.NaN, List.of(matrix)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("factor is NaN; it had to be finite");
    }
}
