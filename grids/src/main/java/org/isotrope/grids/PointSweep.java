package org.isotrope.grids;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One pass over many points, shared between threads.
 *
 * <p>The value of component c at point p is number {@code p · pointStride + c · componentStride} of the samples, so that
 * they may be records or planes. A turn {@code D} mixes components on the way: samples are {@code D f} in interpolation,
 * and {@code Dᵀ} of samples is what scattering adds.
 *
 * <p>Every node adds up what points bring it in the order of the points. Threads that scatter share the nodes, not the
 * points: each looks at every point and keeps those that touch its own nodes. So bits do not depend on their number.
 */
final class PointSweep {
    /** From how many points on a pass is worth sharing between threads. */
    static final long SHARING_THRESHOLD = 2_000;

    /** What is done with each point. */
    private enum Task {
        JUDGE,
        INTERPOLATE,
        DIFFERENTIATE,
        SCATTER,
        DEPOSIT
    }

    private static final PointSource NOTHING = new PointSource() {
        @Override
        public long count() {
            return 0;
        }

        @Override
        public void position(long p, double[] x) {
            throw new IllegalStateException("there are no points");
        }
    };

    /** Never started; asks which memory threads other than the caller may touch. */
    private static final Thread STRANGER = Thread.ofPlatform().unstarted(() -> {});

    private final Interpolation how;
    // of the pass that is under way
    private PointSource points = NOTHING;
    private MemorySegment samples = MemorySegment.NULL;
    private Precision precision = Precision.DOUBLE;
    private long pointStride;
    private long componentStride;
    private double @Nullable [][] turn;

    PointSweep(Interpolation how) {
        this.how = how;
    }

    PointSweep over(
            PointSource newPoints, MemorySegment newSamples, Precision newPrecision, long newPointStride,
            long newComponentStride, double @Nullable [][] newTurn) {
        points = newPoints;
        samples = newSamples;
        precision = newPrecision;
        pointStride = newPointStride;
        componentStride = newComponentStride;
        turn = newTurn;
        return this;
    }

    /** Lets go of the caller's memory and lends this object to the next pass. */
    private void end() {
        over(NOTHING, MemorySegment.NULL, Precision.DOUBLE, 0, 0, null);
        how.give(this);
    }

    private static double read(MemorySegment segment, Precision precision, long i) {
        return precision == Precision.FLOAT
                ? segment.getAtIndex(ValueLayout.JAVA_FLOAT, i)
                : segment.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
    }

