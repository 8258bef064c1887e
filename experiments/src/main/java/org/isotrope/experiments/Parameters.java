package org.isotrope.experiments;

import java.util.Arrays;
import org.isotrope.grids.Field;

/** Fields end to end as one vector of parameters, as optimisers take them. */
final class Parameters {
    private Parameters() {}

    /** The stored values of all fields, one after the other. */
    static double[] join(Field... fields) {
        double[] x = new double[Arrays.stream(fields).mapToInt(field -> (int) field.count()).sum()];
        int next = 0;
        for (Field field : fields) {
            for (long i = 0; i < field.count(); i++) {
                x[next++] = field.getFlat(i);
            }
        }
        return x;
    }

    /** Writes a vector back into fields. */
    static void split(double[] x, Field... fields) {
        int next = 0;
        for (Field field : fields) {
            for (long i = 0; i < field.count(); i++) {
                field.setFlat(i, x[next++]);
            }
        }
    }
}
