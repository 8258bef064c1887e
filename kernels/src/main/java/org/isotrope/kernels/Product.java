package org.isotrope.kernels;

import org.isotrope.grids.FieldType;

/**
 * How a kernel value {@code R Y_l(r̂)} and a field value multiply, chosen by the types on either side.
 *
 * @param kind which bilinear map
 * @param components components of the field that is multiplied
 */
record Product(Kind kind, int components) {
    enum Kind {
        SCALE(0, "scalar kernel · field"),
        OUTER(1, "vector kernel · scalar"),
        DOT(1, "vector kernel · vector"),
        CROSS(1, "vector kernel × vector"),
        TURN(1, "vector kernel × pseudoscalar");

        private final int l;
        private final String text;

        Kind(int l, String text) {
            this.l = l;
            this.text = text;
        }
    }

    /** One entry of the matrix from input to output components. */
    @FunctionalInterface
    interface Term {
        void add(int output, int input, double factor);
    }

    static Product of(FieldType in, FieldType out, int dimension) {
        return new Product(kind(in, out, dimension), in.components(dimension));
    }

    private static Kind kind(FieldType in, FieldType out, int dimension) {
        if (in.equals(out)) {
            return Kind.SCALE;
        }
        boolean polar = in.equals(FieldType.SCALAR) && out.equals(FieldType.VECTOR);
        boolean axial = in.equals(FieldType.PSEUDOSCALAR) && out.equals(FieldType.PSEUDOVECTOR);
        if (polar || axial) {
            return Kind.OUTER;
        }
        boolean polarDot = in.equals(FieldType.VECTOR) && out.equals(FieldType.SCALAR);
        boolean axialDot = in.equals(FieldType.PSEUDOVECTOR) && out.equals(FieldType.PSEUDOSCALAR);
        if (polarDot || axialDot) {
            return Kind.DOT;
        }
        boolean cross3 = in.equals(FieldType.VECTOR) && out.equals(FieldType.PSEUDOVECTOR)
                || in.equals(FieldType.PSEUDOVECTOR) && out.equals(FieldType.VECTOR);
        boolean cross2 = in.equals(FieldType.VECTOR) && out.equals(FieldType.PSEUDOSCALAR);
        if (dimension == 3 && cross3 || dimension == 2 && cross2) {
            return Kind.CROSS;
        }
        if (dimension == 2 && in.equals(FieldType.PSEUDOSCALAR) && out.equals(FieldType.VECTOR)) {
            return Kind.TURN;
        }
        throw new IllegalArgumentException("types are " + in + " → " + out + " in " + dimension + "D; they had to be"
                + " equal, scalar ↔ vector, pseudoscalar ↔ pseudovector"
                + (dimension == 3 ? " or vector ↔ pseudovector" : dimension == 2 ? " or vector ↔ pseudoscalar" : ""));
    }

    int l() {
        return kind.l;
    }

    void forEach(double[] y, Term term) {
        int d = y.length;
        switch (kind) {
            case SCALE -> {
                for (int c = 0; c < components; c++) {
                    term.add(c, c, 1);
                }
            }
            case OUTER -> {
                for (int i = 0; i < d; i++) {
                    term.add(i, 0, y[i]);
                }
            }
            case DOT -> {
                for (int i = 0; i < d; i++) {
                    term.add(0, i, y[i]);
                }
            }
            case TURN -> {
                term.add(0, 0, y[1]);
                term.add(1, 0, -y[0]);
            }
            case CROSS -> {
                if (d == 2) {
                    term.add(0, 1, y[0]);
                    term.add(0, 0, -y[1]);
                    return;
                }
                for (int i = 0; i < 3; i++) {
                    term.add(i, (i + 2) % 3, y[(i + 1) % 3]);
                    term.add(i, (i + 1) % 3, -y[(i + 2) % 3]);
                }
            }
        }
    }

    @Override
    public String toString() {
        return kind.text;
    }
}