    private static void write(MemorySegment segment, Precision precision, long i, double value) {
        if (precision == Precision.FLOAT) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) value);
        } else {
            segment.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
        }
    }

    /** Samples a field at the points; returns how many were ignored. */
    long interpolate(Field field) {
        return run(Task.INTERPOLATE, field);
    }

    /** Gradients in space, {@code d} numbers where a sample would be one. */
    long differentiate(Field field) {
        return run(Task.DIFFERENTIATE, field);
    }

    /** Adds the transpose of interpolation, divided by quadrature weights if asked to. */
    long scatter(Field field, boolean perVolume) {
        return run(perVolume ? Task.DEPOSIT : Task.SCATTER, field);
    }

    private long run(Task task, Field field) {
        try {
            judge(field);
            return all(task, field);
        } finally {
            end();
        }
    }

    /** Finds bad points before anything is written. */
    void judge(Field field) {
        try {
            all(Task.JUDGE, field);
        } catch (IllegalArgumentException one) {
            // several threads may have met one; the caller is told of the first
            part(Task.JUDGE, field, 0, 1);
            throw one;
        }
    }

    private long all(Task task, Field field) {
        int parts = points.count() < SHARING_THRESHOLD || !isShared(field) ? 1 : how.threads();
        if (parts == 1) {
            return part(task, field, 0, 1);
        }
        return LongStream.range(0, parts).parallel().map(part -> part(task, field, (int) part, parts)).sum();
    }

    private boolean isShared(Field field) {
        boolean placed = !(points instanceof PointSet set) || set.segment().isAccessibleBy(STRANGER);
        return placed && samples.isAccessibleBy(STRANGER) && field.segment().isAccessibleBy(STRANGER);
    }

    private long part(Task task, Field field, int part, int parts) {
        Interpolation.Workspace work = how.take();
        try {
            return switch (task) {
                case JUDGE -> judge(work, part, parts);
                case INTERPOLATE, DIFFERENTIATE -> gather(task, field, work, part, parts);
                case SCATTER, DEPOSIT -> scatter(task, field, work, part, parts);
            };
        } finally {
            how.give(work);
        }
    }

    private long judge(Interpolation.Workspace work, int part, int parts) {
        long count = points.count();
        for (long p = share(count, part, parts); p < share(count, part + 1, parts); p++) {
            points.position(p, work.position);
            work.weights.toCoordinates(work.position, 0, p);
        }
        return 0;
    }

    private static long share(long count, int part, int parts) {
        // exact also where count · part would not fit
        return count / parts * part + count % parts * part / parts;
    }

    private long gather(Task task, Field field, Interpolation.Workspace work, int part, int parts) {
        long count = points.count();
        int components = field.components();
        double[] values = work.values(components);
        double[] gradient = work.gradient;
        long ignored = 0;
        for (long p = share(count, part, parts); p < share(count, part + 1, parts); p++) {
            points.position(p, work.position);
            boolean kept = work.weights.aim(work.position, 0, p);
            if (kept) {
                work.weights.combine(task == Task.DIFFERENTIATE);
            } else {
                ignored++;
            }
            for (int c = 0; c < components; c++) {
                long at = p * pointStride + c * componentStride;
                if (task == Task.INTERPOLATE) {
                    values[c] = kept ? value(field, c, work.weights) : 0;
                } else {
                    gradient(field, c, work.weights, kept, gradient);
                    for (int i = 0; i < gradient.length; i++) {
                        write(samples, precision, at * gradient.length + i, gradient[i]);
                    }
                }
            }
            if (task == Task.INTERPOLATE) {
                for (int c = 0; c < components; c++) {
                    double value = turn == null ? values[c] : dot(turn[c], values);
                    write(samples, precision, p * pointStride + c * componentStride, value);
                }
            }
        }
        return ignored;
    }

    private static double dot(double[] row, double[] values) {
        double sum = 0;
        for (int c = 0; c < row.length; c++) {
            sum += row[c] * values[c];
        }
        return sum;
    }

    static double value(Field field, int c, SplineWeights weights) {
        long plane = c * field.grid().size();
        double sum = 0;
        for (int k = 0; k < weights.count(); k++) {
            // a node of weight 0 is not read, so that a value which is not a number stays where it is
            if (weights.weight(k) != 0) {
                sum += weights.weight(k) * field.getFlat(plane + weights.flat(k));
            }
        }
        return sum;
    }

    static void gradient(Field field, int c, SplineWeights weights, boolean kept, double[] gradient) {
        Arrays.fill(gradient, 0);
        long plane = c * field.grid().size();
        for (int k = 0; kept && k < weights.count(); k++) {
            weights.addSlope(k, field.getFlat(plane + weights.flat(k)), gradient, 0);
        }
    }

    private long scatter(Task task, Field field, Interpolation.Workspace work, int part, int parts) {
        Grid grid = field.grid();
        int components = field.components();
        int axis = slowAxis(grid, parts);
        int from = (int) share(grid.axis(axis).size(), part, parts);
        int to = (int) share(grid.axis(axis).size(), part + 1, parts);
        double[] amounts = work.values(components);
        SplineWeights weights = work.weights;
        long ignored = 0;
        for (long p = 0; p < points.count(); p++) {
            points.position(p, work.position);
            if (!weights.toCoordinates(work.position, 0, p)) {
                ignored += part == 0 ? 1 : 0;
                continue;
            }
            if (parts > 1 && !weights.touches(axis, from, to)) {
                continue;
            }
            weights.aim(work.position, 0, p);
            weights.combine(false);
            for (int c = 0; c < components; c++) {
                amounts[c] = amount(p, c, components);
            }
            for (int k = 0; k < weights.count(); k++) {
                if (weights.weight(k) == 0 || parts > 1 && !weights.isWithin(k, axis, from, to)) {
                    continue;
                }
                double share = task == Task.DEPOSIT ? weights.weight(k) / weights.volume(k) : weights.weight(k);
                for (int c = 0; c < components; c++) {
                    long at = c * grid.size() + weights.flat(k);
                    field.setFlat(at, field.getFlat(at) + share * amounts[c]);
                }
            }
        }
        return ignored;
    }

    private double amount(long p, int c, int components) {
        if (turn == null) {
            return read(samples, precision, p * pointStride + c * componentStride);
        }
        double sum = 0;
        for (int b = 0; b < components; b++) {
            sum += turn[b][c] * read(samples, precision, p * pointStride + b * componentStride);
        }
        return sum;
    }

    /** The axis whose nodes threads share: the slowest with enough of them, or the longest. */
    private static int slowAxis(Grid grid, int parts) {
        int longest = 0;
        for (int a = 0; a < grid.dimension(); a++) {
            if (grid.axis(a).size() >= 4L * parts) {
                return a;
            }
            if (grid.axis(a).size() > grid.axis(longest).size()) {
                longest = a;
            }
        }
        return longest;
    }
}
