package org.isotrope.kernels.engine.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Samples;
import org.isotrope.kernels.engine.RowSamples;
import org.isotrope.kernels.engine.program.BlockShape;
import org.isotrope.kernels.engine.program.DoubleFoldedReference;
import org.isotrope.kernels.engine.program.DoubleReference;
import org.isotrope.kernels.engine.program.FloatFoldedReference;
import org.isotrope.kernels.engine.program.FloatReference;
import org.isotrope.kernels.engine.program.Folding;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.sweep.FloatSweep;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every register block against its formula, bit for bit, also those that this machine's plans do not choose. */
@Tag("bits")
class BlocksTest extends RowSamples {
    private static final int PITCH = 100;

    private final MemorySegment out = Arena.ofAuto().allocate(8L * PITCH * Float.BYTES, 64);

    private float found(int row, int column) {
        return out.getAtIndex(ValueLayout.JAVA_FLOAT, (long) row * PITCH + column);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 9, 40})
    void productsOfFourRows(int steps) {
        int[] at = places(steps);
        float[] w = floats(4 * steps);
        FloatBlocks.four(box, BASE, at, w, out, 0, PITCH * Float.BYTES);
        check(4, (r, x) -> expected(steps, r, x, w, 4, (q, c) -> box[BASE + at[q] + c]), null);
    }

    /** Weights that a part must not look at are there, and would show. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 9})
    void productsWithPrologueAndEpilogue(int steps) {
        for (int inputs = 1; inputs <= 3; inputs++) {
            int all = 4 * steps * inputs;
            int[] at = places(all);
            float[] w = floats(4 * all);
            float[] seen = w.clone();
            int[] turns = new int[3 * inputs];
            for (int turn = 0, q = 0; turn < 3 * inputs; turn++) {
                for (int end = q + (turn % 3 == 1 ? 2 * steps : steps); q < end; q++) {
                    for (int r = 0; r < 4; r++) {
                        boolean reached = turn % 3 == 0 ? r < 2 : turn % 3 == 1 || r >= 2;
                        seen[4 * q + r] = reached ? w[4 * q + r] : 0;
                    }
                }
                turns[turn] = q;
            }
            FloatRamps.four(box, BASE, at, w, turns, floats(FloatRamps.SUMS), out, 0, PITCH * Float.BYTES);
            check(4, (r, x) -> expected(all, r, x, seen, 4, (q, c) -> box[BASE + at[q] + c]), null);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 9, 40})
    void productsOfTwoRows(int steps) {
        int[] at = places(steps);
        float[] w = floats(2 * steps);
        FloatTwoRows.direct(box, BASE, at, w, out, 0, PITCH * Float.BYTES);
        float[] array = new float[2 * PITCH];
        FloatTwoRows.block(box, BASE, at, w, array, 0, PITCH);
        check(2, (r, x) -> expected(steps, r, x, w, 2, (q, c) -> box[BASE + at[q] + c]), array);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 9, 40})
    void productsOfFiveVectors(int steps) {
        int[] at = places(steps);
        float[] w = floats(2 * steps);
        FloatTwoRows.wide(box, BASE, at, w, out, 0, PITCH * Float.BYTES);
        for (int r = 0; r < 2; r++) {
            for (int x = 0; x < 5 * FloatSweep.LANES; x++) {
                assertThat(found(r, x)).isEqualTo(expected(steps, r, x, w, 2, (q, c) -> box[BASE + at[q] + c]));
            }
        }
    }

    /** Every way in which rows fit blocks: shorter, longer, whole, one and many, and planes too few for a block. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 39, 40, 41, 80, 85, 128, 130})
    void denseKernelsOnRowsOfAnyLength(int n) {
        for (int[] shape : new int[][] {{1, n}, {6, n}, {17, n}, {1, 1, n}, {3, 2, n}, {2, 13, n}, {5, 9, n}}) {
            Grid grid = Samples.boundedGrid(shape);
            for (int components = 1; components <= 2; components++) {
                Stencil stencil = Samples.stencil(random, shape.length, components, 3 - components, 60, 2);
                StencilProgram program = StencilProgram.of(stencil, grid, Boundaries.all(Boundary.zero()));
                BlockShape blocks = BlockShape.of(program, FloatBlocks.COLUMNS);
                long size = grid.size();
                check(program, size, 4, new FloatReference(program), new FloatDense(program, blocks));
                check(program, size, 8, new DoubleReference(program), new DoubleDense(program, blocks));
            }
        }
    }

    /** Rows that fit strips or not, folded with margins of any length. */
    @ParameterizedTest
    @ValueSource(ints = {7, 40, 41, 85, 128})
    void foldedKernelsOnRowsOfAnyLength(int n) {
        for (int[] shape : new int[][] {{6, n}, {17, n}, {1, 1, n}, {3, 2, n}, {5, 9, n}}) {
            Grid grid = Samples.boundedGrid(shape);
            for (int reach = 1; reach <= 5; reach += 4) {
                StencilProgram program = StencilProgram.of(mirrored(shape.length, reach), grid,
                        Boundaries.all(Boundary.zero()));
                Folding folding = Folding.of(program, BlockShape.of(program, FloatBlocks.COLUMNS));
                long size = grid.size();
                check(program, size, 4, new FloatFoldedReference(folding), new FloatFolded(folding));
                check(program, size, 8, new DoubleFoldedReference(folding), new DoubleFolded(folding));
            }
        }
    }

    /** Two outputs, one of them even and the other odd along the last axis. */
    private static Stencil mirrored(int dimension, int reach) {
        Stencil.Builder taps = Stencil.builder(dimension, 2, 1);
        int middles = dimension == 3 ? 2 : 0;
        for (int b = -1; b <= 2; b++) {
            for (int m = -middles; m <= middles; m++) {
                for (int c = -reach; c <= reach; c++) {
                    int[] offset = dimension == 3 ? new int[] {b, m, c} : new int[] {b, c};
                    double weight = Math.cos(b + 5 * Math.abs(m) + 17 * Math.abs(c));
                    taps.tap(0, 0, weight, offset);
                    if (c != 0) {
                        taps.tap(1, 0, Math.signum(c) * weight, offset);
                    }
                }
            }
        }
        return taps.build();
    }

    private void check(StencilProgram program, long size, int bytes, StencilExecutor reference, StencilExecutor dense) {
        MemorySegment in = Arena.ofAuto().allocate(size * program.stencil().inputs() * bytes, 64);
        MemorySegment expected = Arena.ofAuto().allocate(size * program.stencil().outputs() * bytes, 64);
        MemorySegment found = Arena.ofAuto().allocate(expected.byteSize(), 64);
        for (long i = 0; i < in.byteSize() / bytes; i++) {
            if (bytes == 4) {
                in.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat() - 0.5f);
            } else {
                in.setAtIndex(ValueLayout.JAVA_DOUBLE, i, random.nextDouble() - 0.5);
            }
        }
        reference.run(in, expected, 0, 1);
        for (int parts = 1; parts <= 3; parts += 2) {
            found.fill((byte) -1);
            for (int part = parts - 1; part >= 0; part--) {
                dense.run(in, found, part, parts);
            }
            assertThat(found.mismatch(expected)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 9, 40})
    void sumsOfPairs(int steps) {
        int[] at = places(steps);
        int[] mirrored = places(steps);
        float[] w = floats(4 * steps);
        FloatBlocks.even(box, BASE, at, mirrored, w, out, 0, PITCH * Float.BYTES);
        check(4, (r, x) -> expected(steps, r, x, w, 4,
                (q, c) -> box[BASE + at[q] + c] + box[BASE + mirrored[q] + c]), null);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 9, 40})
    void pairsWithSigns(int steps) {
        int[] at = places(steps);
        int[] mirrored = places(steps);
        float[] w = floats(5 * steps);
        for (int q = 0; q < steps; q++) {
            w[5 * q + 4] = q % 3 - 1;
        }
        FloatBlocks.folded(box, BASE, at, mirrored, w, out, 0, PITCH * Float.BYTES);
        check(4, (r, x) -> expected(steps, r, x, w, 5,
                (q, c) -> Math.fma(box[BASE + mirrored[q] + c], w[5 * q + 4], box[BASE + at[q] + c])), null);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9})
    void stripsOfMirroredColumns(int runs) {
        sumsOfPieces(runs, 5 * FloatSweep.LANES, FloatTwoRows::fold);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9})
    void piecesOfMirroredRows(int pieces) {
        sumsOfPieces(pieces, 3 * FloatSweep.LANES, FloatTwoRows::foldRows);
    }

    private interface Fold {
        void add(float[] box, int base, int[] pairs, float[] signs, int first);
    }

    private void sumsOfPieces(int pieces, int length, Fold fold) {
        int[] pairs = places(2 * pieces);
        float[] signs = new float[pieces];
        for (int k = 0; k < pieces; k++) {
            signs[k] = k % 3 - 1;
        }
        int first = box.length + 7;
        float[] sums = Arrays.copyOf(box, first + pieces * length);
        fold.add(sums, BASE, pairs, signs, first);
        for (int k = 0; k < pieces; k++) {
            for (int x = 0; x < length; x++) {
                assertThat(sums[first + k * length + x])
                        .isEqualTo(box[BASE + pairs[2 * k] + x] + signs[k] * box[BASE + pairs[2 * k + 1] + x]);
            }
        }
        assertThat(Arrays.copyOf(sums, box.length)).isEqualTo(box);
    }

    private interface Sum {
        float at(int row, int column);
    }

    private void check(int rows, Sum sum, float[] array) {
        for (int r = 0; r < rows; r++) {
            for (int x = 0; x < FloatBlocks.COLUMNS; x++) {
                float value = sum.at(r, x);
                assertThat(found(r, x)).isEqualTo(value);
                if (array != null) {
                    assertThat(array[r * PITCH + x]).isEqualTo(value);
                }
            }
        }
    }
}
