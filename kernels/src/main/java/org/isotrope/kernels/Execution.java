package org.isotrope.kernels;

import java.util.concurrent.Executor;
import org.isotrope.kernels.engine.VectorApi;
import org.isotrope.kernels.engine.plan.Calibration;
import org.jspecify.annotations.Nullable;

/**
 * How a plan runs.
 *
 * <p>For one algorithm, any number of threads, any width of vectors and the scalar reference give the same bits. The
 * automatic choice keeps to that without an allowed error: what changes bits it chooses by the operator, the grid and the
 * precision alone, as if every machine had vectors of 64 bytes. Only which of two algorithms with the same bits runs
 * depends on the machine and on threads. Within an {@linkplain #allowing allowed error} all choices are those for this
 * machine: bits may then differ from one kind of machine to another, and after a {@linkplain #calibrate calibration}, by
 * no more than was allowed, yet never with the number of threads. {@linkplain #measuring Measured} plans may differ too.
 *
 * @param threads most threads that work on one {@code apply}, the caller included
 * @param reference whether to run the plain scalar reference instead of the Vector API
 * @param algorithm how stencils are computed
 * @param allowedError how far an output may be from that of the exact weights, relative to the largest input times the
 *     sum of all absolute weights; 0 where only rounding may make a difference
 * @param measured whether the automatic choice times the algorithms instead of predicting their cost
 * @param executor the caller's own threads, or null for the common team
 */
public record Execution(
        int threads,
        boolean reference,
        Algorithm algorithm,
        double allowedError,
        boolean measured,
        @Nullable Executor executor) {
    /** From how many values on an {@code apply} is worth sharing between threads. */
    public static final long SHARING_THRESHOLD = 20_000;

    private static final Execution STANDARD =
            new Execution(Runtime.getRuntime().availableProcessors(), false);

    /**
     * Checks the numbers.
     *
     * @param threads at least 1
     * @param reference whether to run the plain scalar reference
     * @param algorithm how stencils are computed
     * @param allowedError at least 0 and below 1
     * @param measured whether the automatic choice times the algorithms
     * @param executor the caller's own threads, or null
     */
    public Execution {
        if (!(allowedError >= 0 && allowedError < 1)) {
            throw new IllegalArgumentException("allowedError is " + allowedError
                    + "; it had to be at least 0 and below 1");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads are " + threads + "; they had to be at least 1");
        }
    }

    /**
     * The automatic choice of algorithm.
     *
     * @param threads at least 1
     * @param reference whether to run the plain scalar reference
     */
    public Execution(int threads, boolean reference) {
        this(threads, reference, Algorithm.AUTOMATIC, 0, false, null);
    }

    /**
     * This execution with another algorithm for stencils.
     *
     * @param wanted the algorithm; a plan is refused where it cannot run the operator
     * @return a new execution
     */
    public Execution with(Algorithm wanted) {
        return new Execution(threads, reference, wanted, allowedError, measured, executor);
    }

    /**
     * This execution with leave to change the weights of stencils a little where that is faster.
     *
     * @param relativeError how far an output may be from that of the exact weights, relative to the largest input times
     *     the sum of all absolute weights; above 0 and below 1
     * @return a new execution
     */
    public Execution allowing(double relativeError) {
        if (!(relativeError > 0 && relativeError < 1)) {
            throw new IllegalArgumentException("relativeError is " + relativeError
                    + "; it had to be above 0 and below 1");
        }
        return new Execution(threads, reference, algorithm, relativeError, measured, executor);
    }

    /**
     * This execution with plans that time every algorithm that can run the operator and take the fastest, for operators
     * that will be applied often. The first such plan of a stencil on a grid takes some ten applications by each; later ones
     * in the same JVM remember. Algorithms differ in rounding, so the bits of the result may depend on the measurement.
     *
     * @return a new execution
     */
    public Execution measuring() {
        return new Execution(threads, reference, algorithm, allowedError, true, executor);
    }

    /**
     * Calibrates the cost model of the automatic choice: measures on one core how fast this machine sweeps, folds, adds up
     * blocks, products and spectra, in both precisions, and keeps the rates in memory for all plans made afterwards in this
     * JVM. Until then plans go by rates that were measured on a machine with vectors as wide. That takes some two seconds,
     * and about ten in a JVM that has not compiled the algorithms yet, which is why no plan does it unasked. Later calls
     * return at once. The machine should have nothing else to do meanwhile.
     *
     * <p>Plans without an allowed error keep their bits; see {@link Execution}.
     *
     * @return the rates in nanoseconds, for a person to read
     */
    public static String calibrate() {
        VectorApi.require();
        return Calibration.run();
    }

    /**
     * This execution on the caller's threads. The calling thread takes part, and does alone what the executor does not
     * start in time; the bits are the same. An executor that has been shut down is refused when a plan is applied, before
     * anything is written.
     *
     * @param own where parts of an application are run; as many threads as {@link #threads()} are of use, less one
     * @return a new execution
     */
    public Execution on(Executor own) {
        return new Execution(threads, reference, algorithm, allowedError, measured, own);
    }

    /** Most threads that are of use for an application of so many values. */
    int threadsFor(long values) {
        return values < SHARING_THRESHOLD ? 1 : threads;
    }

    /**
     * The Vector API on all processors.
     *
     * @return what operators do unless told otherwise
     */
    public static Execution standard() {
        return STANDARD;
    }

    /**
     * The Vector API in the calling thread alone.
     *
     * @return one thread
     */
    public static Execution serial() {
        return new Execution(1, false);
    }

    /**
     * The Vector API on a number of threads; more than there are processors are not used.
     *
     * @param threads at least 1
     * @return that many threads
     */
    public static Execution threads(int threads) {
        return new Execution(threads, false);
    }

    /**
     * The plain scalar reference in the calling thread, for checks.
     *
     * @return slow, one thread
     */
    public static Execution scalarReference() {
        return new Execution(1, true);
    }
}
