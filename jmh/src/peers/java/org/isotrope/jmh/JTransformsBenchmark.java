package org.isotrope.jmh;

import java.util.concurrent.TimeUnit;
import org.jtransforms.fft.FloatFFT_2D;
import org.jtransforms.fft.FloatFFT_3D;
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
import pl.edu.icm.jlargearrays.ConcurrencyUtils;

/**
 * A real transform and its inverse by JTransforms, plain Java, on one thread: the convolution of
 * {@link SpectralBenchmark} without its product.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JTransformsBenchmark {
    /** Sizes of the axes. */
    @Param({"1024x1024", "128x128x128", "256x256x256"})
    public String shape;

    private float[] values;
    private Runnable convolution;

    @Setup
    public void setup() {
        ConcurrencyUtils.setNumberOfThreads(1);
        int n = Integer.parseInt(shape.substring(0, shape.indexOf('x')));
        boolean plane = shape.indexOf('x') == shape.lastIndexOf('x');
        values = new float[plane ? n * n : n * n * n];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(0.37 * (i % 1009));
        }
        if (plane) {
            FloatFFT_2D transform = new FloatFFT_2D(n, n);
            convolution = () -> {
                transform.realForward(values);
                transform.realInverse(values, true);
            };
        } else {
            FloatFFT_3D transform = new FloatFFT_3D(n, n, n);
            convolution = () -> {
                transform.realForward(values);
                transform.realInverse(values, true);
            };
        }
    }

    @Benchmark
    public float[] thereAndBack() {
        convolution.run();
        return values;
    }
}
