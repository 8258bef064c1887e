package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.grids.Symmetry;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.SparseMatrix;
import org.isotrope.laws.FactoryRegistryTest.Law;

/** The laws of linear operators, for whatever the factories of the libraries make on grids of every kind. */
@Domain(AnyOperator.Domain.class)
@Domain(DomainContext.Global.class)
class RegistryLaws {
    private static final double ROUNDING = 1e-10;

    /** How large images of fields of this size get: their own images may cancel to nothing. */
    private static double size(LinearOperator a, Field x) {
        Field image = a.apply(Samples.random(a.domain(), Precision.DOUBLE, 77));
        Field back = a.adjoint().apply(image);
        double gain = Samples.norm(image) == 0 ? 0 : Samples.norm(back) / Samples.norm(image);
        double each = Samples.norm(x) / Math.sqrt(x.count());
        return Math.max(Samples.norm(image) * each, gain * Samples.norm(x));
    }

    private static void requireSmall(Field error, double size, AnyOperator any) {
        assertThat(Samples.norm(error)).as(any.toString()).isLessThanOrEqualTo(ROUNDING * size);
    }

    @Property(seed = "2108")
    void imagesOfSumsAreSumsOfImages(@ForAll AnyOperator any, @ForAll long seed) {
        LinearOperator a = any.operator();
        Field x = Samples.random(a.domain(), Precision.DOUBLE, seed);
        Field y = Samples.random(a.domain(), Precision.DOUBLE, seed + 1);
        Field sum = Fields.automatic().like(x);
        Arithmetic.combine(-1.75, x, y, sum);
        Field expected = a.apply(y);
        Arithmetic.addScaled(-1.75, a.apply(x), expected);
        requireSmall(Samples.difference(a.apply(sum), expected), size(a, x) + size(a, y), any);
    }

    @Property(seed = "2108")
    void adjointsAreTransposes(@ForAll AnyOperator any, @ForAll long seed) {
        LinearOperator a = any.operator();
        Field x = Samples.random(a.domain(), Precision.DOUBLE, seed);
        Field y = Samples.random(a.range(), Precision.DOUBLE, seed + 1);
        double error = Arithmetic.dot(a.apply(x), y) - Arithmetic.dot(x, a.adjoint().apply(y));
        assertThat(Math.abs(error)).as(any.toString()).isLessThanOrEqualTo(ROUNDING * size(a, x) * Samples.norm(y));
        requireSmall(Samples.difference(a.adjoint().adjoint().apply(x), a.apply(x)), size(a, x), any);
    }

    /** ½|Ax|² is quadratic, for which central differences with any step are exact. */
    @Property(seed = "2108")
    void gradientsAreThoseOfDifferences(@ForAll AnyOperator any, @ForAll long seed) {
        LinearOperator a = any.operator();
        Field x = Samples.random(a.domain(), Precision.DOUBLE, seed);
        Field direction = Samples.random(a.domain(), Precision.DOUBLE, seed + 1);
        Field above = Fields.automatic().like(x);
        Field below = Fields.automatic().like(x);
        Arithmetic.combine(0.5, direction, x, above);
        Arithmetic.combine(-0.5, direction, x, below);
        Field high = a.apply(above);
        Field low = a.apply(below);
        double difference = (Arithmetic.dot(high, high) - Arithmetic.dot(low, low)) / 2;
        double slope = Arithmetic.dot(a.adjoint().apply(a.apply(x)), direction);
        double size = size(a, x) + size(a, direction);
        assertThat(Math.abs(difference - slope)).as(any.toString()).isLessThanOrEqualTo(ROUNDING * size * size);
    }

    @Property(seed = "2108")
    void everyExecutionWritesTheSameBitsEverywhere(@ForAll AnyOperator any, @ForAll long seed) {
        Random random = new Random(seed);
        LinearOperator a = any.operator();
        Precision precision = Precision.values()[random.nextInt(2)];
        Field x = Samples.random(a.domain(), precision, random.nextLong());
        Field before = Fields.automatic().copy(x);
        Field expected = Fields.automatic().precision(precision).of(a.range().type(), a.range().grid());
        a.plan(precision, Execution.serial()).apply(x, expected.fill(Double.NaN));
        for (long i = 0; i < expected.count(); i++) {
            assertThat(expected.getFlat(i)).as(any::toString).isNotNaN();
        }
        Field found = Fields.automatic().like(expected);
        for (Execution execution : new Execution[] {
            Execution.serial(), Execution.threads(2), Execution.threads(5), Execution.standard(), Execution.scalarReference()
        }) {
            a.plan(precision, execution).apply(x, found.fill(42));
            assertThat(found.segment().mismatch(expected.segment())).as(execution + " of " + any).isEqualTo(-1);
        }
        assertThat(x.segment().mismatch(before.segment())).as("the input is left alone").isEqualTo(-1);
    }

    @Property(seed = "2108")
    void shiftsOfPeriodicAxesCommute(@ForAll AnyOperator any, @ForAll long seed) {
        Random random = new Random(seed);
        LinearOperator a = any.operator();
        Grid grid = a.domain().grid();
        if (!grid.equals(a.range().grid()) || !FactoryRegistryTest.isUnder(Law.TRANSLATION, any.factory())) {
            return;
        }
        int[] shift = new int[grid.dimension()];
        for (int d = 0; d < shift.length; d++) {
            Axis axis = grid.axis(d);
            shift[d] = axis.isPeriodic() && axis.isUniform() ? random.nextInt(axis.size()) : 0;
        }
        Field x = Samples.random(a.domain(), Precision.DOUBLE, random.nextLong());
        requireSmall(Samples.difference(a.apply(shifted(x, shift)), shifted(a.apply(x), shift)), size(a, x), any);
    }

