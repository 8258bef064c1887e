package org.isotrope.kernels;

import org.isotrope.grids.Field;
import org.isotrope.kernels.engine.elementwise.Elementwise;

/**
 * Element by element arithmetic and sums over fields of one precision.
 *
 * <p>Fields of one call have the same grid and number of components. Sums have one fixed shape, so that their bits depend
 * neither on threads nor on the vector width.
 */
public final class Arithmetic {
    private Arithmetic() {}

    /**
     * {@code y ← a x + y} by one {@code fma} an element.
     *
     * @param a factor, rounded to the precision of the fields
     * @param x addend
     * @param y sum, updated; not {@code x}
     */
    public static void addScaled(double a, Field x, Field y) {
        requireAlike(x, y, "y");
        Elementwise.addScaled(y.precision(), a, x.segment(), y.segment());
    }

    /**
     * {@code z ← a x + y} by one {@code fma} an element.
     *
     * @param a factor, rounded to the precision of the fields
     * @param x addend
     * @param y addend
     * @param z sum, overwritten; may be {@code x} or {@code y}
     */
    public static void combine(double a, Field x, Field y, Field z) {
        requireAlike(x, y, "y");
        requireAlike(x, z, "z");
        Elementwise.combine(z.precision(), a, x.segment(), y.segment(), z.segment());
    }

    /**
     * {@code y ← a x}.
     *
     * @param a factor, rounded to the precision of the fields
     * @param x factor
     * @param y product, overwritten; may be {@code x}
     */
    public static void scale(double a, Field x, Field y) {
        requireAlike(x, y, "y");
        Elementwise.scale(y.precision(), a, x.segment(), y.segment());
    }

    /**
     * {@code z ← x y}, element by element.
     *
     * @param x factor
     * @param y factor
     * @param z product, overwritten; may be {@code x} or {@code y}
     */
    public static void multiply(Field x, Field y, Field z) {
        requireAlike(x, y, "y");
        requireAlike(x, z, "z");
        Elementwise.multiply(z.precision(), x.segment(), y.segment(), z.segment());
    }

    /**
     * {@code z ← x y + z}, element by element, by {@code fma}.
     *
     * @param x factor
     * @param y factor
     * @param z sum, updated
     */
    public static void addProduct(Field x, Field y, Field z) {
        requireAlike(x, y, "y");
        requireAlike(x, z, "z");
        Elementwise.addProduct(z.precision(), x.segment(), y.segment(), z.segment());
    }

    /**
     * {@code y ← min(max(x, low), high)}, element by element; what is not a number stays so.
     *
     * @param low lower bound, may be −∞
     * @param high upper bound, may be ∞, at least {@code low}
     * @param x argument
     * @param y result, overwritten; may be {@code x}
     */
    public static void clamp(double low, double high, Field x, Field y) {
        if (!(low <= high)) {
            throw new IllegalArgumentException("low is " + low + "; it had to be at most high, " + high);
        }
        requireAlike(x, y, "y");
        Elementwise.clamp(y.precision(), low, high, x.segment(), y.segment());
    }

    /**
     * {@code z ← x / y}, element by element.
     *
     * @param x dividend
     * @param y divisor
     * @param z quotient, overwritten; may be {@code x} or {@code y}
     */
    public static void divide(Field x, Field y, Field z) {
        requireAlike(x, y, "y");
        requireAlike(x, z, "z");
        Elementwise.divide(z.precision(), x.segment(), y.segment(), z.segment());
    }

    /**
     * The dot product of stored values, {@code Σ x_i y_i} over nodes and components, without quadrature weights.
     *
     * @param x one field
     * @param y the other
     * @return the sum
     */
    public static double dot(Field x, Field y) {
        requireAlike(x, y, "y");
        return Elementwise.dot(x.precision(), x.segment(), 0, y.segment(), 0, x.count());
    }

    /**
     * The sum of stored values over nodes and components, without quadrature weights.
     *
     * @param x the field
     * @return the sum
     */
    public static double sum(Field x) {
        x.requireOpen("x");
        return Elementwise.sum(x.precision(), x.segment(), x.count());
    }

    private static void requireAlike(Field x, Field other, String name) {
        x.requireOpen("x");
        other.requireOpen(name);
        if (!x.grid().equals(other.grid())) {
            throw new IllegalArgumentException(name + " lives on another grid:\n" + other.grid() + "\nit had to be\n"
                    + x.grid());
        }
        if (x.components() != other.components()) {
            throw new IllegalArgumentException(name + " has " + other.components() + " components; it had to have "
                    + x.components());
        }
        if (x.precision() != other.precision()) {
            throw new IllegalArgumentException(name + " has precision " + other.precision() + "; it had to be "
                    + x.precision());
        }
    }
}
