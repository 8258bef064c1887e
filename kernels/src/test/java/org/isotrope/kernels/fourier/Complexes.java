package org.isotrope.kernels.fourier;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.isotrope.grids.Precision;

/** Complex or real test values in native memory, and sums to compare transforms with. */
record Complexes(Precision precision, int size, MemorySegment re, MemorySegment im) {
    static Complexes zero(int size, Precision precision) {
        Arena arena = Arena.ofAuto();
        long bytes = (long) size * precision.bytes();
        return new Complexes(precision, size, arena.allocate(bytes, 8), arena.allocate(bytes, 8));
    }

    /** Values that both precisions hold exactly. */
    static Complexes random(int size, Precision precision, long seed) {
        Random random = new Random(seed);
        Complexes values = zero(size, precision);
        for (int i = 0; i < size; i++) {
            values.set(i, (float) random.nextGaussian(), (float) random.nextGaussian());
        }
        return values;
    }

    Complexes like() {
        return zero(size, precision);
    }

    double re(int i) {
        return get(re, i);
    }

    double im(int i) {
        return get(im, i);
    }

    private double get(MemorySegment plane, int i) {
        return precision == Precision.FLOAT ? plane.getAtIndex(ValueLayout.JAVA_FLOAT, i)
                : plane.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
    }

    void set(int i, double newRe, double newIm) {
        if (precision == Precision.FLOAT) {
            re.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) newRe);
            im.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) newIm);
        } else {
            re.setAtIndex(ValueLayout.JAVA_DOUBLE, i, newRe);
            im.setAtIndex(ValueLayout.JAVA_DOUBLE, i, newIm);
        }
    }

    double[] realParts() {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = re(i);
        }
        return values;
    }

    double[] imaginaryParts() {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = im(i);
        }
        return values;
    }

    /** Real and imaginary parts one after the other. */
    double[] interleaved() {
        double[] values = new double[2 * size];
        for (int i = 0; i < size; i++) {
            values[2 * i] = re(i);
            values[2 * i + 1] = im(i);
        }
        return values;
    }

    /** The largest error a transform of n values may have, relative to the norm of its result. */
    static double bound(Precision precision, int n) {
        return precision == Precision.FLOAT ? 5e-7 : 1e-15 * Math.log(n) / Math.log(2);
    }

    /** {@code ‖a − b‖ / ‖b‖}. */
    static double error(double[] a, double[] b) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < b.length; i++) {
            difference += (a[i] - b[i]) * (a[i] - b[i]);
            norm += b[i] * b[i];
        }
        return norm == 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
    }

    /** The defining sum over the n values from {@code first} on, interleaved, with compensated additions. */
    double[] definingSum(int first, int n, boolean real) {
        double[] cos = new double[n];
        double[] sin = new double[n];
        for (int t = 0; t < n; t++) {
            cos[t] = Math.cos(2 * Math.PI * t / n);
            sin[t] = Math.sin(2 * Math.PI * t / n);
        }
        double[] x = realParts();
        double[] y = imaginaryParts();
        double[] result = new double[2 * n];
        for (int k = 0; k < n; k++) {
            CompensatedSum sumRe = new CompensatedSum();
            CompensatedSum sumIm = new CompensatedSum();
            // t is j k modulo n
            for (int j = 0, t = 0; j < n; j++, t += t + k < n ? k : k - n) {
                sumRe.add(x[first + j] * cos[t]);
                sumIm.add(-x[first + j] * sin[t]);
                if (!real) {
                    sumRe.add(y[first + j] * sin[t]);
                    sumIm.add(y[first + j] * cos[t]);
                }
            }
            result[2 * k] = sumRe.value();
            result[2 * k + 1] = sumIm.value();
        }
        return result;
    }

    /** Neumaier's sum. */
    static final class CompensatedSum {
        private double sum;
        private double lost;

        void add(double term) {
            double next = sum + term;
            lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }

        double value() {
            return sum + lost;
        }
    }
}
