package org.isotrope.grids;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Points in space, off-heap: {@code dimension} coordinates of {@code double} a point, point after point.
 *
 * <p>Coordinates are {@code double} whatever the precision of the fields, because a position needs more digits than a
 * value. A point set does not own its memory, which may be the caller's. Writes are not synchronised.
 */
public final class PointSet implements PointSource {
    private final MemorySegment segment;
    private final int dimension;
    private final long count;

    private PointSet(MemorySegment segment, int dimension) {
        this.segment = segment;
        this.dimension = dimension;
        this.count = segment.byteSize() / (dimension * (long) Double.BYTES);
    }

    /**
     * New points at the origin.
     *
     * @param arena where their memory lives
     * @param dimension coordinates a point, 1 to 3
     * @param count number of points, at least 0
     * @return the points
     */
    public static PointSet in(Arena arena, int dimension, long count) {
        requireDimension(dimension);
        if (count < 0 || count > Long.MAX_VALUE / 64) {
            throw new IllegalArgumentException("number of points is " + count + "; it had to be at least 0 and fit into"
                    + " memory");
        }
        return new PointSet(arena.allocate(count * dimension * Double.BYTES, 64), dimension);
    }

    /**
     * A copy of coordinates, in memory that the garbage collector frees.
     *
     * @param dimension coordinates a point, 1 to 3
     * @param coordinates point after point
     * @return the points
     */
    public static PointSet of(int dimension, double... coordinates) {
        requireDimension(dimension);
        requireWhole(coordinates.length, dimension, "coordinates are " + coordinates.length);
        PointSet points = in(Arena.ofAuto(), dimension, coordinates.length / dimension);
        MemorySegment.copy(coordinates, 0, points.segment, ValueLayout.JAVA_DOUBLE, 0, coordinates.length);
        return points;
    }

    /**
     * Points over memory of the caller, without copying.
     *
     * @param segment native memory of {@code double} in native order, point after point, aligned to 8 bytes
     * @param dimension coordinates a point, 1 to 3
     * @return the points
     * @throws IllegalArgumentException for heap segments, misaligned ones, and lengths that are no whole number of points
     */
    public static PointSet wrap(MemorySegment segment, int dimension) {
        requireDimension(dimension);
        requireNative(segment, "points");
        requireWhole(segment.byteSize(), dimension * (long) Double.BYTES, "segment has " + segment.byteSize() + " bytes");
        return new PointSet(segment, dimension);
    }

    private static void requireDimension(int dimension) {
        if (dimension < 1 || dimension > 3) {
            throw new IllegalArgumentException("dimension is " + dimension + "; it had to be 1, 2 or 3");
        }
    }

    private static void requireWhole(long length, long unit, String what) {
        if (length % unit != 0) {
            throw new IllegalArgumentException(what + "; there had to be a multiple of " + unit);
        }
    }

    /** Requires memory that {@code double} values can be read from without alignment faults, in any thread it admits. */
    static void requireNative(MemorySegment segment, String name) {
        if (!segment.isNative()) {
            throw new IllegalArgumentException("memory of " + name + " lies on the heap; it had to be native");
        }
        if (segment.address() % Double.BYTES != 0) {
            throw new IllegalArgumentException("memory of " + name + " starts at address " + segment.address()
                    + "; it had to be a multiple of " + Double.BYTES);
        }
    }

    /**
     * Coordinates a point.
     *
     * @return 1, 2 or 3
     */
    public int dimension() {
        return dimension;
    }

    /**
     * Number of points.
     *
     * @return at least 0
     */
    @Override
    public long count() {
        return count;
    }

    /**
     * The memory itself.
     *
     * @return {@code count() · dimension()} numbers of {@code double}
     */
    public MemorySegment segment() {
        return segment;
    }

    /**
     * One coordinate.
     *
     * @param p point, 0 to {@code count() − 1}
     * @param i direction, 0 for x
     * @return the coordinate
     */
    public double get(long p, int i) {
        return segment.getAtIndex(ValueLayout.JAVA_DOUBLE, p * dimension + i);
    }

    /**
     * Moves a point.
     *
     * @param p point, 0 to {@code count() − 1}
     * @param position one coordinate a dimension
     */
    public void set(long p, double... position) {
        if (position.length != dimension) {
            throw new IllegalArgumentException("position has " + position.length + " coordinates; it had to have "
                    + dimension);
        }
        for (int i = 0; i < dimension; i++) {
            segment.setAtIndex(ValueLayout.JAVA_DOUBLE, p * dimension + i, position[i]);
        }
    }

    /**
     * Reads a point.
     *
     * @param p point, 0 to {@code count() − 1}
     * @param x overwritten by its coordinates
     */
    @Override
    public void position(long p, double[] x) {
        for (int i = 0; i < dimension; i++) {
            x[i] = segment.getAtIndex(ValueLayout.JAVA_DOUBLE, p * dimension + i);
        }
    }

    /**
     * What this is.
     *
     * @return for example {@code 1000 points in 3D}
     */
    @Override
    public String toString() {
        return count + " points in " + dimension + "D";
    }
}
