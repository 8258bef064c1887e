package org.isotrope.kernels.fourier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.isotrope.grids.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every discrete Fourier transform. */
class FourierIdentitiesTest {
    static Stream<int[]> shapes() {
        return Stream.of(new int[] {1}, new int[] {2}, new int[] {360}, new int[] {97}, new int[] {2, 3},
                new int[] {48, 50}, new int[] {31, 34}, new int[] {12, 14, 15}, new int[] {9, 2, 13});
    }

    private static int product(int[] shape) {
        int n = 1;
        for (int size : shape) {
            n *= size;
        }
        return n;
    }

    private static double energy(Complexes x) {
        Complexes.CompensatedSum sum = new Complexes.CompensatedSum();
        for (int i = 0; i < x.size(); i++) {
            sum.add(x.re(i) * x.re(i) + x.im(i) * x.im(i));
        }
        return sum.value();
    }

    private static int[] indices(int flat, int[] shape) {
        int[] index = new int[shape.length];
        int rest = flat;
        for (int a = shape.length - 1; a >= 0; a--) {
            index[a] = rest % shape[a];
            rest /= shape[a];
        }
        return index;
    }

    private static int flat(int[] index, int[] shape) {
        int flat = 0;
        for (int a = 0; a < shape.length; a++) {
            flat = flat * shape[a] + Math.floorMod(index[a], shape[a]);
        }
        return flat;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void energyIsKept(int[] shape) {
        int n = product(shape);
        Complexes x = Complexes.random(n, Precision.DOUBLE, 1);
        Complexes spectrum = x.like();
        FourierTransform.of(shape, Precision.DOUBLE).forward(x.re(), x.im(), spectrum.re(), spectrum.im());
        assertThat(energy(spectrum) / n / energy(x)).isBetween(1 - 2e-15, 1 + 2e-15);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aShiftTurnsThePhases(int[] shape) {
        int n = product(shape);
        int[] shift = {5, -2, 7};
        Complexes x = Complexes.random(n, Precision.DOUBLE, 2);
        Complexes shifted = x.like();
        for (int i = 0; i < n; i++) {
            int[] index = indices(i, shape);
            for (int a = 0; a < shape.length; a++) {
                index[a] += shift[a];
            }
            int to = flat(index, shape);
            shifted.set(to, x.re(i), x.im(i));
        }
        FourierTransform transform = FourierTransform.of(shape, Precision.DOUBLE);
        transform.forward(x.re(), x.im(), x.re(), x.im());
        transform.forward(shifted.re(), shifted.im(), shifted.re(), shifted.im());
        Complexes turned = x.like();
        for (int i = 0; i < n; i++) {
            int[] index = indices(i, shape);
            double turns = 0;
            for (int a = 0; a < shape.length; a++) {
                turns += (double) Math.floorMod((long) index[a] * shift[a], shape[a]) / shape[a];
            }
            double c = Math.cos(2 * Math.PI * turns);
            double s = Math.sin(2 * Math.PI * turns);
            turned.set(i, x.re(i) * c + x.im(i) * s, x.im(i) * c - x.re(i) * s);
        }
        assertThat(Complexes.error(shifted.interleaved(), turned.interleaved()))
                .isLessThan(1e-15 * (2 + Math.log(n) / Math.log(2)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aDeltaBecomesOnes(int[] shape) {
        int n = product(shape);
        Complexes x = Complexes.zero(n, Precision.FLOAT);
        x.set(0, 1, 0);
        Complexes spectrum = x.like();
        FourierTransform.of(shape, Precision.FLOAT).forward(x.re(), x.im(), spectrum.re(), spectrum.im());
        for (int i = 0; i < n; i++) {
            assertThat(spectrum.re(i)).isCloseTo(1, within(6e-7));
            assertThat(spectrum.im(i)).isCloseTo(0, within(6e-7));
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theHalfSpectrumOfRealValuesIsHalfOfTheComplexOne(int[] shape) {
        int n = product(shape);
        int last = shape[shape.length - 1];
        int half = last / 2 + 1;
        Complexes x = Complexes.random(n, Precision.DOUBLE, 4);
        Complexes halves = Complexes.zero(n / last * half, Precision.DOUBLE);
        RealFourierTransform.of(shape, Precision.DOUBLE).forward(x.re(), halves.re(), halves.im());
        x.im().fill((byte) 0);
        FourierTransform.of(shape, Precision.DOUBLE).forward(x.re(), x.im(), x.re(), x.im());
        double bound = 2e-14 * Math.sqrt(energy(x) / n);
        for (int i = 0; i < halves.size(); i++) {
            int full = i / half * last + i % half;
            assertThat(halves.re(i)).isCloseTo(x.re(full), within(bound));
            assertThat(halves.im(i)).isCloseTo(x.im(full), within(bound));
        }
    }
}
