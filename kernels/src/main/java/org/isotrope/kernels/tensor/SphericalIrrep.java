package org.isotrope.kernels.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * An irrep of O(3): degree l and parity, written {@code 0e, 0o, 1o, 1e, 2e, …}.
 *
 * <p>A scalar is {@code 0e}, a pseudoscalar {@code 0o}, a vector {@code 1o}, a pseudovector {@code 1e}. The
 * {@code 2l + 1} components are those of real harmonics in the order {@code m = −l … l}, so that a vector is (x, y, z).
 * An improper map {@code R} acts as {@code ± D^l(−R)} with the sign of the parity.
 *
 * @param l the degree, 0 to {@value #MAX_L}
 * @param parity the sign under inversion
 */
public record SphericalIrrep(int l, Parity parity) implements Irrep {
    /** The largest degree: every product of two harmonics of the largest degree is still an irrep. */
    public static final int MAX_L = 2 * SphericalHarmonics.MAX_L;

    /** Checks the degree. */
    public SphericalIrrep {
        if (l < 0 || l > MAX_L) {
            throw new IllegalArgumentException("l is " + l + "; it had to be 0 to " + MAX_L);
        }
    }

    @Override
    public int spaceDimension() {
        return 3;
    }

    @Override
    public int angularOrder() {
        return l;
    }

    @Override
    public int components() {
        return 2 * l + 1;
    }

    @Override
    public boolean isScalar() {
        return l == 0 && parity == Parity.EVEN;
    }

    @Override
    public double[][] representation(double[][] orthogonal) {
        Orthogonal.require(orthogonal, 3, "orthogonal");
        double[][] rotation = WignerD.upTo(l, Orthogonal.proper(orthogonal)).get(l);
        return signed(rotation, Orthogonal.isProper(orthogonal));
    }

    /** The matrix of a map whose proper part has the matrix {@code rotation}. */
    double[][] signed(double[][] rotation, boolean proper) {
        return proper || parity == Parity.EVEN ? rotation : Orthogonal.negative(rotation);
    }

    @Override
    public List<Irrep> times(Irrep other) {
        if (!(other instanceof SphericalIrrep that)) {
            throw new IllegalArgumentException("other is " + other + " in 2D; it had to be an irrep of 3D, as " + this);
        }
        List<Irrep> product = new ArrayList<>();
        for (int k = Math.abs(l - that.l); k <= l + that.l; k++) {
            product.add(new SphericalIrrep(k, parity.times(that.parity)));
        }
        return List.copyOf(product);
    }

    @Override
    public int compareTo(Irrep other) {
        if (other instanceof SphericalIrrep that) {
            return l != that.l ? Integer.compare(l, that.l) : parity.compareTo(that.parity);
        }
        return 1;
    }

    /**
     * The usual name.
     *
     * @return for example {@code 1o}
     */
    @Override
    public String toString() {
        return l + parity.toString();
    }
}
