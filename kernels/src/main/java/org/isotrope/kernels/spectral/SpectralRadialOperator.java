package org.isotrope.kernels.spectral;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.fourier.RealFourierTransform;

/**
 * A radial convolution given by functions of the wave number instead of the distance, the rotation-equivariant form of a
 * layer of a Fourier neural operator: a wave of number k is multiplied by {@code m(|k|)}, and between scalars and vectors
 * by the tensors that {@code k̂} makes.
 *
 * <table>
 * <caption>What is multiplied, and by what</caption>
 * <tr><th>from → to</th><th>factor</th><th>functions</th></tr>
 * <tr><td>a type → the same, but vectors</td><td>{@code m(|k|)} on each component</td><td>1</td></tr>
 * <tr><td>scalar → vector</td><td>{@code i k̂ m(|k|)}</td><td>1</td></tr>
 * <tr><td>vector → scalar</td><td>{@code i k̂ᵀ m(|k|)}</td><td>1</td></tr>
 * <tr><td>vector → vector</td><td>{@code k̂k̂ᵀ m₁(|k|) + (1 − k̂k̂ᵀ) m₂(|k|)}</td><td>2</td></tr>
 * </table>
 *
 * <p>Each function is continuous and linear between knots, constant beyond the last; its values at the knots are the
 * parameters, in which the operator is linear. The mean has no direction: it is multiplied by {@code m(0)}, by the average
 * of the tensor for vectors, and lost between scalars and vectors. Waves at Nyquist indices take the average over the
 * signs that they stand for, so that adjoints are exact.
 *
 * <p>Sources: arXiv:2108.09541, theorem 2.1, part 3; Z. Li et al., arXiv:2010.08895, section 4.
 *
 * <p>Immutable.
 */
public final class SpectralRadialOperator extends TransformOperator {
    /** The waves of the half spectrum, each as one or more of a known number and direction. */
    private static final class Waves {
        final int[] padded;
        final long count;
        final int[] starts;
        final int[] knots;
        final double[] shares;
        final double[] directions;
        /** How often a wave of the half spectrum is in the whole one. */
        final int[] multiplicities;

        Waves(Grid grid, double[] knotNumbers) {
            int d = grid.dimension();
            padded = grid.shape();
            Wavevectors waves = new Wavevectors(grid, padded);
            count = waves.count();
            starts = new int[Math.toIntExact(count) + 1];
            multiplicities = new int[starts.length - 1];
            int[] sizes = new int[starts.length];
            waves.visit((wave, k, terms) -> sizes[wave] += 2);
            for (int w = 0; w < count; w++) {
                starts[w + 1] = starts[w] + sizes[w];
            }
            knots = new int[starts[starts.length - 1]];
            shares = new double[knots.length];
            directions = new double[knots.length * d];
            int[] next = starts.clone();
            waves.visit((wave, k, terms) -> {
                double number = Wavevectors.length(k);
                int knot = 0;
                while (knot < knotNumbers.length - 2 && number >= knotNumbers[knot + 1]) {
                    knot++;
                }
                double along = (number - knotNumbers[knot]) / (knotNumbers[knot + 1] - knotNumbers[knot]);
                double share = Math.clamp(along, 0, 1);
                for (int side = 0; side < 2; side++) {
                    int entry = next[wave]++;
                    knots[entry] = knot + side;
                    shares[entry] = (side == 0 ? 1 - share : share) / terms;
                    for (int a = 0; a < d; a++) {
                        directions[entry * d + a] = number == 0 ? 0 : k[a] / number;
                    }
                }
            });
            int last = padded[d - 1];
            int half = last / 2 + 1;
            for (int w = 0; w < count; w++) {
                int along = w % half;
                multiplicities[w] = along == 0 || 2 * along == last ? 1 : 2;
            }
        }
    }

    private final double[] knots;
    private final double[] values;
    private final Waves waves;
    private final FourierMultiplier multiplier;

