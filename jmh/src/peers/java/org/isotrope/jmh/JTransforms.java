package org.isotrope.jmh;

import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;
import org.isotrope.grids.Field;
import org.jtransforms.fft.FloatFFT_2D;
import org.jtransforms.fft.FloatFFT_3D;
import pl.edu.icm.jlargearrays.ConcurrencyUtils;

/** Circular convolution by transforms of JTransforms, plain Java. */
public final class JTransforms implements Peer {
    @Override
    public String name() {
        return "jTransforms";
    }

    @Override
    public Task convolution(Field in, Field out, float[] kernel, int width) {
        ConcurrencyUtils.setNumberOfThreads(1);
        int n = (int) in.grid().axis(0).size();
        boolean plane = in.grid().dimension() == 2;
        Consumer<float[]> forward;
        Consumer<float[]> inverse;
        if (plane) {
            FloatFFT_2D transform = new FloatFFT_2D(n, n);
            forward = transform::realForward;
            inverse = values -> transform.realInverse(values, true);
        } else {
            FloatFFT_3D transform = new FloatFFT_3D(n, n, n);
            forward = transform::realForward;
            inverse = values -> transform.realInverse(values, true);
        }
        float[] source = in.segment().toArray(ValueLayout.JAVA_FLOAT);
        float[] values = new float[source.length];
        float[] spectrum = new float[source.length];
        for (int t = 0; t < kernel.length; t++) {
            int row = 0;
            for (int scale = plane ? width : width * width; scale > 0; scale /= width) {
                // an even kernel: what multiplies the value at an offset goes there
                row = row * n + Math.floorMod(t / scale % width - width / 2, n);
            }
            spectrum[row] = kernel[t];
        }
        forward.accept(spectrum);
        float[] factors = factors(spectrum, n, plane);
        return new ArrayTask(values, out, () -> {
            System.arraycopy(source, 0, values, 0, values.length);
            forward.accept(values);
            for (int i = 0; i < values.length; i++) {
                values[i] *= factors[i];
            }
            inverse.accept(values);
        });
    }

    /**
     * The spectrum of an even kernel is real: of each pair in the packed format one number, for both, but for the pairs of
     * two real numbers at the corners of the half spectrum.
     */
    private static float[] factors(float[] spectrum, int n, boolean plane) {
        float[] factors = new float[spectrum.length];
        for (int i = 0; i < spectrum.length; i += 2) {
            int row = i / n;
            boolean corner = i % n == 0 && row % n % (n / 2) == 0 && (plane || row / n % (n / 2) == 0);
            float one = Math.abs(spectrum[i]) > Math.abs(spectrum[i + 1]) ? spectrum[i] : spectrum[i + 1];
            factors[i] = corner ? spectrum[i] : one;
            factors[i + 1] = corner ? spectrum[i + 1] : one;
        }
        return factors;
    }
}
