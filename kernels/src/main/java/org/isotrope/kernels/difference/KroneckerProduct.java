package org.isotrope.kernels.difference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product of one-dimensional matrices, one along each axis, from one component to another: one term
 * {@code y_output += factor · (A₀ ⊗ A₁ ⊗ A₂) x_input} of an operator.
 *
 * @param output component it adds to
 * @param input component it reads
 * @param factor finite
 * @param along a matrix for each axis of the grid, null for the identity
 */
public record KroneckerProduct(int output, int input, double factor, List<@Nullable BandedMatrix> along) {
    /**
     * Copies the matrices.
     *
     * @param output component it adds to
     * @param input component it reads
     * @param factor finite
     * @param along a matrix for each axis of the grid, null for the identity
     */
    public KroneckerProduct {
        if (!Double.isFinite(factor)) {
            throw new IllegalArgumentException("factor is " + factor + "; it had to be finite");
        }
        along = Collections.unmodifiableList(new ArrayList<>(along));
    }

    /**
     * The transposed product.
     *
     * @return from the output to the input
     */
    public KroneckerProduct transpose() {
        List<@Nullable BandedMatrix> transposed = new ArrayList<>();
        for (BandedMatrix matrix : along) {
            transposed.add(matrix == null ? null : matrix.transpose());
        }
        return new KroneckerProduct(input, output, factor, transposed);
    }
}
