package org.isotrope.jmh;

import boofcv.alg.filter.convolve.ConvolveImageNoBorder;
import boofcv.concurrency.BoofConcurrency;
import boofcv.struct.convolve.Kernel2D_F32;
import boofcv.struct.image.GrayF32;
import java.lang.foreign.ValueLayout;
import org.isotrope.grids.Field;

/** BoofCV, plain Java: an image with a frame of zeros, for outputs that need nothing beyond the edges. */
public final class BoofCv implements Peer {
    @Override
    public String name() {
        return "boofCv";
    }

    @Override
    public Task convolution(Field in, Field out, float[] kernel, int width) {
        BoofConcurrency.USE_CONCURRENT = false;
        int n = (int) in.grid().axis(0).size();
        int radius = width / 2;
        GrayF32 from = new GrayF32(n + 2 * radius, n + 2 * radius);
        GrayF32 to = new GrayF32(n + 2 * radius, n + 2 * radius);
        float[] values = in.segment().toArray(ValueLayout.JAVA_FLOAT);
        for (int y = 0; y < n; y++) {
            System.arraycopy(values, y * n, from.data, (y + radius) * from.stride + radius, n);
        }
        Kernel2D_F32 weights = new Kernel2D_F32(width, kernel);
        return new Task() {
            @Override
            public void run() {
                ConvolveImageNoBorder.convolve(weights, from, to);
            }

            @Override
            public void deliver() {
                for (int i = 0; i < n * n; i++) {
                    out.setFlat(i, to.get(radius + i % n, radius + i / n));
                }
            }
        };
    }
}
