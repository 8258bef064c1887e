package org.isotrope.kernels.engine.elementwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Samples;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums have the documented shape, so their bits are the same at every vector width. */
@Tag("bits")
class SumsTest {
    private static final int[] COUNTS = {1, 2, 15, 16, 17, 63, 64, 65, 127, 128, 129, 500, 1023, 1024, 1025, 1087, 1088,
        1089, 2047, 2048, 2111, 2112, 3000, 4096, 10_007};

    /** The shape of {@link FloatSums}, one scalar after the other. */
    private static double dot(Precision precision, Field x, long xFirst, Field y, long yFirst, long count) {
        double total = 0;
        long done = 0;
        while (count - done >= 64) {
            long chunk = Math.min(1024, (count - done) / 64 * 64);
            double[] running = new double[64];
            for (long i = 0; i < chunk; i++) {
                int j = (int) (i % 64);
                running[j] = fma(precision, x.getFlat(xFirst + done + i), y.getFlat(yFirst + done + i), running[j]);
            }
            double[] lanes = new double[16];
            for (int j = 0; j < 16; j++) {
                lanes[j] = add(precision, add(precision, running[j], running[j + 16]),
                        add(precision, running[j + 32], running[j + 48]));
            }
            for (int width = 8; width > 0; width /= 2) {
                for (int j = 0; j < width; j++) {
                    lanes[j] += lanes[j + width];
                }
            }
            total += lanes[0];
            done += chunk;
        }
        for (long i = done; i < count; i++) {
            total += x.getFlat(xFirst + i) * y.getFlat(yFirst + i);
        }
        return total;
    }

    private static double fma(Precision precision, double a, double b, double c) {
        return precision == Precision.FLOAT ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
    }

    private static double add(Precision precision, double a, double b) {
        return precision == Precision.FLOAT ? (float) a + (float) b : a + b;
    }

    private static Field line(Precision precision, int count, long seed) {
        return Samples.random(FieldType.SCALAR, Grid.of(Axis.cells(0, 1, count)), precision, seed);
    }

    private static Field ones(Precision precision, int count) {
        return line(precision, count, 0).fill(1);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void dotHasTheDocumentedShape(Precision precision) {
        for (int count : COUNTS) {
            Field x = line(precision, count, count);
            Field y = line(precision, count, count + 1);
            assertThat(Arithmetic.dot(x, y)).as("count %d", count)
                    .isEqualTo(dot(precision, x, 0, y, 0, count));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void sumHasTheShapeOfADotWithOnes(Precision precision) {
        for (int count : COUNTS) {
            Field x = line(precision, count, count);
            assertThat(Arithmetic.sum(x)).as("count %d", count)
                    .isEqualTo(dot(precision, x, 0, ones(precision, count), 0, count));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void sumsOfPartsBeginAnywhere(Precision precision) {
        Field x = line(precision, 3000, 1);
        Field y = line(precision, 3000, 2);
        for (int first = 0; first < 70; first += 7) {
            int count = 1200 + 13 * first;
            assertThat(Elementwise.dot(precision, x.segment(), first, y.segment(), 2 * first, count))
                    .isEqualTo(dot(precision, x, first, y, 2 * first, count));
        }
    }

    /** Values without a random generator: i² mod 101 and i³ mod 103, scaled so that roundings differ. */
    private static Field pattern(Precision precision, int count, int power, int modulus) {
        Field field = line(precision, count, 0);
        for (int i = 0; i < count; i++) {
            long value = 1;
            for (int p = 0; p < power; p++) {
                value = value * i % modulus;
            }
            field.setFlat(i, (value - modulus / 3) / 7.0);
        }
        return field;
    }

    /** Sums in the documented shape, each operation rounded from exact rationals by a program of its own. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT, 40, 0x1.6c29cc711f58ap+8, 0x1.31b6db4c00000p+6",
        "FLOAT, 1000, 0x1.d1df04a24a72ep+12, 0x1.319fff68e0000p+11",
        "FLOAT, 5000, 0x1.05c52efac13eap+15, 0x1.7b5a48a98c000p+13",
        "DOUBLE, 40, 0x1.6c29cbc14e5e0p+8, 0x1.31b6db6db6db7p+6",
        "DOUBLE, 1000, 0x1.d1df05397829cp+12, 0x1.31a0000000002p+11",
        "DOUBLE, 5000, 0x1.05c52f0539783p+15, 0x1.7b5a492492492p+13"
    })
    void bitsArePinned(Precision precision, int count, double dot, double sum) {
        Field x = pattern(precision, count, 2, 101);
        Field y = pattern(precision, count, 3, 103);
        assertThat(Arithmetic.dot(x, y)).isEqualTo(dot);
        assertThat(Arithmetic.sum(x)).isEqualTo(sum);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void sumsAreAccurate(Precision precision) {
        Field x = line(precision, 10_007, 3);
        Field y = line(precision, 10_007, 4);
        BigDecimal exact = BigDecimal.ZERO;
        for (int i = 0; i < 10_007; i++) {
            exact = exact.add(new BigDecimal(x.getFlat(i)).multiply(new BigDecimal(y.getFlat(i))));
        }
        assertThat(Arithmetic.dot(x, y))
                .isCloseTo(exact.doubleValue(), within(10_007 * 0.1 * precision.unitRoundoff()));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 64, 1000})
    void allComponentsAreSummed(int count) {
        Field vector = Fields.automatic().of(FieldType.VECTOR, Grid.of(Axis.cells(0, 1, count), Axis.cells(0, 1, 2)));
        vector.fill(1);
        assertThat(Arithmetic.sum(vector)).isEqualTo(4 * count);
        assertThat(Arithmetic.dot(vector, vector)).isEqualTo(4 * count);
    }

    @Test
    void aFloatSumThatExceedsItsMantissaIsKeptInDouble() {
        int count = 1 << 15;
        Field large = ones(Precision.FLOAT, count);
        large.fill(1 << 16);
        large.setFlat(count - 1, (1 << 16) + 1);
        // chunks join in double: the final 1 survives a total far beyond 2²⁴
        assertThat(Arithmetic.sum(large)).isEqualTo(0x1p31 + 1);
    }
}
