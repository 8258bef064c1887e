package org.isotrope.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Field;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.engine.gradient.TapGradient;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.radial.Shells;
import org.isotrope.kernels.stencil.Stencil;
import org.jspecify.annotations.Nullable;

/**
 * The linear map from the parameters of a kernel to the weights of a stencil,
 * {@code w_t = Σ_p (dV v_p) F_tp}, as a sparse matrix by taps, and its transpose.
 *
 * <p>Immutable but for a cache.
 */
final class KernelTaps {
    private final Grid grid;
    private final Boundaries boundaries;
    private final int parameters;
    private final Stencil pattern;
    private final double volume;
    /** Entries of tap t are {@code starts[t]} to {@code starts[t + 1] − 1}. */
    private final int[] starts;
    private final int[] parameter;
    private final double[] factor;
    private volatile @Nullable StencilProgram program;

    private record Entry(int output, int input, int[] offset, int parameter, double factor) {
        boolean samePlace(Entry other) {
            return output == other.output && input == other.input && Arrays.equals(offset, other.offset);
        }
    }

    /** Collects entries. */
    static final class Builder {
        private final List<Entry> entries = new ArrayList<>();

        /** A tap reads {@code offset} nodes away, and there {@code factor} goes with one parameter. */
        void add(int output, int input, int[] offset, int parameter, double factor) {
            entries.add(new Entry(output, input, offset, parameter, factor));
        }

        KernelTaps build(Grid grid, Space domain, Space range, Boundaries boundaries, int parameters) {
            return new KernelTaps(this, grid, domain, range, boundaries, parameters);
        }
    }

    private KernelTaps(
            Builder builder, Grid grid, Space domain, Space range, Boundaries boundaries, int parameters) {
        this.grid = grid;
        this.volume = grid.cellVolume();
        this.boundaries = boundaries;
        this.parameters = parameters;
        List<Entry> entries = builder.entries;
        // stable, so that parameters of one tap stay in the order in which they came
        entries.sort(Comparator.comparingInt(Entry::output).thenComparingInt(Entry::input)
                .thenComparing(Entry::offset, Arrays::compare));
        this.parameter = new int[entries.size()];
        this.factor = new double[entries.size()];
        int[] begins = new int[entries.size() + 1];
        int taps = 0;
        Stencil.Builder stencil = Stencil.builder(grid.dimension(), range.components(), domain.components());
        for (int e = 0; e < entries.size(); e++) {
            Entry entry = entries.get(e);
            parameter[e] = entry.parameter;
            factor[e] = entry.factor;
            if (e == 0 || !entry.samePlace(entries.get(e - 1))) {
                begins[taps++] = e;
                stencil.tap(entry.output, entry.input, 0, entry.offset);
            }
        }
        begins[taps] = entries.size();
        this.starts = Arrays.copyOf(begins, taps + 1);
        this.pattern = stencil.build();
    }

    Stencil stencil(double[] values) {
        double[] weights = new double[pattern.size()];
        weights(values, weights);
        return pattern.withWeights(weights);
    }

    /** Overwrites the weight of every tap. */
    void weights(double[] values, double[] weights) {
        for (int t = 0; t < weights.length; t++) {
            weights[t] = 0;
            for (int e = starts[t]; e < starts[t + 1]; e++) {
                weights[t] += volume * values[parameter[e]] * factor[e];
            }
        }
    }

    /** Adds to the gradient in the parameters what that in the weights of the taps makes of it. */
    void addGradient(double[] taps, double[] gradient) {
        for (int t = 0; t < taps.length; t++) {
            for (int e = starts[t]; e < starts[t + 1]; e++) {
                gradient[parameter[e]] += volume * factor[e] * taps[t];
            }
        }
    }

