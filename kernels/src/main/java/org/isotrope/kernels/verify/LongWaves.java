package org.isotrope.kernels.verify;

import java.util.Arrays;
import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.StaggeredType;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Space;

/**
 * The order of an operator without a second grid: waves that lengthen on one grid are the same as a grid that is refined
 * under one wave. What stands for a derivative of order m has the image {@code |k|ᵐ (c + O(|k|ᵖ))} at a node, whatever
 * {@code c} is, so that two differences of three images, each scaled by {@code |k|⁻ᵐ}, have the ratio {@code 2ᵖ}.
 *
 * <p>Every node counts, those next to walls too, but along periodic axes only the middle one: waves need not have the
 * period.
 */
final class LongWaves {
    /** Of the shortest wave, from one node to the next. */
    private static final double PHASE = 1.6;

    private static final int LEVELS = 8;
    private static final int WAVES = 2;

    /** How many times rounding the difference between images has to be for its order to be seen. */
    private static final double CLEAR = 300;

    /**
     * What was seen.
     *
     * @param order the least of all nodes and components; infinite where all images are those of {@code c|k|ᵐ} but for
     *     rounding
     * @param derivative m
     * @param where the node and component of the least order
     */
    record Seen(double order, int derivative, String where) {}

    private final LinearOperator operator;
    private final Grid grid;
    private final double longest;

    LongWaves(LinearOperator operator) {
        this.operator = operator;
        grid = operator.domain().grid();
        double gap = 0;
        for (int a = 0; a < grid.dimension(); a++) {
            Axis axis = grid.axis(a);
            for (int i = 1; i < axis.size(); i++) {
                gap = Math.max(gap, axis.node(i) - axis.node(i - 1));
            }
        }
        longest = gap;
    }

    Seen see(long seed) {
        Seen least = null;
        Random random = new Random(seed);
        for (int w = 0; w < WAVES; w++) {
            double[] direction = new double[grid.dimension()];
            double length = 0;
            for (int a = 0; a < direction.length; a++) {
                // no direction along which a derivative vanishes
                direction[a] = grid.axis(a).size() == 1 ? 0 : (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble());
                length = Math.hypot(length, direction[a]);
            }
            for (int a = 0; a < direction.length; a++) {
                direction[a] *= PHASE / (length * longest);
            }
            double[] amplitude = new double[operator.domain().components()];
            Arrays.setAll(amplitude, c -> random.nextGaussian());
            double[][][] images = new double[LEVELS][][];
            for (int level = 0; level < LEVELS; level++) {
                images[level] = images(scaled(direction, Math.scalb(1.0, -level)), amplitude);
            }
            Seen seen = least(images);
            least = least == null || seen.order < least.order ? seen : least;
        }
        return least;
    }

    private static double[] scaled(double[] vector, double factor) {
        return Arrays.stream(vector).map(entry -> factor * entry).toArray();
    }

    /** Along the axes, so that the phase between neighbours does not depend on the cell. */
    private double phase(double[] wave, FieldType type, int component, int[] index) {
        double phase = 0;
        for (int a = 0; a < index.length; a++) {
            Axis axis = grid.axis(a);
            double at = axis.node(index[a]) - axis.node(axis.size() / 2);
            if (type instanceof StaggeredType staggered && staggered.isHalf(grid, component, a)) {
                at += staggered.weight(grid, component, a, index[a]) / 2;
            }
            phase += wave[a] * at;
        }
        return phase;
    }

    /** Images of a cosine and a sine, turned back by the phase at their own node: real and imaginary part by value. */
    private double[][] images(double[] wave, double[] amplitude) {
        Field cosine = image(wave, amplitude, 0);
        Field sine = image(wave, amplitude, -Math.PI / 2);
        double[][] images = new double[(int) cosine.count()][];
        for (int i = 0; i < images.length; i++) {
            int component = (int) (i / grid.size());
            int[] index = grid.index(i % grid.size());
            if (counts(component, index)) {
                double phase = phase(wave, operator.range().type(), component, index);
                double re = cosine.getFlat(i);
                double im = sine.getFlat(i);
                images[i] = new double[] {
                    re * Math.cos(phase) + im * Math.sin(phase), im * Math.cos(phase) - re * Math.sin(phase)
                };
            }
        }
        return images;
    }

