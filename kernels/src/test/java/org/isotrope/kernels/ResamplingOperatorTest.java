package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Interpolation;
import org.isotrope.grids.OutOfDomain;
import org.isotrope.grids.PointMap;
import org.isotrope.grids.Resampling;
import org.isotrope.grids.Stretching;
import org.isotrope.kernels.tensor.IrrepsType;
import org.isotrope.kernels.tensor.TensorType;
import org.isotrope.kernels.verify.Verify;
import org.junit.jupiter.api.Test;

/** Resampling and rotation as operators, and of fields of every kind of type. */
class ResamplingOperatorTest {
    private static final double[][] TURN = {{0.36, 0.48, -0.8}, {-0.8, 0.6, 0}, {0.48, 0.64, 0.6}};

    private static LinearOperator operator(Resampling resampling, FieldType type) {
        return LinearOperator.of(new Space(resampling.from(), type), new Space(resampling.to(), type),
                resampling::apply, resampling::transpose);
    }

    @Test
    void theLawsHold() {
        Grid fine = Grid.of(Axis.cells(-1, 1, 7), Axis.periodic(0, 1, 6), Axis.cells(-1, 1, 4));
        Grid coarse = Grid.of(Stretching.tanh(1).cells(-1, 1, 4), Axis.periodic(0.1, 1.1, 4), Axis.cells(-1, 1, 3));
        Interpolation spline = Interpolation.spline(fine, 2);
        Axis side = Axis.cells(0, 1, 4);
        Grid cube = Grid.of(side, side, side);
        for (Resampling resampling : List.of(
                Resampling.conservative(fine, coarse),
                Resampling.interpolating(spline, coarse),
                Resampling.rotating(spline.outside(OutOfDomain.IGNORE), TURN),
                Resampling.rotating(Interpolation.multilinear(cube), new double[][] {{0, 0, 1}, {0, 1, 0}, {-1, 0, 0}}))) {
            for (FieldType type : List.of(FieldType.SCALAR, FieldType.VECTOR, TensorType.TRACELESS,
                    IrrepsType.of("0e + 1o + 2e"))) {
                Verify laws = Verify.that(operator(resampling, type));
                laws.linear().orThrow();
                laws.adjoint().orThrow();
                laws.deterministic().orThrow();
            }
        }
    }

    /** The outer product of a vector field with itself turns as its factor does: {@code D(R) (v ⊗ v) = Rv ⊗ Rv}. */
    @Test
    void tensorsTurnWithTheirFactors() {
        Axis axis = Axis.uniform(-1, 1, 7);
        Grid grid = Grid.of(axis, axis, axis);
        Interpolation nearest = Interpolation.spline(grid, 0).outside(OutOfDomain.CLAMP);
        Resampling turn = Resampling.rotating(nearest, TURN);
        PointMap arrow = (x, v) -> {
            v[0] = 1 + x[0];
            v[1] = x[1] * x[2];
            v[2] = -x[0] + 0.5;
        };
        PointMap square = (x, t) -> {
            double[] v = new double[3];
            arrow.at(x, v);
            for (int i = 0; i < 9; i++) {
                t[i] = v[i / 3] * v[i % 3];
            }
        };
        Field v = turn.apply(Fields.automatic().vector(grid, arrow));
        Field tensor = turn.apply(Fields.automatic().of(TensorType.GENERAL, grid).fill(square));
        long n = grid.size();
        for (long node = 0; node < n; node++) {
            for (int i = 0; i < 9; i++) {
                assertThat(tensor.getFlat(i * n + node))
                        .isCloseTo(v.getFlat(i / 3 * n + node) * v.getFlat(i % 3 * n + node), within(1e-13));
            }
        }
    }
}
