package org.isotrope.experiments;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.DoubleBinaryOperator;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.fourier.RealFourierTransform;

/**
 * {@code û(k) ↦ m(k) û(k)} on a periodic plane, for real symbols with {@code m(−k) = m(k)}: operators that are their
 * own adjoint.
 */
final class FourierMultiplier {
    private final RealFourierTransform transform;
    private final double[] symbol;
    private final MemorySegment re;
    private final MemorySegment im;

    private FourierMultiplier(Grid grid, DoubleBinaryOperator of) {
        this.transform = RealFourierTransform.of(grid.shape(), Precision.DOUBLE);
        int[] shape = transform.spectrumShape();
        this.symbol = new double[shape[0] * shape[1]];
        for (int i = 0; i < shape[0]; i++) {
            for (int j = 0; j < shape[1]; j++) {
                symbol[i * shape[1] + j] = of.applyAsDouble(
                        wavenumber(grid, 0, i <= shape[0] / 2 ? i : i - shape[0]), wavenumber(grid, 1, j));
            }
        }
        Arena arena = Arena.ofAuto();
        this.re = arena.allocate(ValueLayout.JAVA_DOUBLE, symbol.length);
        this.im = arena.allocate(ValueLayout.JAVA_DOUBLE, symbol.length);
    }

    private static double wavenumber(Grid grid, int axis, int n) {
        return 2 * Math.PI * n / grid.axis(axis).period();
    }

    /**
     * The operator of a symbol. Not safe for concurrent use.
     *
     * @param grid periodic plane
     * @param symbol m at the angular wavenumbers along x and y
     * @return scalar → scalar, for {@code double}
     */
    static LinearOperator of(Grid grid, DoubleBinaryOperator symbol) {
        FourierMultiplier multiplier = new FourierMultiplier(grid, symbol);
        Space space = new Space(grid, FieldType.SCALAR);
        LinearOperator.Action action = (in, out) -> multiplier.apply(in.segment(), out.segment());
        return LinearOperator.of(space, space, action, action);
    }

    private void apply(MemorySegment in, MemorySegment out) {
        transform.forward(in, re, im);
        for (int i = 0; i < symbol.length; i++) {
            re.setAtIndex(ValueLayout.JAVA_DOUBLE, i, symbol[i] * re.getAtIndex(ValueLayout.JAVA_DOUBLE, i));
            im.setAtIndex(ValueLayout.JAVA_DOUBLE, i, symbol[i] * im.getAtIndex(ValueLayout.JAVA_DOUBLE, i));
        }
        transform.inverse(re, im, out);
    }
}
