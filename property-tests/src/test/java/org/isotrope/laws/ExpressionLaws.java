package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Plan;
import org.isotrope.laws.Generators.Kind;
import org.isotrope.laws.Generators.Walled;

/** Expressions in the algebra mean what they say, on grids of every kind, however they are computed. */
@Domain(Generators.class)
@Domain(DomainContext.Global.class)
class ExpressionLaws {
    /** From here on squares, or powers on the way, may overflow in floats, and what is infinite has no error. */
    private static final double LARGEST = 1e30;

    @Property(seed = "2108")
    void expressionsMeanWhatTheySay(
            @ForAll Walled walled, @ForAll Kind kind, @ForAll long form, @ForAll long seed) {
        assumeThat(kind).isNotEqualTo(Kind.NOT_A_NUMBER);
        Expression expression = Expression.random(walled, form);
        Field x = Generators.field(kind, FieldType.SCALAR, walled.grid(), Precision.DOUBLE, seed);
        Field found = expression.operator().apply(x);
        double error = Samples.norm(Samples.difference(found, expression.byHand(x)));
        assertThat(error).as(expression.toString()).isLessThanOrEqualTo(1e-12 * expression.bound() * Samples.norm(x));
    }

    @Property(seed = "2108")
    void expressionsHaveTheirAdjointsAndGradients(
            @ForAll Walled walled, @ForAll long form, @ForAll long seed) {
        Expression expression = Expression.random(walled, form);
        LinearOperator a = expression.operator();
        Field x = Samples.random(a.domain(), Precision.DOUBLE, seed);
        Field y = Samples.random(a.range(), Precision.DOUBLE, seed + 1);
        double size = expression.bound() * Samples.norm(x) * Samples.norm(y);
        assertThat(Math.abs(Arithmetic.dot(a.apply(x), y) - Arithmetic.dot(x, a.adjoint().apply(y))))
                .as(expression.toString())
                .isLessThanOrEqualTo(1e-12 * size);
        // ½|Ax|² is quadratic, for which central differences with any step are exact
        Field gradient = a.adjoint().apply(a.apply(x));
        Field high = Fields.automatic().like(x);
        Field low = Fields.automatic().like(x);
        Arithmetic.combine(0.5, y, x, high);
        Arithmetic.combine(-0.5, y, x, low);
        double difference = (Math.pow(Samples.norm(a.apply(high)), 2) - Math.pow(Samples.norm(a.apply(low)), 2)) / 2;
        double scale = expression.bound() * (Samples.norm(x) + Samples.norm(y));
        assertThat(Math.abs(difference - Arithmetic.dot(gradient, y))).as(expression.toString())
                .isLessThanOrEqualTo(1e-12 * scale * scale);
    }

    private static void requireSame(Field found, Field expected, String what) {
        for (long i = 0; i < found.count(); i++) {
            // a NaN has many bit patterns
            if (Double.doubleToLongBits(found.getFlat(i)) != Double.doubleToLongBits(expected.getFlat(i))) {
                assertThat(found.getFlat(i)).as("%s, value %d", what, i).isEqualTo(expected.getFlat(i));
            }
        }
    }

    @Property(seed = "2108")
    void executionsAgreeToTheBitAndAlgorithmsToRounding(
            @ForAll Walled walled, @ForAll Kind kind, @ForAll Precision precision,
            @ForAll long form, @ForAll long seed) {
        Expression expression = Expression.random(walled, form);
        LinearOperator a = expression.operator();
        Field x = Generators.field(kind, FieldType.SCALAR, walled.grid(), precision, seed);
        Field expected = Fields.automatic().like(x);
        a.plan(precision, Execution.scalarReference()).apply(x, expected);
        Field found = Fields.automatic().like(x);
        for (Execution execution :
                new Execution[] {Execution.serial(), Execution.threads(3), Execution.standard()}) {
            a.plan(precision, execution).apply(x, found.fill(42));
            requireSame(found, expected, expression + " with " + execution);
        }
        double size = Math.max(1, expression.bound()) * Samples.norm(x);
        for (Algorithm algorithm : Algorithm.values()) {
            Plan plan;
            try {
                plan = a.plan(precision, Execution.threads(2).with(algorithm));
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("had to");
                continue;
            }
            plan.apply(x, found.fill(42));
            if (kind != Kind.NOT_A_NUMBER && size < LARGEST) {
                assertThat(Samples.norm(Samples.difference(found, expected))).as(expression + " by " + algorithm)
                        .isLessThanOrEqualTo(1000 * precision.unitRoundoff() * size);
            }
        }
    }
}
