package org.isotrope.jmh;

import boofcv.alg.filter.convolve.ConvolveImageNoBorder;
import boofcv.concurrency.BoofConcurrency;
import boofcv.struct.convolve.Kernel2D_F32;
import boofcv.struct.image.GrayF32;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The disc of {@link RadialBenchmark} by BoofCV, plain Java: all outputs that need nothing beyond the edges. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BoofCvBenchmark {
    private static final int N = 1024;

    /** Radius in nodes. */
    @Param({"3", "7", "15"})
    public int radius;

    private GrayF32 in;
    private GrayF32 out;
    private Kernel2D_F32 kernel;

    @Setup
    public void setup() {
        BoofConcurrency.USE_CONCURRENT = false;
        int width = 2 * radius + 1;
        in = new GrayF32(N + 2 * radius, N + 2 * radius);
        out = new GrayF32(N + 2 * radius, N + 2 * radius);
        for (int i = 0; i < in.data.length; i++) {
            in.data[i] = (float) Math.sin(0.37 * (i % 1009));
        }
        kernel = new Kernel2D_F32(width);
        for (int y = -radius; y <= radius; y++) {
            for (int x = -radius; x <= radius; x++) {
                double squares = x * x + y * y;
                double weight = squares <= radius * radius ? Math.exp(-4.5 * squares / (radius * radius)) : 0;
                kernel.set(x + radius, y + radius, (float) weight);
            }
        }
    }

    @Benchmark
    public GrayF32 convolve() {
        ConvolveImageNoBorder.convolve(kernel, in, out);
        return out;
    }
}
