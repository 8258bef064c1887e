package org.isotrope.grids;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A symmetry of the grid as pure data movement: axis {@code a} of the result is axis {@code source[a]} of the original,
 * read backwards where {@code reversed[a]}.
 *
 * <p>As a map of space it is the signed permutation matrix {@code R} with {@code R[a][source[a]] = ±1}. A field moves by
 * {@code (R·f)(x) = D(R) f(R⁻¹x)}, which on a grid that the symmetry {@linkplain #fixes fixes} permutes nodes, exact to
 * the bit for types whose {@code D(R)} permutes components up to signs, as those of vectors and Cartesian tensors do.
 */
public final class Symmetry {
    private final int[] source;
    private final boolean[] reversed;

    private Symmetry(int[] source, boolean[] reversed) {
        this.source = source;
        this.reversed = reversed;
    }

    /**
     * All signed permutations of the axes.
     *
     * @param dimension 1, 2 or 3
     * @return 2, 8 or 48 symmetries, the identity first
     */
    public static List<Symmetry> all(int dimension) {
        int[][] permutations = switch (dimension) {
            case 1 -> new int[][] {{0}};
            case 2 -> new int[][] {{0, 1}, {1, 0}};
            case 3 -> new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
            default -> throw new IllegalArgumentException("dimension is " + dimension + "; it had to be 1, 2 or 3");
        };
        List<Symmetry> all = new ArrayList<>();
        for (int[] permutation : permutations) {
            for (int flips = 0; flips < 1 << dimension; flips++) {
                boolean[] reversed = new boolean[dimension];
                for (int a = 0; a < dimension; a++) {
                    reversed[a] = (flips >> a & 1) != 0;
                }
                all.add(new Symmetry(permutation, reversed));
            }
        }
        return all;
    }

    /**
     * The orthogonal map of axis coordinates.
     *
     * @return a fresh signed permutation matrix by rows
     */
    public double[][] matrix() {
        double[][] matrix = new double[source.length][source.length];
        for (int a = 0; a < source.length; a++) {
            matrix[a][source[a]] = reversed[a] ? -1 : 1;
        }
        return matrix;
    }

    /**
     * Whether this maps a grid onto itself up to a shift.
     *
     * @param grid the grid
     * @return true if exchanged axes are congruent, reversed ones mirror symmetric, and the map of space is the same
     *     signed permutation (always so on rectangular grids)
     */
    public boolean fixes(Grid grid) {
        if (grid.dimension() != source.length) {
            return false;
        }
        for (int a = 0; a < source.length; a++) {
            if (!grid.axis(a).isCongruentTo(grid.axis(source[a])) || reversed[a] && !grid.axis(a).isMirrorSymmetric()) {
                return false;
            }
        }
        if (grid.isRectangular()) {
            return true;
        }
        double[][] inSpace = Matrices.product(Matrices.product(grid.cell(), matrix()), grid.inverseCell());
        double[][] matrix = matrix();
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                if (Math.abs(inSpace[i][j] - matrix[i][j]) > 1e-12) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Moves a field, {@code (R·f)(x) = D(R) f(R⁻¹x)}.
     *
     * @param in the field
     * @param out same grid, type and precision, other memory; overwritten
     */
    public void apply(Field in, Field out) {
        apply(in, out, in.type().representation(matrix()));
    }

    /** Moves nodes, and mixes components by a matrix given instead of D. */
    void apply(Field in, Field out, double[][] components) {
        Grid grid = in.grid();
        if (!fixes(grid)) {
            throw new IllegalArgumentException("symmetry is " + this + "; it had to map the grid onto itself:\n" + grid);
        }
        in.requireSameSpace(out, "out");
        in.requireApart(out, "out");
        int[] shape = grid.shape();
        long count = grid.size();
        for (long flat = 0; flat < count; flat++) {
            int[] index = grid.index(flat);
            long origin = 0;
            int[] original = new int[index.length];
            for (int a = 0; a < index.length; a++) {
                original[source[a]] = reversed[a] ? shape[a] - 1 - index[a] : index[a];
            }
            for (int a = 0; a < index.length; a++) {
                origin = origin * shape[a] + original[a];
            }
            for (int c = 0; c < components.length; c++) {
                out.setFlat(c * count + flat, moved(in, components[c], origin, count));
            }
        }
    }

    /** One component of a moved value; Cartesian vectors and tensors only exchange components and signs. */
    private static double moved(Field in, double[] row, long origin, long count) {
        double sum = 0;
        boolean first = true;
        for (int c = 0; c < row.length; c++) {
            if (row[c] != 0) {
                double value = in.getFlat(c * count + origin);
                double term = row[c] == 1 ? value : row[c] == -1 ? -value : row[c] * value;
                sum = first ? term : sum + term;
                first = false;
            }
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Symmetry that
                && Arrays.equals(source, that.source)
                && Arrays.equals(reversed, that.reversed);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(source) + Arrays.hashCode(reversed);
    }

    /**
     * The image of the coordinates.
     *
     * @return for example {@code (y, -x)}
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("(");
        for (int a = 0; a < source.length; a++) {
            text.append(a == 0 ? "" : ", ").append(reversed[a] ? "-" : "").append("xyz".charAt(source[a]));
        }
        return text.append(")").toString();
    }
}
