package org.isotrope.kernels.tensor;

import org.isotrope.grids.FieldType;

/**
 * The type of fields whose values are direct sums of irreps, such as {@code 2x0e + 1x1o}.
 *
 * <p>Components are those of {@link Irreps}: term after term, copy after copy, and inside a copy those of the irrep, so
 * that {@code 1o} (3D) and {@code 1} (2D) are (x, y, z) and (x, y). Sums of {@code 0e} and {@code 0o} alone live in a
 * space of any dimension; others belong to 2D or 3D.
 *
 * <p>{@code 0e} and {@link FieldType#SCALAR} transform alike and are different types all the same, as their names differ;
 * {@link TensorTypes} leads from one to the other.
 *
 * @param irreps the sum; one without orders above 0 is kept as one of 3D
 */
public record IrrepsType(Irreps irreps) implements FieldType {
    /** Gives sums that exist in every space one form. */
    public IrrepsType {
        irreps = irreps.maxAngularOrder() == 0 ? irreps.in(3) : irreps;
    }

    /**
     * Reads a sum of irreps.
     *
     * @param text for example {@code 2x0e + 1x1o} in 3D, {@code 2x0e + 1} in 2D; see {@link Irreps#parse(String)}
     * @return the type
     */
    public static IrrepsType of(String text) {
        return new IrrepsType(Irreps.parse(text));
    }

    /**
     * One irrep.
     *
     * @param irrep the irrep
     * @return the type
     */
    public static IrrepsType of(Irrep irrep) {
        return new IrrepsType(Irreps.of(irrep));
    }

    /**
     * The sum in a space of a certain dimension.
     *
     * @param dimension 2 or 3
     * @return irreps of that space
     */
    public Irreps in(int dimension) {
        if (irreps.maxAngularOrder() > 0 && dimension != irreps.spaceDimension()) {
            throw new IllegalArgumentException("dimension is " + dimension + "; it had to be "
                    + irreps.spaceDimension() + " for fields of type " + irreps);
        }
        return irreps.in(dimension);
    }

    @Override
    public int components(int dimension) {
        return dimension == 1 && irreps.maxAngularOrder() == 0 ? irreps.components() : in(dimension).components();
    }

    @Override
    public double[][] representation(double[][] orthogonal) {
        if (orthogonal.length != 1 || irreps.maxAngularOrder() > 0) {
            return in(orthogonal.length).representation(orthogonal);
        }
        // of the two maps of a line, the reflection is improper
        double[][] plane = {{orthogonal[0][0], 0}, {0, 1}};
        return irreps.in(2).representation(plane);
    }

    /**
     * The sum as {@link #of(String)} and {@link TensorTypes#parse} read it.
     *
     * @return for example {@code 2x0e + 1x1o}
     */
    @Override
    public String toString() {
        return irreps.toString();
    }
}
