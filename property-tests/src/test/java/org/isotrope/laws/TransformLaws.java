package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.fourier.FourierTransform;
import org.isotrope.kernels.fourier.RealFourierTransform;
import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.fft.DoubleFFT_2D;

/** Fourier transforms of every length against those of JTransforms. */
class TransformLaws {
    private static final double ROUNDING = 1e-13;

    private static double get(MemorySegment values, long i) {
        return values.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
    }

    private static MemorySegment random(Arena arena, int count, Random random) {
        MemorySegment values = arena.allocate(8L * count, 64);
        for (int i = 0; i < count; i++) {
            values.setAtIndex(ValueLayout.JAVA_DOUBLE, i, random.nextGaussian());
        }
        return values;
    }

    /** Interleaved, by the other library, which refuses axes of one element. */
    private static double[] elsewhere(double[] values, int n, int m) {
        if (n == 1 && m == 1) {
            return values;
        } else if (n == 1 || m == 1) {
            new DoubleFFT_1D(Math.max(n, m)).complexForward(values);
        } else {
            new DoubleFFT_2D(n, m).complexForward(values);
        }
        return values;
    }

    @Property(seed = "2108")
    void spectraAreThoseOfAnotherLibrary(
            @ForAll @IntRange(min = 1, max = 12) int n, @ForAll @IntRange(min = 1, max = 70) int m, @ForAll long seed) {
        Random random = new Random(seed);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment re = random(arena, n * m, random);
            MemorySegment im = random(arena, n * m, random);
            double[] expected = new double[2 * n * m];
            double size = 0;
            for (int i = 0; i < n * m; i++) {
                expected[2 * i] = get(re, i);
                expected[2 * i + 1] = get(im, i);
                size += get(re, i) * get(re, i) + get(im, i) * get(im, i);
            }
            elsewhere(expected, n, m);
            MemorySegment outRe = arena.allocate(8L * n * m, 64);
            MemorySegment outIm = arena.allocate(8L * n * m, 64);
            FourierTransform transform = FourierTransform.of(new int[] {n, m}, Precision.DOUBLE);
            transform.forward(re, im, outRe, outIm);
            double bar = ROUNDING * Math.sqrt(size * n * m);
            double power = 0;
            for (int i = 0; i < n * m; i++) {
                assertThat(Math.abs(get(outRe, i) - expected[2 * i])).isLessThanOrEqualTo(bar);
                assertThat(Math.abs(get(outIm, i) - expected[2 * i + 1])).isLessThanOrEqualTo(bar);
                power += get(outRe, i) * get(outRe, i) + get(outIm, i) * get(outIm, i);
            }
            // Parseval
            assertThat(Math.abs(power / (n * m) - size)).isLessThanOrEqualTo(ROUNDING * size);
            MemorySegment backRe = arena.allocate(8L * n * m, 64);
            MemorySegment backIm = arena.allocate(8L * n * m, 64);
            transform.inverse(outRe, outIm, backRe, backIm);
            for (int i = 0; i < n * m; i++) {
                assertThat(Math.abs(get(backRe, i) - get(re, i))).isLessThanOrEqualTo(bar);
                assertThat(Math.abs(get(backIm, i) - get(im, i))).isLessThanOrEqualTo(bar);
            }
        }
    }

    @Property(seed = "2108")
    void spectraOfRealFieldsAreHalvesOfComplexOnes(
            @ForAll @IntRange(min = 1, max = 12) int n, @ForAll @IntRange(min = 1, max = 70) int m, @ForAll long seed) {
        Random random = new Random(seed);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = random(arena, n * m, random);
            double[] expected = new double[2 * n * m];
            double size = 0;
            for (int i = 0; i < n * m; i++) {
                expected[2 * i] = get(values, i);
                size += get(values, i) * get(values, i);
            }
            elsewhere(expected, n, m);
            RealFourierTransform transform = RealFourierTransform.of(new int[] {n, m}, Precision.DOUBLE);
            int half = transform.spectrumShape()[1];
            MemorySegment re = arena.allocate(8L * n * half, 64);
            MemorySegment im = arena.allocate(8L * n * half, 64);
            transform.forward(values, re, im);
            double bar = ROUNDING * Math.sqrt(size * n * m);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < half; j++) {
                    assertThat(Math.abs(get(re, (long) i * half + j) - expected[2 * (i * m + j)]))
                            .isLessThanOrEqualTo(bar);
                    assertThat(Math.abs(get(im, (long) i * half + j) - expected[2 * (i * m + j) + 1]))
                            .isLessThanOrEqualTo(bar);
                }
            }
            MemorySegment back = arena.allocate(8L * n * m, 64);
            transform.inverse(re, im, back);
            for (int i = 0; i < n * m; i++) {
                assertThat(Math.abs(get(back, i) - get(values, i))).isLessThanOrEqualTo(bar);
            }
        }
    }
}
