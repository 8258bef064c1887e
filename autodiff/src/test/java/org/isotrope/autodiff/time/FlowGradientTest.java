package org.isotrope.autodiff.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.isotrope.autodiff.DirectionalDerivatives;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.FunctionCheck;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.spectral.HelmholtzDecomposition;
import org.isotrope.kernels.stencil.Stencil;
import org.isotrope.kernels.time.Tableau;
import org.junit.jupiter.api.Test;

/** The gradient through twenty steps of {@code ∂u/∂t = P(−(u·∇)u + ν Δu)}, plane incompressible flow on 16 × 16 nodes. */
class FlowGradientTest {
    private static final int N = 16;
    private static final int STEPS = 20;
    private static final Grid GRID = Grid.of(Axis.periodic(0, 1, N), Axis.periodic(0, 1, N));
    private static final Space SPACE = new Space(GRID, FieldType.VECTOR);
    private static final LinearOperator PROJECTION = HelmholtzDecomposition.discrete(GRID).leray();

    private static LinearOperator stencil(Stencil.Builder taps) {
        return Operators.stencil(taps.build(), GRID, FieldType.VECTOR, FieldType.VECTOR,
                Boundaries.all(Boundary.zero()));
    }

    /** One component in the place of both. */
    private static LinearOperator both(int c) {
        return stencil(Stencil.builder(2, 2, 2).tap(0, c, 1, 0, 0).tap(1, c, 1, 0, 0));
    }

    private static LinearOperator slope(int axis) {
        Stencil.Builder taps = Stencil.builder(2, 2, 2);
        for (int c = 0; c < 2; c++) {
            taps.tap(c, c, N / 2.0, 1 - axis, axis).tap(c, c, -N / 2.0, axis - 1, -axis);
        }
        return stencil(taps);
    }

    private static TapedSystem system() {
        LinearOperator spread = Operators.laplacian(GRID, FieldType.VECTOR, Boundaries.all(Boundary.zero()))
                .times(1e-3);
        return new TapedSystem(SPACE, Precision.DOUBLE, (tape, time, u) -> {
            FieldVariable carried = tape.add(
                    tape.multiply(tape.apply(both(0), u), tape.apply(slope(0), u)),
                    tape.multiply(tape.apply(both(1), u), tape.apply(slope(1), u)));
            return tape.apply(PROJECTION, tape.subtract(tape.apply(spread, u), carried));
        });
    }

    private static Field random(long seed) {
        return DirectionalDerivatives.random(Fields.automatic().vector(GRID), new Random(seed));
    }

    private static Trajectory run(Field initial) {
        return Trajectory.fixed(
                system(), Tableau.rk4(), initial, new double[] {0, 0.2}, STEPS, Checkpoints.slots(4));
    }

    private static double mismatch(Trajectory run, Field target, Field difference) {
        Arithmetic.combine(-1, target, run.frame(1), difference);
        return 0.5 * Arithmetic.dot(difference, difference);
    }

    @Test
    void gradientsAreThoseOfCentralDifferences() {
        FunctionCheck.operator(PROJECTION);
        Field initial = PROJECTION.apply(random(1));
        Field target = PROJECTION.apply(random(2));
        Field difference = Fields.automatic().like(initial);
        Trajectory run = run(initial);
        mismatch(run, target, difference);
        // it flows: what carries the fluid is of the size of the change
        assertThat(Arithmetic.dot(run.frame(1), initial)).isLessThan(0.9 * Arithmetic.dot(initial, initial));
        Field gradient = run.backward(Arrays.asList(null, Fields.automatic().copy(difference))).initial();
        double[] errors = new double[20];
        double step = 1e-5;
        for (int k = 0; k < errors.length; k++) {
            Field direction = random(100 + k);
            Field moved = Fields.automatic().like(initial);
            Arithmetic.combine(step, direction, initial, moved);
            double above = mismatch(run(moved), target, difference);
            Arithmetic.combine(-step, direction, initial, moved);
            double below = mismatch(run(moved), target, difference);
            double expected = (above - below) / (2 * step);
            errors[k] = Math.abs(Arithmetic.dot(gradient, direction) - expected) / Math.abs(expected);
        }
        Arrays.sort(errors);
        assertThat((errors[9] + errors[10]) / 2).as(Arrays.toString(errors)).isLessThanOrEqualTo(1e-7);
    }

    @Test
    void forwardAndReverseModeAreTransposed() {
        Field initial = PROJECTION.apply(random(1));
        Trajectory run = run(initial);
        for (int k = 0; k < 3; k++) {
            Field direction = random(10 + k);
            Field adjoint = random(20 + k);
            List<Field> tangents = run.tangent(direction);
            Field gradient = run.backward(Arrays.asList(null, adjoint)).initial();
            double forward = Arithmetic.dot(tangents.get(1), adjoint);
            double reverse = Arithmetic.dot(direction, gradient);
            double size = Math.sqrt(Arithmetic.dot(gradient, gradient) * Arithmetic.dot(direction, direction));
            assertThat(Math.abs(forward - reverse)).isLessThanOrEqualTo(1e-12 * size);
        }
    }
}