    private static Field shifted(Field field, int[] shift) {
        Field shifted = Fields.automatic().like(field);
        Grid grid = field.grid();
        for (long i = 0; i < grid.size(); i++) {
            int[] index = grid.index(i);
            for (int a = 0; a < index.length; a++) {
                index[a] = (index[a] + shift[a]) % grid.axis(a).size();
            }
            for (int c = 0; c < field.components(); c++) {
                shifted.setFlat(c * grid.size() + grid.flat(index), field.getFlat(c * grid.size() + i));
            }
        }
        return shifted;
    }

    @Property(seed = "2108")
    void symmetriesOfTheGridCommute(@ForAll AnyOperator any, @ForAll long seed) {
        Random random = new Random(seed);
        LinearOperator a = any.operator();
        List<Symmetry> symmetries = a.domain().grid().symmetries();
        if (!a.domain().grid().equals(a.range().grid()) || !FactoryRegistryTest.isUnder(Law.ROTATION, any.factory())) {
            return;
        }
        Symmetry symmetry = symmetries.get(random.nextInt(symmetries.size()));
        Field x = Samples.random(a.domain(), Precision.DOUBLE, random.nextLong());
        Field moved = Fields.automatic().like(x);
        symmetry.apply(x, moved);
        Field image = a.apply(x);
        Field expected = Fields.automatic().like(image);
        symmetry.apply(image, expected);
        assertThat(Samples.norm(Samples.difference(a.apply(moved), expected))).as(symmetry + " of " + any)
                .isLessThanOrEqualTo(ROUNDING * size(a, x));
    }

    @Property(seed = "2108")
    void theAlgebraIsThatOfMaps(@ForAll AnyOperator any, @ForAll AnyOperator other, @ForAll long seed) {
        LinearOperator a = any.operator();
        Field x = Samples.random(a.domain(), Precision.DOUBLE, seed);
        Field image = a.apply(x);
        double size = size(a, x);
        Field expected = Fields.automatic().like(image);
        Arithmetic.scale(-2.5, image, expected);
        requireSmall(Samples.difference(a.times(-2.5).apply(x), expected), size, any);
        requireSmall(Samples.difference(a.times(-3.5).plus(a).apply(x), expected), 5 * size, any);
        requireSmall(Samples.difference(a.minus(a.times(3.5)).apply(x), expected), 5 * size, any);
        requireSmall(Samples.difference(a.then(a.adjoint()).apply(x), a.adjoint().apply(image)),
                size(a.adjoint(), image) + size, any);
        LinearOperator b = other.operator();
        if (a.range().equals(b.domain())) {
            requireSmall(Samples.difference(a.then(b).apply(x), b.apply(image)), size(b, image), other);
        } else {
            assertThatThrownBy(() -> a.then(b)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("had to");
        }
        if (a.domain().equals(b.domain()) && a.range().equals(b.range())) {
            Field sum = b.apply(x);
            Arithmetic.addScaled(1, image, sum);
            requireSmall(Samples.difference(a.plus(b).apply(x), sum), size + size(b, x), other);
        } else {
            assertThatThrownBy(() -> a.plus(b)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("had to");
        }
    }

    @Property(seed = "2108")
    void whatDoesNotFitIsRefusedBeforeAnythingIsWritten(@ForAll AnyOperator any) {
        LinearOperator a = any.operator();
        Field x = Samples.random(a.domain(), Precision.DOUBLE, 3);
        Field out = Samples.random(a.range(), Precision.DOUBLE, 4);
        Field before = Fields.automatic().copy(out);
        Field floats = Fields.automatic().precision(Precision.FLOAT).of(a.domain().type(), a.domain().grid());
        assertThatThrownBy(() -> a.apply(floats, out)).isInstanceOf(IllegalArgumentException.class);
        Axis[] others = a.domain().grid().axes().stream()
                .map(axis -> axis.size() == 1 ? Axis.singleton(7) : Axis.uniform(0, 7, axis.size())).toArray(Axis[]::new);
        Field elsewhere = Fields.automatic().of(a.domain().type(), Grid.of(others));
        assertThatThrownBy(() -> a.apply(elsewhere, out)).isInstanceOf(IllegalArgumentException.class);
        if (a.domain().equals(a.range())) {
            assertThatThrownBy(() -> a.apply(out, out)).isInstanceOf(IllegalArgumentException.class);
        }
        Field closed;
        try (Fields fields = Fields.confined()) {
            closed = fields.of(a.domain().type(), a.domain().grid());
        }
        assertThatThrownBy(() -> a.apply(closed, out)).isInstanceOf(IllegalStateException.class);
        assertThat(out.segment().mismatch(before.segment())).as(any.toString()).isEqualTo(-1);
        a.apply(x, out);
        assertThat(Samples.norm(Samples.difference(a.apply(x), out))).isZero();
    }

    @Property(seed = "2108")
    void matricesOfOperatorsMultiplyLikeThem(@ForAll AnyOperator any, @ForAll long seed) {
        LinearOperator a = any.operator();
        SparseMatrix matrix = SparseMatrix.of(a);
        Field x = Samples.random(a.domain(), Precision.DOUBLE, seed);
        Field found = Fields.automatic().of(a.range().type(), a.range().grid());
        double[] product = new double[(int) found.count()];
        matrix.multiply(x.toArray(), product);
        for (int i = 0; i < product.length; i++) {
            found.setFlat(i, product[i]);
        }
        requireSmall(Samples.difference(found, a.apply(x)), size(a, x), any);
    }
}
