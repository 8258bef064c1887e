package org.isotrope.kernels.engine.elementwise;

import java.lang.foreign.MemorySegment;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.VectorApi;

/** Element by element arithmetic and sums, dispatched once a call on the precision. */
public final class Elementwise {
    private Elementwise() {}

    /**
     * {@code y = fma(a, x, y)}.
     *
     * @param precision of all segments
     * @param a factor
     * @param x addend
     * @param y updated
     */
    public static void addScaled(Precision precision, double a, MemorySegment x, MemorySegment y) {
        VectorApi.require();
        switch (precision) {
            case FLOAT -> FloatArithmetic.addScaled(a, x, y);
            case DOUBLE -> DoubleArithmetic.addScaled(a, x, y);
        }
    }

    /**
     * {@code z = fma(a, x, y)}.
     *
     * @param precision of all segments
     * @param a factor
     * @param x addend
     * @param y addend
     * @param z overwritten
     */
    public static void combine(Precision precision, double a, MemorySegment x, MemorySegment y, MemorySegment z) {
        VectorApi.require();
        switch (precision) {
            case FLOAT -> FloatArithmetic.combine(a, x, y, z);
            case DOUBLE -> DoubleArithmetic.combine(a, x, y, z);
        }
    }

    /**
     * {@code y = a x}.
     *
     * @param precision of all segments
     * @param a factor
     * @param x factor
     * @param y overwritten
     */
    public static void scale(Precision precision, double a, MemorySegment x, MemorySegment y) {
        VectorApi.require();
        switch (precision) {
            case FLOAT -> FloatArithmetic.scale(a, x, y);
            case DOUBLE -> DoubleArithmetic.scale(a, x, y);
        }
    }

    /**
     * {@code z = x y}.
     *
     * @param precision of all segments
     * @param x factor
     * @param y factor
     * @param z overwritten
     */
    public static void multiply(Precision precision, MemorySegment x, MemorySegment y, MemorySegment z) {
        VectorApi.require();
        switch (precision) {
            case FLOAT -> FloatArithmetic.multiply(x, y, z);
            case DOUBLE -> DoubleArithmetic.multiply(x, y, z);
        }
    }

    /**
     * {@code z = fma(x, y, z)}.
     *
     * @param precision of all segments
     * @param x factor
     * @param y factor
     * @param z updated
     */
    public static void addProduct(Precision precision, MemorySegment x, MemorySegment y, MemorySegment z) {
        VectorApi.require();
        switch (precision) {
            case FLOAT -> FloatArithmetic.addProduct(x, y, z);
            case DOUBLE -> DoubleArithmetic.addProduct(x, y, z);
        }
    }

    /**
     * {@code y = min(max(x, low), high)}.
     *
     * @param precision of both segments
     * @param low lower bound
     * @param high upper bound
     * @param x argument
     * @param y overwritten
     */
    public static void clamp(Precision precision, double low, double high, MemorySegment x, MemorySegment y) {
        VectorApi.require();
        switch (precision) {
            case FLOAT -> FloatArithmetic.clamp(low, high, x, y);
            case DOUBLE -> DoubleArithmetic.clamp(low, high, x, y);
        }
    }

    /**
     * {@code z = x / y}.
     *
     * @param precision of all segments
     * @param x dividend
     * @param y divisor
     * @param z overwritten
     */
    public static void divide(Precision precision, MemorySegment x, MemorySegment y, MemorySegment z) {
        VectorApi.require();
        switch (precision) {
            case FLOAT -> FloatArithmetic.divide(x, y, z);
            case DOUBLE -> DoubleArithmetic.divide(x, y, z);
        }
    }

    /**
     * {@code Σ x_i y_i}.
     *
     * @param precision of both segments
     * @param x one factor
     * @param xFirst its first element
     * @param y the other factor
     * @param yFirst its first element
     * @param count number of elements
     * @return the sum, in one fixed shape
     */
    public static double dot(
            Precision precision, MemorySegment x, long xFirst, MemorySegment y, long yFirst, long count) {
        VectorApi.require();
        return switch (precision) {
            case FLOAT -> FloatSums.dot(x, xFirst, y, yFirst, count);
            case DOUBLE -> DoubleSums.dot(x, xFirst, y, yFirst, count);
        };
    }

    /**
     * {@code Σ x_i}.
     *
     * @param precision of the segment
     * @param x addends
     * @param count number of elements
     * @return the sum, in one fixed shape
     */
    public static double sum(Precision precision, MemorySegment x, long count) {
        VectorApi.require();
        return switch (precision) {
            case FLOAT -> FloatSums.sum(x, count);
            case DOUBLE -> DoubleSums.sum(x, count);
        };
    }
}
