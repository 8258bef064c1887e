package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.isotrope.grids.FieldType.SCALAR;

import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.radial.Radial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When two stencils become one, and that it is the same operator. */
class CompositionTest {
    private static final Grid TORUS = Grid.of(Axis.periodic(0, 1, 40), Axis.periodic(0, 1, 48));
    private static final Grid BOX = Grid.of(Axis.cells(0, 1, 40), Axis.cells(0, 1, 48));
    private static final Boundaries MIRROR = Boundaries.all(Boundary.symmetric());
    private static final Boundaries ZERO = Boundaries.all(Boundary.zero());

    private static String explain(LinearOperator operator) {
        return operator.plan(Precision.DOUBLE, Execution.serial()).explain();
    }

    /** Against one operator after the other, each by a plan of its own. */
    private static void assertSame(LinearOperator first, LinearOperator second) {
        Field in = Samples.random(first.domain(), 3);
        Field expected = second.apply(first.apply(in));
        Field found = first.then(second).apply(in);
        assertThat(Samples.distance(found, expected)).isLessThan(1e-12 * Samples.largest(expected));
    }

    private static void assertMerged(LinearOperator first, LinearOperator second) {
        assertThat(explain(first.then(second))).startsWith("merged (").contains("ns a node, composed ");
        assertSame(first, second);
    }

    private static void assertComposed(String why, LinearOperator first, LinearOperator second) {
        assertThat(explain(first.then(second))).startsWith("composed" + why).contains(", then ");
        assertSame(first, second);
    }

    @Test
    void narrowStencilsMergeOnPeriodicAxes() {
        LinearOperator gradient = Operators.gradient(TORUS);
        LinearOperator divergence = Operators.divergence(TORUS);
        assertMerged(gradient, divergence);
        assertMerged(divergence.adjoint(), gradient.adjoint());
        assertMerged(gradient, gradient.adjoint());
        assertMerged(Operators.derivative(TORUS, 0, ZERO), Operators.derivative(TORUS, 1, ZERO));
        assertThat(explain(gradient.then(divergence))).contains("5 taps");
    }

    @Test
    void wideStencilsStayComposed() {
        LinearOperator smooth = Operators.radial(TORUS, Radial.gaussian(2, 0.06).within(0.1));
        assertComposed(" (merged ", smooth, smooth);
        LinearOperator wide = Operators.radial(TORUS, Radial.gaussian(2, 0.06).within(0.2));
        assertComposed(", as size or walls leave no one stencil: ", wide, wide);
        LinearOperator fine = Differential.on(TORUS).accuracy(8).laplacian();
        assertComposed(" (merged ", fine, fine);
    }

    @Test
    void wallsAreMergedOnlyWhereTheStencilIsTheSame() {
        String walls = ", as size or walls leave no one stencil: ";
        LinearOperator x = Operators.derivative(BOX, 0, ZERO);
        LinearOperator y = Operators.derivative(BOX, 1, MIRROR);
        // each has the walls of its own axis
        assertMerged(x, y);
        assertMerged(y.adjoint(), x.adjoint());
        assertComposed(walls, x, x);
        assertComposed(walls, Operators.gradient(BOX, MIRROR), Operators.divergence(BOX, MIRROR));
        // an even stencil leaves mirror images mirror images
        assertComposed(" (merged ", Operators.laplacian(BOX, MIRROR), Operators.laplacian(BOX, MIRROR));
        Grid line = Grid.of(Axis.cells(0, 1, 60));
        assertMerged(Operators.laplacian(line, MIRROR), Operators.laplacian(line, MIRROR));
        assertComposed(walls, Operators.laplacian(line, ZERO), Operators.laplacian(line, ZERO));
        assertMerged(Operators.derivative(BOX, 1, ZERO), Operators.identity(BOX, SCALAR).times(3));
        assertMerged(Operators.identity(BOX, SCALAR).times(3), Operators.derivative(BOX, 1, ZERO).adjoint());
    }

