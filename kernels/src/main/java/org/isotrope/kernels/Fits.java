package org.isotrope.kernels;

import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;

/** The checks that every application makes before anything is written. */
final class Fits {
    private Fits() {}

    static void require(Space domain, Space range, Field in, Field out) {
        domain.require(in, "in");
        range.require(out, "out");
        if (in.precision() != out.precision()) {
            throw new IllegalArgumentException("out has precision " + out.precision() + "; it had to be "
                    + in.precision() + " like in");
        }
        in.requireApart(out, "out");
    }

    static void requirePrecision(Precision precision, Field in) {
        if (in.precision() != precision) {
            throw new IllegalArgumentException("in has precision " + in.precision() + "; it had to be " + precision
                    + ", for which this plan was made");
        }
    }
}
