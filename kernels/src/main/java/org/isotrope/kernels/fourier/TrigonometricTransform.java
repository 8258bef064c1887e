package org.isotrope.kernels.fourier;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.StringJoiner;
import org.isotrope.grids.Precision;

/**
 * Discrete cosine and sine transforms of real values on a grid of one to three axes, a kind for each axis, planned once
 * for a shape: what diagonalises differences between Dirichlet or Neumann walls of either centring.
 *
 * <p>Forward as {@link TrigonometricKind} says, unnormalised; the inverse undoes it, factor included. Layout:
 * components one after another, C order, dense. Scratch, threads, allocation and bits are as said of
 * {@link FourierTransform}. The fast sizes are those whose {@link TrigonometricKind#period period} has no prime above
 * 7: for kind I of cosines {@code 2^a + 1}, for kind I of sines {@code 2^a − 1}, for the others {@code 2^a}, and so
 * on.
 */
public final class TrigonometricTransform {
    private final Precision precision;
    private final int components;
    private final int[] shape;
    private final TrigonometricKind[] kinds;
    private final long bytes;
    private final AxisTransform[] forward;
    private final AxisTransform[] inverse;
    private final Workspaces workspaces;

    private TrigonometricTransform(int[] shape, int components, Precision precision, TrigonometricKind[] kinds) {
        this.shape = Shapes.require(shape, components);
        this.components = components;
        this.precision = precision;
        this.kinds = kinds.clone();
        bytes = Shapes.bytes(shape, components, precision);
        requireKinds();
        forward = new AxisTransform[shape.length];
        inverse = new AxisTransform[shape.length];
        Workspace.Size size = null;
        for (int a = 0; a < shape.length; a++) {
            if (kinds[a] != TrigonometricKind.NONE) {
                forward[a] = axis(a, kinds[a], 1);
                inverse[a] = axis(a, kinds[a].inverse(), 1.0 / kinds[a].period(shape[a]));
                Workspace.Size larger = forward[a].workspace().max(inverse[a].workspace());
                size = size == null ? larger : size.max(larger);
            }
        }
        if (size == null) {
            throw new IllegalArgumentException("kinds are " + Arrays.toString(kinds)
                    + "; at least one had to be other than NONE");
        }
        workspaces = new Workspaces(size);
    }

    private void requireKinds() {
        if (kinds.length != shape.length) {
            throw new IllegalArgumentException("kinds are " + kinds.length + "; they had to be " + shape.length
                    + ", one an axis");
        }
        for (int a = 0; a < shape.length; a++) {
            if (kinds[a] == TrigonometricKind.COSINE_I && shape[a] < 2) {
                throw new IllegalArgumentException("shape is " + Arrays.toString(shape) + "; size " + a
                        + " had to be at least 2 for " + kinds[a]);
            }
        }
    }

    private AxisTransform axis(int axis, TrigonometricKind kind, double scale) {
        long outer = components * Shapes.product(shape, 0, axis);
        long inner = Shapes.product(shape, axis + 1, shape.length);
        return switch (precision) {
            case FLOAT -> new FloatTrigonometricAxis(kind, outer, shape[axis], inner, scale);
            case DOUBLE -> new DoubleTrigonometricAxis(kind, outer, shape[axis], inner, scale);
        };
    }

    /**
     * Plans the transform of one component.
     *
     * @param shape sizes of 1 to 3 axes, each at least 1, at least 2 for {@link TrigonometricKind#COSINE_I}
     * @param precision number format of the values
     * @param kinds a kind for each axis, at least one of them other than {@link TrigonometricKind#NONE}
     * @return the plan
     * @throws IllegalArgumentException if the shape is not one, or too large to address, or the kinds do not fit it
     */
    public static TrigonometricTransform of(int[] shape, Precision precision, TrigonometricKind... kinds) {
        return new TrigonometricTransform(shape, 1, precision, kinds);
    }

    /**
     * Plans the transform of several components that lie one after another.
     *
     * @param shape sizes of 1 to 3 axes, each at least 1, at least 2 for {@link TrigonometricKind#COSINE_I}
     * @param components number of components, at least 1; each is transformed by itself
     * @param precision number format of the values
     * @param kinds a kind for each axis, at least one of them other than {@link TrigonometricKind#NONE}
     * @return the plan
     * @throws IllegalArgumentException if the shape or the number is not one, or their product too large to address, or
     *     the kinds do not fit the shape
     */
    public static TrigonometricTransform of(
            int[] shape, int components, Precision precision, TrigonometricKind... kinds) {
        return new TrigonometricTransform(shape, components, precision, kinds);
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
     * The kind of transform along an axis.
     *
     * @param axis 0 to the number of axes − 1
     * @return the kind
     * @throws IndexOutOfBoundsException if there is no such axis
     */
    public TrigonometricKind kind(int axis) {
        return kinds[axis];
    }

    /**
     * The forward transform, unnormalised. Values lie at the beginning of the segments.
     *
     * @param values {@code components × N} real values
     * @param out as many coefficients; overwritten; {@code values} itself or apart from it
     * @throws IllegalArgumentException if a segment is on the heap, too small, or they overlap in part; nothing is
     *     written then
     * @throws IllegalStateException if a segment is closed
     * @throws WrongThreadException if a segment belongs to another thread
     */
    public void forward(MemorySegment values, MemorySegment out) {
        run(forward, values, out);
    }

    /**
     * The inverse transform, normalised. Values lie at the beginning of the segments.
     *
     * @param values {@code components × N} coefficients
     * @param out as many real values; overwritten; {@code values} itself or apart from it
     * @throws IllegalArgumentException if a segment is on the heap, too small, or they overlap in part; nothing is
     *     written then
     * @throws IllegalStateException if a segment is closed
     * @throws WrongThreadException if a segment belongs to another thread
     */
    public void inverse(MemorySegment values, MemorySegment out) {
        run(inverse, values, out);
    }

    private void run(AxisTransform[] axes, MemorySegment values, MemorySegment out) {
        Shapes.requireMemory(values, "values", bytes);
        Shapes.requireWritable(out, "out", bytes);
        if (out.address() != values.address()) {
            Shapes.requireApart(out, "out", bytes, values, "values", bytes);
        }
        Workspace work = workspaces.take();
        try {
            work.input.set(values, 0, values, 0);
            work.output.set(out, 0, out, 0);
            Planes from = work.input;
            for (AxisTransform axis : axes) {
                if (axis != null) {
                    axis.run(from, work.output, 1, work, 0, axis.lines().count());
                    from = work.output;
                }
            }
        } finally {
            workspaces.give(work);
        }
    }

    /**
     * What was planned for each axis.
     *
     * @return one line an axis
     */
    public String explain() {
        StringJoiner text = new StringJoiner("\n");
        for (int a = 0; a < shape.length; a++) {
            String done = forward[a] == null ? "nothing to do" : forward[a].explain();
            text.add("axis " + a + ": " + shape[a] + ", " + done);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "transform of " + components + " x " + Arrays.toString(shape) + " " + precision + " by "
                + Arrays.toString(kinds);
    }
}
