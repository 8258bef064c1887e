package org.isotrope.kernels.spectral;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.jspecify.annotations.Nullable;

/**
 * A problem in the modes that diagonalise it: axes with walls first, periodic ones last, and one over the eigenvalues
 * of {@code Δ + c} over the half spectrum of those.
 */
final class Diagonal {
    /** An eigenvalue this small, relative to the largest, is taken for 0. */
    private static final double RESONANCE = 1e-13;

    private final Grid grid;
    private final int[] order;
    private final @Nullable WallAxis[] walls;
    private final int[] spectrum;
    private final MemorySegment inverse;
    private final boolean singular;
    private volatile @Nullable MemorySegment floats;

    Diagonal(PoissonProblem problem) {
        grid = problem.grid();
        int d = grid.dimension();
        walls = new WallAxis[d];
        for (int a = 0; a < d; a++) {
            Axis axis = grid.axis(a);
            if (!axis.isPeriodic()) {
                walls[a] = axis.size() == 1 ? WallAxis.flat() : WallAxis.of(a, axis.size(),
                        problem.reflection(a, Side.LOW), problem.reflection(a, Side.HIGH));
            }
        }
        order = IntStream.concat(
                IntStream.range(0, d).filter(a -> !isPeriodic(a)),
                IntStream.range(0, d).filter(this::isPeriodic)).toArray();
        spectrum = Arrays.stream(order).map(this::length).toArray();
        if (isPeriodic(order[d - 1])) {
            spectrum[d - 1] = spectrum[d - 1] / 2 + 1;
        }
        long count = 1;
        for (int n : spectrum) {
            count = Math.multiplyExact(count, (long) n);
        }
        inverse = Multipliers.allocate(Arena.ofAuto(), count, Precision.DOUBLE);
        singular = fill(problem, count);
    }

    private boolean isPeriodic(int a) {
        return grid.axis(a).isPeriodic();
    }

    /** Length of the line that stands for an axis. */
    private int length(int a) {
        WallAxis wall = walls[a];
        return wall == null ? grid.axis(a).size() : wall.length();
    }

    /** The axes of the grid in the order of the transforms. */
    int[] order() {
        return order;
    }

    /** How an axis is transformed, null for periodic ones. */
    @Nullable WallAxis wall(int axis) {
        return walls[axis];
    }

    /** Lengths of the lines in the order of the transforms. */
    int[] lengths() {
        return Arrays.stream(order).map(this::length).toArray();
    }

    /** Whether the level of the solution is open. */
    boolean isSingular() {
        return singular;
    }

    /** One over the eigenvalues, 0 where modes do not occur and for the level that is open. */
    MemorySegment inverse(Precision precision) {
        if (precision == Precision.DOUBLE) {
            return inverse;
        }
        MemorySegment made = floats;
        if (made == null) {
            made = Multipliers.rounded(inverse);
            floats = made;
        }
        return made;
    }

    private boolean fill(PoissonProblem problem, long count) {
        Eigenvalues eigenvalues = new Eigenvalues(problem, walls);
        int d = order.length;
        int[] mode = new int[d];
        int[] index = new int[d];
        double largest = 0;
        double least = Double.POSITIVE_INFINITY;
        int[] closest = {};
        boolean open = false;
        for (long flat = 0; flat < count; flat++) {
            boolean occurs = true;
            boolean level = true;
            for (int p = 0; p < d; p++) {
                mode[order[p]] = index[p];
                WallAxis wall = walls[order[p]];
                occurs &= wall == null || wall.occurs(index[p]);
                level &= eigenvalues.isLevel(order[p], index[p]);
            }
            if (occurs) {
                double value = eigenvalues.at(mode) + problem.shift();
                if (level && problem.shift() == 0) {
                    open = true;
                } else {
                    largest = Math.max(largest, Math.abs(value));
                    if (Math.abs(value) < least) {
                        least = Math.abs(value);
                        closest = mode.clone();
                    }
                    inverse.setAtIndex(ValueLayout.JAVA_DOUBLE, flat, 1 / value);
                }
            }
            for (int p = d - 1; p >= 0 && ++index[p] == spectrum[p]; p--) {
                index[p] = 0;
            }
        }
        double scale = Math.max(largest, Math.abs(problem.shift()));
        if (closest.length > 0 && !(least > RESONANCE * scale)) {
            throw new IllegalArgumentException("shift is " + problem.shift() + "; it had to be away from "
                    + (0.0 - eigenvalues.at(closest)) + ", the negative of the eigenvalue of mode "
                    + Arrays.toString(closest) + " (" + problem + ")");
        }
        return open;
    }
}
