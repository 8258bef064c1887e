package org.isotrope.kernels.tensor;

import java.util.List;
import org.isotrope.grids.Symmetry;

/** The symmetry group of the square and cubic grid as matrices: all permutations of the axes with all signs. */
public final class SignedPermutations {
    private SignedPermutations() {}

    /**
     * All signed permutation matrices, in the order of {@link Symmetry#all}.
     *
     * @param dimension 1, 2 or 3
     * @return 2, 8 or 48 fresh matrices by rows, the identity first
     */
    public static List<double[][]> matrices(int dimension) {
        return Symmetry.all(dimension).stream().map(Symmetry::matrix).toList();
    }

    /**
     * The rotations among them.
     *
     * @param dimension 1, 2 or 3
     * @return 1, 4 or 24 fresh matrices by rows, determinant +1, the identity first
     */
    public static List<double[][]> rotations(int dimension) {
        return matrices(dimension).stream()
                .filter(matrix -> dimension == 1 ? matrix[0][0] > 0 : Orthogonal.isProper(matrix))
                .toList();
    }
}
