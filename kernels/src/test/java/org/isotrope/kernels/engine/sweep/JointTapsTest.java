package org.isotrope.kernels.engine.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Samples;
import org.isotrope.kernels.engine.plan.Executors;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.stencil.Stencil;
import org.isotrope.kernels.tensor.IrrepsType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Outputs that one pass computes: which they are, and that they have the bits of the reference. */
@Tag("bits")
class JointTapsTest {
    /** The same for every test, as each has an object of its own. */
    private final Random random = new Random(5);

    static IntStream rowLengths() {
        return IntStream.of(4, 5, 8, 15, 16, 17, 23, 32, 33, 40);
    }

    /** First differences of every component along every axis, of two or four taps, with weights of an axis or a tap. */
    private Stencil jacobian(int dimension, int inputs, int reach, boolean same) {
        Stencil.Builder stencil = Stencil.builder(dimension, inputs * dimension, inputs);
        double[] weights = random.doubles(2L * reach, -1, 1).toArray();
        for (int c = 0; c < inputs; c++) {
            for (int a = 0; a < dimension; a++) {
                for (int s = -reach; s <= reach; s++) {
                    int[] offset = new int[dimension];
                    offset[a] = s;
                    if (s != 0) {
                        double weight = same ? weights[s < 0 ? s + reach : s + reach - 1] : random.nextGaussian();
                        stencil.tap(c * dimension + a, c, weight, offset);
                    }
                }
            }
        }
        return stencil.build();
    }

    /** Second differences of a scalar along every axis. */
    private Stencil seconds(int dimension) {
        Stencil.Builder stencil = Stencil.builder(dimension, dimension, 1);
        for (int a = 0; a < dimension; a++) {
            for (int s = -1; s <= 1; s++) {
                int[] offset = new int[dimension];
                offset[a] = s;
                stencil.tap(a, 0, random.nextGaussian(), offset);
            }
        }
        return stencil.build();
    }

    /** Each output the difference of two derivatives, as in a curl. */
    private Stencil curl() {
        Stencil.Builder stencil = Stencil.builder(3, 3, 3);
        for (int i = 0; i < 3; i++) {
            for (int[] pair : new int[][] {{(i + 1) % 3, (i + 2) % 3}, {(i + 2) % 3, (i + 1) % 3}}) {
                for (int s = -1; s <= 1; s += 2) {
                    int[] offset = new int[3];
                    offset[pair[0]] = s;
                    stencil.tap(i, pair[1], random.nextGaussian(), offset);
                }
            }
        }
        return stencil.build();
    }

    /** The rotated gradient in the plane: the difference along the row comes first. */
    private static Stencil rotated() {
        return Stencil.builder(2, 2, 1).tap(0, 0, -0.3, 0, -1).tap(0, 0, 0.7, 0, 1).tap(1, 0, 1.1, -1, 0)
                .tap(1, 0, -0.9, 1, 0).build();
    }

    private List<Stencil> stencils() {
        return List.of(jacobian(2, 1, 1, false), jacobian(3, 1, 1, true), jacobian(3, 2, 1, false), seconds(2),
                seconds(3), rotated(), jacobian(2, 1, 2, false), jacobian(3, 1, 2, true), curl());
    }

    @ParameterizedTest
    @MethodSource("rowLengths")
    void haveTheBitsOfTheReference(int n) {
        for (Stencil stencil : stencils()) {
            int[] shape = stencil.dimension() == 2 ? new int[] {9, n} : new int[] {5, 6, n};
            for (int repeat = 0; repeat < 3; repeat++) {
                Grid grid = Samples.mixedGrid(random, shape);
                StencilProgram program = StencilProgram.of(stencil, grid, Samples.mixedBoundaries(random, grid));
                for (Precision precision : Precision.values()) {
                    check(program, grid, precision, 1 + repeat);
                }
            }
        }
    }

    /** Beyond the size of a cache, outputs of four taps are joined too. */
    @Test
    void haveTheBitsOfTheReferenceOnLargeGrids() {
        for (Stencil stencil : List.of(
                jacobian(2, 1, 2, false), jacobian(3, 1, 2, true), jacobian(3, 1, 2, false), curl())) {
            for (Precision precision : Precision.values()) {
                int cells = (1 << 24) / precision.bytes() / (stencil.inputs() + stencil.outputs());
                int[] shape = stencil.dimension() == 2
                        ? new int[] {cells / 1701 + 1, 1701} : new int[] {cells / 85 / 171 + 1, 85, 171};
                Grid grid = Samples.mixedGrid(random, shape);
                StencilProgram program = StencilProgram.of(stencil, grid, Samples.mixedBoundaries(random, grid));
                assertThat(joint(program, precision)).as("%s", grid).isNotEmpty();
                check(program, grid, precision, 2);
            }
        }
    }

