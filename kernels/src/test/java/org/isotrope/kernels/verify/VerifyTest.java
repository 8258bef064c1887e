package org.isotrope.kernels.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Location;
import org.isotrope.grids.StaggeredType;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.staggered.StaggeredGrid;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The laws hold for sound operators, and each catches the operator that is broken in its way. */
class VerifyTest {
    private static final Grid RING = Grid.of(Axis.periodic(0, 1, 8), Axis.periodic(0, 1, 8));
    private static final Grid BOX = Grid.of(Axis.uniform(0, 1, 8), Axis.uniform(0, 1, 8));

    @Test
    void soundOperatorsObeyEveryLaw() {
        for (LinearOperator operator : sound()) {
            Verify laws = Verify.that(operator).seed(5);
            for (Report report : new Report[] {
                laws.linear(), laws.adjoint(), laws.gradient(), laws.translationEquivariant(),
                laws.rotationEquivariant(), laws.deterministic()
            }) {
                report.orThrow();
                assertThat(report.toString()).contains("holds");
            }
        }
        Verify.that(Operators.laplacian(BOX)).rotationEquivariant().orThrow();
    }

    @Test
    @Tag("alone")
    void soundOperatorsAllocateNothing() {
        for (LinearOperator operator : sound()) {
            assertThat(Verify.that(operator).allocationFree().orThrow().toString()).contains("holds");
        }
    }

    private static List<LinearOperator> sound() {
        return List.of(
                Operators.laplacian(RING),
                Differential.on(RING).isotropic().gradient(),
                Operators.radial(RING, Radial.gauss(2).within(0.3), FieldType.VECTOR),
                Operators.curl(RING).then(Operators.curlOfPseudoscalar(RING, Boundaries.all(Boundary.zero()))));
    }

    @Test
    void ordersAreObserved() {
        Report second = Verify.order(2, 16, VerifyTest::laplacian, (x, v) -> v[0] = wave(x),
                (x, v) -> v[0] = -8 * Math.PI * Math.PI * wave(x));
        assertThat(second.orThrow().where()).contains("observed order 1.99");
        Report fourth = Verify.order(4, 16, VerifyTest::laplacian, (x, v) -> v[0] = wave(x),
                (x, v) -> v[0] = -8 * Math.PI * Math.PI * wave(x));
        assertThat(fourth.holds()).isFalse();
        // a forgotten volume factor: the operator does not converge at all
        Report halved = Verify.order(2, 16, n -> laplacian(n).times(0.5), (x, v) -> v[0] = wave(x),
                (x, v) -> v[0] = -8 * Math.PI * Math.PI * wave(x));
        assertThatThrownBy(halved::orThrow).isInstanceOf(AssertionError.class).hasMessageContaining("BROKEN");
    }

    @Test
    void ordersShowOnOneGrid() {
        Grid uneven = Grid.of(Axis.nodes(0, 0.1, 0.35, 0.4, 0.62, 0.8, 1.1, 1.3), Axis.cells(0, 1, 9));
        Grid sheared = Grid.of(new double[][] {{1, 0.3}, {0, 0.9}}, Axis.periodic(0, 1, 12), Axis.uniform(0, 1, 10));
        for (Grid grid : new Grid[] {RING, BOX, uneven, sheared}) {
            for (int accuracy = 2; accuracy <= (grid == RING ? 6 : 4); accuracy += 2) {
                Differential derivatives = Differential.on(grid).accuracy(accuracy);
                for (LinearOperator operator : new LinearOperator[] {
                    derivatives.laplacian(), derivatives.gradient(), derivatives.curl(), derivatives.divergence()
                }) {
                    Verify.that(operator).order(accuracy).orThrow();
                    assertThat(Verify.that(operator).order(accuracy + 2).holds()).as(operator::explain).isFalse();
                }
            }
        }
        Verify.that(Operators.identity(BOX, FieldType.VECTOR)).order(8).orThrow();
        StaggeredGrid places = StaggeredGrid.on(Grid.of(uneven.axis(0), Axis.uniform(0, 1, 9)));
        Report halves = Verify.that(places.gradient(new StaggeredType(FieldType.SCALAR, Location.NODE))).order(2);
        assertThat(halves.orThrow().where()).contains("observed order 2.0").contains("derivative of order 1");
    }

