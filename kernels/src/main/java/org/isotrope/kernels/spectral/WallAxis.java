package org.isotrope.kernels.spectral;

import static org.isotrope.kernels.spectral.Reflection.EVEN_HALF;
import static org.isotrope.kernels.spectral.Reflection.EVEN_NODE;
import static org.isotrope.kernels.spectral.Reflection.ODD_BEYOND;
import static org.isotrope.kernels.spectral.Reflection.ODD_HALF;
import static org.isotrope.kernels.spectral.Reflection.ODD_NODE;

import java.util.Arrays;
import org.isotrope.kernels.fourier.TrigonometricKind;

/**
 * How a bounded axis is transformed. Where no sine or cosine transform belongs to the pair of reflections, the nodes
 * are reflected once about the upper end, so that the one of the lower end fits; of the modes of that longer line every
 * other one occurs.
 */
final class WallAxis {
    private final TrigonometricKind kind;
    private final int first;
    private final int[] source;
    private final double[] sign;
    private final double[] weights;
    private final boolean extended;
    private final int parity;

    private WallAxis(
            TrigonometricKind kind, int first, int[] source, double[] sign, double[] weights, boolean extended,
            int parity) {
        this.kind = kind;
        this.first = first;
        this.source = source;
        this.sign = sign;
        this.weights = weights;
        this.extended = extended;
        this.parity = parity;
    }

    /** An axis along which nothing varies. */
    static WallAxis flat() {
        return new WallAxis(TrigonometricKind.NONE, 0, new int[] {0}, new double[] {1}, new double[] {1}, false, 0);
    }

    /**
     * An axis between two reflections.
     *
     * @param number of the axis, for messages
     * @param nodes at least 2
     */
    static WallAxis of(int number, int nodes, Reflection low, Reflection high) {
        int first = low == ODD_NODE ? 1 : 0;
        int count = nodes - first - (high == ODD_NODE ? 1 : 0);
        if (count < 1) {
            throw new IllegalArgumentException("axis " + number + " has " + nodes
                    + " nodes, all of them on walls that hold a value; there had to be one between");
        }
        // a wall node that holds 0 is the place one spacing beyond the first unknown
        Reflection below = low == ODD_NODE ? ODD_BEYOND : low;
        Reflection above = high == ODD_NODE ? ODD_BEYOND : high;
        TrigonometricKind direct = direct(below, above);
        long places = direct != TrigonometricKind.NONE ? count : switch (above) {
            case EVEN_NODE -> 2L * count - 1;
            case EVEN_HALF, ODD_HALF -> 2L * count;
            default -> 2L * count + 1;
        };
        if (places > Lengths.LONGEST) {
            throw new IllegalArgumentException("axis " + number + " has " + nodes + " nodes, which need a line of "
                    + places + "; it had to be at most " + Lengths.LONGEST);
        }
        double[] weights = new double[nodes];
        Arrays.fill(weights, 1);
        weights[0] = low == EVEN_NODE ? 0.5 : 1;
        weights[nodes - 1] = high == EVEN_NODE ? 0.5 : 1;
        int length = (int) places;
        int[] source = new int[length];
        double[] sign = new double[length];
        Arrays.fill(sign, 1);
        for (int j = 0; j < length; j++) {
            int mirrored = j < count ? j : length - 1 - j;
            // the place that an odd reflection about it keeps at 0
            boolean nothing = above == ODD_BEYOND && j == count;
            source[j] = nothing ? -1 : first + mirrored;
            sign[j] = j >= count && !above.isEven() ? -1 : 1;
        }
        boolean extended = direct == TrigonometricKind.NONE;
        TrigonometricKind kind = extended ? direct(below, below) : direct;
        return new WallAxis(kind, first, source, sign, weights, extended, above.isEven() ? 0 : 1);
    }

    private static TrigonometricKind direct(Reflection low, Reflection high) {
        if (low == high) {
            return switch (low) {
                case EVEN_HALF -> TrigonometricKind.COSINE_II;
                case EVEN_NODE -> TrigonometricKind.COSINE_I;
                case ODD_HALF -> TrigonometricKind.SINE_II;
                default -> TrigonometricKind.SINE_I;
            };
        } else if (low == EVEN_NODE && high == ODD_BEYOND) {
            return TrigonometricKind.COSINE_III;
        } else if (low == ODD_BEYOND && high == EVEN_NODE) {
            return TrigonometricKind.SINE_III;
        }
        return TrigonometricKind.NONE;
    }

    TrigonometricKind kind() {
        return kind;
    }

    /** Number of modes, those that do not occur included. */
    int length() {
        return source.length;
    }

    /** The node whose value a place of the line takes, −1 for none. */
    int source(int place) {
        return source[place];
    }

    /** Factor of the value that a place takes. */
    double sign(int place) {
        return sign[place];
    }

    /** The place of a node in the line, −1 for a wall node that holds 0. */
    int place(int node) {
        int place = node - first;
        return place >= 0 && place < source.length && source[place] == node ? place : -1;
    }

    /** Share of the cell of a node that lies between the walls; the operator is symmetric under these weights. */
    double weight(int node) {
        return weights[node];
    }

    /** Sum of the weights of the nodes that are unknown. */
    double extent() {
        double sum = 0;
        for (int node = 0; node < weights.length; node++) {
            sum += place(node) < 0 ? 0 : weights[node];
        }
        return sum;
    }

    /** Phase a spacing of a mode. */
    double phase(int k) {
        int n = source.length;
        return switch (kind) {
            case NONE -> 0;
            case COSINE_I -> Math.PI * k / (n - 1);
            case COSINE_II -> Math.PI * k / n;
            case SINE_I -> Math.PI * (k + 1.0) / (n + 1.0);
            case SINE_II -> Math.PI * (k + 1.0) / n;
            case COSINE_III, SINE_III -> Math.PI * (2.0 * k + 1) / (2.0 * n);
        };
    }

    /** Whether fields between these walls have a mode. */
    boolean occurs(int k) {
        return !extended || k % 2 == parity;
    }

    @Override
    public String toString() {
        return kind + (extended ? " of nodes reflected to " : " of ") + source.length;
    }
}
