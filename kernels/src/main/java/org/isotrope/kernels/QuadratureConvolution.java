package org.isotrope.kernels;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.VectorApi;
import org.isotrope.kernels.engine.threads.Team;
import org.isotrope.kernels.neighbours.NeighbourSum;
import org.isotrope.kernels.neighbours.Neighbours;
import org.isotrope.kernels.radial.RadialFunction;
import org.jspecify.annotations.Nullable;

/**
 * Convolution with a radial kernel on any grid, nonuniform axes included:
 * {@code y(x_i) = Σ_j w_j R(|r|) Y_l(r̂) ⊗ f(x_j)} with {@code r = x_i − x_j} the true distance in space and {@code w_j} the
 * quadrature weight of node j, over all nodes within the cutoff.
 *
 * <p>Types and products are those of {@link RadialOperator}, whose sum this is on a uniform grid; nothing lies beyond
 * walls, and periodic axes contribute all images. Every pair of nodes that differs in distance or weight has a
 * coefficient of its own, but nodes along uniform axes share theirs: one stretched axis of n nodes costs n stencils of
 * memory, three of them one a node. One uniform axis, whichever, also lets the sums run on the Vector API. The adjoint
 * {@code Aᵀ} under the plain dot product weighs by the receiving node instead. {@link GaussianConvolution} is cheaper where
 * the kernel is a product.
 *
 * <p>The quadrature is the midpoint rule over dual cells: of second order in the spacing where spacings vary smoothly and
 * the kernel is smooth.
 */
public final class QuadratureConvolution extends PlannedOperator {
    private final String name;
    private final Neighbours neighbours;
    private final Pairs pairs;
    private final List<NeighbourSum.Term> terms;
    private final boolean transposed;

    /** The numbers of a pair of nodes before quadrature. */
    interface Pairs {
        /** How many numbers. */
        int planes();

        /** Writes them for {@code x = x_i − x_j}; {@code transposed} asks for those of {@code −x} and j, i. */
        void at(int[] node, int[] neighbour, double[] x, boolean transposed, double[] values);
    }

    QuadratureConvolution(
            String name, Neighbours neighbours, Pairs pairs, List<NeighbourSum.Term> terms, Space domain, Space range) {
        this(name, neighbours, pairs, terms, domain, range, false);
    }

    private QuadratureConvolution(
            String name, Neighbours neighbours, Pairs pairs, List<NeighbourSum.Term> terms, Space domain, Space range,
            boolean transposed) {
        super(domain, range);
        VectorApi.require();
        this.name = name;
        this.neighbours = neighbours;
        this.pairs = pairs;
        this.terms = terms;
        this.transposed = transposed;
    }

    /**
     * Convolution of a scalar field, {@code l = 0}.
     *
     * @param grid any grid
     * @param radial R(r) and its cutoff
     * @return scalar → scalar
     */
    public static QuadratureConvolution radial(Grid grid, RadialFunction radial) {
        return radial(grid, radial, FieldType.SCALAR, FieldType.SCALAR);
    }

    /**
     * Convolution with a radial kernel; see {@link RadialOperator} for the products.
     *
     * @param grid any grid
     * @param radial R(r) and its cutoff
     * @param in type of the input
     * @param out type of the output
     * @return in → out
     * @throws IllegalArgumentException if no product leads from in to out, R is not finite at a distance between nodes,
     *     or there are more than 2³¹ pairs of nodes with coefficients of their own
     */
    public static QuadratureConvolution radial(Grid grid, RadialFunction radial, FieldType in, FieldType out) {
        double cutoff = radial.cutoff();
        if (!(cutoff > 0) || Double.isInfinite(cutoff)) {
            throw new IllegalArgumentException("cutoff is " + cutoff + "; it had to be positive and finite");
        }
        Product product = Product.of(in, out, grid.dimension());
        RadialPairs pairs = new RadialPairs(radial, product.l(), grid.dimension());
        QuadratureConvolution made = new QuadratureConvolution("radial kernel " + radial + ", l = " + product.l() + ", "
                + product, Neighbours.within(grid, cutoff), pairs, terms(product, grid.dimension()),
                new Space(grid, in), new Space(grid, out));
        // a kernel that is not finite somewhere is refused here, not when it is first applied
        made.standardPlan(Precision.DOUBLE);
        return made;
    }

    /** The entries of the product's matrix, which are linear in the kernel's direction. */
    private static List<NeighbourSum.Term> terms(Product product, int d) {
        List<NeighbourSum.Term> terms = new ArrayList<>();
        for (int a = 0; a < (product.l() == 0 ? 1 : d); a++) {
            int plane = a;
            double[] unit = new double[d];
            unit[a] = 1;
            product.forEach(unit, (output, input, factor) -> {
                if (factor != 0) {
                    terms.add(new NeighbourSum.Term(output, input, plane, (int) factor));
                }
            });
        }
        return terms;
    }

