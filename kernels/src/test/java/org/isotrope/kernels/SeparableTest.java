package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.isotrope.grids.FieldType.SCALAR;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.radial.RadialFunction;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of separable kernels, and the error that they state. */
class SeparableTest {
    private static final Grid PLANE = Grid.of(Axis.periodic(0, 1, 90), Axis.cells(0, 1, 100));
    private static final Grid SPACE =
            Grid.of(Axis.cells(0, 1, 30), Axis.periodic(0, 1, 31), Axis.uniform(0, 1, 33));
    private static final Boundaries CLOSED = Boundaries.all(Boundary.symmetric());

    /** A Gaussian in a box rather than a ball: one product of Gaussians along the axes. */
    private static LinearOperator gaussian(Grid grid, int radius) {
        Stencil.Builder box = Stencil.builder(grid.dimension(), 1, 1);
        int side = 2 * radius + 1;
        for (int k = 0; k < Math.pow(side, grid.dimension()); k++) {
            int[] offset = new int[grid.dimension()];
            double squares = 0;
            for (int a = 0, rest = k; a < offset.length; a++, rest /= side) {
                offset[a] = rest % side - radius;
                squares += offset[a] * offset[a];
            }
            box.tap(0, 0, Math.exp(-squares / 8), offset);
        }
        return Operators.stencil(box.build(), grid, SCALAR, SCALAR, CLOSED);
    }

    @Test
    void gaussiansAreOneProductAndChosenAsSuch() {
        for (Grid grid : new Grid[] {PLANE, SPACE}) {
            LinearOperator operator = gaussian(grid, 6);
            Plan plan = operator.plan(Precision.DOUBLE, Execution.serial().allowing(1e-12));
            assertThat(plan.explain()).contains("separable sum", "1 product along the axes");
            Field f = Samples.random(operator.domain(), 6);
            Field expected = Samples.poisoned(operator.range(), Precision.DOUBLE);
            operator.plan(Precision.DOUBLE, Execution.serial().with(Algorithm.SWEEPS)).apply(f, expected);
            Field out = Samples.poisoned(operator.range(), Precision.DOUBLE);
            plan.apply(f, out);
            assertThat(Samples.distance(out, expected)).isLessThan(1e-13 * Samples.largest(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-4, 1e-5, 1e-6})
    void errorsAreWithinWhatWasAllowedAndStated(double allowed) {
        RadialFunction bump = Radial.of("(1 − r²)⁶", r -> Math.pow(1 - Math.min(1, r * r / 0.0225), 6)).within(0.15);
        RadialOperator operator = RadialOperator.of(PLANE, bump, SCALAR, SCALAR, CLOSED);
        double mass = Arrays.stream(weights(operator)).map(Math::abs).sum();
        Field exact = Samples.poisoned(operator.range(), Precision.DOUBLE);
        Field out = Samples.poisoned(operator.range(), Precision.DOUBLE);
        Plan plan = operator.plan(Precision.DOUBLE, Execution.serial().allowing(allowed).with(Algorithm.SEPARABLE));
        Matcher stated = Pattern.compile("relative error ([-+.e0-9]+)").matcher(plan.explain());
        assertThat(stated.find()).as(plan.explain()).isTrue();
        double bound = Double.parseDouble(stated.group(1)) * 1.06 + 1e-15;
        assertThat(bound).isLessThan(1.06 * allowed + 1e-15);
        Plan sweeps = operator.plan(Precision.DOUBLE, Execution.serial().with(Algorithm.SWEEPS));
        double worst = 0;
        for (int seed = 0; seed < 5; seed++) {
            Field f = Samples.random(operator.domain(), seed);
            sweeps.apply(f, exact);
            plan.apply(f, out);
            worst = Math.max(worst, Samples.distance(out, exact) / mass);
        }
        assertThat(worst).isLessThan(bound);
        // fewer products would have made more of an error: the sum does approximate
        assertThat(worst).isGreaterThan(0);
    }

    /** The image of a point is the kernel. */
    private static double[] weights(LinearOperator operator) {
        Field point = Samples.random(operator.domain(), 0).fill(0);
        point.set(1, 0, 45, 50);
        Field image = operator.apply(point);
        double[] weights = new double[(int) image.count()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = image.getFlat(i);
        }
        return weights;
    }

    @Test
    void exactPlansNeverTakeAnApproximation() {
        LinearOperator operator = gaussian(PLANE, 7);
        assertThat(operator.plan(Precision.FLOAT, Execution.serial()).explain()).doesNotContain("separable");
    }

    @Test
    void refusesErrorsThatAreNoneAndKernelsThatAreNoSum() {
        assertThatThrownBy(() -> Execution.serial().allowing(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("relativeError is 0.0; it had to be above 0 and below 1");
        assertThatThrownBy(() -> Execution.serial().allowing(-1e-6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Execution.serial().allowing(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        LinearOperator disc = Operators.radial(PLANE, Radial.of("1/r", r -> 1 / r).withCentre(0).within(0.3));
        assertThatThrownBy(() -> disc.plan(Precision.FLOAT, Execution.serial().with(Algorithm.SEPARABLE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("algorithm is SEPARABLE; it had to be another");
    }
}
