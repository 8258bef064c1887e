package org.isotrope.kernels;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.PointMap;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.radial.CellAverages;
import org.isotrope.kernels.radial.RadialFunction;
import org.isotrope.kernels.radial.Shells;
import org.isotrope.kernels.tensor.CircularIrrep;
import org.isotrope.kernels.tensor.Irrep;
import org.isotrope.kernels.tensor.SphericalHarmonics;
import org.isotrope.kernels.tensor.TensorTypes;

/**
 * The general rotation-equivariant convolution between fields of any two types (P. Shen, M. Herbst, V. Viswanathan,
 * arXiv:2108.09541, Theorem 2.1):
 *
 * <pre>{@code
 * y^{o,v}_k(x_i) = Σ_j dV Σ_paths R_path(|r|) √(dim o) Σ_ab C_abk Y_a(r̂) f^{i,u}_b(x_j),   r = x_i − x_j.
 * }</pre>
 *
 * A path leads from one copy u of an irrep of the input over the harmonics Y of one order (l in 3D, m in 2D) to one copy v
 * of an irrep of the output; every path that rotations and reflections allow is there, with a radial function of its own.
 * C is the {@linkplain org.isotrope.kernels.tensor.ClebschGordan tensor} of Frobenius norm 1 with the harmonics as first
 * factor, and harmonics have norm 1. Cartesian types are taken to irreps and back
 * ({@link org.isotrope.kernels.tensor.TensorTypes}).
 *
 * <p>With this normalisation a path of order 0 is {@code R f}, and scalar → vector is {@code R r̂ f}. Of the other
 * products of {@link RadialOperator}, the dot product is √3 (3D) or √2 (2D) times that of the path, the cross product √2
 * times in 3D and in 2D, and pseudoscalar → vector in 2D −1 times.
 *
 * <p>Weights are linear in the values of all R on {@link Shells}, and {@link #shellGradient} differentiates in them. Every
 * output component is summed in one pass over the input components it depends on. Values at the centre matter for order 0
 * alone. Periodic axes, walls and wide kernels are as for {@link RadialOperator}.
 *
 * <p>Immutable.
 */
public final class TensorConvolution implements ShellConvolution {
    private final ConvolutionPaths product;
    private final Shells shells;
    private final double[] values;
    private final KernelTaps taps;
    private final Boundaries boundaries;
    private final String warning;
    private final StencilOperator convolution;

    /**
     * A way through the product.
     *
     * @param input index of the term among the irreps of the input type
     * @param inputCopy which copy of it
     * @param harmonic irrep of the kernel
     * @param output index of the term among the irreps of the output type
     * @param outputCopy which copy of it
     */
    public record Path(int input, int inputCopy, Irrep harmonic, int output, int outputCopy) {
        /**
         * Order of the kernel.
         *
         * @return l in 3D, m in 2D
         */
        public int order() {
            return harmonic.angularOrder();
        }
    }

    private TensorConvolution(
            ConvolutionPaths product, Shells shells, double[] values, KernelTaps taps, Space domain, Space range,
            Boundaries boundaries, String warning) {
        this.product = product;
        this.shells = shells;
        this.values = values;
        this.taps = taps;
        this.boundaries = boundaries;
        this.warning = warning;
        this.convolution = new StencilOperator("tensor convolution", taps.stencil(values), domain, range, boundaries);
    }

    /**
     * Starts a convolution.
     *
     * @param grid 2D or 3D, all axes uniform
     * @param in type of the input
     * @param out type of the output
     * @return the choice of all paths, with zeros beyond walls
     * @throws IllegalArgumentException if no harmonic connects the types
     */
    public static Builder on(Grid grid, FieldType in, FieldType out) {
        int d = grid.dimension();
        int limit = d == 3 ? SphericalHarmonics.MAX_L : CircularIrrep.MAX_M;
        int highest = d == 1 ? 0 : TensorTypes.irreps(in, d).maxAngularOrder()
                + TensorTypes.irreps(out, d).maxAngularOrder();
        return new Builder(grid, in, out, 0, Math.min(highest, limit), Boundaries.all(Boundary.zero()));
    }

    /** Which kernel, in steps. Immutable. */
    public static final class Builder {
        private final Grid grid;
        private final FieldType in;
        private final FieldType out;
        private final int minOrder;
        private final int maxOrder;
        private final Boundaries boundaries;
        private final ConvolutionPaths product;

        private Builder(Grid grid, FieldType in, FieldType out, int minOrder, int maxOrder, Boundaries boundaries) {
            this.grid = grid;
            this.in = in;
            this.out = out;
            this.minOrder = minOrder;
            this.maxOrder = maxOrder;
            this.boundaries = boundaries;
            this.product = new ConvolutionPaths(in, out, grid.dimension(), minOrder, maxOrder);
        }

