package org.isotrope.kernels.engine.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.isotrope.kernels.stencil.Stencil;
import org.jspecify.annotations.Nullable;

/**
 * The mirror symmetries of a stencil, used to add inputs before they are multiplied.
 *
 * <p>Where all taps between an input and an output component are even or odd along the last axis, and in 3D along the
 * middle one, the four inputs at {@code (±m, ±c)} share one weight up to sign:
 *
 * <pre>{@code
 * f = (u(b, m, c) ± u(b, −m, c)) ± (u(b, m, −c) ± u(b, −m, −c)),   sum = fma(w, f, sum)
 * }</pre>
 *
 * <p>Order of summation for one output: offsets b along the block axis ascending, then input components, then m, then
 * c, both from 0 up; the fold along the middle axis comes first. A sum starts at +0 and ends by adding +0. The order
 * depends on neither position, threads nor vector length. Against the order of the taps results differ by rounding
 * only: each fold rounds its partial sums once more and saves as many roundings later.
 */
public final class Folding {
    /**
     * One folded tap.
     *
     * @param block offset along the block axis
     * @param input component read
     * @param middle distance along the middle axis, at least 0
     * @param column distance along the last axis, at least 0
     * @param middleSign 1 for even, −1 for odd, 0 for no mirror image
     * @param columnSign the same along the last axis
     * @param weight weight of the tap at {@code (block, middle, column)}
     */
    public record Tap(int block, int input, int middle, int column, int middleSign, int columnSign, double weight)
            implements Comparable<Tap> {
        /** In the order of summation. */
        @Override
        public int compareTo(Tap other) {
            if (block != other.block) {
                return Integer.compare(block, other.block);
            }
            if (input != other.input) {
                return Integer.compare(input, other.input);
            }
            return middle != other.middle
                    ? Integer.compare(middle, other.middle)
                    : Integer.compare(column, other.column);
        }
    }

    private final BlockShape shape;
    private final List<List<Tap>> outputs;

    private Folding(BlockShape shape, List<List<Tap>> outputs) {
        this.shape = shape;
        this.outputs = outputs;
    }

    /**
     * The folded form of a program.
     *
     * @param program with the stencil
     * @param shape of its blocks
     * @return null where some pair of components is neither even nor odd
     */
    public static @Nullable Folding of(StencilProgram program, BlockShape shape) {
        if (shape.lowest(2) != -shape.highest(2)
                || shape.lowest(shape.middleAxis) != -shape.highest(shape.middleAxis)) {
            return null;
        }
        Stencil stencil = program.stencil();
        List<List<Tap>> outputs = new ArrayList<>();
        int tap = 0;
        for (int r = 0; r < stencil.outputs(); r++) {
            List<Tap> folded = new ArrayList<>();
            while (tap < stencil.size() && stencil.output(tap) == r) {
                int first = tap;
                while (tap < stencil.size()
                        && stencil.output(tap) == r
                        && stencil.input(tap) == stencil.input(first)) {
                    tap++;
                }
                if (!fold(program, shape, first, tap, folded)) {
                    return null;
                }
            }
            Collections.sort(folded);
            outputs.add(folded);
        }
        return new Folding(shape, outputs);
    }

    /** Folds the taps of one pair of components; false where they are not symmetric. */
    private static boolean fold(StencilProgram program, BlockShape shape, int first, int end, List<Tap> folded) {
        TreeMap<Long, Double> weights = new TreeMap<>();
        for (int t = first; t < end; t++) {
            weights.put(key(program.offset(t, shape.blockAxis), program.offset(t, shape.middleAxis),
                    program.offset(t, 2)), program.stencil().weight(t));
        }
        int middleSign = sign(program, shape, first, end, weights, true);
        int columnSign = sign(program, shape, first, end, weights, false);
        if (middleSign == 0 || columnSign == 0) {
            return false;
        }
        for (int t = first; t < end; t++) {
            int m = program.offset(t, shape.middleAxis);
            int c = program.offset(t, 2);
            // an odd tap in its own mirror has weight 0
            boolean vanishes = m == 0 && middleSign < 0 || c == 0 && columnSign < 0;
            if (m >= 0 && c >= 0 && !vanishes) {
                folded.add(new Tap(program.offset(t, shape.blockAxis), program.stencil().input(t), m, c,
                        m == 0 ? 0 : middleSign, c == 0 ? 0 : columnSign, program.stencil().weight(t)));
            }
        }
        return true;
    }

