package org.isotrope.kernels.fourier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.isotrope.grids.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Transforms of single lines and of batches against the defining sum. */
class FourierSumTest {
    /** All small sizes and all primes to 101 among them; beyond, powers, mixed radices and sizes with large primes. */
    static IntStream sizes() {
        int[] beyond = {131, 137, 143, 144, 160, 169, 175, 180, 189, 192, 200, 210, 211, 216, 225, 240, 243, 245, 250,
            251, 255, 256, 257, 270, 288, 294, 300, 315, 320, 331, 336, 343, 360, 375, 384, 397, 400, 405, 420, 432,
            441, 448, 450, 461, 480, 486, 490, 499, 500, 504, 507, 509, 510, 511, 512};
        return IntStream.concat(IntStream.rangeClosed(1, 130), Arrays.stream(beyond));
    }

    /** Batches that fill no vector, whole vectors, and whole vectors with a rest. */
    private static int[] batches(int n) {
        return n <= 130 ? new int[] {1, 16, 19 + n % 5} : new int[] {1, 17};
    }

    /** The lines of a batch that are held against the sum: the ends and the middle, or one where sums take long. */
    private static int[] lines(int n, int batch) {
        return n <= 130 ? new int[] {0, batch / 2, batch - 1} : new int[] {n % batch};
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void complexLinesAreTheDefiningSum(int n) {
        for (int batch : batches(n)) {
            double[][] sums = sums(n, batch, false);
            for (Precision precision : Precision.values()) {
                Complexes x = Complexes.random(n * batch, precision, n);
                Complexes spectrum = x.like();
                FourierTransform transform = FourierTransform.of(new int[] {n}, batch, precision);
                transform.forward(x.re(), x.im(), spectrum.re(), spectrum.im());
                requireSums(spectrum, n, batch, n, sums);
                Complexes back = x.like();
                transform.inverse(spectrum.re(), spectrum.im(), back.re(), back.im());
                assertThat(Complexes.error(back.interleaved(), x.interleaved()))
                        .isLessThanOrEqualTo(Complexes.bound(precision, n));
            }
        }
    }

    /** The sums of those lines that are held against them, the same for both precisions. */
    private static double[][] sums(int n, int batch, boolean real) {
        Complexes x = Complexes.random(n * batch, Precision.DOUBLE, n);
        return Arrays.stream(lines(n, batch)).mapToObj(line -> x.definingSum(line * n, n, real)).toArray(double[][]::new);
    }

    private static void requireSums(Complexes spectrum, int n, int batch, int kept, double[][] sums) {
        double[] found = spectrum.interleaved();
        int[] lines = lines(n, batch);
        for (int k = 0; k < lines.length; k++) {
            double[] line = Arrays.copyOfRange(found, 2 * lines[k] * kept, 2 * (lines[k] + 1) * kept);
            assertThat(Complexes.error(line, Arrays.copyOf(sums[k], 2 * kept)))
                    .as("line %d of %d, %s", lines[k], batch, spectrum.precision())
                    .isLessThanOrEqualTo(Complexes.bound(spectrum.precision(), n));
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void realLinesAreTheDefiningSum(int n) {
        int half = n / 2 + 1;
        for (int batch : batches(n)) {
            double[][] sums = sums(n, batch, true);
            for (Precision precision : Precision.values()) {
                Complexes x = Complexes.random(n * batch, precision, n);
                Complexes spectrum = Complexes.zero(half * batch, precision);
                RealFourierTransform transform = RealFourierTransform.of(new int[] {n}, batch, precision);
                transform.forward(x.re(), spectrum.re(), spectrum.im());
                requireSums(spectrum, n, batch, half, sums);
                Complexes back = x.like();
                transform.inverse(spectrum.re(), spectrum.im(), back.re());
                assertThat(Complexes.error(back.realParts(), x.realParts()))
                        .isLessThanOrEqualTo(Complexes.bound(precision, n));
            }
        }
    }

    /**
     * Above 1000 elements a line has many stages; a few elements are enough to see a wrong twiddle, and the way back to
     * see a wrong place. Single lines are split, eight of them are not.
     */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void longLinesAreTheDefiningSum(Precision precision) {
        for (int n : new int[] {2048, 2187, 2401, 3125, 4096, 4802, 5040, 4099}) {
            for (int batch : new int[] {1, 3, 8}) {
                Complexes x = Complexes.random(n * batch, precision, n);
                Complexes spectrum = x.like();
                FourierTransform complex = FourierTransform.of(new int[] {n}, batch, precision);
                complex.forward(x.re(), x.im(), spectrum.re(), spectrum.im());
                checkSomeElements(x, spectrum, n, n, false);
                complex.inverse(spectrum.re(), spectrum.im(), spectrum.re(), spectrum.im());
                assertThat(Complexes.error(spectrum.interleaved(), x.interleaved()))
                        .isLessThan(Complexes.bound(precision, n));
                RealFourierTransform real = RealFourierTransform.of(new int[] {n}, batch, precision);
                real.forward(x.re(), spectrum.re(), spectrum.im());
                checkSomeElements(x, spectrum, n, n / 2 + 1, true);
                real.inverse(spectrum.re(), spectrum.im(), x.im());
                assertThat(Complexes.error(x.imaginaryParts(), x.realParts()))
                        .isLessThan(Complexes.bound(precision, n));
            }
        }
    }

    /** Thin blocks, whose rows leave a rest beside whole vectors in every way there is. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void blocksAreTheSumAlongEachAxis(Precision precision) {
        List<int[]> shapes = new ArrayList<>(List.of(new int[] {63, 4, 64}, new int[] {10, 2, 1}, new int[] {5, 3, 1},
                new int[] {7, 5, 33}, new int[] {3, 2, 17}, new int[] {17, 1, 9}, new int[] {1, 9, 20}));
        Random random = new Random(9);
        for (int k = 0; k < 60; k++) {
            shapes.add(new int[] {1 + random.nextInt(20), 1 + random.nextInt(9), 1 + random.nextInt(24)});
        }
        for (int[] shape : shapes) {
            int n = shape[0] * shape[1] * shape[2];
            Complexes x = Complexes.random(n, precision, n);
            double[] expected = sums(x.interleaved(), shape);
            Complexes spectrum = x.like();
            FourierTransform complex = FourierTransform.of(shape, precision);
            complex.forward(x.re(), x.im(), spectrum.re(), spectrum.im());
            double bound = Math.max(1e-15, Complexes.bound(precision, n));
            assertThat(Complexes.error(spectrum.interleaved(), expected)).as(Arrays.toString(shape))
                    .isLessThanOrEqualTo(bound);
            complex.inverse(spectrum.re(), spectrum.im(), spectrum.re(), spectrum.im());
            assertThat(Complexes.error(spectrum.interleaved(), x.interleaved())).as(Arrays.toString(shape))
                    .isLessThanOrEqualTo(bound);
            double[] alone = x.interleaved();
            for (int i = 0; i < n; i++) {
                alone[2 * i + 1] = 0;
            }
            double[] whole = sums(alone, shape);
            RealFourierTransform real = RealFourierTransform.of(shape, precision);
            int half = shape[2] / 2 + 1;
            Complexes kept = Complexes.zero(shape[0] * shape[1] * half, precision);
            real.forward(x.re(), kept.re(), kept.im());
            double[] part = new double[2 * kept.size()];
            for (int i = 0; i < kept.size(); i++) {
                int at = i / half * shape[2] + i % half;
                part[2 * i] = whole[2 * at];
                part[2 * i + 1] = whole[2 * at + 1];
            }
            assertThat(Complexes.error(kept.interleaved(), part)).as(Arrays.toString(shape)).isLessThanOrEqualTo(bound);
            Complexes back = x.like();
            real.inverse(kept.re(), kept.im(), back.re());
            assertThat(Complexes.error(back.realParts(), x.realParts())).as(Arrays.toString(shape))
                    .isLessThanOrEqualTo(bound);
        }
    }

    /** The defining sum along one axis after the other. */
    private static double[] sums(double[] values, int[] shape) {
        double[] now = values;
        int inner = 1;
        for (int a = 2; a >= 0; a--) {
            int n = shape[a];
            double[] cos = new double[n];
            double[] sin = new double[n];
            for (int t = 0; t < n; t++) {
                cos[t] = Math.cos(-2 * Math.PI * t / n);
                sin[t] = Math.sin(-2 * Math.PI * t / n);
            }
            double[] next = new double[now.length];
            for (int i = 0; i < now.length / 2; i++) {
                int k = i / inner % n;
                int first = i - k * inner;
                for (int j = 0; j < n; j++) {
                    int turn = j * k % n;
                    double re = now[2 * (first + j * inner)];
                    double im = now[2 * (first + j * inner) + 1];
                    next[2 * i] += re * cos[turn] - im * sin[turn];
                    next[2 * i + 1] += re * sin[turn] + im * cos[turn];
                }
            }
            now = next;
            inner *= n;
        }
        return now;
    }

    /** Elements of the last line. */
    private static void checkSomeElements(Complexes x, Complexes spectrum, int n, int elements, boolean real) {
        int first = x.size() - n;
        int firstElement = x.size() / n * elements - elements;
        double scale = Math.sqrt(real ? n : 2.0 * n);
        double[] cos = new double[n];
        double[] sin = new double[n];
        for (int t = 0; t < n; t++) {
            cos[t] = Math.cos(2 * Math.PI * t / n);
            sin[t] = Math.sin(2 * Math.PI * t / n);
        }
        for (int k = 1; k < elements; k += elements / 7) {
            Complexes.CompensatedSum re = new Complexes.CompensatedSum();
            Complexes.CompensatedSum im = new Complexes.CompensatedSum();
            for (int j = 0; j < n; j++) {
                int t = (int) ((long) j * k % n);
                double y = real ? 0 : x.im(first + j);
                re.add(x.re(first + j) * cos[t]);
                re.add(y * sin[t]);
                im.add(y * cos[t]);
                im.add(-x.re(first + j) * sin[t]);
            }
            int element = firstElement + k;
            double error = Math.hypot(spectrum.re(element) - re.value(), spectrum.im(element) - im.value());
            assertThat(error / scale).as("element %d of %d", k, n).isLessThan(2 * Complexes.bound(x.precision(), n));
        }
    }
}
