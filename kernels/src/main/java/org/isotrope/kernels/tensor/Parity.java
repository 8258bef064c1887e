package org.isotrope.kernels.tensor;

/** The sign by which a 3D irrep answers the inversion {@code x → −x}. */
public enum Parity {
    /** Odd, {@code −1}, written {@code o}; first in order, as in e3nn. */
    ODD(-1),
    /** Even, {@code +1}, written {@code e}. */
    EVEN(1);

    private final int sign;

    Parity(int sign) {
        this.sign = sign;
    }

    /**
     * The factor under inversion.
     *
     * @return +1 or −1
     */
    public int sign() {
        return sign;
    }

    /**
     * The parity of a product.
     *
     * @param other parity of the other factor
     * @return even if both are the same
     */
    public Parity times(Parity other) {
        return this == other ? EVEN : ODD;
    }

    /**
     * The parity {@code (−1)^l} of a harmonic of degree l.
     *
     * @param l the degree
     * @return even for even l
     */
    public static Parity ofHarmonic(int l) {
        return (l & 1) == 0 ? EVEN : ODD;
    }

    /**
     * The letter of this parity.
     *
     * @return {@code e} or {@code o}
     */
    @Override
    public String toString() {
        return this == EVEN ? "e" : "o";
    }
}
