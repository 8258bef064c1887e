package org.isotrope.kernels.fourier;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.isotrope.grids.Precision;

/**
 * The discrete Fourier transform of complex values on a grid of one to three axes, planned once for a shape.
 *
 * <p>Forward {@code X_k = Σ_j x_j exp(−2πi Σ_a j_a k_a / n_a)}, unnormalised; inverse with {@code +2πi} and the factor
 * {@code 1/N}, {@code N} the number of nodes: what NumPy's {@code fftn} and {@code ifftn} compute by default. Real and
 * imaginary parts are planes apart, each in the layout of a field: components one after another, C order, dense.
 *
 * <p>Sizes 2<sup>a</sup>3<sup>b</sup>5<sup>c</sup>7<sup>d</sup> are the fast ones; any other size takes some five
 * times as long an axis (Bluestein's algorithm). A few long lines are split to fill vectors. The choice depends on
 * the shape and the number of components alone, and lanes never mix, so a plan gives the same bits at every vector
 * length.
 *
 * <p>A plan holds scratch in native memory that goes when the plan is garbage. It may be used by several threads at the
 * same time: each takes scratch of its own, which is allocated when that many threads meet for the first time; other
 * than that transforms allocate nothing.
 */
public final class FourierTransform {
    private final Precision precision;
    private final int components;
    private final int[] shape;
    private final long bytes;
    private final double normalization;
    private final AxisPasses passes;

    private FourierTransform(int[] shape, int components, Precision precision) {
        this.shape = Shapes.require(shape, components);
        this.components = components;
        this.precision = precision;
        bytes = Shapes.bytes(shape, components, precision);
        normalization = 1.0 / Shapes.product(shape, 0, shape.length);
        passes = AxisPasses.complex(this.shape, components, precision);
    }

    /**
     * Plans the transform of one component.
     *
     * @param shape sizes of 1 to 3 axes, each at least 1
     * @param precision number format of the values
     * @return the plan
     * @throws IllegalArgumentException if the shape is not one, or too large to address
     */
    public static FourierTransform of(int[] shape, Precision precision) {
        return new FourierTransform(shape, 1, precision);
    }

    /**
     * Plans the transform of several components that lie one after another.
     *
     * @param shape sizes of 1 to 3 axes, each at least 1
     * @param components number of components, at least 1; each is transformed by itself
     * @param precision number format of the values
     * @return the plan
     * @throws IllegalArgumentException if the shape or the number is not one, or their product too large to address
     */
    public static FourierTransform of(int[] shape, int components, Precision precision) {
        return new FourierTransform(shape, components, precision);
    }

    /**
     * Sizes of the axes.
     *
     * @return a copy
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * Number of components.
     *
     * @return at least 1
     */
    public int components() {
        return components;
    }

    /**
     * Number format of the values.
     *
     * @return the precision
     */
    public Precision precision() {
        return precision;
    }

    /**
     * The forward transform, unnormalised. All segments have {@code components × N} values of this plan's precision
     * at their beginning; the output is the input ({@code outRe} at {@code re}, {@code outIm} at {@code im}) or lies
     * apart.
     *
     * @param re real parts
     * @param im imaginary parts
     * @param outRe real parts of the spectrum; overwritten
     * @param outIm imaginary parts of the spectrum; overwritten
     * @throws IllegalArgumentException if a segment is on the heap, too small, or overlaps another one that it may not
     *     overlap; nothing is written then
     * @throws IllegalStateException if a segment is closed
     * @throws WrongThreadException if a segment belongs to another thread
     */
    public void forward(MemorySegment re, MemorySegment im, MemorySegment outRe, MemorySegment outIm) {
        check(re, im, outRe, outIm);
        passes.run(re, im, outRe, outIm, 1);
    }

    /**
     * The inverse transform, with the factor {@code 1/N}. Memory is as for {@link #forward forward}.
     *
     * @param re real parts of the spectrum
     * @param im imaginary parts of the spectrum
     * @param outRe real parts; overwritten
     * @param outIm imaginary parts; overwritten
     * @throws IllegalArgumentException if a segment is on the heap, too small, or overlaps another one that it may not
     *     overlap; nothing is written then
     * @throws IllegalStateException if a segment is closed
     * @throws WrongThreadException if a segment belongs to another thread
     */
    public void inverse(MemorySegment re, MemorySegment im, MemorySegment outRe, MemorySegment outIm) {
        check(re, im, outRe, outIm);
        // exchanging the parts conjugates twice and multiplies by i twice over
        passes.run(im, re, outIm, outRe, normalization);
    }

    private void check(MemorySegment re, MemorySegment im, MemorySegment outRe, MemorySegment outIm) {
        Shapes.requireMemory(re, "re", bytes);
        Shapes.requireMemory(im, "im", bytes);
        Shapes.requireWritable(outRe, "outRe", bytes);
        Shapes.requireWritable(outIm, "outIm", bytes);
        Shapes.requireApart(outIm, "outIm", bytes, outRe, "outRe", bytes);
        boolean inPlace = outRe.address() == re.address() && outIm.address() == im.address();
        if (!inPlace) {
            Shapes.requireApart(outRe, "outRe", bytes, re, "re", bytes);
            Shapes.requireApart(outRe, "outRe", bytes, im, "im", bytes);
            Shapes.requireApart(outIm, "outIm", bytes, re, "re", bytes);
            Shapes.requireApart(outIm, "outIm", bytes, im, "im", bytes);
        }
    }

    /**
     * What was planned for each axis.
     *
     * @return one line an axis: its radices from the first stage to the last, or the length of the convolution that
     *     stands for it
     */
    public String explain() {
        return passes.explain();
    }

    @Override
    public String toString() {
        return "complex transform of " + components + " x " + Arrays.toString(shape) + " " + precision;
    }
}
