package org.isotrope.kernels.spectral;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.isotrope.grids.Field;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.fourier.RealFourierTransform;

/**
 * Multiplication of the spectrum of a field, padded by zeros where axes are not periodic: one forward transform, one
 * product, one inverse transform, and the nodes of the grid are what is kept.
 */
final class FourierMultiplier extends TransformOperator {
    private final String name;
    private final Multipliers multipliers;
    private final boolean transposed;

    FourierMultiplier(String name, Space domain, Space range, Multipliers multipliers) {
        this(name, domain, range, multipliers, false);
    }

    private FourierMultiplier(String name, Space domain, Space range, Multipliers multipliers, boolean transposed) {
        super(domain, range);
        this.name = name;
        this.multipliers = multipliers;
        this.transposed = transposed;
    }

    @Override
    public FourierMultiplier adjoint() {
        return new FourierMultiplier(name, range(), domain(), multipliers, !transposed);
    }

    @Override
    Steps steps(Precision precision) {
        return new Product(this, precision);
    }

    private static final class Work {
        final MemorySegment values;
        final MemorySegment result;
        final MemorySegment re;
        final MemorySegment im;
        final MemorySegment productRe;
        final MemorySegment productIm;

        Work(Product plan) {
            Arena arena = Arena.ofAuto();
            // the margin of the values stays zero for ever
            values = arena.allocate(plan.padding ? plan.inputs * plan.paddedBytes : 1, 64);
            result = arena.allocate(plan.padding ? plan.outputs * plan.paddedBytes : 1, 64);
            re = arena.allocate(plan.inputs * plan.spectrumBytes, 64);
            im = arena.allocate(plan.inputs * plan.spectrumBytes, 64);
            boolean inPlace = plan.inputs == 1 && plan.outputs == 1 && !plan.imaginary;
            productRe = inPlace ? re : arena.allocate(plan.outputs * plan.spectrumBytes, 64);
            productIm = inPlace ? im : arena.allocate(plan.outputs * plan.spectrumBytes, 64);
        }
    }

    private static final class Product implements Steps {
        private final FourierMultiplier operator;
        private final Precision precision;
        private final int inputs;
        private final int outputs;
        private final boolean imaginary;
        private final boolean padding;
        private final int[] shape;
        private final int[] padded;
        private final long paddedBytes;
        private final long spectrumBytes;
        private final MemorySegment[] tables;
        private final RealFourierTransform forward;
        private final RealFourierTransform inverse;
        private final Pool<Work> pool;

        Product(FourierMultiplier operator, Precision precision) {
            this.operator = operator;
            this.precision = precision;
            Multipliers multipliers = operator.multipliers;
            inputs = operator.domain().components();
            outputs = operator.range().components();
            imaginary = multipliers.imaginary();
            shape = operator.domain().grid().shape();
            padded = multipliers.padded();
            padding = !Arrays.equals(shape, padded);
            forward = RealFourierTransform.padded(padded, shape, inputs, precision);
            inverse = outputs == inputs ? forward : RealFourierTransform.padded(padded, shape, outputs, precision);
            paddedBytes = product(padded) * precision.bytes();
            spectrumBytes = product(forward.spectrumShape()) * precision.bytes();
            tables = multipliers.tables(precision);
            pool = new Pool<>(() -> new Work(this));
        }

        private static long product(int[] sizes) {
            long product = 1;
            for (int size : sizes) {
                product *= size;
            }
            return product;
        }

        @Override
        public void run(Field in, Field out) {
            Work work = pool.take();
            try {
                if (padding) {
                    copyRows(in.segment(), work.values, inputs, false);
                    forward.forward(work.values, work.re, work.im);
                } else {
                    forward.forward(in.segment(), work.re, work.im);
                }
                for (int output = 0; output < outputs; output++) {
                    multiply(work, output);
                }
                if (padding) {
                    inverse.inverse(work.productRe, work.productIm, work.result);
                    copyRows(work.result, out.segment(), outputs, true);
                } else {
                    inverse.inverse(work.productRe, work.productIm, out.segment());
                }
            } finally {
                pool.give(work);
            }
        }

        /** Between a dense field and the corner of a padded one. */
        private void copyRows(MemorySegment from, MemorySegment to, int components, boolean crop) {
            int d = shape.length;
            long row = (long) shape[d - 1] * precision.bytes();
            long paddedRow = (long) padded[d - 1] * precision.bytes();
            int middle = d > 1 ? shape[d - 2] : 1;
            int paddedMiddle = d > 1 ? padded[d - 2] : 1;
            int slabs = d > 2 ? shape[0] : 1;
            int paddedSlabs = d > 2 ? padded[0] : 1;
            for (int c = 0; c < components; c++) {
                for (int i = 0; i < slabs; i++) {
                    for (int j = 0; j < middle; j++) {
                        long dense = (((long) c * slabs + i) * middle + j) * row;
                        long wide = (((long) c * paddedSlabs + i) * paddedMiddle + j) * paddedRow;
                        MemorySegment.copy(from, crop ? wide : dense, to, crop ? dense : wide, row);
                    }
                }
            }
        }

        private void multiply(Work work, int output) {
            boolean first = true;
            long to = output * spectrumBytes;
            for (int input = 0; input < inputs; input++) {
                Multipliers multipliers = operator.multipliers;
                int entry = operator.transposed ? multipliers.entry(input, output) : multipliers.entry(output, input);
                if (entry == Multipliers.NONE) {
                    continue;
                }
                MemorySegment table = tables[entry];
                long from = input * spectrumBytes;
                if (!imaginary) {
                    product(first, 1, table, work.re, from, work.productRe, to);
                    product(first, 1, table, work.im, from, work.productIm, to);
                } else {
                    // the adjoint takes the conjugate of i t
                    double sign = operator.transposed ? -1 : 1;
                    product(first, -sign, table, work.im, from, work.productRe, to);
                    product(first, sign, table, work.re, from, work.productIm, to);
                }
                first = false;
            }
            if (first) {
                throw new IllegalStateException("output " + output + " takes nothing; it had to take some input");
            }
        }

        private void product(
                boolean first, double sign, MemorySegment table, MemorySegment x, long from, MemorySegment z, long to) {
            if (precision == Precision.FLOAT) {
                if (first) {
                    FloatSpectra.multiply(sign, table, x, from, z, to);
                } else {
                    FloatSpectra.addProduct(sign, table, x, from, z, to);
                }
            } else if (first) {
                DoubleSpectra.multiply(sign, table, x, from, z, to);
            } else {
                DoubleSpectra.addProduct(sign, table, x, from, z, to);
            }
        }

        @Override
        public String explain() {
            return "spectrum of " + Arrays.toString(shape) + (padding ? " padded to " + Arrays.toString(padded) : "")
                    + " times " + operator.outputsByInputs() + " factors, " + precision + ", 1 thread";
        }
    }

    private String outputsByInputs() {
        return range().components() + " x " + domain().components();
    }

    @Override
    public String explain() {
        Grid grid = domain().grid();
        return name + (transposed ? ", transposed: " : ": ") + domain().type() + " → " + range().type() + "\non\n"
                + grid.toString().indent(2) + plan(Precision.DOUBLE).explain();
    }
}
