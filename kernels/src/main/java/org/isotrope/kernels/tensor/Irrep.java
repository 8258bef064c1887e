package org.isotrope.kernels.tensor;

import java.util.List;

/**
 * An irreducible representation of the orthogonal group: how a smallest block of components that mix among themselves
 * transforms under rotations and reflections.
 *
 * <p>In 3D these are {@link SphericalIrrep} ({@code 0e}, {@code 1o}, …), in 2D {@link CircularIrrep} ({@code 0e},
 * {@code 0o}, {@code 1}, {@code 2}, …). Order is by l or m, then odd before even.
 */
public sealed interface Irrep extends Comparable<Irrep> permits SphericalIrrep, CircularIrrep {
    /**
     * The irrep of a 3D degree and parity.
     *
     * @param l the degree, 0 to {@value SphericalIrrep#MAX_L}
     * @param parity the sign under inversion
     * @return {@code 1o} for a vector
     */
    static SphericalIrrep spherical(int l, Parity parity) {
        return new SphericalIrrep(l, parity);
    }

    /**
     * The irrep of a 2D angular order.
     *
     * @param m the order, at least 0; 0 is the scalar {@code 0e}
     * @return {@code 1} for a vector
     */
    static CircularIrrep circular(int m) {
        return new CircularIrrep(m, false);
    }

    /**
     * Reads one irrep such as {@code 1o} (3D) or {@code 2} (2D).
     *
     * @param text as printed by {@code toString}; white space around it is ignored
     * @param spaceDimension 2 or 3
     * @return the irrep
     */
    static Irrep parse(String text, int spaceDimension) {
        return new IrrepsParser(text, spaceDimension).irrep();
    }

    /**
     * The dimension of the space that rotates.
     *
     * @return 2 or 3
     */
    int spaceDimension();

    /**
     * How fast this turns.
     *
     * @return l in 3D, m in 2D
     */
    int angularOrder();

    /**
     * Number of components.
     *
     * @return {@code 2l + 1} in 3D; in 2D 1 for m = 0, else 2
     */
    int components();

    /**
     * Whether this is the invariant {@code 0e}.
     *
     * @return true for {@code 0e}
     */
    boolean isScalar();

    /**
     * The matrix by which components transform.
     *
     * @param orthogonal a {@code d × d} orthogonal matrix by rows, rotation or reflection
     * @return a fresh {@code components() × components()} orthogonal matrix by rows
     */
    double[][] representation(double[][] orthogonal);

    /**
     * The irreps in the product with another.
     *
     * @param other an irrep of the same space
     * @return each once, in ascending order of l or m
     */
    List<Irrep> times(Irrep other);
}
