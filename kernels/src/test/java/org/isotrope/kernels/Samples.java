package org.isotrope.kernels;

import java.util.List;
import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.stencil.Stencil;

/** Fields, grids and stencils that several tests share. Every random number has a fixed seed. */
public final class Samples {
    /** Every boundary rule there is. */
    public static final List<Boundary> BOUNDARIES = List.of(
            Boundary.zero(),
            Boundary.extrapolate(0),
            Boundary.extrapolate(1),
            Boundary.extrapolate(2),
            Boundary.extrapolate(3),
            Boundary.mirror(),
            Boundary.symmetric());

    /** Every condition at walls, without data. */
    public static final List<Boundary> CONDITIONS = List.of(Boundary.value(), Boundary.slope(), Boundary.mixed(0.6));

    /** Whether a boundary may stand at the walls of a grid: slopes ask for walls at right angles to their axis. */
    public static boolean fits(Boundary boundary, Grid grid) {
        return !CONDITIONS.contains(boundary) || boundary.equals(Boundary.value()) || grid.isRectangular();
    }

    /** Every Cartesian field type. */
    public static final List<FieldType> TYPES =
            List.of(FieldType.SCALAR, FieldType.PSEUDOSCALAR, FieldType.VECTOR, FieldType.PSEUDOVECTOR);

    private Samples() {}

    /** Uniform in (−1, 1). */
    public static Field random(FieldType type, Grid grid, Precision precision, long seed) {
        return randomise(Fields.automatic().precision(precision).of(type, grid), seed);
    }

    /** Uniform in (−1, 1), in {@code double}. */
    public static Field random(Space space, long seed) {
        return random(space.type(), space.grid(), Precision.DOUBLE, seed);
    }

    /** Overwrites a field by numbers uniform in (−1, 1). */
    public static Field randomise(Field field, long seed) {
        Random random = new Random(seed);
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, 2 * random.nextDouble() - 1);
        }
        return field;
    }

    /** A field of the range, poisoned so that a value that is not written shows. */
    public static Field poisoned(Space space, Precision precision) {
        return Fields.automatic().precision(precision).of(space.type(), space.grid()).fill(Double.NaN);
    }

    /** Bits of all values; NaNs are all alike, zeros of either sign are not. */
    public static long[] bits(Field field) {
        long[] bits = new long[Math.toIntExact(field.count())];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Double.doubleToLongBits(field.getFlat(i));
        }
        return bits;
    }

    /** The largest absolute value. */
    public static double largest(Field field) {
        double largest = 0;
        for (long i = 0; i < field.count(); i++) {
            largest = Math.max(largest, Math.abs(field.getFlat(i)));
        }
        return largest;
    }

    /** The largest difference of two fields, NaN if there is a NaN. */
    public static double distance(Field one, Field other) {
        double largest = 0;
        for (long i = 0; i < one.count(); i++) {
            largest = Math.max(largest, Math.abs(one.getFlat(i) - other.getFlat(i)));
        }
        return largest;
    }

    /** A plain sum of products, in {@code double}. */
    public static double dot(Field x, Field y) {
        double sum = 0;
        for (long i = 0; i < x.count(); i++) {
            sum += x.getFlat(i) * y.getFlat(i);
        }
        return sum;
    }

    /** A stencil of random taps that reaches up to {@code reach} nodes either way along every axis. */
    public static Stencil stencil(Random random, int dimension, int outputs, int inputs, int taps, int reach) {
        Stencil.Builder stencil = Stencil.builder(dimension, outputs, inputs);
        for (int t = 0; t < taps; t++) {
            int[] offset = new int[dimension];
            for (int a = 0; a < dimension; a++) {
                offset[a] = random.nextInt(2 * reach + 1) - reach;
            }
            stencil.tap(random.nextInt(outputs), random.nextInt(inputs), random.nextGaussian(), offset);
        }
        return stencil.build();
    }

    /** Another rule on every side of every bounded axis. */
    public static Boundaries mixedBoundaries(Random random, Grid grid) {
        Boundaries boundaries = Boundaries.all(Boundary.zero());
        for (int a = 0; a < grid.dimension(); a++) {
            for (Boundaries.Side side : Boundaries.Side.values()) {
                if (!grid.axis(a).isPeriodic()) {
                    boundaries = boundaries.with(a, side, BOUNDARIES.get(random.nextInt(BOUNDARIES.size())));
                }
            }
        }
        return boundaries;
    }

    /** A bounded axis on about [0, 1] whose nodes are moved by up to 0.35 spacings each. */
    public static Axis jittered(int n, long seed) {
        return Axis.nodes(jitter(n, 1.0 / (n - 1), seed));
    }

    /** A periodic axis of period 1 whose nodes are moved by up to 0.35 spacings each. */
    public static Axis jitteredPeriodic(int n, long seed) {
        return Axis.periodicNodes(1, jitter(n, 1.0 / n, seed));
    }

    private static double[] jitter(int n, double spacing, long seed) {
        Random random = new Random(seed);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = (i + 0.7 * (random.nextDouble() - 0.5)) * spacing;
        }
        return x;
    }

    /** Unit spacing, each axis periodic or bounded by the toss of a coin. */
    public static Grid mixedGrid(Random random, int... shape) {
        Axis[] axes = new Axis[shape.length];
        for (int a = 0; a < axes.length; a++) {
            axes[a] = random.nextBoolean() ? Axis.periodic(0, shape[a], shape[a]) : Axis.cells(0, shape[a], shape[a]);
        }
        return Grid.of(axes);
    }

    /** Cell-centred axes of unit spacing. */
    public static Grid boundedGrid(int... shape) {
        Axis[] axes = new Axis[shape.length];
        for (int a = 0; a < axes.length; a++) {
            axes[a] = Axis.cells(0, shape[a], shape[a]);
        }
        return Grid.of(axes);
    }
}