    private boolean counts(int component, int[] index) {
        for (int a = 0; a < index.length; a++) {
            if (grid.axis(a).isPeriodic() && index[a] != grid.axis(a).size() / 2) {
                return false;
            }
        }
        return !(operator.range().type() instanceof StaggeredType staggered && staggered.isPadding(grid, component, index));
    }

    private Field image(double[] wave, double[] amplitude, double shift) {
        Space domain = operator.domain();
        Field field = Fields.automatic().of(domain.type(), grid);
        for (long i = 0; i < field.count(); i++) {
            int component = (int) (i / grid.size());
            int[] index = grid.index(i % grid.size());
            boolean padding = domain.type() instanceof StaggeredType staggered && staggered.isPadding(grid, component, index);
            field.setFlat(i, padding ? 0
                    : amplitude[component] * Math.cos(phase(wave, domain.type(), component, index) + shift));
        }
        return operator.apply(field);
    }

    private Seen least(double[][][] images) {
        int derivative = derivative(images);
        double least = Double.POSITIVE_INFINITY;
        String where = "at every node, as far as rounding lets see";
        for (int i = 0; i < images[0].length; i++) {
            if (images[0][i] == null) {
                continue;
            }
            double order = order(images, i, derivative);
            // a NaN is worse than any order and stays
            if (!(order >= least) && !Double.isNaN(least)) {
                least = order;
                where = "in component " + i / grid.size() + " at node " + Arrays.toString(grid.index(i % grid.size()));
            }
        }
        return new Seen(least, derivative, where);
    }

    /** From the middle of the grid, which walls are far from. */
    private int derivative(double[][][] images) {
        int[] middle = grid.shape();
        for (int a = 0; a < middle.length; a++) {
            middle[a] /= 2;
        }
        double[] sizes = new double[LEVELS];
        double largest = 0;
        for (int level = 0; level < LEVELS; level++) {
            for (int c = 0; c < operator.range().components(); c++) {
                double[] image = images[level][(int) (c * grid.size() + grid.flat(middle))];
                sizes[level] = Math.hypot(sizes[level], image == null ? 0 : Math.hypot(image[0], image[1]));
            }
            largest = Math.max(largest, sizes[level]);
        }
        if (!(largest > 0)) {
            throw new IllegalStateException("images of waves are " + largest
                    + " in the middle of the grid; they had to be more than 0 for their order to be seen");
        }
        int last = LEVELS - 1;
        while (last > 1 && !(sizes[last] > CLEAR * Math.ulp(largest))) {
            last--;
        }
        return (int) Math.round(Math.log(sizes[last - 1] / sizes[last]) / Math.log(2));
    }

    private double order(double[][][] images, int i, int derivative) {
        double largest = 0;
        for (double[][] level : images) {
            largest = Math.max(largest, Math.hypot(level[i][0], level[i][1]));
        }
        for (int fine = LEVELS - 1; fine >= 2; fine--) {
            double second = difference(images, fine - 1, i, derivative);
            if (!(second <= CLEAR * Math.scalb(Math.ulp(largest), fine * derivative))) {
                return Math.log(difference(images, fine - 2, i, derivative) / second) / Math.log(2);
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Between the images at a level and the next, both scaled to the first. */
    private static double difference(double[][][] images, int level, int i, int derivative) {
        double coarse = Math.scalb(1.0, level * derivative);
        double fine = Math.scalb(coarse, derivative);
        double[] a = images[level][i];
        double[] b = images[level + 1][i];
        return Math.hypot(coarse * a[0] - fine * b[0], coarse * a[1] - fine * b[1]);
    }
}
