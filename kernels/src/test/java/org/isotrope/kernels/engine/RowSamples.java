package org.isotrope.kernels.engine;

import java.util.Random;

/** Rows of random values to hold loops over vectors against their formulas. */
public abstract class RowSamples {
    protected static final int BASE = 300;

    protected final Random random = new Random(5);
    protected final float[] box = floats(2000);

    protected final float[] floats(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    protected final int[] places(int steps) {
        return random.ints(steps, -200, 200).toArray();
    }

    protected interface Step {
        float value(int step, int column);
    }

    /** The sum over steps of weight times value for each output, as the blocks define it. */
    protected static float expected(int steps, int row, int column, float[] w, int stride, Step step) {
        float sum = 0;
        for (int q = 0; q < steps; q++) {
            sum = Math.fma(step.value(q, column), w[q * stride + row], sum);
        }
        return sum + 0f;
    }
}