    private static int sign(
            StencilProgram program,
            BlockShape shape,
            int first,
            int end,
            TreeMap<Long, Double> weights,
            boolean alongMiddle) {
        boolean even = true;
        boolean odd = true;
        for (int t = first; t < end && (even || odd); t++) {
            int b = program.offset(t, shape.blockAxis);
            int m = program.offset(t, shape.middleAxis);
            int c = program.offset(t, 2);
            Double mirror = weights.get(alongMiddle ? key(b, -m, c) : key(b, m, -c));
            double weight = program.stencil().weight(t);
            even &= mirror != null && mirror == weight;
            odd &= mirror != null && mirror == -weight;
        }
        return even ? 1 : odd ? -1 : 0;
    }

    private static long key(int b, int m, int c) {
        return ((long) b * (1 << 20) + m) * (1 << 20) + c;
    }

    /**
     * The stencil's tap that a folded tap of an output has its weight from.
     *
     * @param output component
     * @param folded one of its folded taps
     * @return number of the tap
     */
    public int tap(int output, Tap folded) {
        StencilProgram program = shape.program;
        for (int t = 0; t < program.stencil().size(); t++) {
            if (program.stencil().output(t) == output && program.stencil().input(t) == folded.input
                    && program.offset(t, shape.blockAxis) == folded.block
                    && program.offset(t, shape.middleAxis) == folded.middle
                    && program.offset(t, 2) == folded.column) {
                return t;
            }
        }
        throw new IllegalStateException("folded tap " + folded + " is none of the stencil's; it had to be one");
    }

    /**
     * The same folding with other weights of the stencil's taps, which have to have its symmetries.
     *
     * @param weights one for each tap of the stencil
     * @return a new folding
     */
    public Folding withWeights(double[] weights) {
        List<List<Tap>> reweighted = new ArrayList<>();
        for (int r = 0; r < outputs.size(); r++) {
            List<Tap> taps = new ArrayList<>();
            for (Tap tap : outputs.get(r)) {
                taps.add(new Tap(tap.block, tap.input, tap.middle, tap.column, tap.middleSign, tap.columnSign,
                        weights[tap(r, tap)]));
            }
            reweighted.add(taps);
        }
        return new Folding(shape, reweighted);
    }

    /**
     * Shape of the blocks.
     *
     * @return as given
     */
    public BlockShape shape() {
        return shape;
    }

    /**
     * Folded taps of an output component in the order of summation.
     *
     * @param output component
     * @return not copied
     */
    public List<Tap> taps(int output) {
        return outputs.get(output);
    }

    /**
     * Steps of a block of so many rows over all outputs.
     *
     * @param rows of a block
     * @return number of steps
     */
    public int steps(int rows) {
        int steps = 0;
        for (List<Tap> taps : outputs) {
            Set<List<Integer>> places = new HashSet<>();
            for (Tap tap : taps) {
                for (int a = 0; a < rows; a++) {
                    places.add(List.of(tap.block + a, tap.input, tap.middle, tap.column));
                }
            }
            steps += places.size();
        }
        return steps;
    }

    /**
     * Columns of one plane, as distances from the middle, that some tap reads folded.
     *
     * @return their number
     */
    public int columns() {
        Set<List<Integer>> places = new HashSet<>();
        for (List<Tap> taps : outputs) {
            for (Tap tap : taps) {
                places.add(List.of(tap.input, tap.middle, tap.middleSign, tap.column, tap.columnSign));
            }
        }
        return places.size();
    }

    /**
     * Most folded taps of one output.
     *
     * @return their number
     */
    public int longest() {
        return outputs.stream().mapToInt(List::size).max().orElse(0);
    }

    /**
     * Number of folded taps over all outputs.
     *
     * @return their number
     */
    public int size() {
        return outputs.stream().mapToInt(List::size).sum();
    }
}
