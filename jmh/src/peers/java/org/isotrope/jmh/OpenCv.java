package org.isotrope.jmh;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.isotrope.grids.Field;

/** OpenCV's {@code filter2D}, native code, zero beyond the edges. */
public final class OpenCv implements Peer {
    @Override
    public String name() {
        return "openCv";
    }

    @Override
    public Task convolution(Field in, Field out, float[] kernel, int width) {
        opencv_core.setNumThreads(1);
        int n = (int) in.grid().axis(0).size();
        Mat from = new Mat(n, n, opencv_core.CV_32FC1);
        Mat to = new Mat(n, n, opencv_core.CV_32FC1);
        Mat weights = new Mat(width, width, opencv_core.CV_32FC1);
        Point centre = new Point(-1, -1);
        float[] values = in.segment().toArray(ValueLayout.JAVA_FLOAT);
        new FloatPointer(from.data()).put(values);
        new FloatPointer(weights.data()).put(kernel);
        return new Task() {
            @Override
            public void run() {
                opencv_imgproc.filter2D(from, to, -1, weights, centre, 0, opencv_core.BORDER_CONSTANT);
            }

            @Override
            public void deliver() {
                new FloatPointer(to.data()).get(values);
                MemorySegment.copy(values, 0, out.segment(), ValueLayout.JAVA_FLOAT, 0, values.length);
            }
        };
    }
}
