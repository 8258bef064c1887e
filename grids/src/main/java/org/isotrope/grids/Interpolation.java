package org.isotrope.grids;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Values of fields at points by B-splines of order 0 to 3, their gradients in the position, and the exact transpose of
 * interpolation, which over the cell volume is deposition.
 *
 * <p>The value at a point is {@code Σ_j W_j f(x_j)} with {@code W_j} the product over axes of, at distances s in spacings,
 *
 * <table>
 * <caption>B-splines</caption>
 * <tr><th>order</th><th>weight</th><th>axes</th><th>smoothness in the position</th></tr>
 * <tr><td>0</td><td>1 at the node whose dual cell holds the point</td><td>any</td><td>jumps</td></tr>
 * <tr><td>1</td><td>{@code 1 − |s|}, between the two neighbours</td><td>any</td><td>continuous</td></tr>
 * <tr><td>2</td><td>{@code ¾ − s²}, {@code ½(3/2 − |s|)²}</td><td>uniform</td><td>one derivative</td></tr>
 * <tr><td>3</td><td>{@code (4 − 6s² + 3|s|³)/6}, {@code (2 − |s|)³/6}</td><td>uniform</td><td>two derivatives</td></tr>
 * </table>
 *
 * <p>in axis coordinates {@code ξ = A⁻¹x}, whatever the cell basis. Orders 0 and 1 pass through the nodes' values; orders 2
 * and 3 smooth them. Weights sum to one, so deposition keeps the charge: {@code Σ_j dV_j ρ_j = Σ q}. From order 1 on
 * {@code Σ_j W_j x_j = x}: linear functions are reproduced and first moments kept, on every axis of at least two nodes,
 * up to the walls. (Across the seam of a periodic axis this holds for the images of nodes.) Where a spline reaches beyond
 * the end nodes it reads the straight line through the last two, for which weights next to a wall may be negative. An
 * axis of one node has weight 1, so a grid with singleton axes gives the bits of the grid without them. Source: R.
 * Hockney, J. Eastwood, Computer Simulation Using Particles, chapter 5.
 *
 * <p>A {@linkplain #outside rule} says what happens to points outside; by default they are refused. Points come singly or
 * as {@link PointSet}, whose samples are {@code double} in native memory: {@code components} numbers a point, point after
 * point. Batches in one thread allocate nothing once warm; with several {@linkplain #threads
 * threads} they give the same bits. A bad point is found before anything is written.
 *
 * <p>Immutable and safe for concurrent use; the fields are not synchronised.
 */
public final class Interpolation {
    private final Grid grid;
    private final int order;
    private final OutOfDomain outside;
    private final int threads;
    // what the last call has left for the next one
    private final AtomicReference<@Nullable Workspace> spare = new AtomicReference<>();
    private final AtomicReference<@Nullable PointSweep> spareSweep = new AtomicReference<>();

    /** What one thread needs besides the field. */
    static final class Workspace {
        final SplineWeights weights;
        final double[] position;
        final double[] gradient;
        private double[] values = new double[3];

        Workspace(SplineWeights weights) {
            this.weights = weights;
            this.position = new double[weights.dimension()];
            this.gradient = new double[weights.dimension()];
        }

        double[] values(int components) {
            if (values.length < components) {
                values = new double[components];
            }
            return values;
        }
    }

    private Interpolation(Grid grid, int order, OutOfDomain outside, int threads) {
        this.grid = grid;
        this.order = order;
        this.outside = outside;
        this.threads = threads;
    }

    /**
     * Multilinear interpolation, order 1, on any grid.
     *
     * @param grid the grid
     * @return the interpolation
     */
    public static Interpolation multilinear(Grid grid) {
        return spline(grid, 1);
    }

    /**
     * Interpolation by B-splines.
     *
     * @param grid the grid; for orders 2 and 3 every axis is uniform
     * @param order 0 to 3
     * @return the interpolation
     */
    public static Interpolation spline(Grid grid, int order) {
        if (order < 0 || order > 3) {
            throw new IllegalArgumentException("order of the B-spline is " + order + "; it had to be 0, 1, 2 or 3");
        }
        for (int a = 0; a < grid.dimension() && order > 1; a++) {
            Axis axis = grid.axis(a);
            if (!axis.isUniform() && axis.size() > 1) {
                throw new IllegalArgumentException("axis " + a + " is " + axis + "; it had to be uniform for B-splines"
                        + " of order " + order);
            }
        }
        return new Interpolation(grid, order, OutOfDomain.THROW, 1);
    }

    /**
     * Another rule for points outside.
     *
     * @param rule the rule
     * @return a new interpolation
     */
    public Interpolation outside(OutOfDomain rule) {
        return new Interpolation(grid, order, rule, threads);
    }

    /**
     * Batches on several threads of the common pool, where memory admits them.
     *
     * @param count at least 1
     * @return a new interpolation
     */
    public Interpolation threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads are " + count + "; they had to be at least 1");
        }
        return new Interpolation(grid, order, outside, count);
    }

    /**
     * The grid.
     *
     * @return where the fields live
     */
    public Grid grid() {
        return grid;
    }

    /**
     * The order of the B-spline.
     *
     * @return 0 to 3
     */
    public int order() {
        return order;
    }

    /**
     * What happens to points outside.
     *
     * @return the rule
     */
    public OutOfDomain outside() {
        return outside;
    }

    /**
     * The number of threads.
     *
     * @return at least 1
     */
    public int threads() {
        return threads;
    }

    /**
     * Weights of single points, for loops of the caller's own.
     *
     * @return fresh working memory for one thread
     */
    public SplineWeights weights() {
        return new SplineWeights(grid, order, outside);
    }

    Workspace take() {
        Workspace free = spare.getAndSet(null);
        return free != null ? free : new Workspace(weights());
    }

    void give(Workspace free) {
        spare.set(free);
    }

    PointSweep takeSweep() {
        PointSweep free = spareSweep.getAndSet(null);
        return free != null ? free : new PointSweep(this);
    }

    void give(PointSweep free) {
        spareSweep.set(free);
    }

    /**
     * Value of a scalar field at a point.
     *
     * @param field a field of one component on this grid
     * @param position coordinates in space
     * @return the interpolated value; 0 for a point to be ignored
     * @throws IllegalArgumentException if the position is not finite, or outside where that is an error
     */
    public double value(Field field, double... position) {
        requireScalarHere(field);
        Workspace work = aimed(position);
        boolean kept = work.weights.aim(position, 0, -1);
        double value = 0;
        if (kept) {
            work.weights.combine(false);
            value = PointSweep.value(field, 0, work.weights);
        }
        give(work);
        return value;
    }

    /**
     * Gradient of the interpolated value of a scalar field in the position; of order 0 it is 0.
     *
     * @param field a field of one component on this grid
     * @param position coordinates in space
     * @return one derivative a coordinate, fresh; of order 1 at a node the one from above
     * @throws IllegalArgumentException if the position is not finite, or outside where that is an error
     */
    public double[] gradient(Field field, double... position) {
        requireScalarHere(field);
        Workspace work = aimed(position);
        double[] gradient = new double[grid.dimension()];
        boolean kept = work.weights.aim(position, 0, -1);
        if (kept) {
            work.weights.combine(true);
        }
        PointSweep.gradient(field, 0, work.weights, kept, gradient);
        give(work);
        return gradient;
    }

    /**
     * Adds a charge at a point to a scalar field: {@code q W_j / dV_j} at node j.
     *
     * @param charge the amount
     * @param position coordinates in space
     * @param field a field of one component on this grid
     * @throws IllegalArgumentException if the position is not finite, or outside where that is an error; the field is
     *     unchanged then
     */
    public void deposit(double charge, double[] position, Field field) {
        requireScalarHere(field);
        Workspace work = aimed(position);
        if (work.weights.aim(position, 0, -1)) {
            work.weights.combine(false);
            for (int k = 0; k < work.weights.count(); k++) {
                if (work.weights.weight(k) != 0) {
                    long at = work.weights.flat(k);
                    double density = work.weights.weight(k) / work.weights.volume(k) * charge;
                    field.setFlat(at, field.getFlat(at) + density);
                }
            }
        }
        give(work);
    }

    private Workspace aimed(double[] position) {
        if (position.length != grid.dimension()) {
            throw new IllegalArgumentException("position has " + position.length + " coordinates; it had to have "
                    + grid.dimension());
        }
        return take();
    }

    /**
     * Values of a field at many points.
     *
     * @param field any field on this grid
     * @param points where
     * @param values overwritten: {@code components} numbers a point
     * @return how many points were ignored; their values are 0
     * @throws IllegalArgumentException if a point is not finite, or outside where that is an error, naming it; nothing is
     *     written then
     */
    public long values(Field field, PointSet points, MemorySegment values) {
        return sweep(field, points, values, "values", 1).interpolate(field);
    }

    /**
     * Gradients, in the position, of the values of a field at many points.
     *
     * @param field any field on this grid
     * @param points where
     * @param gradients overwritten: for each component at each point, {@code dimension} derivatives
     * @return how many points were ignored; their gradients are 0
     * @throws IllegalArgumentException if a point is not finite, or outside where that is an error, naming it; nothing is
     *     written then
     */
    public long gradients(Field field, PointSet points, MemorySegment gradients) {
        return sweep(field, points, gradients, "gradients", grid.dimension()).differentiate(field);
    }

    /**
     * Adds charges at many points to a field: the transpose of interpolation over the quadrature weight of each node.
     *
     * @param charges {@code components} amounts a point
     * @param points where
     * @param field any field on this grid, to be added to
     * @return how many points were ignored, whose charges are not in the field
     * @throws IllegalArgumentException if a point is not finite, or outside where that is an error, naming it; the field
     *     is unchanged then
     */
    public long deposit(MemorySegment charges, PointSet points, Field field) {
        return sweep(field, points, charges, "charges", 1).scatter(field, true);
    }

    /**
     * Adds the plain transpose of {@link #values}: {@code Σ_p W_j(x_p) a_p} at node j.
     *
     * @param amounts {@code components} numbers a point
     * @param points where
     * @param field any field on this grid, to be added to
     * @return how many points were ignored
     * @throws IllegalArgumentException if a point is not finite, or outside where that is an error, naming it; the field
     *     is unchanged then
     */
    public long transpose(MemorySegment amounts, PointSet points, Field field) {
        return sweep(field, points, amounts, "amounts", 1).scatter(field, false);
    }

    private PointSweep sweep(Field field, PointSet points, MemorySegment samples, String name, int numbers) {
        requireHere(field);
        field.requireOpen("field");
        if (points.dimension() != grid.dimension()) {
            throw new IllegalArgumentException("points are " + points + "; they had to be in " + grid.dimension() + "D");
        }
        PointSet.requireNative(samples, name);
        long bytes = points.count() * field.components() * numbers * Double.BYTES;
        if (samples.byteSize() != bytes) {
            throw new IllegalArgumentException(name + " have " + samples.byteSize() + " bytes; they had to have " + bytes
                    + ", " + field.components() * numbers + " numbers of double for each of " + points);
        }
        requireApart(samples, name, field.segment(), "the field");
        requireApart(samples, name, points.segment(), "the points");
        requireApart(points.segment(), "points", field.segment(), "the field");
        return takeSweep().over(points, samples, Precision.DOUBLE, field.components(), 1, null);
    }

    private static void requireApart(MemorySegment one, String name, MemorySegment other, String otherName) {
        boolean below = one.address() + one.byteSize() <= other.address();
        if (!below && other.address() + other.byteSize() > one.address()) {
            throw new IllegalArgumentException(name + " overlap " + otherName + " in memory; they had to lie apart");
        }
    }

    private void requireScalarHere(Field field) {
        requireHere(field);
        if (field.components() != 1) {
            throw new IllegalArgumentException("field is a " + field.type() + " field of " + field.components()
                    + " components; it had to have one");
        }
    }

    void requireHere(Field field) {
        if (!field.grid().equals(grid)) {
            throw new IllegalArgumentException("field lives on another grid:\n" + field.grid() + "\nit had to be\n"
                    + grid);
        }
    }

    /**
     * What this is.
     *
     * @return for example {@code B-splines of order 1, outside throw, on} and the grid
     */
    @Override
    public String toString() {
        return "B-splines of order " + order + ", outside " + outside.name().toLowerCase(Locale.ROOT) + ", on\n"
                + grid;
    }
}
