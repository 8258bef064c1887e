package org.isotrope.kernels.engine.elementwise;

import java.lang.foreign.MemorySegment;
import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;

/**
 * Arithmetic at every node, within a step in time. Places are those of a recursion.
 *
 * @param operation what to compute
 * @param factors numbers of the operation, rounded to the precision of the fields
 * @param x place of the first argument
 * @param y place of the second argument; any where the operation has one alone
 * @param z place of the result
 */
public record Update(Operation operation, double[] factors, int x, int y, int z) {
    /** What an update computes, by {@code fma}s and products in the order written. */
    public enum Operation {
        /** {@code z = a x}. */
        SCALE,
        /** {@code z = fma(a, x, y)}. */
        COMBINE,
        /** {@code z = x y}. */
        MULTIPLY,
        /** {@code z = fma(x, y, z)}. */
        ADD_PRODUCT,
        /** {@code z = z + fma(fma(fma(a₃, x, a₂), x, a₁), x, a₀)}. */
        ADD_CUBIC
    }

    /**
     * {@code z = a x}.
     *
     * @param a factor
     * @param x place of the argument
     * @param z place of the result
     * @return the update
     */
    public static Update scale(double a, int x, int z) {
        return new Update(Operation.SCALE, new double[] {a}, x, x, z);
    }

    /**
     * {@code z = fma(a, x, y)}.
     *
     * @param a factor
     * @param x place of the argument
     * @param y place of the addend
     * @param z place of the result
     * @return the update
     */
    public static Update combine(double a, int x, int y, int z) {
        return new Update(Operation.COMBINE, new double[] {a}, x, y, z);
    }

    /**
     * {@code z = x y}.
     *
     * @param x place of a factor
     * @param y place of a factor
     * @param z place of the result
     * @return the update
     */
    public static Update multiply(int x, int y, int z) {
        return new Update(Operation.MULTIPLY, new double[0], x, y, z);
    }

    /**
     * {@code z = fma(x, y, z)}.
     *
     * @param x place of a factor
     * @param y place of a factor
     * @param z place of the sum
     * @return the update
     */
    public static Update addProduct(int x, int y, int z) {
        return new Update(Operation.ADD_PRODUCT, new double[0], x, y, z);
    }

    /**
     * {@code z = z + a₀ + a₁ x + a₂ x² + a₃ x³}.
     *
     * @param a the four coefficients
     * @param x place of the argument
     * @param z place of the sum
     * @return the update
     */
    public static Update addCubic(double[] a, int x, int z) {
        return new Update(Operation.ADD_CUBIC, a.clone(), x, z, z);
    }

    /**
     * Computes whole fields.
     *
     * @param argument x; of one component for all alike, or of as many as the result has
     * @param second y, the same
     * @param result z
     */
    public void run(Field argument, Field second, Field result) {
        long plane = result.segment().byteSize() / result.components();
        for (int c = 0; c < result.components(); c++) {
            long xs = argument.components() == 1 ? 0 : c * plane;
            long ys = second.components() == 1 ? 0 : c * plane;
            run(result.precision(), argument.segment(), xs, second.segment(), ys, result.segment(), c * plane, plane);
        }
    }

    /**
     * Computes a run of values.
     *
     * @param argument segment of x
     * @param second segment of y, or of x where the update has none
     * @param result segment of z
     * @param precision of all segments
     * @param xs first byte of x
     * @param ys first byte of y
     * @param zs first byte of z
     * @param length number of bytes
     */
    public void run(
            Precision precision,
            MemorySegment argument,
            long xs,
            MemorySegment second,
            long ys,
            MemorySegment result,
            long zs,
            long length) {
        switch (precision) {
            case FLOAT -> floats(argument, xs, second, ys, result, zs, length);
            case DOUBLE -> doubles(argument, xs, second, ys, result, zs, length);
        }
    }

    private void floats(
            MemorySegment a, long as, MemorySegment b, long bs, MemorySegment c, long cs, long length) {
        switch (operation) {
            case SCALE -> FloatUpdates.scale(factors[0], a, as, c, cs, length);
            case COMBINE -> FloatUpdates.combine(factors[0], a, as, b, bs, c, cs, length);
            case MULTIPLY -> FloatUpdates.multiply(a, as, b, bs, c, cs, length);
            case ADD_PRODUCT -> FloatUpdates.addProduct(a, as, b, bs, c, cs, length);
            case ADD_CUBIC -> FloatUpdates.addCubic(factors, a, as, c, cs, length);
        }
    }

    private void doubles(
            MemorySegment a, long as, MemorySegment b, long bs, MemorySegment c, long cs, long length) {
        switch (operation) {
            case SCALE -> DoubleUpdates.scale(factors[0], a, as, c, cs, length);
            case COMBINE -> DoubleUpdates.combine(factors[0], a, as, b, bs, c, cs, length);
            case MULTIPLY -> DoubleUpdates.multiply(a, as, b, bs, c, cs, length);
            case ADD_PRODUCT -> DoubleUpdates.addProduct(a, as, b, bs, c, cs, length);
            case ADD_CUBIC -> DoubleUpdates.addCubic(factors, a, as, c, cs, length);
        }
    }
}
