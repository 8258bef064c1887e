package org.isotrope.grids;

/**
 * How the values of a field transform under rotations and reflections.
 *
 * <p>A field {@code f} of this type rotates as {@code (R·f)(x) = D(R) f(R⁻¹x)}, where {@code D(R)} is
 * {@link #representation}. The four types here are Cartesian; further types implement the same interface.
 */
public interface FieldType {
    /** One number a point, the same in every frame. */
    FieldType SCALAR = new CartesianType("scalar", 0, false);

    /** One number a point that changes sign under reflections, such as the curl of a vector in 2D. */
    FieldType PSEUDOSCALAR = new CartesianType("pseudoscalar", 0, true);

    /** An arrow a point; component {@code c} points along axis {@code c}. */
    FieldType VECTOR = new CartesianType("vector", 1, false);

    /** An axial vector a point, {@code D(R) = det(R) R}, such as the curl of a vector in 3D. */
    FieldType PSEUDOVECTOR = new CartesianType("pseudovector", 1, true);

    /**
     * Number of values a point.
     *
     * @param dimension the dimension of space, 1 to 3
     * @return at least 1
     */
    int components(int dimension);

    /**
     * The matrix by which components transform under an orthogonal map.
     *
     * @param orthogonal a {@code d × d} orthogonal matrix, rotation or reflection
     * @return a {@code components(d) × components(d)} matrix, fresh
     */
    double[][] representation(double[][] orthogonal);

    /**
     * Reads a type as printed by {@code toString}.
     *
     * @param text one of {@code scalar}, {@code pseudoscalar}, {@code vector}, {@code pseudovector}
     * @return the type
     */
    static FieldType parse(String text) {
        return switch (text.strip()) {
            case "scalar" -> SCALAR;
            case "pseudoscalar" -> PSEUDOSCALAR;
            case "vector" -> VECTOR;
            case "pseudovector" -> PSEUDOVECTOR;
            default -> throw new IllegalArgumentException("field type is '" + text
                    + "'; it had to be scalar, pseudoscalar, vector or pseudovector");
        };
    }
}
