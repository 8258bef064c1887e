package org.isotrope.kernels.engine.sweep;

import org.isotrope.kernels.engine.program.StencilProgram;

/**
 * Which rows of a plan go by vectors until C2 has compiled its loops.
 *
 * <p>Before that each vector is an object, and an operation on it takes some hundred nanoseconds, in a JVM that has just
 * started many microseconds. So rows go without vectors ({@link FloatPlainRows}), which has the same bits and is fast much
 * sooner. C2 compiles for good what has been called often, however long it ran: a few rows at a time are a trial by
 * vectors, for twice the time that the others take, until one is as fast as only compiled vectors are. There is none in
 * the first sweep, whose result would wait for the many classes that vectors need as objects.
 *
 * <p>Threads may share one; what they overwrite of each other's is but times.
 */
final class FloatRunUp {
    /** Vectors of a trial: so many calls as C2 waits for, and so many turns of a loop, come at about the same time. */
    private static final int TRIAL = 16;

    /** Elements without vectors at a time. */
    private static final int PLAIN = 1 << 12;

    /** Most elements without vectors before the first trial. */
    private static final int FIRST = 1 << 18;

    /** Elements of rows that fit into arrays well. */
    private static final int LONGEST = 1 << 16;

    /** Nanoseconds a tap: a fraction of one when compiled, ten and more when not. */
    private static final long COMPILED = 1;

    /** Trials may take so many times what other rows take. */
    private static final int SHARE = 2;

    /** Trials after which C2 has been asked often enough, where loops never become as fast as that. */
    private static final int MOST = 2000;

    /** The same of trials that are whole planes, in which the loop over rows at walls has few turns. */
    private static final int MOST_PLANES = 6000;

    private final int size;
    private final int taps;
    private final int most;
    private boolean over;
    private int count;
    /** Elements that are still to go without vectors before the first trial. */
    private long ahead;
    /** Nanoseconds of trials by their share, less those of other rows. */
    private long balance;

    /**
     * For a plan.
     *
     * @param program whose planes have to have rows for more than a trial, and none that are very long
     * @param planes whether trials are whole planes
     */
    FloatRunUp(StencilProgram program, boolean planes) {
        this.most = planes ? MOST_PLANES : MOST;
        this.size = program.size(2);
        this.taps = program.stencil().size();
        this.ahead = Math.min(program.nodes(), FIRST);
        this.over = program.size(1) < 2 * rows(true) || size > LONGEST;
    }

    boolean isOver() {
        return over;
    }

    /** Ends it before C2 has compiled anything. */
    void end() {
        over = true;
    }

    /** Whether the next rows are a trial. */
    boolean isTrial() {
        return balance < 0;
    }

    /** How many rows are next. */
    int rows(boolean trial) {
        return Math.max(1, (trial ? TRIAL * FloatSweep.LANES : PLAIN) / size);
    }

    /** Notes how long rows took. */
    void took(boolean trial, int rows, long nanoseconds) {
        if (trial) {
            balance += nanoseconds / SHARE;
            count++;
            over = count >= most || nanoseconds < COMPILED * rows * size * taps;
        } else if (ahead > 0) {
            ahead -= (long) rows * size;
        } else {
            balance -= nanoseconds;
        }
    }
}
