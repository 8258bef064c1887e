package org.isotrope.jmh;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.isotrope.grids.Precision;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Contestants at one workload, on the same memory and in turns, so that what the machine does meanwhile happens to all of
 * them. The score is the time of a round, that of each contestant is in a counter, and so is the garbage of the first.
 * Results are verified in tear-down.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 9, time = 1)
public class Contest {
    /** Between names of contestants. */
    static final String SEPARATOR = "+";

    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Seconds of a turn of many calls, which one that is not timed precedes: others had the caches. */
    private static final double TURN = 4e-3;
    /** Seconds of Isotrope alone before all others, and of these. */
    private static final double COMPILE = 0.7;

    private static final double TOUCH = 0.05;
    /** Who takes this many times as long as the fastest has a turn in every so many rounds. */
    private static final int SLOW = 6;

    /** A name that {@link Workloads} knows. */
    @Param("laplacian-64")
    public String workload;

    /** Who computes it, at most twelve. */
    @Param("isotrope+tunedC+plainC")
    public String who;

    /** Number format of the fields. */
    @Param("FLOAT")
    public Precision precision;

    /** Whether the JVM has done much else before. */
    @Param("false")
    public boolean polluted;

    private Workload work;
    private Task[] tasks;
    private double[] seconds;
    private double[] mean;
    private int[] calls;
    private int round;
    private long garbage;

    /** Mean microseconds a call of each contestant in an iteration, or 0. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Means {
        /** In the order of the names. */
        public double time0;

        /** The second. */
        public double time1;

        /** The third. */
        public double time2;

        /** The fourth. */
        public double time3;

        /** The fifth. */
        public double time4;

        /** The sixth. */
        public double time5;

        /** The seventh. */
        public double time6;

        /** The eighth. */
        public double time7;

        /** The ninth. */
        public double time8;

        /** The tenth. */
        public double time9;

        /** The eleventh. */
        public double time10;

        /** The twelfth. */
        public double time11;

        /** Bytes of garbage a call of the first. */
        public double bytes;

        void set(int contestant, double micros) {
            switch (contestant) {
                case 0 -> time0 = micros;
                case 1 -> time1 = micros;
                case 2 -> time2 = micros;
                case 3 -> time3 = micros;
                case 4 -> time4 = micros;
                case 5 -> time5 = micros;
                case 6 -> time6 = micros;
                case 7 -> time7 = micros;
                case 8 -> time8 = micros;
                case 9 -> time9 = micros;
                case 10 -> time10 = micros;
                default -> time11 = micros;
            }
        }
    }

    /** Prepares the fields and the plans and functions. */
    @Setup
    public void prepare() throws Throwable {
        if (polluted) {
            Pollution.spread();
        }
        work = Workloads.named(workload, precision);
        String[] names = names();
        tasks = new Task[names.length];
        mean = new double[names.length];
        seconds = new double[names.length];
        calls = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            tasks[i] = work.by(names[i]);
            long start = System.nanoTime();
            double alone = names[i].startsWith("isotrope") ? COMPILE : TOUCH;
            do {
                mean[i] = turn(i, 1);
            } while (System.nanoTime() - start < 1e9 * alone);
        }
    }

    private String[] names() {
        return who.split("\\" + SEPARATOR);
    }

    /** Starts new means. */
    @Setup(Level.Iteration)
    public void reset() {
        Arrays.fill(seconds, 0);
        Arrays.fill(calls, 0);
        garbage = 0;
    }

    private double turn(int contestant, int batch) throws Throwable {
        Task task = tasks[contestant];
        if (batch > 1) {
            task.run();
        }
        long before = THREAD.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        for (int call = 0; call < batch; call++) {
            task.run();
        }
        double duration = (System.nanoTime() - start) / 1e9;
        if (contestant == 0) {
            garbage += THREAD.getCurrentThreadAllocatedBytes() - before;
        }
        seconds[contestant] += duration;
        calls[contestant] += batch;
        return duration / batch;
    }

    /** A turn of everybody. */
    @Benchmark
    public void turns(Means means) throws Throwable {
        double fastest = Arrays.stream(mean).min().orElseThrow();
        for (int i = 0; i < tasks.length; i++) {
            if (mean[i] < Math.max(SLOW * fastest, TURN) || round % SLOW == 0) {
                mean[i] = turn(i, (int) Math.max(1, Math.ceil(TURN / mean[i])));
                means.set(i, 1e6 * seconds[i] / calls[i]);
            }
        }
        means.bytes = (double) garbage / calls[0];
        round++;
    }

    /** A call of the first contestant, every one timed. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public void latency() throws Throwable {
        tasks[0].run();
    }

    /** Checks what each leaves. */
    @TearDown(Level.Trial)
    public void verify() throws Throwable {
        String[] names = names();
        for (int i = 0; i < tasks.length; i++) {
            tasks[i].run();
            tasks[i].deliver();
            if (!Workload.isCeiling(names[i])) {
                work.verify(names[i]);
            }
        }
    }
}
