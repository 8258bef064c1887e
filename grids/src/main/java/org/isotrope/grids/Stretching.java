package org.isotrope.grids;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.isotrope.grids.Boundaries.Side;

/**
 * How nodes crowd together along an axis: an increasing map of the unit interval onto itself, read at equal steps.
 *
 * <p>{@code Stretching.tanh(2).nodes(0, 1, 33)} puts the nodes of a bounded axis at the images of equal steps, end nodes on
 * the walls; {@code Stretching.tanh(2).cells(0, 1, 32)} puts the <em>faces</em> of its cells there, and the nodes in the
 * middle of the cells. Stretchings that are symmetric give axes that are mirror symmetric up to rounding.
 *
 * <p>Immutable.
 */
public final class Stretching {
    /** Where step i of n lies in the unit interval. */
    @FunctionalInterface
    private interface Steps {
        double at(int i, int n);
    }

    private final String name;
    private final Steps steps;

    private Stretching(String name, Steps steps) {
        this.name = name;
        this.steps = steps;
    }

    /**
     * Chebyshev–Lobatto points, {@code (1 − cos(π i/n))/2}: steps shrink in proportion to {@code 1/n²} towards both ends.
     * As nodes these are the extrema of a Chebyshev polynomial, the ends included (L. Trefethen, Spectral Methods in
     * MATLAB, chapter 5).
     *
     * @return the stretching
     */
    public static Stretching chebyshev() {
        // a sine of the distance from the middle, so that mirrored steps are mirrored numbers
        return new Stretching("chebyshev", (i, n) -> 0.5 + 0.5 * Math.sin(Math.PI * (2.0 * i - n) / (2.0 * n)));
    }

    /**
     * Steps in geometric progression: each is {@code ratio} times the one before,
     * {@code (ratioⁱ − 1)/(ratioⁿ − 1)}.
     *
     * @param ratio of neighbouring steps, positive; above 1 to crowd at the lower end, 1 for equal steps
     * @return the stretching
     */
    public static Stretching geometric(double ratio) {
        if (!(ratio > 0) || Double.isInfinite(ratio)) {
            throw new IllegalArgumentException("ratio is " + ratio + "; it had to be positive and finite");
        }
        double rate = Math.log(ratio);
        return new Stretching("geometric(" + ratio + ")",
                (i, n) -> rate == 0 ? (double) i / n : Math.expm1(i * rate) / Math.expm1(n * rate));
    }

    /**
     * Crowds at both ends alike: {@code (1 + tanh(δ(2s − 1))/tanh δ)/2} (M. Vinokur, J. Comput. Phys. 50 (1983) 215).
     *
     * @param delta δ, how strongly, positive; the steps at the ends are {@code δ/(sinh δ cosh δ)} of equal ones
     * @return the stretching
     */
    public static Stretching tanh(double delta) {
        requireDelta(delta);
        return new Stretching("tanh(" + delta + ")",
                (i, n) -> 0.5 + 0.5 * Math.tanh(delta * (2.0 * i - n) / n) / Math.tanh(delta));
    }

    /**
     * Crowds at one end: {@code 1 − tanh(δ(1 − s))/tanh δ} at the low one, and its mirror image at the high one
     * (M. Vinokur, J. Comput. Phys. 50 (1983) 215).
     *
     * @param delta δ, how strongly, positive; steps at that end are {@code δ/(sinh δ cosh δ)} of equal ones
     * @param side the end
     * @return the stretching
     */
    public static Stretching tanh(double delta, Side side) {
        requireDelta(delta);
        Steps steps = side == Side.LOW
                ? (i, n) -> 1 - Math.tanh(delta * (n - i) / n) / Math.tanh(delta)
                : (i, n) -> Math.tanh(delta * i / n) / Math.tanh(delta);
        return new Stretching("tanh(" + delta + ", " + side + ")", steps);
    }

    private static void requireDelta(double delta) {
        if (!(delta > 0) || Double.isInfinite(delta)) {
            throw new IllegalArgumentException("delta is " + delta + "; it had to be positive and finite");
        }
    }

    /**
     * Any map of the unit interval.
     *
     * @param name for people
     * @param map strictly increasing, 0 to 0 and 1 to 1 within 1e-9; that it increases is checked on the nodes
     * @return the stretching
     */
    public static Stretching of(String name, DoubleUnaryOperator map) {
        for (double end : new double[] {0, 1}) {
            if (!(Math.abs(map.applyAsDouble(end) - end) <= 1e-9)) {
                throw new IllegalArgumentException("map " + name + " takes " + end + " to " + map.applyAsDouble(end)
                        + "; it had to keep both ends of the unit interval");
            }
        }
        return new Stretching(name, (i, n) -> map.applyAsDouble((double) i / n));
    }

    /**
     * A bounded, node-centred axis.
     *
     * @param low coordinate of the first node
     * @param high coordinate of the last node, above {@code low}
     * @param n number of nodes, at least 2
     * @return a nonuniform axis
     * @throws IllegalArgumentException if nodes crowd so much that two coincide
     */
    public Axis nodes(double low, double high, int n) {
        Coordinates.requireCount(n, 2);
        return Axis.nodes(points(low, high, n - 1));
    }

    /**
     * A bounded, cell-centred axis.
     *
     * @param low coordinate of the lower wall
     * @param high coordinate of the upper wall, above {@code low}
     * @param n number of cells, at least 1
     * @return a nonuniform axis, each node in the middle of its cell
     * @throws IllegalArgumentException if faces crowd so much that two coincide
     */
    public Axis cells(double low, double high, int n) {
        Coordinates.requireCount(n, 1);
        return Axis.cellsBetween(points(low, high, n));
    }

    /**
     * A periodic axis whose steps, the one across the seam included, are those of the stretching.
     *
     * @param low coordinate of the first node
     * @param high coordinate of its first image, above {@code low}
     * @param n number of nodes a period, at least 1
     * @return a nonuniform axis
     * @throws IllegalArgumentException if nodes crowd so much that two coincide
     */
    public Axis periodic(double low, double high, int n) {
        Coordinates.requireCount(n, 1);
        double[] points = points(low, high, n);
        return Axis.periodicNodes(high - low, Arrays.copyOf(points, n));
    }

    private double[] points(double low, double high, int n) {
        Coordinates.requireInterval(low, high);
        double[] points = new double[n + 1];
        for (int i = 0; i <= n; i++) {
            double s = steps.at(i, n);
            points[i] = low * (1 - s) + high * s;
        }
        points[0] = low;
        points[n] = high;
        return points;
    }

    /**
     * The name.
     *
     * @return for example {@code tanh(2.0)}
     */
    @Override
    public String toString() {
        return name;
    }
}
