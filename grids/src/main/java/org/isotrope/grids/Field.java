package org.isotrope.grids;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Values of a {@link FieldType} at the nodes of a {@link Grid}, in native memory.
 *
 * <p>Layout: one plane of {@code grid.size()} values a component, planes one after the other; inside a plane C order,
 * axis 0 slowest, the last axis contiguous, rows dense. Flat indices count elements in that order, so component
 * {@code c} at node {@code i} is element {@code c · grid.size() + i}.
 *
 * <p>A field does not own its memory: it lives as long as the arena it was allocated in ({@link Fields}) or as the
 * segment it {@linkplain Fields#wrap wraps}. Access after that throws {@link IllegalStateException}. Writes are not
 * synchronised.
 */
public final class Field {
    /** What is copied at a time stays in a first-level cache. */
    private static final long COPIED_BYTES = 1 << 14;

    private final Grid grid;
    private final FieldType type;
    private final Precision precision;
    private final int components;
    private final MemorySegment segment;

    Field(Grid grid, FieldType type, Precision precision, MemorySegment segment) {
        this.grid = grid;
        this.type = type;
        this.precision = precision;
        this.components = type.components(grid.dimension());
        this.segment = segment;
    }

    /**
     * The grid.
     *
     * @return where the values live
     */
    public Grid grid() {
        return grid;
    }

    /**
     * The type.
     *
     * @return how the values transform
     */
    public FieldType type() {
        return type;
    }

    /**
     * The number format.
     *
     * @return {@code float} or {@code double}
     */
    public Precision precision() {
        return precision;
    }

    /**
     * Number of values a node.
     *
     * @return at least 1
     */
    public int components() {
        return components;
    }

    /**
     * Number of stored values.
     *
     * @return {@code components() · grid().size()}
     */
    public long count() {
        return components * grid.size();
    }

    /**
     * The memory itself, for zero-copy exchange.
     *
     * @return a native segment of exactly {@code count() · precision().bytes()} bytes
     */
    public MemorySegment segment() {
        return segment;
    }

    /**
     * One component as a scalar field that shares this field's memory.
     *
     * @param c component, 0 to {@code components() − 1}
     * @return a view
     */
    public Field component(int c) {
        requireComponent(c);
        long bytes = grid.size() * precision.bytes();
        return new Field(grid, FieldType.SCALAR, precision, segment.asSlice(c * bytes, bytes));
    }

    /**
     * Value of a component at a node.
     *
     * @param c component
     * @param index one index an axis
     * @return the stored value
     */
    public double get(int c, int... index) {
        requireComponent(c);
        return getFlat(c * grid.size() + grid.flat(index));
    }

    /**
     * Sets a component at a node.
     *
     * @param value the value, rounded to the field's precision
     * @param c component
     * @param index one index an axis
     */
    public void set(double value, int c, int... index) {
        requireComponent(c);
        setFlat(c * grid.size() + grid.flat(index), value);
    }

    /**
     * Value at a flat index.
     *
     * @param flat 0 to {@code count() − 1}
     * @return the stored value
     */
    public double getFlat(long flat) {
        return precision == Precision.FLOAT
                ? segment.getAtIndex(ValueLayout.JAVA_FLOAT, flat)
                : segment.getAtIndex(ValueLayout.JAVA_DOUBLE, flat);
    }

    /**
     * Sets the value at a flat index.
     *
     * @param flat 0 to {@code count() − 1}
     * @param value the value, rounded to the field's precision
     */
    public void setFlat(long flat, double value) {
        if (precision == Precision.FLOAT) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, flat, (float) value);
        } else {
            segment.setAtIndex(ValueLayout.JAVA_DOUBLE, flat, value);
        }
    }

    /**
     * Sets every value to the same number.
     *
     * @param value the number
     * @return this field
     */
    public Field fill(double value) {
        setFlat(0, value);
        // what is filled is copied behind itself, as fast as memory is copied even before a loop would be compiled
        long bytes = segment.byteSize();
        long done = precision.bytes();
        while (done < bytes) {
            long next = Math.min(Math.min(done, COPIED_BYTES), bytes - done);
            MemorySegment.copy(segment, 0, segment, done, next);
            done += next;
        }
        return this;
    }

    /**
     * Samples a function at every node.
     *
     * @param function the function; the field has to have one component
     * @return this field
     */
    public Field fill(PointFunction function) {
        if (components != 1) {
            throw new IllegalArgumentException("function gives 1 value; it had to give " + components + ", one for each"
                    + " component of a " + type + " field");
        }
        return fill((x, value) -> value[0] = function.at(x));
    }

    /**
     * Samples a function of several values at every node.
     *
     * @param function writes one value a component
     * @return this field
     */
    public Field fill(PointMap function) {
        long size = grid.size();
        double[] value = new double[components];
        for (long i = 0; i < size; i++) {
            function.at(grid.position(grid.index(i)), value);
            for (int c = 0; c < components; c++) {
                setFlat(c * size + i, value[c]);
            }
        }
        return this;
    }

    /**
     * Copies all values from another field, rounding if its precision is higher.
     *
     * @param other same grid and type
     * @return this field
     */
    public Field copyFrom(Field other) {
        if (!grid.equals(other.grid)) {
            throw new IllegalArgumentException("other lives on another grid:\n" + other.grid + "\nit had to be\n" + grid);
        }
        if (!type.equals(other.type)) {
            throw new IllegalArgumentException("other is a " + other.type + " field; it had to be a " + type + " field");
        }
        if (precision == other.precision) {
            segment.copyFrom(other.segment);
        } else {
            long count = count();
            for (long i = 0; i < count; i++) {
                setFlat(i, other.getFlat(i));
            }
        }
        return this;
    }

    /**
     * Adds a point charge: the exact transpose of multilinear interpolation, divided by the cell volume, so that the sum
     * of values times quadrature weights grows by {@code charge}.
     *
     * @param charge amount to add; the field has to be scalar
     * @param position coordinates in space, inside the grid (periodic axes take any)
     * @return this field
     * @throws IllegalArgumentException if the position lies outside; nothing is added then
     */
    public Field deposit(double charge, double... position) {
        Interpolation.multilinear(grid).deposit(charge, position, this);
        return this;
    }

    /**
     * Value of a component between nodes, by multilinear interpolation.
     *
     * @param c component
     * @param position coordinates in space, inside the grid (periodic axes take any)
     * @return the interpolated value
     * @throws IllegalArgumentException if the position lies outside
     */
    public double interpolate(int c, double... position) {
        requireComponent(c);
        return Interpolation.multilinear(grid).value(component(c), position);
    }

    /**
     * All values in flat order.
     *
     * @return a fresh array of {@code count()} values
     * @throws IllegalStateException if there are more than an array can hold
     */
    public double[] toArray() {
        if (count() > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("field has " + count() + " values, more than an array can hold");
        }
        double[] values = new double[(int) count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = getFlat(i);
        }
        return values;
    }

    /**
     * Requires another field to have this field's grid, type and precision.
     *
     * @param other the other field
     * @param name what to call it in the error message
     * @throws IllegalArgumentException if it differs
     */
    public void requireSameSpace(Field other, String name) {
        if (!grid.equals(other.grid)) {
            throw new IllegalArgumentException(name + " lives on another grid:\n" + other.grid + "\nit had to be\n"
                    + grid);
        }
        if (!type.equals(other.type)) {
            throw new IllegalArgumentException(name + " is a " + other.type + " field; it had to be a " + type
                    + " field");
        }
        if (precision != other.precision) {
            throw new IllegalArgumentException(name + " has precision " + other.precision + "; it had to be "
                    + precision);
        }
    }

    /**
     * Requires another field to share no memory with this one.
     *
     * @param other the other field
     * @param name what to call it in the error message
     * @throws IllegalArgumentException if they overlap
     */
    public void requireApart(Field other, String name) {
        long start = segment.address();
        long otherStart = other.segment.address();
        if (start < otherStart + other.segment.byteSize() && otherStart < start + segment.byteSize()) {
            throw new IllegalArgumentException(name + " overlaps the input in memory; it had to lie apart");
        }
    }

    /**
     * Requires the memory to be open.
     *
     * @param name what to call this field in the error message
     * @throws IllegalStateException if its arena has been closed
     */
    public void requireOpen(String name) {
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException(name + " lies in an arena that has been closed; it had to be open");
        }
    }

    private void requireComponent(int c) {
        if (c < 0 || c >= components) {
            throw new IllegalArgumentException("component is " + c + "; it had to be in [0, " + components + ")");
        }
    }

    @Override
    public String toString() {
        return precision.name().toLowerCase(java.util.Locale.ROOT) + " " + type + " field of " + components
                + (components == 1 ? " component" : " components") + " on\n" + grid;
    }
}
