package org.isotrope.kernels.fourier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.isotrope.grids.Precision;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The bits of a result depend neither on the vector length nor on where a line lies. */
@Tag("bits")
class FourierBitsTest {
    /** Results of an earlier run at one vector length, which every length has to give again. */
    static Stream<Arguments> recorded() {
        return Stream.of(
                Arguments.of(Precision.FLOAT, -3589390427443210592L),
                Arguments.of(Precision.DOUBLE, -8689307728148236469L));
    }

    private static long hash(long seed, double[] values) {
        long hash = seed;
        for (double value : values) {
            hash = hash * 0x9E3779B97F4A7C15L + Double.doubleToLongBits(value);
            hash ^= hash >>> 29;
        }
        return hash;
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void everyVectorLengthGivesTheSameBits(Precision precision, long expected) {
        long hash = 1;
        int[][] shapes = {{7}, {840}, {59}, {1024}, {4802}, {3, 300}, {10, 33}, {64, 48}, {81, 49}, {22, 45, 18},
            {16, 16, 31}};
        for (int[] shape : shapes) {
            int n = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            Complexes x = Complexes.random(2 * n, precision, n);
            Complexes y = Complexes.zero(4 * n, precision);
            FourierTransform.of(shape, 2, precision).forward(x.re(), x.im(), y.re(), y.im());
            hash = hash(hash, y.interleaved());
            FourierTransform.of(shape, 2, precision).inverse(y.re(), y.im(), y.re(), y.im());
            hash = hash(hash, y.interleaved());
            RealFourierTransform real = RealFourierTransform.of(shape, 2, precision);
            real.forward(x.re(), y.re(), y.im());
            hash = hash(hash, y.interleaved());
            real.inverse(y.re(), y.im(), x.re());
            hash = hash(hash, x.interleaved());
            for (TrigonometricKind kind : TrigonometricKind.values()) {
                if (kind != TrigonometricKind.NONE) {
                    TrigonometricKind[] kinds = new TrigonometricKind[shape.length];
                    Arrays.fill(kinds, kind);
                    TrigonometricTransform.of(shape, 2, precision, kinds).inverse(x.im(), x.re());
                    hash = hash(hash, x.realParts());
                }
            }
        }
        assertThat(hash).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aLineGivesTheSameBitsWhereverItLies(Precision precision) {
        for (int n : new int[] {30, 37, 64}) {
            Complexes line = Complexes.random(n, precision, n);
            Complexes alone = line.like();
            FourierTransform.of(new int[] {n}, precision).forward(line.re(), line.im(), alone.re(), alone.im());
            Complexes block = Complexes.random(n * n, precision, n + 1);
            for (int at : new int[] {0, 1, n / 2, n - 1}) {
                // as a row among rows, and as a column among columns
                Complexes rows = copy(block, line, at * n, 1);
                FourierTransform.of(new int[] {n}, n, precision).forward(rows.re(), rows.im(), rows.re(), rows.im());
                assertThat(take(rows, n, at * n, 1)).isEqualTo(alone.interleaved());
                Complexes columns = copy(block, line, at, n);
                Workspace work = new Workspace(columnsOf(n, precision).workspace());
                Planes planes = new Planes(columns.re(), 0, columns.im(), 0);
                AxisTransform axis = columnsOf(n, precision);
                axis.run(planes, planes, 1, work, 0, axis.lines().count());
                assertThat(take(columns, n, at, n)).isEqualTo(alone.interleaved());
            }
        }
    }

    private static AxisTransform columnsOf(int n, Precision precision) {
        return precision == Precision.FLOAT ? new FloatComplexAxis(1, n, n) : new DoubleComplexAxis(1, n, n);
    }

    private static Complexes copy(Complexes block, Complexes line, int at, int step) {
        Complexes copy = block.like();
        copy.re().copyFrom(block.re());
        copy.im().copyFrom(block.im());
        for (int j = 0; j < line.size(); j++) {
            copy.set(at + j * step, line.re(j), line.im(j));
        }
        return copy;
    }

    private static double[] take(Complexes block, int n, int at, int step) {
        double[] line = new double[2 * n];
        for (int j = 0; j < n; j++) {
            line[2 * j] = block.re(at + j * step);
            line[2 * j + 1] = block.im(at + j * step);
        }
        return line;
    }
}
