package org.isotrope.kernels.verify;

import java.util.Locale;

/**
 * What came out of trying one law on one operator.
 *
 * @param law the law in words
 * @param error the largest violation that was found, relative unless the law says otherwise
 * @param bar the largest violation that counts as rounding
 * @param where the try that violated the law most, with the seed that repeats it
 */
public record Report(String law, double error, double bar, String where) {
    /**
     * Whether the law held in every try.
     *
     * @return true if the error is at most the bar; a NaN is a violation
     */
    public boolean holds() {
        return error <= bar;
    }

    /**
     * Requires the law to hold.
     *
     * @return this report
     * @throws AssertionError with the report as its message if the law is broken
     */
    public Report orThrow() {
        if (!holds()) {
            throw new AssertionError(toString());
        }
        return this;
    }

    /**
     * One line.
     *
     * @return for example {@code adjoint: ⟨Ax, y⟩ = ⟨x, Aᵀy⟩: holds, error 2.1e-16 (bar 1.0e-12), try 3 of seed 1}
     */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %s, error %.2g (bar %.2g), %s", law, holds() ? "holds" : "BROKEN", error,
                bar, where);
    }
}