        /**
         * Leaves out paths of other orders.
         *
         * @param lowest least l or m of the kernel, at least 0
         * @param highest largest l or m of the kernel; in 3D at most {@value SphericalHarmonics#MAX_L}
         * @return the narrower choice
         */
        public Builder orders(int lowest, int highest) {
            if (lowest < 0 || highest < lowest) {
                throw new IllegalArgumentException("orders are " + lowest + " to " + highest
                        + "; they had to begin at 0 or above and not to end before");
            }
            int limit = SphericalHarmonics.MAX_L;
            if (grid.dimension() == 3 && highest > limit) {
                throw new IllegalArgumentException("highest is " + highest + "; it had to be at most " + limit
                        + ", the largest degree of harmonics in 3D");
            }
            return new Builder(grid, in, out, lowest, highest, boundaries);
        }

        /**
         * Other boundaries.
         *
         * @param rules what lies beyond walls
         * @return the new choice
         */
        public Builder beyondWalls(Boundaries rules) {
            return new Builder(grid, in, out, minOrder, maxOrder, rules);
        }

        /**
         * The paths, in the order of their radial functions: by output term, input term, order, output copy, input copy.
         *
         * @return an immutable list
         */
        public List<Path> paths() {
            return product.paths();
        }

        /**
         * The convolution with one radial function on every path.
         *
         * @param radial R and its cutoff
         * @return the operator
         */
        public TensorConvolution radial(RadialFunction radial) {
            return radial(path -> radial);
        }

        /**
         * The convolution with a radial function for each path; the cutoff is the largest of theirs.
         *
         * @param radials R of a path
         * @return the operator
         */
        public TensorConvolution radial(Function<Path, ? extends RadialFunction> radials) {
            List<? extends RadialFunction> all = paths().stream().map(radials).toList();
            Shells shells = Shells.of(grid, cutoff(all));
            double[] values = new double[all.size() * shells.count()];
            Map<RadialFunction, double[]> sampled = new HashMap<>();
            for (int p = 0; p < all.size(); p++) {
                double[] own = sampled.computeIfAbsent(all.get(p), shells::sample);
                System.arraycopy(own, 0, values, p * shells.count(), own.length);
            }
            return values(shells, values);
        }

        private static double cutoff(List<? extends RadialFunction> radials) {
            double cutoff = 0;
            for (RadialFunction radial : radials) {
                // Math.max keeps a NaN, which shells refuse
                cutoff = Math.max(cutoff, radial.cutoff());
            }
            return cutoff;
        }

        /**
         * The convolution with the value of R of each path on each shell.
         *
         * @param shells of the grid
         * @param values shells of the first path, then of the second, …; finite
         * @return the operator
         */
        public TensorConvolution values(Shells shells, double... values) {
            if (!shells.grid().equals(grid)) {
                throw new IllegalArgumentException("shells are of another grid:\n" + shells.grid() + "\nit had to be\n"
                        + grid);
            }
            KernelTaps.requireFinite(values, shells.count(), paths().size());
            Space domain = new Space(grid, in);
            Space range = new Space(grid, out);
            KernelTaps taps = taps(shells).build(grid, domain, range, boundaries, values.length);
            return new TensorConvolution(product, shells, values.clone(), taps, domain, range, boundaries,
                    KernelTaps.warning(shells));
        }

        private KernelTaps.Builder taps(Shells shells) {
            KernelTaps.Builder taps = new KernelTaps.Builder();
            for (int k = 0; k < shells.size(); k++) {
                int[] offset = shells.offset(k);
                double[] direction = KernelTaps.direction(shells, k);
                Map<Irrep, double[]> harmonics = new HashMap<>();
                for (int p = 0; p < paths().size(); p++) {
                    Path path = paths().get(p);
                    double[] y = harmonics.computeIfAbsent(path.harmonic(),
                            harmonic -> ConvolutionPaths.values(harmonic, direction));
                    int parameter = p * shells.count() + shells.shell(k);
                    product.forEach(path, y,
                            (output, input, factor) -> taps.add(output, input, offset, parameter, factor));
                }
            }
            return taps;
        }