    private static void check(StencilProgram program, Grid grid, Precision precision, int parts) {
        Stencil stencil = program.stencil();
        Field in = Samples.random(type(stencil.inputs()), grid, precision, 3);
        // no other value may show through, not by a weight of 0 either
        in.setFlat(in.count() / 2, Double.POSITIVE_INFINITY);
        in.setFlat(in.count() / 3, -0.0);
        in.setFlat(in.count() / 4, precision == Precision.FLOAT ? -Float.MIN_VALUE : -Double.MIN_VALUE);
        Field expected = Fields.automatic().precision(precision).of(type(stencil.outputs()), grid);
        Executors.reference(program, precision).run(in.segment(), expected.segment(), 0, 1);
        for (boolean stars : new boolean[] {false, true}) {
            StencilExecutor sweeps = precision == Precision.FLOAT
                    ? new FloatSweeps(program, stars) : new DoubleSweeps(program, stars);
            Field out = Fields.automatic().like(expected).fill(Double.NaN);
            for (int part = parts - 1; part >= 0; part--) {
                sweeps.run(in.segment(), out.segment(), part, parts);
            }
            // NaNs may differ in their bits
            boolean same = out.segment().mismatch(expected.segment()) < 0
                    || Arrays.equals(Samples.bits(out), Samples.bits(expected));
            assertThat(same)
                    .as("%s, %s, %s, %d parts, stars %s", stencil, grid, precision, parts, stars).isTrue();
        }
    }

    private static FieldType type(int components) {
        return IrrepsType.of(components + "x0e");
    }

    /** Outputs that one pass computes in the interior of a grid, those of each pass in order. */
    private static List<List<Integer>> joint(StencilProgram program, Precision precision, int... stars) {
        StencilProgram.RowTaps[] rows = program.rowTaps(program.size(0) / 2, program.size(1) / 2);
        boolean[] onTheWay = new boolean[rows.length];
        Arrays.stream(stars).forEach(r -> onTheWay[r] = true);
        Object[] joints = precision == Precision.FLOAT
                ? FloatJointTaps.of(program, rows, onTheWay) : DoubleJointTaps.of(program, rows, onTheWay);
        Map<Object, List<Integer>> found = new IdentityHashMap<>();
        IntStream.range(0, joints.length).filter(r -> joints[r] != null).forEach(r ->
                found.merge(joints[r], List.of(r), (a, b) -> IntStream.concat(
                        a.stream().mapToInt(i -> i), b.stream().mapToInt(i -> i)).boxed().toList()));
        return found.values().stream().sorted((a, b) -> a.getFirst() - b.getFirst()).toList();
    }

    private static StencilProgram program(Stencil stencil, int n) {
        Axis[] axes = new Axis[stencil.dimension()];
        Arrays.fill(axes, Axis.periodic(0, n, n));
        return StencilProgram.of(stencil, Grid.of(axes), Boundaries.all(Boundary.zero()));
    }

    @Test
    void areThoseThatReadTheSameComponents() {
        for (Precision precision : Precision.values()) {
            assertThat(joint(program(jacobian(2, 1, 1, false), 20), precision)).containsExactly(List.of(0, 1));
            assertThat(joint(program(jacobian(3, 3, 1, false), 20), precision))
                    .containsExactly(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6, 7, 8));
            assertThat(joint(program(seconds(3), 20), precision)).containsExactly(List.of(0, 1, 2));
            Stencil apart = Stencil.builder(1, 2, 2).tap(0, 0, 1, -1).tap(0, 0, 1, 1).tap(1, 1, 1, -1).tap(1, 1, 1, 1)
                    .build();
            assertThat(joint(program(apart, 20), precision)).isEmpty();
        }
    }

    @Test
    void areMoreOnLargeGrids() {
        for (Precision precision : Precision.values()) {
            assertThat(joint(program(curl(), 20), precision)).isEmpty();
            assertThat(joint(program(curl(), 128), precision)).containsExactly(List.of(0, 1));
            assertThat(joint(program(jacobian(3, 1, 2, false), 128), precision)).containsExactly(List.of(0, 1));
            assertThat(joint(program(jacobian(3, 1, 2, true), 128), precision)).containsExactly(List.of(0, 1, 2));
            assertThat(joint(program(jacobian(3, 1, 3, true), 128), precision)).isEmpty();
        }
    }

    /** Where components are a multiple of 128 MiB apart, their streams would get into each other's way. */
    @Test
    void areNoneWhereMemoryConflicts() {
        Stencil gradient = jacobian(3, 1, 1, true);
        assertThat(joint(program(gradient, 256), Precision.FLOAT)).containsExactly(List.of(0, 1, 2));
        assertThat(joint(program(gradient, 256), Precision.DOUBLE)).isEmpty();
        assertThat(joint(program(gradient, 255), Precision.DOUBLE)).containsExactly(List.of(0, 1, 2));
        assertThat(joint(program(gradient, 512), Precision.FLOAT)).isEmpty();
    }

    @Test
    void takeOneStarOfTwoTaps() {
        assertThat(joint(program(jacobian(3, 1, 1, true), 20), Precision.FLOAT, 2)).containsExactly(List.of(0, 1, 2));
        assertThat(joint(program(rotated(), 20), Precision.FLOAT, 0)).containsExactly(List.of(0, 1));
        assertThat(joint(program(seconds(3), 20), Precision.FLOAT, 2)).containsExactly(List.of(0, 1));
        Stencil two = Stencil.builder(2, 2, 1).tap(0, 0, 1, 0, -1).tap(0, 0, 1, 0, 1).tap(1, 0, 2, 0, -1)
                .tap(1, 0, 3, 0, 1).build();
        assertThat(joint(program(two, 20), Precision.FLOAT, 0, 1)).isEmpty();
    }
}
