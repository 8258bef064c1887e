package org.isotrope.jmh;

import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
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

/** The disc of {@link RadialBenchmark} by OpenCV's {@code filter2D}, native code, zero beyond the edges. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OpenCvBenchmark {
    private static final int N = 1024;

    /** Radius in nodes. */
    @Param({"3", "7", "15"})
    public int radius;

    private Mat in;
    private Mat out;
    private Mat kernel;
    private Point centre;

    @Setup
    public void setup() {
        opencv_core.setNumThreads(1);
        int width = 2 * radius + 1;
        in = new Mat(N, N, opencv_core.CV_32FC1);
        out = new Mat(N, N, opencv_core.CV_32FC1);
        kernel = new Mat(width, width, opencv_core.CV_32FC1);
        centre = new Point(-1, -1);
        try (FloatIndexer values = in.createIndexer(); FloatIndexer weights = kernel.createIndexer()) {
            for (long i = 0; i < (long) N * N; i++) {
                values.put(i / N, i % N, (float) Math.sin(0.37 * (i % 1009)));
            }
            for (int y = -radius; y <= radius; y++) {
                for (int x = -radius; x <= radius; x++) {
                    double squares = x * x + y * y;
                    double weight = squares <= radius * radius ? Math.exp(-4.5 * squares / (radius * radius)) : 0;
                    weights.put(y + radius, x + radius, (float) weight);
                }
            }
        }
    }

    @Benchmark
    public Mat filter2D() {
        opencv_imgproc.filter2D(in, out, -1, kernel, centre, 0, opencv_core.BORDER_CONSTANT);
        return out;
    }
}
