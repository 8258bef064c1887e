package org.isotrope.kernels.fourier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.isotrope.grids.Precision;
import org.junit.jupiter.api.Test;

class RootsOfUnityTest {
    @Test
    void axesAndDiagonalsAreExact() {
        for (int n : new int[] {8, 16, 1000}) {
            double[] expected = {0, Math.sqrt(0.5), 1, Math.sqrt(0.5), 0, -Math.sqrt(0.5), -1, -Math.sqrt(0.5)};
            for (int k = 0; k < 8; k++) {
                assertThat(RootsOfUnity.sine((long) k * n / 8, n)).isEqualTo(expected[k], within(0.0));
                assertThat(RootsOfUnity.cosine((long) k * n / 8, n)).isEqualTo(expected[(k + 2) % 8], within(0.0));
            }
        }
    }

    @Test
    void anglesAreReducedExactly() {
        for (long n : new long[] {1, 2, 3, 7, 12, 97, 1024, 1_000_003, 1L << 27}) {
            for (long k : new long[] {0, 1, n / 3, n / 2, n - 1, 5 * n + 1, -1, -n / 5}) {
                double angle = 2 * Math.PI * Math.floorMod(k, n) / n;
                assertThat(RootsOfUnity.cosine(k, n)).isEqualTo(Math.cos(angle), within(2e-15));
                assertThat(RootsOfUnity.sine(k, n)).isEqualTo(Math.sin(angle), within(2e-15));
                assertThat(RootsOfUnity.sine(-k, n)).isEqualTo(-RootsOfUnity.sine(k, n), within(0.0));
                assertThat(RootsOfUnity.cosine(-k, n)).isEqualTo(RootsOfUnity.cosine(k, n), within(0.0));
            }
        }
    }

    @Test
    void scalarTransformsAreTheDefiningSum() {
        for (int n : new int[] {1, 2, 12, 35, 64, 121}) {
            Complexes x = Complexes.random(n, Precision.DOUBLE, n);
            double[] re = x.realParts();
            double[] im = x.imaginaryParts();
            ScalarFourier.forward(re, im);
            double[] expected = x.definingSum(0, n, false);
            for (int k = 0; k < n; k++) {
                assertThat(re[k]).isEqualTo(expected[2 * k], within(1e-13));
                assertThat(im[k]).isEqualTo(expected[2 * k + 1], within(1e-13));
            }
        }
    }
}