    @Test
    void lostOrdersAreCaught() {
        Stencil forward = Stencil.builder(2, 1, 1).tap(0, 0, 8, 1, 0).tap(0, 0, -8, 0, 0).build();
        LinearOperator lopsided = Operators.stencil(forward, RING, FieldType.SCALAR, FieldType.SCALAR,
                Boundaries.all(Boundary.zero()));
        assertThat(Verify.that(lopsided).order(2).where()).contains("observed order 1.0");
        assertThat(Verify.that(lopsided).order(2).holds()).as("off by half a spacing").isFalse();
        Verify.that(lopsided).order(1).orThrow();
        for (Boundary careless : new Boundary[] {Boundary.zero(), Boundary.mirror(), Boundary.extrapolate(1)}) {
            Boundaries oneSide = Boundaries.all(Boundary.extrapolate(2)).with(1, Boundaries.Side.HIGH, careless);
            Report report = Verify.that(Operators.gradient(BOX, oneSide)).order(2);
            assertThat(report.holds()).as(careless.toString()).isFalse();
            assertThat(report.where()).contains(", 7]");
        }
        LinearOperator broken = changed(Operators.laplacian(BOX), (in, out) -> out.setFlat(20, Double.NaN));
        assertThat(Verify.that(broken).order(2).holds()).isFalse();
        assertThatThrownBy(() -> Verify.that(Operators.laplacian(BOX).times(0)).order(2))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> Verify.that(broken).order(0)).hasMessageContaining("order is 0");
    }

    private static double wave(double[] x) {
        return Math.sin(2 * Math.PI * x[0]) * Math.cos(2 * Math.PI * x[1]);
    }

    private static LinearOperator laplacian(int n) {
        return Operators.laplacian(Grid.of(Axis.periodic(0, 1, n), Axis.periodic(0, 1, n)));
    }

    /** A copy of an operator whose action is changed afterwards, with the adjoint left as it was. */
    private static LinearOperator changed(LinearOperator sound, LinearOperator.Action change) {
        return LinearOperator.of(sound.domain(), sound.range(), (in, out) -> {
            sound.apply(in, out);
            change.apply(in, out);
        }, sound.adjoint()::apply);
    }

    @Test
    void nonlinearityOfOneInAMillionIsCaught() {
        LinearOperator broken = changed(Operators.laplacian(RING), (in, out) -> {
            Field square = Fields.automatic().like(in);
            Arithmetic.multiply(in, in, square);
            Arithmetic.addScaled(1e-6, square, out);
        });
        assertThat(Verify.that(broken).linear().holds()).isFalse();
        LinearOperator offset = changed(Operators.laplacian(RING), (in, out) ->
                out.setFlat(0, out.getFlat(0) + 1e-9));
        assertThat(Verify.that(offset).linear().holds()).as("an affine map").isFalse();
    }

    @Test
    void anisotropyIsCaught() {
        Stencil.Builder stencil = Stencil.builder(2, 1, 1).tap(0, 0, -4, 0, 0).tap(0, 0, 1.001, 1, 0)
                .tap(0, 0, 1.001, -1, 0).tap(0, 0, 0.999, 0, 1).tap(0, 0, 0.999, 0, -1);
        LinearOperator broken = Operators.stencil(stencil.build(), RING, FieldType.SCALAR, FieldType.SCALAR,
                Boundaries.all(Boundary.zero()));
        assertThat(Verify.that(broken).rotationEquivariant().holds()).isFalse();
        assertThat(Verify.that(broken).translationEquivariant().holds()).isTrue();
    }

    @Test
    void offByOneIsCaught() {
        Stencil shifted = Stencil.builder(2, 1, 1).tap(0, 0, 1, 1, 0).tap(0, 0, 1, 0, 1).tap(0, 0, -3, 0, 0)
                .tap(0, 0, 1, 0, -1).build();
        LinearOperator broken = Operators.stencil(shifted, RING, FieldType.SCALAR, FieldType.SCALAR,
                Boundaries.all(Boundary.zero()));
        assertThat(Verify.that(broken).rotationEquivariant().holds()).isFalse();
        LinearOperator misplaced = changed(Operators.laplacian(RING), (in, out) -> out.setFlat(9, out.getFlat(10)));
        assertThat(Verify.that(misplaced).translationEquivariant().holds()).isFalse();
        assertThat(Verify.that(misplaced).adjoint().holds()).isFalse();
        assertThat(Verify.that(misplaced).gradient().holds()).isFalse();
    }

    @Test
    void wrongSignAtOneBoundaryIsCaught() {
        Boundaries oneSide = Boundaries.all(Boundary.extrapolate(2))
                .with(0, Boundaries.Side.HIGH, Boundary.extrapolate(0));
        assertThat(Verify.that(Operators.gradient(BOX, oneSide)).rotationEquivariant().holds()).isFalse();
        LinearOperator flipped = changed(Operators.gradient(BOX), (in, out) -> out.setFlat(3, -out.getFlat(3)));
        assertThat(Verify.that(flipped).adjoint().holds()).isFalse();
    }

    @Test
    void swappedComponentsAreCaught() {
        LinearOperator broken = changed(Operators.gradient(RING), (in, out) -> {
            Field x = Fields.automatic().copy(out.component(0));
            out.component(0).copyFrom(out.component(1));
            out.component(1).copyFrom(x);
        });
        assertThat(Verify.that(broken).rotationEquivariant().holds()).isFalse();
        assertThat(Verify.that(broken).adjoint().holds()).isFalse();
    }

    @Test
    void missingFactorInTheAdjointIsCaught() {
        LinearOperator sound = Operators.radial(RING, Radial.gaussian(2, 0.1).within(0.3));
        LinearOperator broken = LinearOperator.of(sound.domain(), sound.range(), sound::apply,
                (in, out) -> sound.adjoint().times(64).apply(in, out));
        assertThat(Verify.that(broken).adjoint().holds()).isFalse();
        assertThat(Verify.that(broken).gradient().holds()).isFalse();
    }

    @Test
    void notANumberIsCaught() {
        LinearOperator broken = changed(Operators.laplacian(RING), (in, out) -> out.setFlat(5, Double.NaN));
        assertThat(Verify.that(broken).linear().holds()).isFalse();
        assertThat(Verify.that(broken).adjoint().holds()).isFalse();
    }

    @Test
    void chanceAndAllocationAreCaught() {
        int[] calls = new int[1];
        LinearOperator drifting = changed(Operators.laplacian(RING), (in, out) -> out.setFlat(0, ++calls[0]));
        assertThat(Verify.that(drifting).deterministic().holds()).isFalse();
        double[][] kept = new double[1][];
        LinearOperator wasteful = changed(Operators.laplacian(RING), (in, out) -> kept[0] = new double[10]);
        // it would wait for the compiler in vain
        assertThat(Verify.that(wasteful).allocationFree(200_000_000).error()).isGreaterThanOrEqualTo(80);
    }

    @Test
    void lawsThatDoNotApplySaySo() {
        assertThatThrownBy(() -> Verify.that(Operators.laplacian(BOX)).translationEquivariant())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no uniform periodic axis");
        Grid lopsided = Grid.of(Axis.nodes(0, 1, 3));
        LinearOperator identity = LinearOperator.of(new org.isotrope.kernels.Space(lopsided, FieldType.SCALAR),
                new org.isotrope.kernels.Space(lopsided, FieldType.SCALAR), (in, out) -> out.copyFrom(in),
                (in, out) -> out.copyFrom(in));
        assertThatThrownBy(() -> Verify.that(identity).rotationEquivariant()).hasMessageContaining("no symmetry");
        assertThatThrownBy(() -> Verify.that(identity).tolerance(0)).hasMessageContaining("tolerance is 0.0");
    }
}