    /**
     * For each tap the number of its weight, from 1: taps whose weights are equal whatever the parameters are have the
     * same, where they are opposite one of them below 0; 0 for weights that are always 0.
     */
    int[] ties() {
        Map<List<Double>, Integer> numbers = new HashMap<>();
        int[] ties = new int[pattern.size()];
        for (int t = 0; t < ties.length; t++) {
            double sign = 0;
            List<Double> row = new ArrayList<>();
            for (int e = starts[t]; e < starts[t + 1]; e++) {
                sign = sign == 0 ? Math.signum(factor[e]) : sign;
                if (factor[e] != 0) {
                    row.add((double) parameter[e]);
                    row.add(sign * factor[e]);
                }
            }
            if (sign != 0) {
                ties[t] = (int) sign * numbers.computeIfAbsent(row, any -> numbers.size() + 1);
            }
        }
        return ties;
    }

    int parameters() {
        return parameters;
    }

    /** All taps with weights 0. */
    Stencil pattern() {
        return pattern;
    }

    Grid grid() {
        return grid;
    }

    Boundaries boundaries() {
        return boundaries;
    }

    /** Checks the fields, and differentiates {@code ⟨ȳ, A f⟩} in the parameters. */
    double[] gradient(Space domain, Space range, Field in, Field outAdjoint) {
        domain.require(in, "in");
        range.require(outAdjoint, "outAdjoint");
        if (in.precision() != outAdjoint.precision()) {
            throw new IllegalArgumentException("outAdjoint has precision " + outAdjoint.precision()
                    + "; it had to be " + in.precision() + " like in");
        }
        double[] taps = new double[pattern.size()];
        int threads = Execution.standard().threadsFor(in.grid().size() * taps.length);
        new TapGradient(program(), in.precision()).compute(in.segment(), outAdjoint.segment(), taps, threads);
        double[] gradient = new double[parameters];
        addGradient(taps, gradient);
        return gradient;
    }

    StencilProgram program() {
        StencilProgram known = program;
        if (known == null) {
            // two threads may both get here; either program will do
            known = StencilProgram.of(pattern, grid, boundaries);
            program = known;
        }
        return known;
    }

    /** The unit vector {@code r̂}, {@code r = x_i − x_j}, of a tap that reads {@code x_j = x_i + Ao}; zero at the centre. */
    static double[] direction(Shells shells, int k) {
        double[] direction = shells.vector(k);
        double radius = shells.radius(shells.shell(k));
        for (int i = 0; i < direction.length; i++) {
            direction[i] = radius == 0 ? 0 : -direction[i] / radius;
        }
        return direction;
    }

    /** What a short cutoff loses, or an empty string; also told to the log. */
    static String warning(Shells shells) {
        Grid grid = shells.grid();
        StringBuilder lost = new StringBuilder();
        for (int a = 0; a < grid.dimension(); a++) {
            boolean reached = grid.axis(a).size() == 1;
            for (int k = 0; k < shells.size() && !reached; k++) {
                reached = shells.offset(k)[a] != 0;
            }
            lost.append(reached ? "" : (lost.isEmpty() ? "" : " and ") + a);
        }
        if (lost.isEmpty()) {
            return "";
        }
        String what = shells.count() == 1
                ? "only the centre is left, a multiple of the identity, and every harmonic of order above 0 is lost"
                : "no neighbour along it is read, and what varies along it is lost";
        String text = "cutoff is " + shells.cutoff() + ", shorter than one cell along axis " + lost + ": " + what;
        System.getLogger("org.isotrope.kernels").log(System.Logger.Level.WARNING, text);
        return text;
    }

    static void requireFinite(double[] values, int shells, int functions) {
        if (values.length != shells * functions) {
            throw new IllegalArgumentException("values are " + values.length + "; there had to be "
                    + shells * functions + ", one for each shell" + (functions == 1 ? "" : " of each path"));
        }
        for (int s = 0; s < values.length; s++) {
            if (!Double.isFinite(values[s])) {
                throw new IllegalArgumentException("value of shell " + s % shells
                        + (functions == 1 ? "" : " of path " + s / shells) + " is " + values[s]
                        + "; it had to be finite");
            }
        }
    }
}
