package org.isotrope.kernels.spectral;

import java.util.Arrays;
import org.isotrope.grids.Boundary;
import org.jspecify.annotations.Nullable;

/** How a function goes on beyond one end of an axis: even or odd, about a node or half a spacing from one. */
enum Reflection {
    /** Even, half a spacing beyond the end node: a cell-centred wall without flux. */
    EVEN_HALF,
    /** Even about the end node: a node-centred wall without flux. */
    EVEN_NODE,
    /** Odd, half a spacing beyond the end node: a cell-centred wall that holds 0. */
    ODD_HALF,
    /** Odd about the place one spacing beyond the end node, which is not stored. */
    ODD_BEYOND,
    /** Odd about the end node: a node-centred wall that holds 0. */
    ODD_NODE;

    boolean isEven() {
        return this == EVEN_HALF || this == EVEN_NODE;
    }

    /** The reflection that gives the first ghosts of a boundary, or none. */
    static @Nullable Reflection of(Boundary boundary, int reach) {
        for (Reflection reflection : new Reflection[] {EVEN_HALF, EVEN_NODE, ODD_HALF, ODD_BEYOND}) {
            boolean same = true;
            for (int k = 1; k <= reach; k++) {
                same &= Arrays.equals(trimmed(boundary.ghost(k)), reflection.ghost(k));
            }
            if (same) {
                return reflection;
            }
        }
        return null;
    }

    private static double[] trimmed(double[] coefficients) {
        int length = coefficients.length;
        while (length > 0 && coefficients[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(coefficients, length);
    }

    private double[] ghost(int k) {
        int source = switch (this) {
            case EVEN_HALF, ODD_HALF -> k - 1;
            case EVEN_NODE, ODD_NODE -> k;
            case ODD_BEYOND -> k - 2;
        };
        double[] coefficients = new double[source + 1];
        if (source >= 0) {
            coefficients[source] = isEven() ? 1 : -1;
        }
        return coefficients;
    }
}
