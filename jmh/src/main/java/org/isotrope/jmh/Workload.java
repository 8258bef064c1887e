package org.isotrope.jmh;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;

/**
 * An operator on fields of a size, and those who can apply it: {@code isotrope} on one thread, {@code isotrope-N} on N
 * threads, {@code isotrope-all} on all, {@code isotrope-blocks} and the like by a named algorithm; {@code plainC} and
 * {@code tunedC}; {@code fma}, {@code copy} and {@code copy-all}, the ceilings of the machine; {@code floatArray},
 * {@code segment} and {@code vectorArray} in Java.
 */
abstract class Workload {
    private static final int PERIOD = 4093;

    final Precision precision;
    final int dimension;
    final int n;
    final Field in;
    final Field out;
    final Taps taps;

    Workload(Precision precision, int dimension, int n, int reach, Taps.Edges edges) {
        this.precision = precision;
        this.dimension = dimension;
        this.n = n;
        LinearOperator small = operator(grid(dimension, 4 * reach + 5, edges));
        taps = taps(small, reach, edges);
        Grid grid = grid(dimension, n, edges);
        in = random(small.domain().type(), grid);
        out = empty(small.range().type(), grid);
    }

    /** The operator on a grid of its kind; nodes are a unit apart. */
    abstract LinearOperator operator(Grid grid);

    /**
     * The weights.
     *
     * @param small the operator on a small grid
     */
    Taps taps(LinearOperator small, int reach, Taps.Edges edges) {
        return Taps.of(small, reach, edges);
    }

    /** What the calls of one are that does not run by plans of Isotrope. */
    abstract Task other(String who) throws Throwable;

    /** How Isotrope runs it. */
    Execution execution() {
        return Execution.serial();
    }

    /** How far results may be from the exact ones, relative to the largest possible one. */
    double tolerance() {
        return precision == Precision.FLOAT ? 1e-6 : 1e-14;
    }

    final Task by(String who) throws Throwable {
        if (who.startsWith("copy")) {
            return Copy.task(who, in.segment(), out.segment());
        }
        if (who.startsWith("fma")) {
            return Fma.task(who);
        }
        if (!who.startsWith("isotrope")) {
            return other(who);
        }
        Execution serial = execution();
        String how = who.substring("isotrope".length());
        return plan(switch (how) {
            case "" -> serial;
            case "-all" -> threads(serial, Runtime.getRuntime().availableProcessors());
            default -> Character.isDigit(how.charAt(1)) ? threads(serial, Integer.parseInt(how.substring(1)))
                    : serial.with(Algorithm.valueOf(how.substring(1).toUpperCase(Locale.ROOT)));
        });
    }

    private static Execution threads(Execution serial, int threads) {
        Execution shared = Execution.threads(threads).with(serial.algorithm());
        return serial.allowedError() > 0 ? shared.allowing(serial.allowedError()) : shared;
    }

    Task plan(Execution execution) {
        var plan = operator(in.grid()).plan(precision, execution);
        return () -> plan.apply(in, out);
    }

    /** What the planner chose. */
    final String explain() {
        return operator(in.grid()).plan(precision, execution()).explain();
    }

    /** Whether a contestant shows what the machine can do, and computes nothing. */
    static boolean isCeiling(String who) {
        return who.startsWith("copy") || who.startsWith("fma");
    }

    /**
     * Fails a run whose outputs are not the sums of inputs and weights.
     *
     * @param who left them
     * @throws IllegalStateException naming the first that is not
     */
    void verify(String who) {
        Random random = new Random(3);
        for (int sample = 0; sample < 200; sample++) {
            int[] at = new int[dimension];
            for (int a = 0; a < dimension; a++) {
                // many of the samples lie on edges
                int anywhere = random.nextInt(n);
                at[a] = switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> n - 1;
                    default -> anywhere;
                };
            }
            int output = random.nextInt(taps.outputs());
            double expected = taps.expected(in, output, at);
            double found = out.get(output, at);
            if (!(Math.abs(found - expected) <= tolerance() * taps.norm(output))) {
                throw new IllegalStateException("output " + output + " at " + Arrays.toString(at) + " is " + found
                        + "; it had to be " + expected);
            }
        }
    }

    /** The fastest variant of hand-tuned C; each is given its sizes. */
    final Task tuned(String function, double[] weights, long scratch, List<long[]> variants) throws Throwable {
        List<Task> tasks = new ArrayList<>();
        for (long[] sizes : variants) {
            tasks.add(NativeCode.TUNED.task(function, precision, out.segment(), in.segment(), weights, scratch, sizes));
        }
        return tasks.size() == 1 ? tasks.getFirst() : Task.fastest(tasks.toArray(Task[]::new));
    }

    final Task plain(String function, double[] weights, long scratch, long... sizes) {
        return NativeCode.PLAIN.task(function, precision, out.segment(), in.segment(), weights, scratch, sizes);
    }

    static Grid grid(int dimension, int n, Taps.Edges edges) {
        Axis[] axes = new Axis[dimension];
        Arrays.fill(axes, edges == Taps.Edges.PERIODIC ? Axis.periodic(0, n, n) : Axis.uniform(0, n - 1, n));
        return Grid.of(axes);
    }

    /** Random numbers between −1/2 and 1/2 that repeat after a prime number of values. */
    final Field random(FieldType type, Grid grid) {
        Field field = empty(type, grid);
        Random random = new Random(12345);
        for (long i = 0; i < Math.min(PERIOD, field.count()); i++) {
            field.setFlat(i, random.nextDouble() - 0.5);
        }
        long done = (long) PERIOD * precision.bytes();
        MemorySegment values = field.segment();
        for (; done < values.byteSize(); done *= 2) {
            MemorySegment.copy(values, ValueLayout.JAVA_BYTE, 0, values, ValueLayout.JAVA_BYTE, done,
                    Math.min(done, values.byteSize() - done));
        }
        return field;
    }

    final Field empty(FieldType type, Grid grid) {
        return Fields.automatic().precision(precision).of(type, grid);
    }
}
