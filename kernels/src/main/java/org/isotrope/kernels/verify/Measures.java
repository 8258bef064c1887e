package org.isotrope.kernels.verify;

import java.util.Random;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Symmetry;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Space;

/** Random fields, moved fields and distances. */
final class Measures {
    private Measures() {}

    static Field random(Space space, Random random) {
        Field field = Fields.automatic().of(space.type(), space.grid());
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, random.nextGaussian());
        }
        return field;
    }

    static double norm(Field field) {
        return Math.sqrt(Arithmetic.dot(field, field));
    }

    static double distance(Field a, Field b) {
        Field difference = Fields.automatic().copy(a);
        Arithmetic.addScaled(-1, b, difference);
        return norm(difference);
    }

    /** An error against a scale; an error of 0 is fine whatever the scale. */
    static double ratio(double error, double scale) {
        return error == 0 ? 0 : error / scale;
    }

    static Field moved(Symmetry symmetry, Field field) {
        Field moved = Fields.automatic().like(field);
        symmetry.apply(field, moved);
        return moved;
    }

    static Field shifted(Field field, int[] shift) {
        Field shifted = Fields.automatic().like(field);
        long size = field.grid().size();
        int[] shape = field.grid().shape();
        for (long i = 0; i < size; i++) {
            int[] index = field.grid().index(i);
            for (int a = 0; a < index.length; a++) {
                index[a] = (index[a] + shift[a]) % shape[a];
            }
            long to = field.grid().flat(index);
            for (int c = 0; c < field.components(); c++) {
                shifted.setFlat(c * size + to, field.getFlat(c * size + i));
            }
        }
        return shifted;
    }
}