    private SpectralRadialOperator(Space domain, Space range, double[] knots, double[] values, Waves waves) {
        super(domain, range);
        this.knots = knots;
        this.values = values;
        this.waves = waves;
        int outputs = range.components();
        int inputs = domain.components();
        boolean mixed = mixes(domain, range);
        int[][] entries = new int[outputs][inputs];
        MemorySegment[] tables = new MemorySegment[mixed ? outputs * inputs : 1];
        for (int r = 0; r < outputs; r++) {
            for (int c = 0; c < inputs; c++) {
                entries[r][c] = mixed ? r * inputs + c : r == c ? 0 : Multipliers.NONE;
            }
        }
        for (int t = 0; t < tables.length; t++) {
            tables[t] = table(t / inputs, t % inputs);
        }
        this.multiplier = new FourierMultiplier("function of the wave number", domain, range,
                new Multipliers(waves.padded, isOdd(domain, range), entries, tables));
    }

    /**
     * Makes an operator.
     *
     * @param grid all axes uniform and periodic
     * @param knots wave numbers, in radians per length, at least two: 0 first, then growing; the largest on the grid is
     *     about {@code π√d/h}
     * @param domain type of the input
     * @param range type of the output: that of the input, or a vector for a scalar or the other way round
     * @param values one finite value a knot for each function in turn
     * @return the operator
     * @throws IllegalArgumentException if an argument is not as said
     */
    public static SpectralRadialOperator of(
            Grid grid, double[] knots, FieldType domain, FieldType range, double... values) {
        SpectralDerivatives.requirePeriodic(grid, "functions of the wave number");
        if (knots.length < 2 || knots[0] != 0) {
            throw new IllegalArgumentException("knots are " + knots.length + (knots.length == 0 ? "" : " from " + knots[0])
                    + "; they had to be at least 2, the first of them 0");
        }
        for (int j = 1; j < knots.length; j++) {
            if (!(knots[j] > knots[j - 1] && knots[j] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("knot " + j + " is " + knots[j] + "; it had to be above "
                        + knots[j - 1] + " and finite");
            }
        }
        boolean turned = domain.equals(FieldType.SCALAR) && range.equals(FieldType.VECTOR)
                || domain.equals(FieldType.VECTOR) && range.equals(FieldType.SCALAR);
        if (!turned && !domain.equals(range)) {
            throw new IllegalArgumentException("types are " + domain + " and " + range
                    + "; they had to be the same, or a scalar and a vector");
        }
        Space in = new Space(grid, domain);
        Space out = new Space(grid, range);
        requireValues(values, knots.length * functions(in, out));
        return new SpectralRadialOperator(in, out, knots.clone(), values.clone(), new Waves(grid, knots));
    }

    private static void requireValues(double[] values, int count) {
        if (values.length != count) {
            throw new IllegalArgumentException("values are " + values.length + "; there had to be " + count
                    + ", one for each knot of each function");
        }
        for (int j = 0; j < count; j++) {
            if (!Double.isFinite(values[j])) {
                throw new IllegalArgumentException("value " + j + " is " + values[j] + "; it had to be finite");
            }
        }
    }

    private static boolean isOdd(Space domain, Space range) {
        return !domain.type().equals(range.type());
    }

    private static boolean mixes(Space domain, Space range) {
        return isOdd(domain, range) || domain.type().equals(FieldType.VECTOR);
    }

    private static int functions(Space domain, Space range) {
        return mixes(domain, range) && !isOdd(domain, range) ? 2 : 1;
    }

    /** The tensor of a function for the direction of an entry; what the mean takes of it has no direction. */
    private double tensor(int function, int output, int input, int entry) {
        int d = domain().grid().dimension();
        if (isOdd(domain(), range())) {
            return waves.directions[entry * d + Math.max(output, input)];
        }
        if (!mixes(domain(), range())) {
            return output == input ? 1 : 0;
        }
        double squares = 0;
        for (int a = 0; a < d; a++) {
            squares += waves.directions[entry * d + a] * waves.directions[entry * d + a];
        }
        double identity = output == input ? 1 : 0;
        double along = squares == 0
                ? identity / d
                : waves.directions[entry * d + output] * waves.directions[entry * d + input];
        return function == 0 ? along : identity - along;
    }

    private MemorySegment table(int output, int input) {
        MemorySegment table = Multipliers.allocate(Arena.ofAuto(), waves.count, Precision.DOUBLE);
        int functions = functions(domain(), range());
        for (int w = 0; w < waves.count; w++) {
            double sum = 0;
            for (int entry = waves.starts[w]; entry < waves.starts[w + 1]; entry++) {
                for (int f = 0; f < functions; f++) {
                    double value = values[f * knots.length + waves.knots[entry]];
                    sum += value * waves.shares[entry] * tensor(f, output, input, entry);
                }
            }
            table.setAtIndex(ValueLayout.JAVA_DOUBLE, w, sum);
        }
        return table;
    }

    /**
     * The wave numbers at which the functions have values.
     *
     * @return radians per length, fresh
     */
    public double[] knots() {
        return knots.clone();
    }

    /**
     * The parameters.
     *
     * @return one value a knot for each function in turn, fresh
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * The same operator with other values.
     *
     * @param newValues as many finite values as {@link #values} has
     * @return the new operator
     */
    public SpectralRadialOperator withValues(double... newValues) {
        requireValues(newValues, values.length);
        return new SpectralRadialOperator(domain(), range(), knots, newValues.clone(), waves);
    }

    /**
     * The gradient of {@code ⟨ȳ, A f⟩}, the dot product of stored values, in the values; computed in {@code double}.
     *
     * @param in f, of the domain
     * @param outAdjoint ȳ, of the range
     * @return one derivative for each of {@link #values}, fresh
     */
    public double[] gradient(Field in, Field outAdjoint) {
        domain().require(in, "in");
        range().require(outAdjoint, "outAdjoint");
        Spectrum f = new Spectrum(in, waves);
        Spectrum y = new Spectrum(outAdjoint, waves);
        double[] gradient = new double[values.length];
        boolean odd = isOdd(domain(), range());
        boolean mixed = mixes(domain(), range());
        int functions = functions(domain(), range());
        for (int r = 0; r < range().components(); r++) {
            for (int c = 0; c < domain().components(); c++) {
                for (int w = 0; w < waves.count && (mixed || r == c); w++) {
                    // conj(y) i t f has the real part −t Im(conj(y) f)
                    double product = odd
                            ? y.im(r, w) * f.re(c, w) - y.re(r, w) * f.im(c, w)
                            : y.re(r, w) * f.re(c, w) + y.im(r, w) * f.im(c, w);
                    double weighed = product * waves.multiplicities[w] / in.grid().size();
                    for (int entry = waves.starts[w]; entry < waves.starts[w + 1]; entry++) {
                        for (int g = 0; g < functions; g++) {
                            gradient[g * knots.length + waves.knots[entry]] +=
                                    weighed * waves.shares[entry] * tensor(g, r, c, entry);
                        }
                    }
                }
            }
        }
        return gradient;
    }

    /** The half spectrum of a field in double precision. */
    private static final class Spectrum {
        private final MemorySegment re;
        private final MemorySegment im;
        private final long count;

        Spectrum(Field field, Waves waves) {
            Field exact = Fields.automatic().of(field.type(), field.grid());
            for (long i = 0; i < field.count(); i++) {
                exact.setFlat(i, field.getFlat(i));
            }
            count = waves.count;
            re = Multipliers.allocate(Arena.ofAuto(), count * field.components(), Precision.DOUBLE);
            im = Multipliers.allocate(Arena.ofAuto(), count * field.components(), Precision.DOUBLE);
            RealFourierTransform.of(waves.padded, field.components(), Precision.DOUBLE).forward(exact.segment(), re, im);
        }

        double re(int component, int wave) {
            return re.getAtIndex(ValueLayout.JAVA_DOUBLE, component * count + wave);
        }

        double im(int component, int wave) {
            return im.getAtIndex(ValueLayout.JAVA_DOUBLE, component * count + wave);
        }
    }

    @Override
    Steps steps(Precision precision) {
        return multiplier.steps(precision);
    }

    @Override
    public LinearOperator adjoint() {
        return multiplier.adjoint();
    }

    @Override
    public String explain() {
        return multiplier.explain();
    }
}
