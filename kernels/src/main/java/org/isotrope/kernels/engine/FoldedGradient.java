package org.isotrope.kernels.engine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.isotrope.grids.Precision;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@code ⟨ȳ, A f⟩} in the weights of a mirror-symmetric stencil: taps that mirror each other share one
 * weight up to sign, so inputs are added before they are correlated, as {@link Folding} adds them before they are
 * multiplied. Of the taps that mirror each other one gets the sum, with its own sign, and the others get 0; contracted
 * with a change of weights that has the symmetry this is the gradient in each of them.
 *
 * <p>Slabs are shared between threads and add up in one fixed order.
 */
public final class FoldedGradient {
    /** Slabs that a field is cut into at least, where it is large enough. */
    private static final int SLABS = 4;

    private static final int SMALLEST_SLAB = 16;

    /**
     * Sixteen folded taps of one output or fewer: four offsets along the block axis by four places across it.
     *
     * @param output component written
     * @param blocks offsets along the block axis; the last is repeated where there are fewer
     * @param columns a tap at each place; the last is repeated likewise
     * @param sign of their mirror images along the last axis
     * @param taps which taps of the stencil they are, offset by offset; −1 for none
     */
    record Group(int output, int[] blocks, Folding.Tap[] columns, int sign, int[] taps) {}

    private final BlockShape shape;
    private final List<Group> groups;
    private final int slab;
    private final double[][][] sums;
    private final boolean[] taken;
    private final @Nullable FloatFoldedGradient floats;
    private final @Nullable DoubleFoldedGradient doubles;
    private final Crew.Job work = this::run;

    private FoldedGradient(Folding folding, Precision precision) {
        this.shape = folding.shape();
        this.groups = groups(folding);
        int quarter = (shape.blocks + SLABS - 1) / SLABS;
        this.slab = Math.min(shape.slab, Math.max(SMALLEST_SLAB, (quarter + 3) / 4 * 4));
        int slabs = (shape.blocks + slab - 1) / slab;
        this.sums = new double[slabs][groups.size()][FloatCorrelation.SIDE * FloatCorrelation.SIDE];
        this.taken = new boolean[slabs];
        boolean single = precision == Precision.FLOAT;
        this.floats = single ? new FloatFoldedGradient(folding, groups, slab) : null;
        this.doubles = single ? null : new DoubleFoldedGradient(folding, groups, slab);
    }

    /**
     * Prepares.
     *
     * @param program not transposed, with weights that show the symmetries of its stencil
     * @param precision of the fields
     * @return null where the stencil is not mirror-symmetric, in 1D, and where boundaries combine values
     */
    public static @Nullable FoldedGradient of(StencilProgram program, Precision precision) {
        BlockShape shape = BlockShape.of(program, FloatCorrelation.DEALT);
        Folding folding = shape == null ? null : Folding.of(program, shape);
        if (folding == null || folding.shape().middles > 1 && folding.shape().highest(folding.shape().middleAxis) == 0) {
            return null;
        }
        return new FoldedGradient(folding, precision);
    }

    private static List<Group> groups(Folding folding) {
        List<Group> groups = new ArrayList<>();
        for (int r = 0; r < folding.shape().program.stencil().outputs(); r++) {
            List<Predicate<Folding.Tap>> kinds = List.of(tap -> tap.columnSign() >= 0, tap -> tap.columnSign() < 0);
            for (int kind = 0; kind < 2; kind++) {
                List<Folding.Tap> left = new ArrayList<>(folding.taps(r).stream().filter(kinds.get(kind)).toList());
                while (!left.isEmpty()) {
                    Group fullest = fullest(folding, r, left, kind == 0 ? 1 : -1);
                    groups.add(fullest);
                    left.removeIf(tap -> contains(fullest, folding.tap(fullest.output, tap)));
                }
            }
        }
        return groups;
    }

    private static boolean contains(Group group, int tap) {
        return Arrays.stream(group.taps).anyMatch(known -> known == tap);
    }

