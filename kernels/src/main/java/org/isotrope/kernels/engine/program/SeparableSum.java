package org.isotrope.kernels.engine.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isotrope.kernels.stencil.Stencil;
import org.jspecify.annotations.Nullable;

/**
 * A stencil from one component to one as a sum of few products of weights along the axes, by singular value
 * decomposition: of the matrix of weights in 2D; in 3D of the block axis against the other two, and of each singular
 * vector of those again. Gaussians are one product.
 *
 * <p>The error is {@code Σ |K − K̃| / Σ |K|}: an output differs by no more than that times {@code Σ |K|} times the largest
 * input. Weights along the last two axes are scaled to {@code Σ |w| = 1}, so that partial sums never exceed the inputs.
 *
 * @param terms the products
 * @param even whether the weights along the last axis are the same to the bit at offsets that mirror each other
 * @param error their relative error, rounding apart
 */
public record SeparableSum(List<Term> terms, boolean even, double error) {
    /** More products than these are not worth their passes. */
    private static final int MOST_TERMS = 8;

    /**
     * One product of weights, each array from the lowest offset of its axis to the highest.
     *
     * @param block along the block axis
     * @param middle along the middle axis; 1 in 2D
     * @param column along the last axis
     */
    public record Term(double[] block, double[] middle, double[] column) {}

    /**
     * The shortest sum within an error.
     *
     * @param shape of the program
     * @param allowedError relative error that the sum may have, at least 0; what rounding of the weights leaves is always
     *     allowed
     * @return null where there is none of at most eight products, or several components
     */
    public static @Nullable SeparableSum of(BlockShape shape, double allowedError) {
        Stencil stencil = shape.program.stencil();
        if (stencil.inputs() != 1 || stencil.outputs() != 1 || stencil.size() == 0) {
            return null;
        }
        int blocks = shape.reach(shape.blockAxis);
        int middles = shape.reach(shape.middleAxis);
        int columns = shape.reach(2);
        double[][] weights = new double[blocks][middles * columns];
        double total = 0;
        for (int t = 0; t < stencil.size(); t++) {
            int b = shape.program.offset(t, shape.blockAxis) - shape.lowest(shape.blockAxis);
            int m = shape.program.offset(t, shape.middleAxis) - shape.lowest(shape.middleAxis);
            int c = shape.program.offset(t, 2) - shape.lowest(2);
            weights[b][m * columns + c] = stencil.weight(t);
            total += Math.abs(stencil.weight(t));
        }
        boolean even = isEven(weights, columns) && shape.lowest(2) == -shape.highest(2);
        double limit = total * Math.max(allowedError, 0x1p-50);
        List<Term> terms = new ArrayList<>();
        double[][] rest = weights;
        double left = total;
        for (SingularValues.Pair outer : SingularValues.of(weights)) {
            double[][] plane = new double[middles][];
            for (int m = 0; m < middles; m++) {
                plane[m] = Arrays.copyOfRange(outer.right(), m * columns, (m + 1) * columns);
            }
            for (SingularValues.Pair inner : SingularValues.of(plane)) {
                double[] column = even ? evenPart(inner.right()) : inner.right();
                double[][] next = without(rest, outer.left(), inner.left(), column);
                double nextLeft = sum(next);
                if (nextLeft >= left) {
                    continue;
                }
                terms.add(scaled(outer.left(), inner.left(), column));
                rest = next;
                left = nextLeft;
                if (left <= limit) {
                    return new SeparableSum(List.copyOf(terms), even, left / total);
                }
                if (terms.size() == MOST_TERMS) {
                    return null;
                }
            }
        }
        return null;
    }

    /**
     * Whether sums along the last axis add inputs that mirror each other before they multiply them: where products share
     * these additions. They go from the outermost pair to the centre, which is added to itself and has half its weight.
     *
     * @return true for even sums of two products or more
     */
    public boolean mirrors() {
        return even && terms.size() > 1;
    }

    /**
     * The sum of the absolute weights of all products, relative to that of the stencil they stand for.
     *
     * @param stencil that the products stand for
     * @return at least about 1
     */
    public double growth(Stencil stencil) {
        double whole = 0;
        for (int t = 0; t < stencil.size(); t++) {
            whole += Math.abs(stencil.weight(t));
        }
        // those along the other axes add up to 1
        return terms.stream().mapToDouble(term -> sum(term.block)).sum() / whole;
    }

    /** Whether all rows of so many weights read the same from either end. */
    private static boolean isEven(double[][] weights, int columns) {
        for (double[] plane : weights) {
            for (int i = 0; i < plane.length; i++) {
                if (plane[i] != plane[i / columns * columns + columns - 1 - i % columns]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What rounding of the decomposition has left of symmetry, made exact. */
    private static double[] evenPart(double[] weights) {
        double[] even = new double[weights.length];
        for (int i = 0; i < even.length; i++) {
            even[i] = (weights[i] + weights[even.length - 1 - i]) / 2;
        }
        return even;
    }

    private static double[][] without(double[][] weights, double[] block, double[] middle, double[] column) {
        double[][] rest = new double[weights.length][];
        for (int b = 0; b < rest.length; b++) {
            rest[b] = weights[b].clone();
            for (int m = 0; m < middle.length; m++) {
                for (int c = 0; c < column.length; c++) {
                    rest[b][m * column.length + c] -= block[b] * middle[m] * column[c];
                }
            }
        }
        return rest;
    }

    private static double sum(double[][] weights) {
        double sum = 0;
        for (double[] row : weights) {
            sum += sum(row);
        }
        return sum;
    }

    private static double sum(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += Math.abs(weight);
        }
        return sum;
    }

    private static Term scaled(double[] block, double[] middle, double[] column) {
        double m = sum(middle);
        double c = sum(column);
        return new Term(times(block, m * c), times(middle, 1 / m), times(column, 1 / c));
    }

    private static double[] times(double[] weights, double factor) {
        double[] scaled = new double[weights.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = weights[i] * factor;
        }
        return scaled;
    }
}
