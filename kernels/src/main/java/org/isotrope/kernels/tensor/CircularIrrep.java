package org.isotrope.kernels.tensor;

import java.util.List;

/**
 * An irrep of O(2), written {@code 0e, 0o, 1, 2, …}.
 *
 * <p>{@code 0e} is a scalar; {@code 0o} a pseudoscalar, which a reflection negates (the curl of a vector). Order
 * {@code m ≥ 1} is the pair {@code (Re, Im)} of a number {@code z} that a rotation by θ multiplies by
 * {@code e^{imθ}} and the reflection {@code y → −y} conjugates. There is only one such irrep for each m, so these
 * have no parity: a vector is {@code 1}, and a pseudovector {@code p} is {@code 1} too, as the pair
 * {@code (−p_y, p_x)}.
 *
 * @param m the angular order, 0 to {@value #MAX_M}
 * @param pseudo whether this is {@code 0o}; false for m ≥ 1
 */
public record CircularIrrep(int m, boolean pseudo) implements Irrep {
    /** The largest order, which no product of practical orders reaches. */
    public static final int MAX_M = 1 << 20;

    /** Checks the order. */
    public CircularIrrep {
        if (m < 0 || m > MAX_M) {
            throw new IllegalArgumentException("m is " + m + "; it had to be 0 to " + MAX_M);
        }
        if (m > 0 && pseudo) {
            throw new IllegalArgumentException("pseudo is true for m = " + m + "; it had to be false for m ≥ 1");
        }
    }

    @Override
    public int spaceDimension() {
        return 2;
    }

    @Override
    public int angularOrder() {
        return m;
    }

    @Override
    public int components() {
        return m == 0 ? 1 : 2;
    }

    @Override
    public boolean isScalar() {
        return m == 0 && !pseudo;
    }

    @Override
    public double[][] representation(double[][] orthogonal) {
        Orthogonal.require(orthogonal, 2, "orthogonal");
        double sign = Orthogonal.isProper(orthogonal) ? 1 : -1;
        if (m == 0) {
            return new double[][] {{pseudo ? sign : 1}};
        }
        double[] power = ComplexPower.of(orthogonal[0][0], orthogonal[1][0], m);
        return new double[][] {{power[0], 0 - sign * power[1]}, {power[1], sign * power[0]}};
    }

    /**
     * The matrix of the rotation by an angle.
     *
     * @param angle counterclockwise, in radians
     * @return a fresh {@code components() × components()} matrix by rows
     */
    public double[][] rotation(double angle) {
        if (!Double.isFinite(angle)) {
            throw new IllegalArgumentException("angle is " + angle + "; it had to be finite");
        }
        double c = Math.cos(m * angle);
        double s = Math.sin(m * angle);
        return m == 0 ? new double[][] {{1}} : new double[][] {{c, -s}, {s, c}};
    }

    @Override
    public List<Irrep> times(Irrep other) {
        if (!(other instanceof CircularIrrep that)) {
            throw new IllegalArgumentException("other is " + other + " in 3D; it had to be an irrep of 2D, as " + this);
        }
        if (m == 0 && that.m == 0) {
            return List.of(new CircularIrrep(0, pseudo ^ that.pseudo));
        }
        if (m == 0 || that.m == 0) {
            return List.of(m == 0 ? that : this);
        }
        Irrep sum = new CircularIrrep(m + that.m, false);
        if (m == that.m) {
            return List.of(new CircularIrrep(0, true), new CircularIrrep(0, false), sum);
        }
        return List.of(new CircularIrrep(Math.abs(m - that.m), false), sum);
    }

    @Override
    public int compareTo(Irrep other) {
        if (other instanceof CircularIrrep that) {
            return m != that.m ? Integer.compare(m, that.m) : Boolean.compare(that.pseudo, pseudo);
        }
        return -1;
    }

    /**
     * The name.
     *
     * @return {@code 0e}, {@code 0o}, {@code 1}, …
     */
    @Override
    public String toString() {
        return m > 0 ? Integer.toString(m) : pseudo ? "0o" : "0e";
    }
}
