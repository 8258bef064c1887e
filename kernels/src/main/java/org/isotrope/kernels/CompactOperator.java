package org.isotrope.kernels;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.difference.AxisDifferences;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.CompactScheme;
import org.isotrope.kernels.difference.Tridiagonal;

/**
 * A compact derivative {@code L⁻¹ R} along an axis, or its transpose {@code Rᵀ L⁻ᵀ}: line by line, in {@code double},
 * rounded once.
 */
final class CompactOperator extends PlannedOperator {
    private final CompactScheme scheme;
    private final int a;
    private final boolean transposed;
    private final Tridiagonal left;
    private final BandedMatrix right;
    private final int length;
    /** Nodes between neighbours of a line. */
    private final long stride;

    CompactOperator(CompactScheme scheme, Space space, int a) {
        this(scheme, space, a, false);
    }

    private CompactOperator(CompactScheme scheme, Space space, int a, boolean transposed) {
        super(space, space);
        this.scheme = scheme;
        this.a = a;
        this.transposed = transposed;
        Axis axis = space.grid().axis(a);
        this.length = axis.size();
        if (length == 1 && !axis.isPeriodic()) {
            this.left = Tridiagonal.of(new double[1], new double[] {1}, new double[1]);
            this.right = AxisDifferences.of(axis, 1, 1);
        } else {
            CompactScheme.Derivative derivative = scheme.on(axis);
            this.left = transposed ? derivative.transposedLeft() : derivative.left();
            this.right = transposed ? derivative.right().transpose() : derivative.right();
        }
        this.stride = space.grid().stride(a);
    }

    @Override
    public LinearOperator adjoint() {
        return new CompactOperator(scheme, domain(), a, !transposed);
    }

    @Override
    public Plan plan(Precision precision, Execution execution) {
        return new Lines(this, precision);
    }

    private static final class Lines implements Plan {
        private final CompactOperator operator;
        private final Precision precision;
        private final AtomicReferenceArray<double[][]> free;

        Lines(CompactOperator operator, Precision precision) {
            this.operator = operator;
            this.precision = precision;
            this.free = new AtomicReferenceArray<>(Runtime.getRuntime().availableProcessors());
        }

        @Override
        public void apply(Field in, Field out) {
            Fits.requirePrecision(precision, in);
            Fits.require(operator.domain(), operator.range(), in, out);
            double[][] lines = take();
            double[] values = lines[0];
            double[] images = lines[1];
            long stride = operator.stride;
            long block = stride * operator.length;
            for (long outer = 0; outer < in.count(); outer += block) {
                for (long first = outer; first < outer + stride; first++) {
                    for (int i = 0; i < operator.length; i++) {
                        values[i] = in.getFlat(first + i * stride);
                    }
                    if (operator.transposed) {
                        operator.left.solve(values, values);
                        operator.right.apply(values, images);
                    } else {
                        operator.right.apply(values, images);
                        operator.left.solve(images, images);
                    }
                    for (int i = 0; i < operator.length; i++) {
                        out.setFlat(first + i * stride, images[i]);
                    }
                }
            }
            give(lines);
        }

        private double[][] take() {
            for (int i = 0; i < free.length(); i++) {
                double[][] lines = free.getAndSet(i, null);
                if (lines != null) {
                    return lines;
                }
            }
            return new double[2][operator.length];
        }

        private void give(double[][] lines) {
            for (int i = 0; i < free.length(); i++) {
                if (free.compareAndSet(i, null, lines)) {
                    return;
                }
            }
        }

        @Override
        public Precision precision() {
            return precision;
        }

        @Override
        public String explain() {
            return "lines one after the other, " + precision + " by double, 1 thread";
        }
    }

    @Override
    public String explain() {
        return scheme + " along axis " + a + (transposed ? ", transposed" : "") + "\nfloat: "
                + standardPlan(Precision.FLOAT).explain() + "\ndouble: " + standardPlan(Precision.DOUBLE).explain();
    }
}