    /** The group that takes most of some taps. */
    private static Group fullest(Folding folding, int output, List<Folding.Tap> left, int sign) {
        int side = FloatCorrelation.SIDE;
        int lowest = left.stream().mapToInt(Folding.Tap::block).min().orElseThrow();
        int highest = left.stream().mapToInt(Folding.Tap::block).max().orElseThrow();
        List<List<Folding.Tap>> best = List.of();
        int first = lowest;
        for (int block = lowest; block <= Math.max(lowest, highest - side + 1); block++) {
            List<List<Folding.Tap>> places = places(left, block);
            if (count(places) > count(best)) {
                best = places;
                first = block;
            }
        }
        int[] blocks = new int[side];
        Folding.Tap[] columns = new Folding.Tap[side];
        int[] taps = new int[side * side];
        Arrays.fill(taps, -1);
        for (int k = 0; k < side; k++) {
            blocks[k] = Math.min(first + k, highest);
            columns[k] = best.get(Math.min(k, best.size() - 1)).getFirst();
        }
        for (int k = 0; k < best.size(); k++) {
            for (Folding.Tap tap : best.get(k)) {
                taps[(tap.block() - first) * side + k] = folding.tap(output, tap);
            }
        }
        return new Group(output, blocks, columns, sign, taps);
    }

    /** The taps with four offsets along the block axis, place by place, of the four places that have most. */
    private static List<List<Folding.Tap>> places(List<Folding.Tap> left, int block) {
        List<List<Folding.Tap>> places = new ArrayList<>();
        for (Folding.Tap tap : left) {
            if (tap.block() < block || tap.block() >= block + FloatCorrelation.SIDE) {
                continue;
            }
            List<Folding.Tap> place = places.stream().filter(other -> isAcross(tap, other.getFirst())).findFirst()
                    .orElse(null);
            if (place == null) {
                place = new ArrayList<>();
                places.add(place);
            }
            place.add(tap);
        }
        places.sort((a, b) -> Integer.compare(b.size(), a.size()));
        return places.subList(0, Math.min(FloatCorrelation.SIDE, places.size()));
    }

    private static boolean isAcross(Folding.Tap tap, Folding.Tap other) {
        return tap.input() == other.input() && tap.middle() == other.middle() && tap.column() == other.column();
    }

    private static int count(List<List<Folding.Tap>> places) {
        return places.stream().mapToInt(List::size).sum();
    }

    /**
     * Computes the gradient.
     *
     * @param in f, all components
     * @param outAdjoint ȳ, all components
     * @param gradient one entry a tap, overwritten
     * @param crew threads to share
     * @param threads most of them to use
     * @return false if values of f are so large that sums of four overflow, or are no numbers; then nothing is said
     */
    public synchronized boolean compute(
            MemorySegment in, MemorySegment outAdjoint, double[] gradient, Crew crew, int threads) {
        if (threads == 1) {
            run(in, outAdjoint, 0, 1);
        } else {
            crew.run(work, in, outAdjoint, threads);
        }
        Arrays.fill(gradient, 0);
        for (int s = 0; s < sums.length; s++) {
            if (!taken[s]) {
                return false;
            }
            for (int g = 0; g < groups.size(); g++) {
                add(groups.get(g), sums[s][g], gradient);
            }
        }
        return true;
    }

    private static void add(Group group, double[] sums, double[] gradient) {
        for (int k = 0; k < sums.length; k++) {
            if (group.taps[k] >= 0) {
                // what lies on the mirror was added to itself
                boolean doubled = group.columns[k % FloatCorrelation.SIDE].column() == 0;
                gradient[group.taps[k]] += doubled ? sums[k] / 2 : sums[k];
            }
        }
    }

    private void run(MemorySegment in, MemorySegment outAdjoint, int part, int parts) {
        int end = (int) ((long) sums.length * (part + 1) / parts);
        for (int s = (int) ((long) sums.length * part / parts); s < end; s++) {
            for (double[] group : sums[s]) {
                Arrays.fill(group, 0);
            }
            int from = s * slab;
            int count = Math.min(slab, shape.blocks - from);
            if (floats != null) {
                taken[s] = floats.add(in, outAdjoint, from, count, sums[s]);
            } else if (doubles != null) {
                taken[s] = doubles.add(in, outAdjoint, from, count, sums[s]);
            }
        }
    }
}
