package org.isotrope.kernels.fourier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.isotrope.grids.Precision;
import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.fft.DoubleFFT_2D;
import org.jtransforms.fft.DoubleFFT_3D;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Transforms in one to three dimensions against another library's. */
class FourierOracleTest {
    private static final int COMPONENTS = 3;

    static Stream<Arguments> shapes() {
        int[][] shapes = {{64}, {37}, {1000}, {1, 30}, {30, 1}, {16, 16}, {8, 33}, {21, 20}, {50, 7}, {13, 34},
            {64, 65}, {32, 48}, {100, 3}, {2, 2, 2}, {4, 8, 16}, {5, 1, 9}, {7, 11, 12}, {16, 17, 18}, {20, 21, 3},
            {32, 32, 32}, {1, 1, 25}, {3, 40, 34}};
        return Arrays.stream(shapes).flatMap(shape ->
                Arrays.stream(Precision.values()).map(precision -> Arguments.of(shape, precision)));
    }

    private static void transform(double[] values, int[] shape) {
        // the other library refuses axes of one element
        int[] sizes = Arrays.stream(shape).filter(n -> n > 1).toArray();
        switch (sizes.length) {
            case 1 -> new DoubleFFT_1D(sizes[0]).complexForward(values);
            case 2 -> new DoubleFFT_2D(sizes[0], sizes[1]).complexForward(values);
            default -> new DoubleFFT_3D(sizes[0], sizes[1], sizes[2]).complexForward(values);
        }
    }

    private static double[] expected(Complexes x, int component, int[] shape, boolean real) {
        int n = x.size() / COMPONENTS;
        double[] values = Arrays.copyOfRange(x.interleaved(), 2 * component * n, 2 * (component + 1) * n);
        for (int i = 0; real && i < n; i++) {
            values[2 * i + 1] = 0;
        }
        transform(values, shape);
        return values;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void complexTransformsAgree(int[] shape, Precision precision) {
        int n = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        Complexes x = Complexes.random(n * COMPONENTS, precision, 5);
        Complexes spectrum = x.like();
        FourierTransform transform = FourierTransform.of(shape, COMPONENTS, precision);
        transform.forward(x.re(), x.im(), spectrum.re(), spectrum.im());
        double bound = Complexes.bound(precision, n);
        double[] found = spectrum.interleaved();
        for (int c = 0; c < COMPONENTS; c++) {
            assertThat(Complexes.error(Arrays.copyOfRange(found, 2 * c * n, 2 * (c + 1) * n),
                    expected(x, c, shape, false))).as("component %d", c).isLessThan(bound);
        }
        Complexes back = x.like();
        transform.inverse(spectrum.re(), spectrum.im(), back.re(), back.im());
        assertThat(Complexes.error(back.interleaved(), x.interleaved())).isLessThan(bound);
        // in place, to the same bits
        transform.inverse(spectrum.re(), spectrum.im(), spectrum.re(), spectrum.im());
        assertThat(spectrum.interleaved()).isEqualTo(back.interleaved());
        transform.forward(back.re(), back.im(), back.re(), back.im());
        transform.forward(spectrum.re(), spectrum.im(), x.re(), x.im());
        assertThat(back.interleaved()).isEqualTo(x.interleaved());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void realTransformsAgree(int[] shape, Precision precision) {
        int n = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        Complexes x = Complexes.random(n * COMPONENTS, precision, 6);
        RealFourierTransform transform = RealFourierTransform.of(shape, COMPONENTS, precision);
        int last = shape[shape.length - 1];
        int half = last / 2 + 1;
        int lines = n / last;
        assertThat(transform.spectrumShape()).endsWith(half);
        Complexes spectrum = Complexes.zero(COMPONENTS * lines * half, precision);
        transform.forward(x.re(), spectrum.re(), spectrum.im());
        double[] found = spectrum.interleaved();
        double bound = Complexes.bound(precision, n);
        for (int c = 0; c < COMPONENTS; c++) {
            double[] full = expected(x, c, shape, true);
            double[] halves = new double[2 * lines * half];
            for (int line = 0; line < lines; line++) {
                System.arraycopy(full, 2 * line * last, halves, 2 * line * half, 2 * half);
            }
            int size = 2 * lines * half;
            assertThat(Complexes.error(Arrays.copyOfRange(found, c * size, (c + 1) * size), halves))
                    .as("component %d", c).isLessThan(bound);
        }
        Complexes back = x.like();
        transform.inverse(spectrum.re(), spectrum.im(), back.re());
        assertThat(Complexes.error(back.realParts(), x.realParts())).isLessThan(bound);
        assertThat(spectrum.interleaved()).as("the spectrum is left as it was").isEqualTo(found);
    }

    /** A spectrum that no real values have: its parts that break the symmetry are left out, as the definition says. */
    @ParameterizedTest
    @MethodSource("shapes")
    void theInverseOfAnySpectrumIsTheRealPartOfItsCompletion(int[] shape, Precision precision) {
        if (shape.length > 1) {
            return;
        }
        int n = shape[0];
        Complexes half = Complexes.random(n / 2 + 1, precision, 8);
        Complexes full = Complexes.zero(n, precision);
        for (int k = 0; k < n; k++) {
            int mirrored = Math.min(k, n - k);
            boolean self = k == 0 || 2 * k == n;
            full.set(k, half.re(mirrored), self ? 0 : k == mirrored ? half.im(k) : -half.im(mirrored));
        }
        Complexes values = full.like();
        FourierTransform.of(shape, precision).inverse(full.re(), full.im(), values.re(), values.im());
        Complexes real = full.like();
        RealFourierTransform.of(shape, precision).inverse(half.re(), half.im(), real.re());
        assertThat(Complexes.error(real.realParts(), values.realParts())).isLessThan(2 * Complexes.bound(precision, n));
    }
}
