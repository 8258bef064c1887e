package org.isotrope.kernels.fourier;

/**
 * The lines of a dense block along one axis, {@code outer × n × inner} elements, in vectors of lines: first the columns
 * that fill a vector side by side, then what is left of every row of columns, a vector of lines from anywhere at a time.
 */
record Lines(long outer, int n, long inner, int lanes) {
    /** Vectors of lines that lie side by side; along the last axis, below each other. */
    long whole() {
        return inner == 1 ? outer / lanes : outer * (inner / lanes);
    }

    /** Lines that are left. */
    long left() {
        return inner == 1 ? outer % lanes : outer * (inner % lanes);
    }

    /** Vectors of lines in all. */
    long count() {
        return whole() + (left() + lanes - 1) / lanes;
    }

    /** Position of element 0 of the first line of a whole vector. */
    long first(long vector) {
        if (inner == 1) {
            return vector * lanes * n;
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
