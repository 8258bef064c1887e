package org.isotrope.kernels.spectral;

import java.util.Random;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Space;

/** Random fields, and distances of fields from what they should be. */
final class Fits {
    private Fits() {}

    static Field random(Space space, Precision precision, long seed) {
        Random random = new Random(seed);
        Field field = Fields.automatic().precision(precision).of(space.type(), space.grid());
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, random.nextGaussian());
        }
        return field;
    }

    static double largest(Field field) {
        double largest = 0;
        for (long i = 0; i < field.count(); i++) {
            largest = Math.max(largest, Math.abs(field.getFlat(i)));
        }
        return largest;
    }

    /** The largest difference, relative to the largest value of the second. */
    static double error(Field field, Field exact) {
        double largest = 0;
        for (long i = 0; i < field.count(); i++) {
            double difference = Math.abs(field.getFlat(i) - exact.getFlat(i));
            // a NaN stays
            largest = difference <= largest ? largest : difference;
        }
        return largest / largest(exact);
    }
}
