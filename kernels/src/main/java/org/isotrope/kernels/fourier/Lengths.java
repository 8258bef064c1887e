package org.isotrope.kernels.fourier;

import java.util.Arrays;

/** How a length splits into radices. */
final class Lengths {
    /** Longest line: indices of rows and twiddles stay far inside {@code int}. */
    static final int LONGEST = 1 << 26;

    private Lengths() {}

    /** Whether 2, 3, 5 and 7 are the only primes of a length. */
    static boolean isSmooth(int n) {
        int rest = n;
        for (int prime : new int[] {2, 3, 5, 7}) {
            while (rest % prime == 0) {
                rest /= prime;
            }
        }
        return rest == 1;
    }

    /**
     * The radices of a smooth length in the order of the stages: odd ones first, so that the last stage, which has no
     * twiddles, is one of 4 or 2.
     */
    static int[] radices(int n) {
        int[] found = new int[32];
        int count = 0;
        int rest = n;
        for (int radix : new int[] {7, 5, 3, 4, 2}) {
            while (rest % radix == 0) {
                found[count++] = radix;
                rest /= radix;
            }
        }
        if (rest != 1) {
            throw new IllegalArgumentException("n is " + n + "; it had to be a product of 2, 3, 5 and 7");
        }
        return Arrays.copyOf(found, count);
    }

    /** The least smooth length from {@code least} on. */
    static int nextSmooth(int least) {
        int n = least;
        while (!isSmooth(n)) {
            n++;
        }
        return n;
    }

    /** The length of Bluestein's convolution: the smooth one from 2n − 1 on with the cheapest radices. */
    static int convolutionLength(int n) {
        int least = 2 * n - 1;
        int best = 0;
        double bestCost = Double.MAX_VALUE;
        // a power of two lies inside the range
        for (int m = least; m <= 2 * least; m++) {
            double cost = isSmooth(m) ? cost(m) : Double.MAX_VALUE;
            if (cost < bestCost) {
                bestCost = cost;
                best = m;
            }
        }
        return best;
    }

    /** Time of a smooth transform in units of one pass over a row: stages are bound by loads and stores. */
    private static double cost(int n) {
        double passes = 0;
        for (int radix : radices(n)) {
            passes += switch (radix) {
                case 5 -> 1.3;
                case 7 -> 1.8;
                default -> 1;
            };
        }
        return n * passes;
    }

    /**
     * The factor of a smooth length next to its square root such that both factors are at least 16, multiples of 16 if
     * there are any; 0 if there is none. It is the same for every vector length.
     */
    static int split(int n) {
        int best = 0;
        double bestCost = Double.MAX_VALUE;
        for (int a = 16; (long) 16 * a <= n; a++) {
            if (n % a == 0) {
                int b = n / a;
                double ratio = a > b ? (double) a / b : (double) b / a;
                double cost = ratio * (a % 16 == 0 ? 1 : 4) * (b % 16 == 0 ? 1 : 4);
                if (cost < bestCost) {
                    bestCost = cost;
                    best = a;
                }
            }
        }
        return best;
    }
}
