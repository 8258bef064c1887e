package org.isotrope.kernels.fourier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.isotrope.grids.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Cosine and sine transforms against their defining sums. */
class TrigonometricSumTest {
    private static final TrigonometricKind[] KINDS = Arrays.stream(TrigonometricKind.values())
            .filter(kind -> kind != TrigonometricKind.NONE).toArray(TrigonometricKind[]::new);

    static Stream<Arguments> sizes() {
        IntStream beyond = IntStream.of(47, 48, 63, 64, 65, 66, 100, 121, 127, 128, 129);
        return IntStream.concat(IntStream.rangeClosed(1, 40), beyond).boxed()
                .flatMap(n -> Arrays.stream(Precision.values()).map(precision -> Arguments.of(n, precision)));
    }

    /** {@code cos(π a/b)} with the turns taken off exactly. */
    private static double cosine(long a, long b) {
        return Math.cos(Math.PI * Math.floorMod(a, 2 * b) / b);
    }

    private static double sine(long a, long b) {
        return Math.sin(Math.PI * Math.floorMod(a, 2 * b) / b);
    }

    /** The factor of {@code x_j} in {@code y_k}. */
    private static double factor(TrigonometricKind kind, int n, long j, long k) {
        int sign = k % 2 == 0 ? 1 : -1;
        return switch (kind) {
            case NONE -> j == k ? 1 : 0;
            case COSINE_I -> j == 0 ? 1 : j == n - 1 ? sign : 2 * cosine(j * k, n - 1);
            case COSINE_II -> 2 * cosine(k * (2 * j + 1), 2L * n);
            case COSINE_III -> j == 0 ? 1 : 2 * cosine(j * (2 * k + 1), 2L * n);
            case SINE_I -> 2 * sine((j + 1) * (k + 1), n + 1L);
            case SINE_II -> 2 * sine((k + 1) * (2 * j + 1), 2L * n);
            case SINE_III -> j == n - 1 ? sign : 2 * sine((j + 1) * (2 * k + 1), 2L * n);
        };
    }

    /** The sums along one axis of a block. */
    private static double[] along(double[] x, TrigonometricKind kind, int outer, int n, int inner) {
        double[] y = new double[x.length];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
                for (int k = 0; k < n; k++) {
                    double sum = 0;
                    for (int j = 0; j < n; j++) {
                        sum += factor(kind, n, j, k) * x[(o * n + j) * inner + i];
                    }
                    y[(o * n + k) * inner + i] = sum;
                }
            }
        }
        return y;
    }

    private static double bound(Precision precision, long period) {
        return precision == Precision.FLOAT ? 6e-7 : 1e-15 * (1 + Math.log(period) / Math.log(2));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void linesAreTheDefiningSums(int n, Precision precision) {
        for (TrigonometricKind kind : KINDS) {
            if (kind == TrigonometricKind.COSINE_I && n < 2) {
                continue;
            }
            int batch = 18;
            Complexes x = Complexes.random(n * batch, precision, n);
            Complexes y = x.like();
            TrigonometricTransform transform = TrigonometricTransform.of(new int[] {n}, batch, precision, kind);
            transform.forward(x.re(), y.re());
            double bound = bound(precision, kind.period(n));
            assertThat(Complexes.error(y.realParts(), along(x.realParts(), kind, batch, n, 1)))
                    .as("%s", kind).isLessThan(bound);
            transform.inverse(y.re(), y.im());
            assertThat(Complexes.error(y.imaginaryParts(), x.realParts())).as("back by %s", kind).isLessThan(bound);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void mixedKindsInSpaceAreSumsAlongEachAxis(Precision precision) {
        int components = 2;
        int[] shape = {6, 9, 21};
        TrigonometricKind[][] mixes = {
            {TrigonometricKind.COSINE_I, TrigonometricKind.SINE_II, TrigonometricKind.COSINE_III},
            {TrigonometricKind.SINE_I, TrigonometricKind.NONE, TrigonometricKind.SINE_III},
            {TrigonometricKind.COSINE_II, TrigonometricKind.COSINE_II, TrigonometricKind.NONE},
            {TrigonometricKind.SINE_III, TrigonometricKind.COSINE_III, TrigonometricKind.SINE_I}};
        for (TrigonometricKind[] kinds : mixes) {
            Complexes x = Complexes.random(components * 6 * 9 * 21, precision, 3);
            TrigonometricTransform transform = TrigonometricTransform.of(shape, components, precision, kinds);
            double[] expected = along(x.realParts(), kinds[0], components, 6, 9 * 21);
            expected = along(expected, kinds[1], components * 6, 9, 21);
            expected = along(expected, kinds[2], components * 6 * 9, 21, 1);
            Complexes y = x.like();
            transform.forward(x.re(), y.re());
            assertThat(Complexes.error(y.realParts(), expected)).as(transform.toString())
                    .isLessThan(bound(precision, 4000));
            // in place, to the same bits
            transform.inverse(y.re(), y.im());
            transform.inverse(y.re(), y.re());
            assertThat(y.realParts()).isEqualTo(y.imaginaryParts());
            assertThat(Complexes.error(y.realParts(), x.realParts())).isLessThan(bound(precision, 4000));
        }
    }

    /** Each transform turns the second difference between its walls into a product. */
    @ParameterizedTest
    @EnumSource(value = TrigonometricKind.class, names = {"COSINE_I", "COSINE_II", "SINE_I", "SINE_II"})
    void kindsDiagonaliseTheSecondDifferenceBetweenTheirWalls(TrigonometricKind kind) {
        int n = 24;
        Complexes x = Complexes.random(n, Precision.DOUBLE, 12);
        double before = switch (kind) {
            case COSINE_I -> x.re(1);
            case COSINE_II -> x.re(0);
            case SINE_I -> 0;
            default -> -x.re(0);
        };
        double behind = switch (kind) {
            case COSINE_I -> x.re(n - 2);
            case COSINE_II -> x.re(n - 1);
            case SINE_I -> 0;
            default -> -x.re(n - 1);
        };
        Complexes difference = x.like();
        for (int j = 0; j < n; j++) {
            double left = j == 0 ? before : x.re(j - 1);
            double right = j == n - 1 ? behind : x.re(j + 1);
            difference.set(j, left - 2 * x.re(j) + right, 0);
        }
        TrigonometricTransform transform = TrigonometricTransform.of(new int[] {n}, Precision.DOUBLE, kind);
        transform.forward(x.re(), x.re());
        transform.forward(difference.re(), difference.re());
        boolean cosine = kind == TrigonometricKind.COSINE_I || kind == TrigonometricKind.COSINE_II;
        for (int k = 0; k < n; k++) {
            double eigenvalue = 2 * Math.cos(2 * Math.PI * (cosine ? k : k + 1) / kind.period(n)) - 2;
            assertThat(difference.re(k)).isCloseTo(eigenvalue * x.re(k), within(1e-12));
        }
    }
}
