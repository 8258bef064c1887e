package org.isotrope.kernels.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.difference.Weno5;
import org.isotrope.kernels.difference.Weno5Gradient;
import org.isotrope.kernels.tensor.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * First derivatives along axes by weighted essentially non-oscillatory reconstruction of fifth order, biased to one side:
 * {@code (f̂_{i+½} − f̂_{i−½})/h} with {@link Weno5} on the values at nodes.
 *
 * <p>Of order 5 where the field is smooth; across a jump it leans to the smooth side. Differences of faces, so that on
 * periodic axes they sum to zero. Not linear in the field: its derivative is taken {@linkplain #tangent along a direction}
 * and {@linkplain #adjoint transposed} at a state. Three nodes against the flow and two with it are read; beyond walls
 * these are what the boundaries say. Computed in {@code double}, node by node. Immutable and safe for concurrent use.
 */
public final class WenoDifference {
    private static final int BEFORE = 3;
    private static final int AFTER = 2;

    /** One derivative: {@code out_output += ∂_axis in_input}. */
    private record Entry(int output, int input, int axis) {}

    /** Coefficients of interior values, from the wall inwards, for each ghost, from the wall outwards. */
    private record Ghosts(double[][] low, double[][] high) {}

    private final Space domain;
    private final Space range;
    private final int sign;
    private final double epsilon;
    private final Entry[] entries;
    private final int[] shape;
    private final int longest;
    /** Of each axis; null where it is periodic or a single node. */
    private final @Nullable Ghosts[] ghosts;
    private final AtomicReference<@Nullable Work> free = new AtomicReference<>();

    /** Lines of one application and what it works on; callers that come at the same time get another one each. */
    private final class Work {
        private final double[] line = new double[longest + BEFORE + AFTER];
        private final double[] direction = new double[line.length];
        private final double[] bar = new double[line.length];
        private final double[] faces = new double[longest + 1];
        private final double[] gradient = new double[5];
        private final double[] change = new double[5];
        private final Weno5Gradient derivative = new Weno5Gradient(epsilon);
        private @Nullable Field x;
        private @Nullable Field xTangent;
        private @Nullable Field y;
        private @Nullable Field out;

        void value(Entry entry, int n, double h, long start, long stride) {
            read(line, Objects.requireNonNull(x), entry, n, start, stride);
            for (int i = 0; i <= n; i++) {
                faces[i] = Weno5.left(line[i], line[i + 1], line[i + 2], line[i + 3], line[i + 4], epsilon);
            }
            differences(faces, Objects.requireNonNull(out), entry, n, h, start, stride);
        }

        void tangent(Entry entry, int n, double h, long start, long stride) {
            read(line, Objects.requireNonNull(x), entry, n, start, stride);
            read(direction, Objects.requireNonNull(xTangent), entry, n, start, stride);
            for (int i = 0; i <= n; i++) {
                derivative.at(line, i, gradient);
                faces[i] = 0;
                for (int j = 0; j < 5; j++) {
                    faces[i] += gradient[j] * direction[i + j];
                }
            }
            differences(faces, Objects.requireNonNull(out), entry, n, h, start, stride);
        }

        void transposed(Entry entry, int n, double h, long start, long stride) {
            read(line, Objects.requireNonNull(x), entry, n, start, stride);
            if (xTangent != null) {
                read(direction, xTangent, entry, n, start, stride);
            }
            Field yAdjoint = Objects.requireNonNull(y);
            Arrays.fill(faces, 0, n + 1, 0);
            for (int i = 0; i < n; i++) {
                double slope = yAdjoint.getFlat(place(entry.output, n, start, stride, i)) * sign / h;
                faces[i + 1] += slope;
                faces[i] -= slope;
            }
            Arrays.fill(bar, 0, n + BEFORE + AFTER, 0);
            for (int i = 0; i <= n; i++) {
                if (xTangent == null) {
                    derivative.at(line, i, gradient);
                } else {
                    derivative.along(line, direction, i, gradient, change);
                }
                for (int j = 0; j < 5; j++) {
                    bar[i + j] += faces[i] * (xTangent == null ? gradient[j] : change[j]);
                }
            }
            addTransposed(bar, Objects.requireNonNull(out), entry, n, start, stride);
        }
    }

    private WenoDifference(
            Space domain, Space range, int sign, Boundaries beyond, double epsilon, List<Entry> entries) {
        this.domain = domain;
        this.range = range;
        this.sign = sign;
        this.epsilon = epsilon;
        this.entries = entries.toArray(Entry[]::new);
        this.shape = domain.grid().shape();
        this.longest = Arrays.stream(shape).max().orElseThrow();
        Grid grid = domain.grid();
        if (sign != 1 && sign != -1) {
            throw new IllegalArgumentException("sign is " + sign + "; it had to be 1 or -1");
        }
        beyond.requireFit(grid);
        this.ghosts = new Ghosts[grid.dimension()];
        for (int a = 0; a < ghosts.length; a++) {
            Axis axis = grid.axis(a);
            if (!axis.isUniform()) {
                throw new IllegalArgumentException("axis " + a + " is " + axis + "; it had to be uniform for WENO");
            }
            if (axis.isPeriodic() || axis.size() == 1) {
                continue;
            }
            ghosts[a] = new Ghosts(rules(axis, a, beyond.on(grid, a, Side.LOW)),
                    rules(axis, a, beyond.on(grid, a, Side.HIGH)));
        }
        free.set(new Work());
    }

    private static double[][] rules(Axis axis, int a, Boundary boundary) {
        double[][] rules = new double[BEFORE][];
        for (int k = 0; k < BEFORE; k++) {
            rules[k] = boundary.ghost(k + 1);
            if (rules[k].length > axis.size()) {
                throw new IllegalArgumentException("axis " + a + " has " + axis.size() + " nodes; it had to have at least "
                        + rules[k].length + " for boundary " + boundary + " under WENO");
            }
        }
        return rules;
    }

    /**
     * The derivative of every component along every axis.
     *
     * @param grid all axes uniform
     * @param type of the field: scalar, or in 2D and 3D vector
     * @param sign 1 for a flow from below, −1 for one from above
     * @param beyond what lies beyond walls
     * @param epsilon ε of {@link Weno5}, positive, in the unit of the data squared
     * @return type → vector of derivatives along axes, or for vectors the tensor {@code ∂_a v_c}
     */
    public static WenoDifference slopes(
            Grid grid, FieldType type, int sign, Boundaries beyond, double epsilon) {
        int d = grid.dimension();
        boolean vector = type.equals(FieldType.VECTOR) && d > 1;
        if (!vector && !type.equals(FieldType.SCALAR)) {
            throw new IllegalArgumentException("type is " + type + "; it had to be scalar"
                    + (d > 1 ? " or vector" : " in 1D") + " for advection");
        }
        List<Entry> entries = new ArrayList<>();
        for (int c = 0; c < type.components(d); c++) {
            for (int a = 0; a < d; a++) {
                entries.add(new Entry(d * c + a, c, a));
            }
        }
        Space range = new Space(grid, vector ? TensorType.GENERAL : FieldType.VECTOR);
        return new WenoDifference(new Space(grid, type), range, sign, beyond, epsilon, entries);
    }

    /**
     * The sum of the derivatives of the components along axes, each along its own.
     *
     * @param grid all axes uniform
     * @param sign 1 for a flow from below, −1 for one from above
     * @param beyond what lies beyond walls
     * @param epsilon ε of {@link Weno5}, positive, in the unit of the data squared
     * @return vector of components along axes → scalar
     */
    public static WenoDifference divergence(Grid grid, int sign, Boundaries beyond, double epsilon) {
        List<Entry> entries = new ArrayList<>();
        for (int a = 0; a < grid.dimension(); a++) {
            entries.add(new Entry(0, a, a));
        }
        return new WenoDifference(new Space(grid, FieldType.VECTOR), new Space(grid, FieldType.SCALAR), sign, beyond,
                epsilon, entries);
    }

    /**
     * What is differentiated.
     *
     * @return grid and type
     */
    public Space domain() {
        return domain;
    }

    /**
     * What the derivatives are.
     *
     * @return grid and type
     */
    public Space range() {
        return range;
    }

    /**
     * Takes the derivatives.
     *
     * @param x of the domain
     * @param y of the range, in the same precision, apart from x; overwritten
     */
    public void apply(Field x, Field y) {
        require(x, y, "y");
        y.fill(0);
        run(Work::value, x, null, y, y);
    }

    /**
     * The derivative along a direction.
     *
     * @param x where
     * @param xTangent the direction
     * @param yTangent what the result changes by; overwritten
     */
    public void tangent(Field x, Field xTangent, Field yTangent) {
        require(x, yTangent, "yTangent");
        require(xTangent, yTangent, "yTangent");
        yTangent.fill(0);
        run(Work::tangent, x, xTangent, yTangent, yTangent);
    }

    /**
     * The transpose of the derivative.
     *
     * @param x where
     * @param yAdjoint of the range
     * @param xAdjoint of the domain; overwritten
     */
    public void adjoint(Field x, Field yAdjoint, Field xAdjoint) {
        transposed(x, null, yAdjoint, xAdjoint);
    }

    /**
     * What the {@linkplain #adjoint transpose} changes by along a direction of x.
     *
     * @param x where
     * @param xTangent the direction
     * @param yAdjoint of the range
     * @param xAdjointTangent of the domain; overwritten
     */
    public void adjointTangent(Field x, Field xTangent, Field yAdjoint, Field xAdjointTangent) {
        require(xTangent, yAdjoint, "yAdjoint");
        transposed(x, xTangent, yAdjoint, xAdjointTangent);
    }

    private void transposed(Field x, @Nullable Field xTangent, Field yAdjoint, Field out) {
        require(x, yAdjoint, "yAdjoint");
        domain.require(out, "out");
        x.requireApart(out, "out");
        yAdjoint.requireApart(out, "out");
        out.fill(0);
        run(Work::transposed, x, xTangent, yAdjoint, out);
    }

    private void require(Field x, Field y, String name) {
        domain.require(x, "x");
        range.require(y, name);
        if (x.precision() != y.precision()) {
            throw new IllegalArgumentException(name + " has precision " + y.precision() + "; it had to be "
                    + x.precision() + " like x");
        }
        x.requireApart(y, name);
    }

    /** What is done with a line of nodes along an axis; none of them holds anything, so that a run allocates nothing. */
    private interface Line {
        /**
         * Takes it.
         *
         * @param n number of nodes
         * @param h their distance
         * @param start flat index of the first one in a plane
         * @param stride between them
         */
        void take(Work work, Entry entry, int n, double h, long start, long stride);
    }

    private void run(Line line, Field x, @Nullable Field xTangent, Field y, Field out) {
        Work known = free.getAndSet(null);
        Work work = known != null ? known : new Work();
        work.x = x;
        work.xTangent = xTangent;
        work.y = y;
        work.out = out;
        for (Entry entry : entries) {
            int n = shape[entry.axis];
            if (ghosts[entry.axis] == null && !domain.grid().axis(entry.axis).isPeriodic()) {
                continue;
            }
            double h = domain.grid().axis(entry.axis).spacing();
            long stride = 1;
            for (int a = entry.axis + 1; a < shape.length; a++) {
                stride *= shape[a];
            }
            long size = domain.grid().size();
            for (long outer = 0; outer < size; outer += n * stride) {
                for (long inner = 0; inner < stride; inner++) {
                    line.take(work, entry, n, h, outer + inner, stride);
                }
            }
        }
        work.x = null;
        work.xTangent = null;
        work.y = null;
        work.out = null;
        free.set(work);
    }

    /** Where the i-th node of a line is, counted with the flow. */
    private long place(int component, int n, long start, long stride, int i) {
        return component * domain.grid().size() + start + stride * (sign > 0 ? i : n - 1 - i);
    }

    /** A line with three ghosts before it and two behind it, counted with the flow. */
    private void read(double[] line, Field x, Entry entry, int n, long start, long stride) {
        for (int i = 0; i < n; i++) {
            line[BEFORE + i] = x.getFlat(place(entry.input, n, start, stride, i));
        }
        Ghosts walls = ghosts[entry.axis];
        for (int k = 0; k < BEFORE; k++) {
            if (walls == null) {
                line[BEFORE - 1 - k] = line[BEFORE + Math.floorMod(-1 - k, n)];
                if (k < AFTER) {
                    line[BEFORE + n + k] = line[BEFORE + k % n];
                }
                continue;
            }
            double[] before = (sign > 0 ? walls.low : walls.high)[k];
            double[] after = (sign > 0 ? walls.high : walls.low)[k];
            line[BEFORE - 1 - k] = 0;
            for (int j = 0; j < before.length; j++) {
                line[BEFORE - 1 - k] += before[j] * line[BEFORE + j];
            }
            if (k < AFTER) {
                line[BEFORE + n + k] = 0;
                for (int j = 0; j < after.length; j++) {
                    line[BEFORE + n + k] += after[j] * line[BEFORE + n - 1 - j];
                }
            }
        }
    }

    /** The transpose of {@link #read}, added. */
    private void addTransposed(double[] bar, Field out, Entry entry, int n, long start, long stride) {
        Ghosts walls = ghosts[entry.axis];
        for (int k = 0; k < BEFORE; k++) {
            if (walls == null) {
                bar[BEFORE + Math.floorMod(-1 - k, n)] += bar[BEFORE - 1 - k];
                if (k < AFTER) {
                    bar[BEFORE + k % n] += bar[BEFORE + n + k];
                }
                continue;
            }
            double[] before = (sign > 0 ? walls.low : walls.high)[k];
            double[] after = (sign > 0 ? walls.high : walls.low)[k];
            for (int j = 0; j < before.length; j++) {
                bar[BEFORE + j] += before[j] * bar[BEFORE - 1 - k];
            }
            for (int j = 0; k < AFTER && j < after.length; j++) {
                bar[BEFORE + n - 1 - j] += after[j] * bar[BEFORE + n + k];
            }
        }
        for (int i = 0; i < n; i++) {
            long at = place(entry.input, n, start, stride, i);
            out.setFlat(at, out.getFlat(at) + bar[BEFORE + i]);
        }
    }

    private void differences(double[] faces, Field y, Entry entry, int n, double h, long start, long stride) {
        for (int i = 0; i < n; i++) {
            long at = place(entry.output, n, start, stride, i);
            y.setFlat(at, y.getFlat(at) + sign * (faces[i + 1] - faces[i]) / h);
        }
    }
}