    private record RadialPairs(RadialFunction radial, int l, int dimension) implements Pairs {
        @Override
        public int planes() {
            return l == 0 ? 1 : dimension;
        }

        @Override
        public void at(int[] node, int[] neighbour, double[] x, boolean transposed, double[] values) {
            double squares = 0;
            for (double entry : x) {
                squares += entry * entry;
            }
            double r = Math.sqrt(squares);
            // at the cutoff up to rounding means at the cutoff
            double value = radial.value(Math.min(r, radial.cutoff()));
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("radial function " + radial + " is " + value + " at r = " + r
                        + "; it had to be finite");
            }
            if (l == 0) {
                values[0] = value;
                return;
            }
            for (int a = 0; a < dimension; a++) {
                values[a] = r == 0 ? 0 : (transposed ? -value : value) * (x[a] / r);
            }
        }
    }

    @Override
    public LinearOperator adjoint() {
        List<NeighbourSum.Term> swapped = new ArrayList<>();
        for (NeighbourSum.Term term : terms) {
            swapped.add(new NeighbourSum.Term(term.input(), term.output(), term.plane(), term.sign()));
        }
        return new QuadratureConvolution(name, neighbours, pairs, swapped, range(), domain(), !transposed);
    }

    @Override
    public Plan plan(Precision precision, Execution execution) {
        return new SumPlan(this, precision, execution);
    }

    /** Copies of an input and an output, empty where the fields themselves will do. */
    private record Buffers(MemorySegment in, MemorySegment out) {}

    private static final class SumPlan implements Plan {
        private final QuadratureConvolution operator;
        private final Precision precision;
        private final NeighbourSum sum;
        private final boolean reference;
        private final int threads;
        /** What the last call has left for the next one; callers at the same time get their own. */
        private final AtomicReference<@Nullable Buffers> spare = new AtomicReference<>();

        SumPlan(QuadratureConvolution operator, Precision precision, Execution execution) {
            this.operator = operator;
            this.precision = precision;
            Neighbours neighbours = operator.neighbours;
            Pairs pairs = operator.pairs;
            boolean transposed = operator.transposed;
            var coefficients = neighbours.coefficients(precision, pairs.planes(),
                    (node, neighbour, x, own, other, values) -> {
                        pairs.at(node, neighbour, x, transposed, values);
                        for (int p = 0; p < values.length; p++) {
                            values[p] *= transposed ? own : other;
                        }
                    });
            this.reference = execution.reference();
            this.sum = NeighbourSum.of(precision, neighbours, coefficients, operator.range().components(), operator.terms,
                    reference);
            this.threads = Math.min(execution.threadsFor(neighbours.grid().size() * operator.terms.size()),
                    Team.common().size());
        }

        @Override
        public void apply(Field in, Field out) {
            Fits.requirePrecision(precision, in);
            Fits.require(operator.domain(), operator.range(), in, out);
            Buffers free = spare.getAndSet(null);
            Buffers buffers = free != null ? free
                    : new Buffers(memory(sum.inputBytes(in.components())), memory(sum.outputBytes()));
            MemorySegment from = buffers.in.byteSize() == 0 ? in.segment() : buffers.in;
            MemorySegment to = buffers.out.byteSize() == 0 ? out.segment() : buffers.out;
            if (buffers.in.byteSize() > 0) {
                sum.extend(in.segment(), from);
            }
            run(from, to);
            if (buffers.out.byteSize() > 0) {
                sum.restore(to, out.segment());
            }
            spare.set(buffers);
        }

        private static MemorySegment memory(long bytes) {
            return bytes == 0 ? MemorySegment.NULL : Arena.ofAuto().allocate(bytes, 64);
        }

        private void run(MemorySegment in, MemorySegment out) {
            if (threads == 1) {
                sum.run(in, out, 0, 1);
            } else {
                Team.common().run(sum, in, out, threads);
            }
        }

        @Override
        public Precision precision() {
            return precision;
        }

        @Override
        public String explain() {
            return (reference ? "scalar reference of " : "") + "sums over neighbours, " + precision + ", " + threads
                    + (threads == 1 ? " thread" : " threads");
        }
    }

    @Override
    public String explain() {
        long[] extremes = neighbours.extremes();
        return name + (transposed ? ", transposed" : "") + ": " + domain().type() + " → " + range().type()
                + "\nby quadrature, over " + extremes[0] + (extremes[1] == extremes[0] ? "" : " to " + extremes[1])
                + " nodes within the cutoff\n" + neighbours.pairs() * pairs.planes() + " coefficients\nbeyond walls: zero"
                + "\nfloat: " + standardPlan(Precision.FLOAT).explain()
                + "\ndouble: " + standardPlan(Precision.DOUBLE).explain();
    }
}