        /**
         * The convolution whose weights are averages of {@code R(|r|) Y(r̂)} over cells, not values at their centres, so
         * that what the grid cannot resolve is damped instead of aliased. Singular functions are averaged over the
         * central cell as well, and their value at r = 0 is not used; kernels are cut off inside cells. As averages on
         * one shell differ, the result is not linear in values on shells.
         *
         * @param points quadrature nodes an axis in each cell, 1 to 64; see {@link CellAverages}
         * @param radials R of a path
         * @return the operator
         */
        public LinearOperator averaged(int points, Function<Path, ? extends RadialFunction> radials) {
            List<? extends RadialFunction> all = paths().stream().map(radials).toList();
            CellAverages averages = CellAverages.on(grid, points);
            Shells shells = Shells.of(grid, cutoff(all) + averages.radius());
            KernelTaps.Builder taps = new KernelTaps.Builder();
            record Part(RadialFunction radial, Irrep harmonic) {}
            for (int k = 0; k < shells.size(); k++) {
                int[] offset = shells.offset(k);
                double[] r = shells.vector(k);
                Arrays.setAll(r, i -> -r[i]);
                boolean centre = shells.shell(k) == 0;
                Map<Part, double[]> known = new HashMap<>();
                for (int p = 0; p < all.size(); p++) {
                    Path path = paths().get(p);
                    double[] y = known.computeIfAbsent(new Part(all.get(p), path.harmonic()),
                            part -> average(averages, part.radial, part.harmonic, r, centre));
                    product.forEach(path, y, (output, input, factor) -> taps.add(output, input, offset, 0, factor));
                }
            }
            Space domain = new Space(grid, in);
            Space range = new Space(grid, out);
            return new StencilOperator("tensor convolution by cell averages",
                    taps.build(grid, domain, range, boundaries, 1).stencil(new double[] {1}), domain, range, boundaries);
        }

        private static double[] average(
                CellAverages averages, RadialFunction radial, Irrep harmonic, double[] r, boolean centre) {
            PointMap kernel = (x, value) -> {
                double squares = 0;
                for (double entry : x) {
                    squares += entry * entry;
                }
                double length = Math.sqrt(squares);
                if (length <= radial.cutoff()) {
                    double[] y = ConvolutionPaths.values(harmonic, x);
                    double factor = radial.value(length);
                    for (int i = 0; i < y.length; i++) {
                        value[i] = factor * y[i];
                    }
                }
            };
            int count = harmonic.components();
            if (centre && harmonic.angularOrder() % 2 == 1) {
                // odd under inversion, like the cell itself
                return new double[count];
            }
            double[] average = centre ? averages.atOrigin(kernel, count) : averages.of(kernel, count, r);
            for (double entry : average) {
                if (!Double.isFinite(entry)) {
                    throw new IllegalArgumentException("radial function " + radial + " has the average " + entry
                            + " over the cell at " + Arrays.toString(r) + "; it had to be finite");
                }
            }
            return average;
        }
    }

    /**
     * The paths, in the order of their values.
     *
     * @return an immutable list
     */
    public List<Path> paths() {
        return product.paths();
    }

    @Override
    public Shells shells() {
        return shells;
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    @Override
    public TensorConvolution withValues(double... newValues) {
        KernelTaps.requireFinite(newValues, shells.count(), paths().size());
        return new TensorConvolution(product, shells, newValues.clone(), taps, domain(), range(), boundaries, warning);
    }

    @Override
    public ShellPlan shellPlan(Precision precision, Execution execution) {
        return new ShellPlan(taps, values, domain(), range(), precision, execution);
    }

    /** {@inheritDoc} There is one inner product a tap, shared by all paths through it. */
    @Override
    public double[] shellGradient(Field in, Field outAdjoint) {
        return taps.gradient(domain(), range(), in, outAdjoint);
    }

    StencilOperator convolution() {
        return convolution;
    }

    @Override
    public Space domain() {
        return convolution.domain();
    }

    @Override
    public Space range() {
        return convolution.range();
    }

    @Override
    public void apply(Field in, Field out) {
        convolution.apply(in, out);
    }

    @Override
    public Plan plan(Precision precision, Execution execution) {
        return convolution.plan(precision, execution);
    }

    @Override
    public LinearOperator adjoint() {
        return convolution.adjoint();
    }

    @Override
    public String explain() {
        StringBuilder text = new StringBuilder("tensor convolution, ");
        text.append(paths().size()).append(" paths, cutoff ").append(shells.cutoff()).append(", ")
                .append(shells.count()).append(" shells, ").append(shells.size()).append(" offsets");
        if (!warning.isEmpty()) {
            text.append("\nwarning: ").append(warning);
        }
        for (Path path : paths()) {
            if (path.inputCopy == 0 && path.outputCopy == 0) {
                text.append("\n  ").append(product.in().terms().get(path.input)).append(" ⊗ ").append(path.harmonic)
                        .append(" → ").append(product.out().terms().get(path.output));
            }
        }
        for (int o = 0; o < product.out().terms().size(); o++) {
            int term = o;
            if (paths().stream().noneMatch(path -> path.output == term)) {
                text.append("\n  ").append(product.out().terms().get(o)).append(" of the output is always 0");
            }
        }
        return text.append('\n').append(convolution.explain()).toString();
    }
}
