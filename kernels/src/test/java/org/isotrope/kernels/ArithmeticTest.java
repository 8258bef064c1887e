package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arithmetic element by element against scalar formulas, to the bit at every length. */
@Tag("bits")
class ArithmeticTest {
    @FunctionalInterface
    private interface Formula {
        double at(double x, double y, double z);
    }

    private static double fma(Precision precision, double a, double b, double c) {
        return precision == Precision.FLOAT ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
    }

    private static double round(Precision precision, double value) {
        return precision == Precision.FLOAT ? (float) value : value;
    }

    private static void check(Field result, Field x, Field y, Field z, Formula formula) {
        for (int i = 0; i < result.count(); i++) {
            assertThat(result.getFlat(i)).isEqualTo(formula.at(x.getFlat(i), y.getFlat(i), z.getFlat(i)));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void everyElementIsComputedByItsFormula(Precision precision) {
        Fields fields = Fields.automatic();
        double a = round(precision, 1.0 / 3);
        for (int n = 1; n <= 40; n++) {
            Grid grid = Grid.of(Axis.cells(0, 1, n));
            Field x = Samples.random(FieldType.SCALAR, grid, precision, n);
            Field y = Samples.random(FieldType.SCALAR, grid, precision, n + 100);
            Field z = Samples.random(FieldType.SCALAR, grid, precision, n + 200);
            Field out = fields.copy(y);
            Arithmetic.addScaled(1.0 / 3, x, out);
            check(out, x, y, z, (p, q, r) -> fma(precision, a, p, q));
            Arithmetic.combine(1.0 / 3, x, y, out);
            check(out, x, y, z, (p, q, r) -> fma(precision, a, p, q));
            Arithmetic.scale(1.0 / 3, x, out);
            check(out, x, y, z, (p, q, r) -> round(precision, a * p));
            Arithmetic.multiply(x, y, out);
            check(out, x, y, z, (p, q, r) -> round(precision, p * q));
            Arithmetic.divide(x, y, out);
            check(out, x, y, z, (p, q, r) -> round(precision, p / q));
            out = fields.copy(z);
            Arithmetic.addProduct(x, y, out);
            check(out, x, y, z, (p, q, r) -> fma(precision, p, q, r));
        }
    }

    @Test
    void resultsMayReplaceTheirOperands() {
        Grid grid = Grid.of(Axis.cells(0, 1, 37), Axis.cells(0, 1, 3));
        Field x = Samples.random(new Space(grid, FieldType.VECTOR), 1);
        Field y = Samples.random(new Space(grid, FieldType.VECTOR), 2);
        Fields fields = Fields.automatic();
        Field inX = fields.copy(x);
        Arithmetic.combine(2, inX, y, inX);
        check(inX, x, y, y, (p, q, r) -> Math.fma(2.0, p, q));
        Field inY = fields.copy(y);
        Arithmetic.combine(2, x, inY, inY);
        check(inY, x, y, y, (p, q, r) -> Math.fma(2.0, p, q));
        Field scaled = fields.copy(x);
        Arithmetic.scale(-3, scaled, scaled);
        check(scaled, x, y, y, (p, q, r) -> -3 * p);
        Field product = fields.copy(x);
        Arithmetic.multiply(product, y, product);
        check(product, x, y, y, (p, q, r) -> p * q);
        Field square = fields.copy(x);
        Arithmetic.multiply(square, square, square);
        check(square, x, y, y, (p, q, r) -> p * p);
        Field quotient = fields.copy(y);
        Arithmetic.divide(x, quotient, quotient);
        check(quotient, x, y, y, (p, q, r) -> p / q);
    }

    private static void assertAllRefuse(Field x, Field y, Class<? extends Exception> type, String... parts) {
        Field good = Fields.automatic().like(x);
        List<ThrowingCallable> calls = List.of(
                () -> Arithmetic.addScaled(1, x, y),
                () -> Arithmetic.scale(1, x, y),
                () -> Arithmetic.combine(1, x, y, good),
                () -> Arithmetic.multiply(x, y, good),
                () -> Arithmetic.divide(x, y, good),
                () -> Arithmetic.addProduct(x, y, good),
                () -> Arithmetic.dot(x, y));
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call).isInstanceOf(type).hasMessageStartingWith("y ").hasMessageContainingAll(parts);
        }
        List<ThrowingCallable> results = List.of(
                () -> Arithmetic.combine(1, x, good, y),
                () -> Arithmetic.multiply(x, good, y),
                () -> Arithmetic.divide(x, good, y),
                () -> Arithmetic.addProduct(x, good, y));
        for (ThrowingCallable call : results) {
            assertThatThrownBy(call).isInstanceOf(type).hasMessageStartingWith("z ").hasMessageContainingAll(parts);
        }
    }

    @Test
    void fieldsThatDoNotMatchAreRefused() {
        Grid grid = Grid.of(Axis.cells(0, 1, 5), Axis.cells(0, 1, 4));
        Fields fields = Fields.automatic();
        Field x = fields.scalar(grid);
        assertAllRefuse(x, fields.scalar(Grid.of(Axis.cells(0, 1, 5), Axis.cells(0, 1, 3))),
                IllegalArgumentException.class, "lives on another grid:\n", "3 nodes", "\nit had to be\n", "4 nodes");
        assertAllRefuse(x, fields.vector(grid), IllegalArgumentException.class,
                "has 2 components; it had to have 1");
        assertAllRefuse(x, fields.precision(Precision.FLOAT).scalar(grid), IllegalArgumentException.class,
                "has precision FLOAT; it had to be DOUBLE");
        Fields arena = Fields.confined();
        Field closed = arena.scalar(grid);
        arena.close();
        assertAllRefuse(x, closed, IllegalStateException.class,
                "lies in an arena that has been closed; it had to be open");
        assertThatThrownBy(() -> Arithmetic.sum(closed)).isInstanceOf(IllegalStateException.class)
                .hasMessage("x lies in an arena that has been closed; it had to be open");
        assertThatThrownBy(() -> Arithmetic.dot(closed, x)).isInstanceOf(IllegalStateException.class)
                .hasMessage("x lies in an arena that has been closed; it had to be open");
    }
}
