package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.laws.Samples.Sample;

@Domain(Samples.class)
@Domain(DomainContext.Global.class)
class OperatorLaws {
    /** Weights may be large and cancel: errors count against what they are applied to. */
    private static double scale(LinearOperator operator, Field x) {
        Field magnitudes = Fields.automatic().like(x).fill(Samples.norm(x));
        return Samples.norm(operator.apply(magnitudes)) + Samples.norm(operator.apply(x));
    }

    @Property(seed = "2108")
    void linear(@ForAll Sample sample, @ForAll Precision precision, @ForAll long seed) {
        LinearOperator a = sample.operator();
        Field x = Samples.random(a.domain(), precision, seed);
        Field y = Samples.random(a.domain(), precision, seed + 1);
        Field sum = Fields.automatic().copy(y);
        Arithmetic.addScaled(2.5, x, sum);
        Field expected = a.apply(y);
        Arithmetic.addScaled(2.5, a.apply(x), expected);
        double size = scale(a, x) + scale(a, y);
        assertThat(Samples.norm(Samples.difference(a.apply(sum), expected)))
                .isLessThanOrEqualTo(50 * precision.unitRoundoff() * size);
    }

    @Property(seed = "2108")
    void powersOfTwoCommuteToTheBit(@ForAll Sample sample, @ForAll Precision precision, @ForAll long seed) {
        LinearOperator a = sample.operator();
        Field x = Samples.random(a.domain(), precision, seed);
        Field scaled = Fields.automatic().like(x);
        Arithmetic.scale(0x1p-7, x, scaled);
        Field expected = a.apply(x);
        Arithmetic.scale(0x1p-7, expected, expected);
        assertThat(a.apply(scaled).segment().mismatch(expected.segment())).isEqualTo(-1);
    }

    @Property(seed = "2108")
    void adjointIsTheTranspose(@ForAll Sample sample, @ForAll long seed) {
        LinearOperator a = sample.operator();
        Field x = Samples.random(a.domain(), Precision.DOUBLE, seed);
        Field y = Samples.random(a.range(), Precision.DOUBLE, seed + 1);
        double forward = Arithmetic.dot(a.apply(x), y);
        double backward = Arithmetic.dot(x, a.adjoint().apply(y));
        double size = Samples.norm(a.apply(x)) * Samples.norm(y);
        assertThat(Math.abs(forward - backward)).isLessThanOrEqualTo(1e-12 * size);
    }

    @Property(seed = "2108")
    void adjointOfTheAdjointIsTheOperator(@ForAll Sample sample, @ForAll Precision precision, @ForAll long seed) {
        LinearOperator a = sample.operator();
        Field x = Samples.random(a.domain(), precision, seed);
        assertThat(a.adjoint().adjoint().apply(x).segment().mismatch(a.apply(x).segment())).isEqualTo(-1);
    }

    @Property(seed = "2108")
    void everyExecutionGivesTheSameBits(@ForAll Sample sample, @ForAll Precision precision, @ForAll long seed) {
        LinearOperator a = sample.operator();
        Field x = Samples.random(a.domain(), precision, seed);
        Field expected = Fields.automatic().precision(precision).of(a.range().type(), a.range().grid());
        Field found = Fields.automatic().like(expected);
        a.plan(precision, Execution.scalarReference()).apply(x, expected);
        for (Execution execution :
                new Execution[] {Execution.serial(), Execution.threads(2), Execution.standard()}) {
            found.fill(Double.NaN);
            a.plan(precision, execution).apply(x, found);
            assertThat(found.segment().mismatch(expected.segment())).isEqualTo(-1);
        }
    }

    @Property(seed = "2108")
    void theAlgebraIsThatOfLinearMaps(@ForAll Sample sample, @ForAll long seed) {
        LinearOperator a = sample.operator();
        Field x = Samples.random(a.domain(), Precision.DOUBLE, seed);
        double size = scale(a, x);
        Field twice = a.apply(x);
        Arithmetic.scale(2, twice, twice);
        assertThat(Samples.norm(Samples.difference(a.plus(a).apply(x), twice))).isLessThanOrEqualTo(1e-13 * size);
        assertThat(Samples.norm(Samples.difference(a.times(2).apply(x), twice))).isLessThanOrEqualTo(1e-13 * size);
        assertThat(Samples.norm(a.minus(a).apply(x))).isLessThanOrEqualTo(1e-13 * size);
        Field normal = a.then(a.adjoint()).apply(x);
        assertThat(Arithmetic.dot(x, normal)).isGreaterThanOrEqualTo(-1e-12 * size * size);
    }
}
