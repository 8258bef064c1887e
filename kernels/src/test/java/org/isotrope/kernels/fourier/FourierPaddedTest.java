package org.isotrope.kernels.fourier;

import static org.assertj.core.api.Assertions.fail;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.isotrope.grids.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transforms of a corner against those of all values, number by number. */
class FourierPaddedTest {
    @ParameterizedTest
    @EnumSource(Precision.class)
    void cornersAreTransformedLikeTheWhole(Precision precision) {
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            int d = 1 + random.nextInt(3);
            int[] shape = new int[d];
            int[] occupied = new int[d];
            int size = 1;
            for (int a = 0; a < d; a++) {
                shape[a] = 1 + random.nextInt(d == 3 ? 30 : 90);
                occupied[a] = random.nextInt(4) == 0 ? shape[a] : 1 + random.nextInt(shape[a]);
                size *= shape[a];
            }
            int components = 1 + random.nextInt(2);
            RealFourierTransform whole = RealFourierTransform.of(shape, components, precision);
            RealFourierTransform padded = RealFourierTransform.padded(shape, occupied, components, precision);
            int count = components * size;
            Complexes values = Complexes.random(count, precision, seed);
            for (int i = 0; i < count; i++) {
                if (!inCorner(i % size, shape, occupied)) {
                    set(values.re(), i, 0, precision);
                }
            }
            int half = count / shape[d - 1] * (shape[d - 1] / 2 + 1);
            Complexes expected = Complexes.zero(half, precision);
            // whatever was there before
            Complexes found = Complexes.random(half, precision, seed + 1);
            whole.forward(values.re(), expected.re(), expected.im());
            padded.forward(values.re(), found.re(), found.im());
            for (int i = 0; i < half; i++) {
                if (get(found.re(), i, precision) != get(expected.re(), i, precision)
                        || get(found.im(), i, precision) != get(expected.im(), i, precision)) {
                    fail("entry %d differs, seed %d, %s", i, seed, whole);
                }
            }
            Complexes spectrum = Complexes.random(half, precision, seed + 2);
            Complexes all = Complexes.zero(count, precision);
            Complexes corner = Complexes.zero(count, precision);
            whole.inverse(spectrum.re(), spectrum.im(), all.re());
            padded.inverse(spectrum.re(), spectrum.im(), corner.re());
            for (int i = 0; i < count; i++) {
                if (inCorner(i % size, shape, occupied)
                        && get(corner.re(), i, precision) != get(all.re(), i, precision)) {
                    fail("value %d differs, seed %d, %s", i, seed, whole);
                }
            }
        }
    }

    private static boolean inCorner(int flat, int[] shape, int[] occupied) {
        int rest = flat;
        boolean inside = true;
        for (int a = shape.length - 1; a >= 0; a--) {
            inside &= rest % shape[a] < occupied[a];
            rest /= shape[a];
        }
        return inside;
    }

    private static double get(MemorySegment segment, int i, Precision precision) {
        return precision == Precision.FLOAT
                ? segment.getAtIndex(ValueLayout.JAVA_FLOAT, i) : segment.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
    }

    private static void set(MemorySegment segment, int i, double value, Precision precision) {
        if (precision == Precision.FLOAT) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) value);
        } else {
            segment.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
        }
    }
}
