package org.isotrope.grids;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Allocates fields in native memory, aligned to 64 bytes and filled with zeros.
 *
 * <p>Closing frees every field that came from the same arena. Which arena to take: {@link #confined()} for one thread
 * (operators then run in that thread alone, because the JVM refuses other threads the memory), {@link #shared()} for
 * several threads, {@link #automatic()} to leave freeing to the garbage collector.
 *
 * <p>Where a fast start matters take one of the latter two. In a JVM in which most accesses were to confined memory, C2
 * compiles loops as if all memory had an owner, finds that the scratch memory of operators has none, and compiles them
 * anew, up to a hundred times a loop.
 */
public final class Fields implements AutoCloseable {
    private static final long ALIGNMENT = 64;

    private final Arena arena;
    private final boolean closeable;
    private final Precision precision;

    private Fields(Arena arena, boolean closeable, Precision precision) {
        this.arena = arena;
        this.closeable = closeable;
        this.precision = precision;
    }

    /**
     * Fields of {@code double} that only the creating thread may touch, freed by {@link #close()}.
     *
     * @return an allocator
     */
    public static Fields confined() {
        return new Fields(Arena.ofConfined(), true, Precision.DOUBLE);
    }

    /**
     * Fields of {@code double} that any thread may touch, freed by {@link #close()}; closing stops every thread of the
     * JVM for a moment, so keep it off latency paths.
     *
     * @return an allocator
     */
    public static Fields shared() {
        return new Fields(Arena.ofShared(), true, Precision.DOUBLE);
    }

    /**
     * Fields of {@code double} that any thread may touch, freed by the garbage collector; {@link #close()} does nothing.
     *
     * @return an allocator
     */
    public static Fields automatic() {
        return new Fields(Arena.ofAuto(), false, Precision.DOUBLE);
    }

    /**
     * Fields of {@code double} in an arena of the caller, who closes it.
     *
     * @param arena the arena
     * @return an allocator; {@link #close()} does nothing
     */
    public static Fields in(Arena arena) {
        return new Fields(arena, false, Precision.DOUBLE);
    }

    /**
     * The same arena with another number format.
     *
     * @param precision of the fields to come
     * @return an allocator; closing either closes both
     */
    public Fields precision(Precision precision) {
        return new Fields(arena, closeable, precision);
    }

    /**
     * A new field of zeros.
     *
     * @param type its type
     * @param grid its grid
     * @return the field
     */
    public Field of(FieldType type, Grid grid) {
        return new Field(grid, type, precision, arena.allocate(bytes(type, grid, precision), ALIGNMENT));
    }

    /**
     * A new scalar field of zeros.
     *
     * @param grid its grid
     * @return the field
     */
    public Field scalar(Grid grid) {
        return of(FieldType.SCALAR, grid);
    }

    /**
     * A new scalar field, sampled from a function.
     *
     * @param grid its grid
     * @param function value at a position
     * @return the field
     */
    public Field scalar(Grid grid, PointFunction function) {
        return scalar(grid).fill(function);
    }

    /**
     * A new vector field of zeros.
     *
     * @param grid its grid
     * @return the field
     */
    public Field vector(Grid grid) {
        return of(FieldType.VECTOR, grid);
    }

    /**
     * A new vector field, sampled from a function.
     *
     * @param grid its grid
     * @param function writes the components at a position
     * @return the field
     */
    public Field vector(Grid grid, PointMap function) {
        return vector(grid).fill(function);
    }

    /**
     * A new field of zeros with the grid, type and precision of another.
     *
     * @param field the model
     * @return the field
     */
    public Field like(Field field) {
        return precision(field.precision()).of(field.type(), field.grid());
    }

    /**
     * A copy of a field in this arena.
     *
     * @param field the original
     * @return the copy, of the same precision
     */
    public Field copy(Field field) {
        return like(field).copyFrom(field);
    }

    /**
     * A field over memory of the caller, without copying; it lives as long as the segment does.
     *
     * @param segment native memory in the layout of {@link Field}, exactly as long as the field, aligned to its elements
     * @param type the type
     * @param grid the grid
     * @param precision the number format
     * @return the field
     * @throws IllegalArgumentException for heap segments, wrong sizes, misaligned or read-only memory
     * @throws IllegalStateException if the segment is closed
     */
    public static Field wrap(MemorySegment segment, FieldType type, Grid grid, Precision precision) {
        if (!segment.isNative()) {
            throw new IllegalArgumentException("segment lies on the heap; it had to be native memory");
        }
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException("segment lies in an arena that has been closed; it had to be open");
        }
        if (segment.isReadOnly()) {
            throw new IllegalArgumentException("segment is read-only; it had to be writable");
        }
        long bytes = bytes(type, grid, precision);
        if (segment.byteSize() != bytes) {
            throw new IllegalArgumentException("segment has " + segment.byteSize() + " bytes; it had to have " + bytes
                    + " for a " + precision + " " + type + " field of " + grid.size() + " nodes");
        }
        if (segment.address() % precision.bytes() != 0) {
            throw new IllegalArgumentException("segment starts at address " + segment.address()
                    + "; it had to be a multiple of " + precision.bytes());
        }
        return new Field(grid, type, precision, segment);
    }

    private static long bytes(FieldType type, Grid grid, Precision precision) {
        try {
            long count = Math.multiplyExact(grid.size(), (long) type.components(grid.dimension()));
            return Math.multiplyExact(count, (long) precision.bytes());
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException("grid has " + grid.size() + " nodes; a " + precision + " " + type
                    + " field of it had to fit into 2⁶³ bytes", overflow);
        }
    }

    @Override
    public void close() {
        if (closeable) {
            arena.close();
        }
    }
}
