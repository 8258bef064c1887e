package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.isotrope.grids.FieldType.SCALAR;
import static org.isotrope.grids.FieldType.VECTOR;

import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlgebraTest {
    private static final Grid GRID = Grid.of(Axis.uniform(0, 1, 8), Axis.uniform(0, 2, 21));
    private static final Boundaries EDGE = Boundaries.all(Boundary.symmetric());

    private final LinearOperator laplacian = Operators.laplacian(GRID, EDGE);
    private final LinearOperator gradient = Operators.gradient(GRID, EDGE);
    private final LinearOperator divergence = Operators.divergence(GRID, EDGE);
    private final LinearOperator smooth = Operators.radial(GRID, Radial.gaussian(2, 0.1).within(0.3));
    private final Field f = Samples.random(new Space(GRID, SCALAR), 61);

    /** {@code a x + b y} in {@code double}, one number after the other. */
    private static Field combined(double a, Field x, double b, Field y) {
        Field sum = Fields.automatic().like(x);
        for (long i = 0; i < x.count(); i++) {
            sum.setFlat(i, a * x.getFlat(i) + b * y.getFlat(i));
        }
        return sum;
    }

    private static void assertClose(Field actual, Field expected) {
        assertThat(Samples.distance(actual, expected)).isLessThan(1e-13 * Samples.largest(expected));
    }

    @Test
    void sumsDifferencesAndMultiplesActByTheirDefinition() {
        // alike (merged into one stencil), under other boundaries, and of other kinds
        for (LinearOperator other : List.of(Operators.derivative(GRID, 1, EDGE), Operators.laplacian(GRID),
                gradient.then(divergence), smooth, laplacian.adjoint(), laplacian.plus(smooth))) {
            Field a = laplacian.apply(f);
            Field b = other.apply(f);
            assertClose(laplacian.plus(other).apply(f), combined(1, a, 1, b));
            assertClose(laplacian.minus(other).apply(f), combined(1, a, -1, b));
            assertClose(other.minus(laplacian).apply(f), combined(-1, a, 1, b));
            assertClose(other.times(-0.7).apply(f), combined(-0.7, b, 0, b));
            assertClose(other.times(3).plus(laplacian.times(2)).apply(f), combined(2, a, 3, b));
            assertClose(other.plus(laplacian).minus(other.times(0.5)).times(2).apply(f), combined(2, a, 1, b));
        }
    }

    @Test
    void sumsOfStencilsUnderTheSameBoundariesAreOneStencil() {
        LinearOperator sum = laplacian.plus(Operators.derivative(GRID, 0, EDGE).times(-0.5));
        assertThat(sum.explain()).startsWith("(Δ + -0.5 ∂x): scalar → scalar").contains("\ntaps: 5\n");
        assertThat(sum.explain()).doesNotContain("linear combination");
        Stencil merged = Stencil.builder(2, 1, 1)
                .tap(0, 0, 49, 1, 0).tap(0, 0, 49, -1, 0).tap(0, 0, 100, 0, 1).tap(0, 0, 100, 0, -1)
                .tap(0, 0, -298, 0, 0).tap(0, 0, -1.75, 1, 0).tap(0, 0, 1.75, -1, 0)
                .build();
        assertClose(sum.apply(f), Operators.stencil(merged, GRID, SCALAR, SCALAR, EDGE).apply(f));
        LinearOperator withKernel =
                laplacian.plus(Operators.radial(GRID, Radial.gaussian(2, 0.1).within(0.2), SCALAR, SCALAR, EDGE));
        assertThat(withKernel.explain()).doesNotContain("linear combination").contains("(Δ + gaussian");
    }

    @Test
    void sumsMergeAlongAxesWhereOneMeetsNoWall() {
        Boundaries zero = Boundaries.all(Boundary.zero());
        LinearOperator x = Operators.derivative(GRID, 0, EDGE);
        LinearOperator y = Operators.derivative(GRID, 1, zero);
        assertThat(x.plus(y).explain()).startsWith("(∂x + ∂y): scalar → scalar");
        assertClose(x.plus(y).apply(f), combined(1, x.apply(f), 1, y.apply(f)));
        assertThat(x.plus(Operators.derivative(GRID, 0, zero)).explain()).startsWith("linear combination");
        assertThat(x.plus(y.adjoint()).explain()).startsWith("linear combination");
        Grid torus = Grid.of(Axis.periodic(0, 1, 8), Axis.periodic(0, 2, 21));
        LinearOperator forth = Operators.derivative(torus, 0, EDGE);
        LinearOperator back = Operators.derivative(torus, 0, zero).adjoint();
        assertThat(forth.plus(back.times(2)).explain()).startsWith("(∂x + 2.0 ∂xᵀ): scalar → scalar");
        Field g = Samples.random(forth.domain(), 4);
        assertClose(forth.plus(back.times(2)).apply(g), combined(-1, forth.apply(g), 0, g));
        // also into a term of a sum that is no stencil
        assertThat(x.plus(laplacian.adjoint()).plus(y).explain())
                .startsWith("linear combination of\n  1.0 times\n    (∂x + ∂y)");
    }

    @Test
    void otherSumsSayWhatTheyAreMadeOf() {
        assertThat(laplacian.plus(smooth).explain())
                .startsWith("linear combination of\n  1.0 times\n    Δ: scalar → scalar")
                .contains("\n  1.0 times\n    radial kernel gaussian");
        assertThat(laplacian.minus(smooth).times(2).explain()).contains("2.0 times", "-2.0 times");
        assertThat(gradient.then(divergence).explain()).startsWith("composition of\n  ∇: scalar → vector")
                .contains("then\n  ∇·: vector → scalar");
        assertThat(laplacian.plus(smooth).plan(Precision.FLOAT, Execution.serial()).explain())
                .startsWith("sum of 2 operators, one after the other: flat sweeps (").contains("; flat sweeps (");
        assertThat(gradient.then(divergence).plan(Precision.FLOAT, Execution.serial()).explain())
                .matches("composed, as size or walls leave no one stencil: flat sweeps \\(.*\\), FLOAT, 4 taps, 1 thread, "
                        + "tiles of 8 x 21.*, then flat sweeps \\(.*\\), FLOAT, 4 taps, 1 thread, tiles of 8 x 21");
        assertThat(laplacian.plan(Precision.DOUBLE, Execution.scalarReference()).explain())
                .matches("scalar reference of flat sweeps \\(.*\\), DOUBLE, 5 taps, 1 thread, untiled");
    }

    @Test
    void namesOfAdjointsKeepTheirMark() {
        assertThat(gradient.adjoint().explain()).startsWith("∇ᵀ: vector → scalar")
                .contains("of the operator transposed here");
        assertThat(gradient.adjoint().adjoint().explain()).startsWith("∇: scalar → vector");
        assertThat(gradient.adjoint().times(2).explain()).startsWith("2.0 ∇ᵀ: vector → scalar");
        assertThat(gradient.times(2).adjoint().explain()).startsWith("2.0 ∇ᵀ: vector → scalar");
        assertThat(gradient.adjoint().times(2).adjoint().explain()).startsWith("2.0 ∇: scalar → vector");
        LinearOperator sum = laplacian.adjoint().plus(Operators.derivative(GRID, 0, EDGE).adjoint());
        assertThat(sum.explain()).startsWith("(Δ + ∂x)ᵀ: scalar → scalar");
        assertThat(sum.adjoint().explain()).startsWith("(Δ + ∂x): scalar → scalar");
    }

    @Test
    void compositionsActOneAfterTheOther() {
        assertThat(Samples.bits(gradient.then(divergence).apply(f)))
                .isEqualTo(Samples.bits(divergence.apply(gradient.apply(f))));
        assertThat(Samples.bits(smooth.then(gradient).then(divergence).apply(f)))
                .isEqualTo(Samples.bits(smooth.then(gradient.then(divergence)).apply(f)));
    }

    @Test
    void adjointsReverseCompositionsAndKeepSums() {
        Field y = Samples.random(new Space(GRID, SCALAR), 62);
        assertClose(gradient.then(divergence).adjoint().apply(y),
                divergence.adjoint().then(gradient.adjoint()).apply(y));
        assertClose(laplacian.minus(smooth).adjoint().apply(y),
                laplacian.adjoint().minus(smooth.adjoint()).apply(y));
    }

    @Test
    void theAdjointOfAnAdjointIsTheOperatorToTheBit() {
        for (Registry.Entry entry : Registry.operators(GRID, EDGE)) {
            LinearOperator operator = entry.operator();
            Field in = Samples.random(operator.domain(), 63);
            assertThat(Samples.bits(operator.adjoint().adjoint().apply(in))).as(entry.toString())
                    .isEqualTo(Samples.bits(operator.apply(in)));
        }
    }

    @Test
    void aCallersOwnOperatorRunsItsActions() {
        Space space = new Space(GRID, SCALAR);
        LinearOperator twice = LinearOperator.of(space, space, (in, out) -> Arithmetic.scale(2, in, out),
                (in, out) -> Arithmetic.scale(2, in, out));
        assertClose(twice.apply(f), combined(2, f, 0, f));
        assertClose(twice.then(laplacian).plus(laplacian).apply(f), combined(3, laplacian.apply(f), 0, f));
        assertThat(twice.explain()).isEqualTo("operator given by its action, from scalar to scalar");
        Plan plan = twice.plan(Precision.DOUBLE, Execution.serial());
        assertThat(plan.explain()).isEqualTo("applied as given");
        assertThat(plan.precision()).isEqualTo(Precision.DOUBLE);
        Field out = Samples.poisoned(space, Precision.DOUBLE);
        plan.apply(f, out);
        assertClose(out, combined(2, f, 0, f));
    }

    @Test
    void plansKnowTheirPrecision() {
        for (LinearOperator operator : List.of(laplacian, gradient.then(divergence), laplacian.plus(smooth), smooth)) {
            for (Precision precision : Precision.values()) {
                assertThat(operator.plan(precision, Execution.standard()).precision()).isEqualTo(precision);
            }
        }
    }

    @Test
    void resultsOfApplyHaveThePrecisionOfTheInput() {
        Field single = Fields.automatic().precision(Precision.FLOAT).scalar(GRID).copyFrom(f);
        assertThat(gradient.apply(single).precision()).isEqualTo(Precision.FLOAT);
        assertThat(gradient.apply(f).precision()).isEqualTo(Precision.DOUBLE);
        assertThat(gradient.apply(f).type()).isEqualTo(VECTOR);
    }

    @Test
    void mismatchedOperatorsAreRefused() {
        Grid other = Grid.of(Axis.uniform(0, 1, 8), Axis.uniform(0, 2, 22));
        assertThatThrownBy(() -> laplacian.plus(gradient)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("other maps to vector fields on\naxis 0:")
                .hasMessageContaining("\nit had to map to scalar fields on\naxis 0:");
        assertThatThrownBy(() -> laplacian.minus(divergence)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("other maps from vector fields on")
                .hasMessageContaining("it had to map from scalar fields on");
        assertThatThrownBy(() -> laplacian.plus(Operators.laplacian(other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("other maps from scalar fields on")
                .hasMessageContaining("22 nodes");
        assertThatThrownBy(() -> gradient.then(laplacian)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("next takes scalar fields on")
                .hasMessageContaining("it had to take vector fields on");
        assertThatThrownBy(() -> laplacian.then(Operators.gradient(other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("next takes scalar fields on")
                .hasMessageContaining("22 nodes");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void badFactorsAreRefused(double factor) {
        for (LinearOperator operator : List.of(laplacian, smooth, laplacian.plus(smooth), laplacian.adjoint())) {
            assertThatThrownBy(() -> operator.times(factor)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("factor is " + factor + "; it had to be finite");
        }
    }

    @Test
    void factorsThatOverflowTogetherAreRefused() {
        for (LinearOperator operator : List.of(laplacian, laplacian.plus(smooth))) {
            LinearOperator large = operator.times(1e200);
            assertThatThrownBy(() -> large.times(1e200)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Infinity; it had to be finite");
        }
    }

    @Test
    void factorsOfAdjointsThatOverflowTogetherAreRefused() {
        for (LinearOperator operator : List.of(laplacian.adjoint(), laplacian.plus(smooth).adjoint())) {
            LinearOperator large = operator.times(-1e200);
            assertThatThrownBy(() -> large.times(1e200)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Infinity; it had to be finite");
        }
    }
}
