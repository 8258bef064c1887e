package org.isotrope.kernels.fourier;

/**
 * The lines of a dense block along one axis, {@code outer × n × inner} elements, in vectors of lines. Along the last
 * axis they lie below each other, along others side by side. First come the vectors that are whole, then what is left
 * of every row of columns, a vector of lines from anywhere at a time.
 *
 * @param outer number of rows of columns
 * @param n elements of a line
 * @param inner columns of a row, 1 for the last axis
 * @param lanes lines in a vector
 * @param again whether, along the last axis, the last whole vector may start with lines of the one before it; not so
 *     where results overwrite the lines
 */
record Lines(long outer, int n, long inner, int lanes, boolean again) {
    /** Whole vectors. */
    long whole() {
        if (inner == 1) {
            return again && outer >= lanes ? (outer + lanes - 1) / lanes : outer / lanes;
        }
        return outer * (inner / lanes);
    }

    /** Lines that are left. */
    long left() {
        return inner == 1 ? Math.max(0, outer - whole() * lanes) : outer * (inner % lanes);
    }

    /** Vectors of lines in all. */
    long count() {
        return whole() + (left() + lanes - 1) / lanes;
    }

    /** Position of element 0 of the first line of a whole vector. */
    long first(long vector) {
        if (inner == 1) {
            return Math.min(vector * lanes, outer - lanes) * n;
        }
        long perRow = inner / lanes;
        return vector / perRow * n * inner + vector % perRow * lanes;
    }

    /** Number of lines in a vector of lines from anywhere. */
    int linesIn(long vector) {
        return (int) Math.min(lanes, left() - (vector - whole()) * lanes);
    }

    /** Positions, in bytes, of element 0 of the lines in a vector of lines from anywhere. */
    void positions(long vector, long base, int bytes, long[] positions) {
        long line = (vector - whole()) * lanes;
        int count = linesIn(vector);
        for (int lane = 0; lane < count; lane++, line++) {
            long element;
            if (inner == 1) {
                element = (whole() * lanes + line) * n;
            } else {
                int rest = (int) (inner % lanes);
                element = line / rest * n * inner + (inner - rest) + line % rest;
            }
            positions[lane] = base + element * bytes;
        }
    }
}
