package org.isotrope.kernels.fourier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Garbage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transforms allocate nothing once compiled, and several threads may share a plan. */
class FourierRunTest {
    @ParameterizedTest
    @EnumSource(Precision.class)
    @Tag("alone")
    void transformsAllocateNothing(Precision precision) {
        // every radix, Bluestein, whole vectors of lines and rests
        for (int[] shape : new int[][] {{840}, {44, 37}, {6, 35, 38}}) {
            int n = 1;
            for (int size : shape) {
                n *= size;
            }
            Complexes x = Complexes.random(n, precision, 1);
            Complexes y = Complexes.zero(2 * n, precision);
            FourierTransform complex = FourierTransform.of(shape, precision);
            assertThat(Garbage.ofCheapestRound(5, () -> {
                complex.forward(x.re(), x.im(), y.re(), y.im());
                complex.inverse(y.re(), y.im(), y.re(), y.im());
            })).as(complex.toString()).isZero();
            RealFourierTransform real = RealFourierTransform.of(shape, precision);
            assertThat(Garbage.ofCheapestRound(5, () -> {
                real.forward(x.re(), y.re(), y.im());
                real.inverse(y.re(), y.im(), x.re());
            })).as(real.toString()).isZero();
        }
        RealFourierTransform padded = RealFourierTransform.padded(
                new int[] {40, 40, 40}, new int[] {20, 21, 22}, 1, precision);
        Complexes corner = Complexes.zero(40 * 40 * 40, precision);
        Complexes half = Complexes.zero(40 * 40 * 21, precision);
        assertThat(Garbage.ofCheapestRound(2, () -> {
            padded.forward(corner.re(), half.re(), half.im());
            padded.inverse(half.re(), half.im(), corner.im());
        })).as(padded.toString()).isZero();
        TrigonometricTransform trigonometric = TrigonometricTransform.of(new int[] {20, 30, 40}, precision,
                TrigonometricKind.COSINE_II, TrigonometricKind.SINE_I, TrigonometricKind.SINE_III);
        Complexes x = Complexes.random(20 * 30 * 40, precision, 2);
        assertThat(Garbage.ofCheapestRound(2, () -> {
            trigonometric.forward(x.re(), x.re());
            trigonometric.inverse(x.re(), x.re());
        })).as(trigonometric.toString()).isZero();
    }

    @Test
    void threadsMayShareAPlan() throws ExecutionException, InterruptedException {
        int[] shape = {12, 50, 34};
        int n = 12 * 50 * 34;
        RealFourierTransform real = RealFourierTransform.of(shape, Precision.DOUBLE);
        FourierTransform complex = FourierTransform.of(shape, Precision.DOUBLE);
        List<double[]> expected = new ArrayList<>();
        for (int seed = 0; seed < 6; seed++) {
            expected.add(both(real, complex, n, seed));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (int repeat = 0; repeat < 5; repeat++) {
                List<Future<double[]>> found = new ArrayList<>();
                for (int seed = 0; seed < 6; seed++) {
                    int own = seed;
                    found.add(threads.submit(() -> both(real, complex, n, own)));
                }
                for (int seed = 0; seed < 6; seed++) {
                    assertThat(found.get(seed).get()).isEqualTo(expected.get(seed));
                }
            }
        }
    }

    private static double[] both(RealFourierTransform real, FourierTransform complex, int n, int seed) {
        Complexes x = Complexes.random(n, Precision.DOUBLE, seed);
        Complexes y = x.like();
        complex.forward(x.re(), x.im(), y.re(), y.im());
        real.forward(y.re(), x.re(), x.im());
        real.inverse(x.re(), x.im(), y.re());
        return y.interleaved();
    }
}
