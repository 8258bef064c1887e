package org.isotrope.kernels.fourier;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.isotrope.grids.Precision;

/**
 * The discrete Fourier transform of real values on a grid of one to three axes, planned once for a shape.
 *
 * <p>The spectrum of real values is conjugate symmetric, so only the half with indices 0 to {@code n/2} along the last
 * axis is computed: the layout, signs and factors of NumPy's {@code rfftn} and {@code irfftn}. Real and imaginary parts
 * of the spectrum are planes apart, each C order and dense in {@link #spectrumShape}, components one after another. On
 * the way back the spectrum is taken to be symmetric: the imaginary parts that a symmetric one cannot have (after the
 * transforms along the other axes, at index 0 and for even n at n/2 of the last) count for nothing.
 *
 * <p>Everything else is as said of {@link FourierTransform}. An even last axis costs half a complex one, an odd last
 * axis a whole one.
 */
public final class RealFourierTransform {
    private final Precision precision;
    private final int components;
    private final int[] shape;
    private final int[] spectrum;
    private final long realBytes;
    private final long spectrumBytes;
    private final double normalization;
    private final AxisPasses forward;
    private final AxisPasses inverse;

    private RealFourierTransform(int[] shape, int[] occupied, int components, Precision precision) {
        this.shape = Shapes.require(shape, components);
        this.components = components;
        this.precision = precision;
        spectrum = shape.clone();
        spectrum[shape.length - 1] = shape[shape.length - 1] / 2 + 1;
        realBytes = Shapes.bytes(shape, components, precision);
        spectrumBytes = Shapes.bytes(spectrum, components, precision);
        normalization = 1.0 / Shapes.product(shape, 0, shape.length);
        forward = AxisPasses.realForward(this.shape, occupied, spectrum, components, precision);
        inverse = AxisPasses.realInverse(this.shape, occupied, spectrum, components, precision);
    }

    /**
     * Plans the transform of one component.
     *
     * @param shape sizes of 1 to 3 axes of the real values, each at least 1
     * @param precision number format of the values
     * @return the plan
     * @throws IllegalArgumentException if the shape is not one, or too large to address
     */
    public static RealFourierTransform of(int[] shape, Precision precision) {
        return new RealFourierTransform(shape, shape, 1, precision);
    }

    /**
     * Plans the transform of several components that lie one after another.
     *
     * @param shape sizes of 1 to 3 axes of the real values, each at least 1
     * @param components number of components, at least 1; each is transformed by itself
     * @param precision number format of the values
     * @return the plan
     * @throws IllegalArgumentException if the shape or the number is not one, or their product too large to address
     */
    public static RealFourierTransform of(int[] shape, int components, Precision precision) {
        return new RealFourierTransform(shape, shape, components, precision);
    }

    /**
     * Plans the transform of components of which no more than a corner is used: on the way to the spectrum all other
     * values are zeros, as they are in linear convolutions, and on the way back they are of no interest. Lines along
     * which there is nothing to do are left out, in 3D almost half of the work if half of each axis is used.
     *
     * @param shape sizes of 1 to 3 axes of the real values, each at least 1
     * @param occupied sizes of the corner, each 1 to that of {@code shape}; the other values that {@link #forward} is
     *     given had to be 0, and those that {@link #inverse} gives may be anything
     * @param components number of components, at least 1; each is transformed by itself
     * @param precision number format of the values
     * @return the plan
     * @throws IllegalArgumentException if a shape or the number is not as said, or their product too large to address
     */
    public static RealFourierTransform padded(int[] shape, int[] occupied, int components, Precision precision) {
        if (occupied.length != shape.length) {
            throw new IllegalArgumentException("occupied has " + occupied.length + " axes; it had to have "
                    + shape.length + " like shape");
        }
        for (int a = 0; a < shape.length; a++) {
            if (occupied[a] < 1 || occupied[a] > shape[a]) {
                throw new IllegalArgumentException("occupied is " + occupied[a] + " along axis " + a
                        + "; it had to be 1 to " + shape[a]);
            }
        }
        return new RealFourierTransform(shape, occupied.clone(), components, precision);
    }

    /**
     * The least length from a number on that transforms are fast at: a product of 2, 3, 5 and 7. Arrays whose values may
     * be followed by zeros are best padded to it.
     *
     * @param least at least 1, and at most 2²⁶
     * @return at least {@code least}
     * @throws IllegalArgumentException if {@code least} is not as said
     */
    public static int nextFastLength(int least) {
        if (least < 1 || least > Lengths.LONGEST) {
            throw new IllegalArgumentException("least is " + least + "; it had to be 1 to " + Lengths.LONGEST);
        }
        return Lengths.nextSmooth(least);
    }

    /**
     * Sizes of the axes of the real values.
     *
     * @return a copy
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * Sizes of the axes of the spectrum: {@link #shape} with {@code n/2 + 1} for the last.
     *
     * @return a copy
     */
    public int[] spectrumShape() {
        return spectrum.clone();
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
     * The forward transform, unnormalised. Values lie at the beginning of the segments, which may not overlap.
     *
     * @param values real values, {@code components} times {@link #shape}; unchanged
     * @param re real parts of the spectrum, {@code components} times {@link #spectrumShape}; overwritten
     * @param im imaginary parts of the spectrum, the same; overwritten
     * @throws IllegalArgumentException if a segment is on the heap, too small, or overlaps another one; nothing is
     *     written then
     * @throws IllegalStateException if a segment is closed
     * @throws WrongThreadException if a segment belongs to another thread
     */
    public void forward(MemorySegment values, MemorySegment re, MemorySegment im) {
        Shapes.requireMemory(values, "values", realBytes);
        Shapes.requireWritable(re, "re", spectrumBytes);
        Shapes.requireWritable(im, "im", spectrumBytes);
        Shapes.requireApart(re, "re", spectrumBytes, values, "values", realBytes);
        Shapes.requireApart(im, "im", spectrumBytes, values, "values", realBytes);
        Shapes.requireApart(im, "im", spectrumBytes, re, "re", spectrumBytes);
        forward.run(values, values, re, im, 1);
    }

    /**
     * The inverse transform, with the factor {@code 1/N}, {@code N} the number of real values of a component. Values
     * lie at the beginning of the segments; {@code values} may not overlap the others.
     *
     * @param re real parts of the spectrum, {@code components} times {@link #spectrumShape}; unchanged
     * @param im imaginary parts of the spectrum, the same; unchanged
     * @param values real values, {@code components} times {@link #shape}; overwritten
     * @throws IllegalArgumentException if a segment is on the heap, too small, or overlaps another one; nothing is
     *     written then
     * @throws IllegalStateException if a segment is closed
     * @throws WrongThreadException if a segment belongs to another thread
     */
    public void inverse(MemorySegment re, MemorySegment im, MemorySegment values) {
        Shapes.requireMemory(re, "re", spectrumBytes);
        Shapes.requireMemory(im, "im", spectrumBytes);
        Shapes.requireWritable(values, "values", realBytes);
        Shapes.requireApart(values, "values", realBytes, re, "re", spectrumBytes);
        Shapes.requireApart(values, "values", realBytes, im, "im", spectrumBytes);
        inverse.run(re, im, values, values, normalization);
    }

    /**
     * What was planned for each axis.
     *
     * @return one line an axis: its radices from the first stage to the last, or the length of the convolution that
     *     stands for it
     */
    public String explain() {
        return forward.explain();
    }

    @Override
    public String toString() {
        return "real transform of " + components + " x " + Arrays.toString(shape) + " " + precision;
    }
}
