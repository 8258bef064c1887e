package org.isotrope.kernels.spectral;

/** Lengths that transforms are fast at. */
final class Lengths {
    /** Longest line that a transform takes. */
    static final int LONGEST = 1 << 26;

    private Lengths() {}

    /**
     * The least fast length from a number on.
     *
     * @param least at least 1
     * @param axis for the message
     * @param even whether it has to be even, as halves the cost of the last axis
     * @param nodes of the axis, for the message
     */
    static int from(double least, int axis, boolean even, int nodes) {
        if (!(least <= LONGEST)) {
            throw new IllegalArgumentException("axis " + axis + " has " + nodes
                    + " nodes, which need a padded length of " + least + "; it had to be at most " + LONGEST);
        }
        int n = (int) Math.ceil(least);
        while (!isSmooth(n) || even && n % 2 != 0) {
            n++;
        }
        return n;
    }

    private static boolean isSmooth(int n) {
        int rest = n;
        for (int prime = 2; prime <= 7; prime++) {
            while (rest % prime == 0) {
                rest /= prime;
            }
        }
        return rest == 1;
    }
}
