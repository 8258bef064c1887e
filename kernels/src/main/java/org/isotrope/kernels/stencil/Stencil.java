package org.isotrope.kernels.stencil;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A constant stencil between fields of several components: {@code y_r(i) = Σ w f_c(i + o)} over taps
 * {@code (r, c, o, w)}: row component, column component, offset in nodes, weight.
 *
 * <p>Taps are kept in one canonical order, by output component, input component, then offset, axis 0 first. That order
 * is the order of summation everywhere, so equal stencils give equal bits.
 *
 * <p>Immutable.
 */
public final class Stencil {
    private record Key(int output, int input, int[] offset) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            if (output != other.output) {
                return Integer.compare(output, other.output);
            }
            return input != other.input ? Integer.compare(input, other.input) : Arrays.compare(offset, other.offset);
        }
    }

    private final int dimension;
    private final int outputs;
    private final int inputs;
    private final Key[] keys;
    private final double[] weights;

    private Stencil(int dimension, int outputs, int inputs, Map<Key, Double> taps) {
        this(dimension, outputs, inputs, taps.keySet().toArray(new Key[0]), new double[taps.size()]);
        int next = 0;
        for (double weight : taps.values()) {
            weights[next++] = weight;
        }
    }

    private Stencil(int dimension, int outputs, int inputs, Key[] keys, double[] weights) {
        this.dimension = dimension;
        this.outputs = outputs;
        this.inputs = inputs;
        this.keys = keys;
        this.weights = weights;
    }

    /** Collects taps; weights given for the same place add up. */
    public static final class Builder {
        private final int dimension;
        private final int outputs;
        private final int inputs;
        private final Map<Key, Double> taps = new TreeMap<>();

        private Builder(int dimension, int outputs, int inputs) {
            this.dimension = dimension;
            this.outputs = outputs;
            this.inputs = inputs;
        }

        /**
         * Adds a tap.
         *
         * @param output component it contributes to
         * @param input component it reads
         * @param weight its weight, finite
         * @param offset where it reads relative to the output node, in nodes, one entry an axis
         * @return this builder
         */
        public Builder tap(int output, int input, double weight, int... offset) {
            if (output < 0 || output >= outputs || input < 0 || input >= inputs) {
                throw new IllegalArgumentException("components of the tap are " + output + " ← " + input
                        + "; they had to be below " + outputs + " and " + inputs);
            }
            if (offset.length != dimension) {
                throw new IllegalArgumentException("offset has " + offset.length + " entries; it had to have "
                        + dimension);
            }
            Key key = new Key(output, input, offset.clone());
            double sum = taps.getOrDefault(key, 0.0) + weight;
            // a finite weight may still overflow the sum at its place
            if (!Double.isFinite(sum)) {
                throw new IllegalArgumentException("weight at offset " + Arrays.toString(offset) + " is " + sum
                        + "; it had to be finite");
            }
            taps.put(key, sum);
            return this;
        }

        /**
         * The stencil of the taps so far. Taps of weight 0 stay.
         *
         * @return the stencil
         */
        public Stencil build() {
            return new Stencil(dimension, outputs, inputs, taps);
        }
    }

    /**
     * Starts a stencil.
     *
     * @param dimension number of axes, 1 to 3
     * @param outputs number of output components
     * @param inputs number of input components
     * @return a builder without taps
     */
    public static Builder builder(int dimension, int outputs, int inputs) {
        if (dimension < 1 || dimension > 3) {
            throw new IllegalArgumentException("dimension is " + dimension + "; it had to be 1, 2 or 3");
        }
        if (outputs < 1 || inputs < 1) {
            throw new IllegalArgumentException("components are " + outputs + " ← " + inputs
                    + "; both had to be at least 1");
        }
        return new Builder(dimension, outputs, inputs);
    }

    /**
     * Number of axes.
     *
     * @return 1 to 3
     */
    public int dimension() {
        return dimension;
    }

    /**
     * Number of output components.
     *
     * @return at least 1
     */
    public int outputs() {
        return outputs;
    }

    /**
     * Number of input components.
     *
     * @return at least 1
     */
    public int inputs() {
        return inputs;
    }

    /**
     * Number of taps.
     *
     * @return the number over all components
     */
    public int size() {
        return weights.length;
    }

    /**
     * Output component of a tap.
     *
     * @param tap 0 to {@code size() − 1} in canonical order
     * @return the component
     */
    public int output(int tap) {
        return keys[tap].output;
    }

    /**
     * Input component of a tap.
     *
     * @param tap 0 to {@code size() − 1} in canonical order
     * @return the component
     */
    public int input(int tap) {
        return keys[tap].input;
    }

    /**
     * Offset of a tap along an axis.
     *
     * @param tap 0 to {@code size() − 1} in canonical order
     * @param axis 0 to {@code dimension() − 1}
     * @return nodes from the output node to the one that is read
     */
    public int offset(int tap, int axis) {
        return keys[tap].offset[axis];
    }

    /**
     * Weight of a tap.
     *
     * @param tap 0 to {@code size() − 1} in canonical order
     * @return the weight
     */
    public double weight(int tap) {
        return weights[tap];
    }

    /**
     * Weight at a place.
     *
     * @param output output component
     * @param input input component
     * @param offset one entry an axis
     * @return the weight, 0 where there is no tap
     */
    public double weight(int output, int input, int... offset) {
        int found = Arrays.binarySearch(keys, new Key(output, input, offset));
        return found < 0 ? 0 : weights[found];
    }

    /**
     * The same taps with other weights.
     *
     * @param newWeights one finite weight a tap, in canonical order
     * @return the stencil
     */
    public Stencil withWeights(double... newWeights) {
        if (newWeights.length != weights.length) {
            throw new IllegalArgumentException("newWeights are " + newWeights.length + "; there had to be "
                    + weights.length + ", one for each tap");
        }
        for (int t = 0; t < newWeights.length; t++) {
            if (!Double.isFinite(newWeights[t])) {
                throw new IllegalArgumentException("weight of tap " + t + " is " + newWeights[t]
                        + "; it had to be finite");
            }
        }
        return new Stencil(dimension, outputs, inputs, keys, newWeights.clone());
    }

    /**
     * How far the stencil reaches towards lower indices along an axis.
     *
     * @param axis the axis
     * @return the smallest offset, at most 0
     */
    public int lowest(int axis) {
        int lowest = 0;
        for (Key key : keys) {
            lowest = Math.min(lowest, key.offset[axis]);
        }
        return lowest;
    }

    /**
     * How far the stencil reaches towards higher indices along an axis.
     *
     * @param axis the axis
     * @return the largest offset, at least 0
     */
    public int highest(int axis) {
        int highest = 0;
        for (Key key : keys) {
            highest = Math.max(highest, key.offset[axis]);
        }
        return highest;
    }

    /**
     * Whether every output node reads the input node at its own place alone.
     *
     * @return true for stencils without neighbours
     */
    public boolean isPointwise() {
        for (int a = 0; a < dimension; a++) {
            if (lowest(a) != 0 || highest(a) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The sum of two stencils, which acts as the sum of their results.
     *
     * @param other same dimension and components
     * @return the merged stencil
     */
    public Stencil plus(Stencil other) {
        if (dimension != other.dimension || outputs != other.outputs || inputs != other.inputs) {
            throw new IllegalArgumentException("other maps " + other.inputs + " to " + other.outputs
                    + " components in " + other.dimension + "D; it had to map " + inputs + " to " + outputs + " in "
                    + dimension + "D");
        }
        Builder sum = builder(dimension, outputs, inputs);
        addTo(sum, 1);
        other.addTo(sum, 1);
        return sum.build();
    }

    /**
     * This stencil with every weight multiplied.
     *
     * @param factor the factor, finite
     * @return the scaled stencil
     */
    public Stencil times(double factor) {
        Builder scaled = builder(dimension, outputs, inputs);
        addTo(scaled, factor);
        return scaled.build();
    }

    private void addTo(Builder builder, double factor) {
        for (int t = 0; t < weights.length; t++) {
            builder.tap(keys[t].output, keys[t].input, factor * weights[t], keys[t].offset);
        }
    }

    /**
     * The stencil that applies this one and then another, on an unbounded grid.
     *
     * @param next takes as many components as this gives
     * @return the discrete convolution of the two
     */
    public Stencil then(Stencil next) {
        if (dimension != next.dimension || outputs != next.inputs) {
            throw new IllegalArgumentException("next takes " + next.inputs + " components in " + next.dimension
                    + "D; it had to take " + outputs + " in " + dimension + "D");
        }
        Builder composed = builder(dimension, next.outputs, inputs);
        for (int s = 0; s < next.weights.length; s++) {
            for (int t = 0; t < weights.length; t++) {
                if (next.keys[s].input == keys[t].output) {
                    int[] offset = new int[dimension];
                    for (int a = 0; a < dimension; a++) {
                        offset[a] = next.keys[s].offset[a] + keys[t].offset[a];
                    }
                    composed.tap(next.keys[s].output, keys[t].input, next.weights[s] * weights[t], offset);
                }
            }
        }
        return composed.build();
    }

    /**
     * The stencil of the transposed operator on an unbounded grid: offsets reversed, inputs and outputs exchanged.
     *
     * @return the transpose
     */
    public Stencil transpose() {
        Builder transposed = builder(dimension, inputs, outputs);
        for (int t = 0; t < weights.length; t++) {
            int[] offset = new int[dimension];
            for (int a = 0; a < dimension; a++) {
                offset[a] = -keys[t].offset[a];
            }
            transposed.tap(keys[t].input, keys[t].output, weights[t], offset);
        }
        return transposed.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Stencil that
                && dimension == that.dimension
                && outputs == that.outputs
                && inputs == that.inputs
                && Arrays.equals(weights, that.weights)
                && Arrays.equals(keys, that.keys, Key::compareTo);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(weights) + 31 * keys.length;
    }

    /**
     * One line a tap, in canonical order; long stencils are cut after 40.
     *
     * @return the lines, without a final line break
     */
    @Override
    public String toString() {
        int shown = Math.min(weights.length, 40);
        StringBuilder text = new StringBuilder();
        for (int t = 0; t < shown; t++) {
            text.append(t == 0 ? "" : "\n");
            if (outputs > 1 || inputs > 1) {
                text.append(keys[t].output).append(" ← ").append(keys[t].input).append(' ');
            }
            text.append(Arrays.toString(keys[t].offset)).append(" → ")
                    .append(String.format(Locale.ROOT, "%.17g", weights[t]));
        }
        if (shown < weights.length) {
            text.append("\n… and ").append(weights.length - shown).append(" more taps");
        }
        return text.toString();
    }
}
