package org.isotrope.kernels.tensor;

/** The length of a harmonic of one degree, as a vector of n components, on the unit sphere or circle. */
public enum HarmonicNormalization {
    /** {@code ‖Y(u)‖ = 1}: the default; {@code Y₁(u) = u}. */
    NORM,
    /** {@code ‖Y(u)‖² = n}: every component has mean square 1. */
    COMPONENT,
    /** {@code ∫ Y_m(u)² du = 1} for every component. */
    INTEGRAL;

    /**
     * What a harmonic of norm 1 is multiplied by.
     *
     * @param irrep its irrep
     * @return the factor
     */
    public double factor(Irrep irrep) {
        double sphere = irrep.spaceDimension() == 3 ? 4 * Math.PI : 2 * Math.PI;
        return switch (this) {
            case NORM -> 1;
            case COMPONENT -> Math.sqrt(irrep.components());
            case INTEGRAL -> Math.sqrt(irrep.components() / sphere);
        };
    }
}