    @Test
    void pointwiseStencilsMergeWhicheverIsTransposed() {
        LinearOperator twice = Operators.identity(BOX, SCALAR).times(2);
        LinearOperator thrice = Operators.identity(BOX, SCALAR).times(3);
        for (LinearOperator first : List.of(twice, twice.adjoint())) {
            for (LinearOperator second : List.of(thrice, thrice.adjoint())) {
                assertMerged(first, second);
            }
        }
        LinearOperator y = Operators.derivative(BOX, 1, ZERO);
        for (LinearOperator still : List.of(twice, twice.adjoint())) {
            for (LinearOperator reading : List.of(y, y.adjoint())) {
                assertMerged(still, reading);
                assertMerged(reading, still);
            }
        }
    }

    @Test
    void mixedWallsAndPeriodicAxes() {
        Grid channel = Grid.of(Axis.periodic(0, 1, 16), Axis.cells(0, 1, 20), Axis.cells(0, 1, 24));
        LinearOperator along = Operators.derivative(channel, 0, ZERO);
        LinearOperator across = Operators.derivative(channel, 1, Boundaries.all(Boundary.extrapolate(2)));
        assertMerged(along, along);
        assertMerged(along, across);
        assertMerged(across, along.adjoint());
        assertComposed(", as size or walls leave no one stencil: ", across, across.adjoint());
    }

    /** By the rates of 64-byte vectors 18 taps gain a tenth here; with 32 bytes they take half as long again as composed. */
    @Test
    void whatLosesOnSomeMachinesStaysComposedOnAll() {
        Grid large = Grid.of(Axis.periodic(0, 1, 1024), Axis.periodic(0, 1, 1024));
        assertThat(explain(Operators.laplacian(large).then(Operators.gradient(large)))).startsWith("composed (merged ");
        assertThat(explain(Operators.gradient(large).then(Operators.divergence(large)))).startsWith("merged (");
    }

    @Test
    void onlyTheAutomaticChoiceMerges() {
        LinearOperator both = Operators.gradient(TORUS).then(Operators.divergence(TORUS));
        assertThat(both.plan(Precision.FLOAT, Execution.serial().with(Algorithm.SWEEPS)).explain())
                .startsWith("composed, as the algorithm is given: flat sweeps");
        assertThat(both.plan(Precision.FLOAT, Execution.scalarReference()).explain())
                .startsWith("merged (").contains("scalar reference of flat sweeps");
        LinearOperator square = Operators.laplacian(TORUS).power(2);
        assertThat(square.plan(Precision.FLOAT, Execution.serial()).explain()).startsWith("2 steps");
    }

    @Test
    void threeOperatorsMergeAsFarAsTheyDo() {
        LinearOperator smooth = Operators.radial(TORUS, Radial.gaussian(2, 0.06).within(0.18));
        LinearOperator all = Operators.gradient(TORUS).then(Operators.divergence(TORUS).then(smooth));
        assertThat(explain(all)).startsWith("composed (merged ").contains(": merged (", "5 taps", ", then ");
        Field in = Samples.random(all.domain(), 3);
        Field expected = smooth.apply(Operators.divergence(TORUS).apply(Operators.gradient(TORUS).apply(in)));
        assertThat(Samples.distance(all.apply(in), expected)).isLessThan(1e-12 * Samples.largest(expected));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void mergedPlansHaveTheBitsOfTheirReference(Precision precision) {
        for (LinearOperator both : List.of(
                Operators.gradient(TORUS).then(Operators.divergence(TORUS)),
                Operators.derivative(BOX, 0, ZERO).then(Operators.derivative(BOX, 1, MIRROR)))) {
            Field in = Samples.random(SCALAR, both.domain().grid(), precision, 5);
            Field found = Samples.poisoned(both.range(), precision);
            Field expected = Samples.poisoned(both.range(), precision);
            both.plan(precision, Execution.threads(2)).apply(in, found);
            both.plan(precision, Execution.scalarReference()).apply(in, expected);
            assertThat(Samples.bits(found)).isEqualTo(Samples.bits(expected));
        }
    }

    @Test
    void adjointsOfMergedCompositionsAreTransposed() {
        LinearOperator both = Operators.derivative(BOX, 0, ZERO).then(Operators.derivative(BOX, 1, MIRROR));
        Field x = Samples.random(both.domain(), 1);
        Field y = Samples.random(both.range(), 2);
        double forth = Samples.dot(both.apply(x), y);
        assertThat(Samples.dot(x, both.adjoint().apply(y))).isCloseTo(forth,
                within(1e-10 * Math.abs(forth)));
    }
}
