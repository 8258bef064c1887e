package org.isotrope.kernels.fourier;

/** A plain transform in {@code double} for tables that plans compute once. */
final class ScalarFourier {
    private ScalarFourier() {}

    /** {@code X_k = Σ_j x_j exp(−2πi jk/n)} in place, by recursion over the primes of n. */
    static void forward(double[] re, double[] im) {
        recurse(re, im, 0, 1, re.length, new double[re.length], new double[im.length]);
    }

    /** Transforms the n elements from {@code at} on, {@code step} apart; the other arrays are room for results. */
    private static void recurse(double[] re, double[] im, int at, int step, int n, double[] roomRe, double[] roomIm) {
        if (n == 1) {
            return;
        }
        int radix = leastPrime(n);
        int m = n / radix;
        for (int r = 0; r < radix; r++) {
            recurse(re, im, at + r * step, radix * step, m, roomRe, roomIm);
        }
        for (int k = 0; k < n; k++) {
            double sumRe = 0;
            double sumIm = 0;
            for (int r = 0; r < radix; r++) {
                int e = at + (r + radix * (k % m)) * step;
                double c = RootsOfUnity.cosine((long) r * k, n);
                double s = RootsOfUnity.sine((long) r * k, n);
                sumRe += re[e] * c + im[e] * s;
                sumIm += im[e] * c - re[e] * s;
            }
            roomRe[k] = sumRe;
            roomIm[k] = sumIm;
        }
        for (int k = 0; k < n; k++) {
            re[at + k * step] = roomRe[k];
            im[at + k * step] = roomIm[k];
        }
    }

    private static int leastPrime(int n) {
        for (int p = 2; (long) p * p <= n; p++) {
            if (n % p == 0) {
                return p;
            }
        }
        return n;
    }
}
