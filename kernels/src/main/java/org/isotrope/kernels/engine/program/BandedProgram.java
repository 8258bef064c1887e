package org.isotrope.kernels.engine.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.jspecify.annotations.Nullable;

/**
 * A sum of products of one-dimensional operators, with weights that vary from node to node:
 * {@code y_r = Σ factor · (A₀ ⊗ A₁ ⊗ A₂) x_c} over terms, each {@code A} a banded matrix along its axis or the
 * identity. Nonuniform axes and one-sided rows are nothing but such matrices, and so are boundaries that are linear.
 *
 * <p>The shape always has three axes; missing ones lead with size 1, and axes of one node count as missing, so that
 * they leave no trace in the bits. Rows run along axis 2. Terms of one output
 * component are grouped by their matrix along the rows, so that it is applied once: {@code y = Σ_g C_g z_g + z} with
 * {@code z_g = Σ factor · (A₀ ⊗ A₁) x} from whole rows, and {@code z} the terms without such a matrix.
 *
 * <p>Order of summation, all sums by {@code fma} from +0: groups with a matrix {@code C_g} in the order in which they
 * first appear, each first its {@code z_g}, then {@code y += C_g z_g} by increasing column; then +0; then the terms of
 * {@code z}, those without a matrix along axis 1 as one sum by itself and the others as another, are added to {@code y}
 * in this order: three short sums are done in less time than a long one, of which each step waits for the one before.
 * Where {@code z_g} is one term without matrices along the other axes, its factor
 * goes into the weights along the rows, in {@code double}, rounded once. Within a {@code z}: terms without a matrix
 * along axis 1 before the others, then in the order given; within a term by increasing column of axis 0, then of axis 1, columns of a periodic axis counted
 * on beyond its ends. A weight is {@code (factor · a₀) · a₁} in {@code double}, rounded once; weights of 0 are left
 * out, except along the rows, where what is read is that of the {@link ColumnBand}.
 */
public final class BandedProgram {
    /**
     * Terms of one output component that share their matrix along the rows.
     *
     * @param output the component
     * @param columns the matrix, null for the identity
     * @param band what its rows read, null for the identity
     * @param planar terms without a matrix along axis 1
     * @param others the rest
     */
    public record Group(
            int output,
            @Nullable BandedMatrix columns,
            @Nullable ColumnBand band,
            List<KroneckerProduct> planar,
            List<KroneckerProduct> others) {
        Group(int output, @Nullable BandedMatrix columns) {
            this(output, columns, columns == null ? null : ColumnBand.of(columns), new ArrayList<>(),
                    new ArrayList<>());
        }

        /**
         * Whether it is nothing but a matrix along the rows of one input component.
         *
         * @return true if no planes or rows are combined
         */
        public boolean isBare() {
            return columns != null && others.isEmpty() && planar.size() == 1
                    && planar.getFirst().along().stream().filter(Objects::nonNull).count() == 1;
        }

        /**
         * Factor of the weights along the rows: that of the term if it is bare, else 1.
         *
         * @return a factor for every weight
         */
        public double scale() {
            return isBare() ? planar.getFirst().factor() : 1;
        }

        /**
         * Factor of a term across rows and planes.
         *
         * @param term of this group
         * @return what remains of its factor
         */
        public double factor(KroneckerProduct term) {
            return isBare() ? 1 : term.factor();
        }
    }

    private final int[] sizes;
    private final int outputs;
    private final int inputs;
    private final int[] shape;
    private final List<KroneckerProduct> terms;
    /** Without axes of one node. */
    private final List<KroneckerProduct> squeezed;
    /** By output component; groups with a matrix first. */
    private final List<List<Group>> groups = new ArrayList<>();

    private BandedProgram(int[] shape, int outputs, int inputs, List<KroneckerProduct> terms) {
        this.shape = shape;
        int[] rest = Arrays.stream(shape).filter(n -> n > 1).toArray();
        this.sizes = new int[] {1, 1, 1};
        System.arraycopy(rest, 0, sizes, 3 - rest.length, rest.length);
        this.outputs = outputs;
        this.inputs = inputs;
        this.terms = List.copyOf(terms);
        this.squeezed = terms.stream().map(term -> squeezed(term, shape))
                .filter(term -> term.factor() != 0).toList();
        for (int r = 0; r < outputs; r++) {
            groups.add(grouped(r));
        }
    }

    /**
     * Puts terms together.
     *
     * @param shape number of nodes along each axis of the grid
     * @param outputs number of output components
     * @param inputs number of input components
     * @param terms their sum; terms that differ in their factor only are joined
     * @return the program
     */
    public static BandedProgram of(int[] shape, int outputs, int inputs, List<KroneckerProduct> terms) {
        List<KroneckerProduct> joined = new ArrayList<>();
        for (KroneckerProduct term : terms) {
            require(shape, outputs, inputs, term);
            int same = 0;
            while (same < joined.size() && !alike(joined.get(same), term)) {
                same++;
            }
            if (same == joined.size()) {
                joined.add(term);
            } else {
                double factor = joined.get(same).factor() + term.factor();
                joined.set(same, new KroneckerProduct(term.output(), term.input(), factor, term.along()));
            }
        }
        return new BandedProgram(shape.clone(), outputs, inputs, joined);
    }

    /** A matrix of one node is a number. */
    private static KroneckerProduct squeezed(KroneckerProduct term, int[] shape) {
        List<@Nullable BandedMatrix> along = new ArrayList<>();
        double factor = term.factor();
        for (int a = 0; a < shape.length; a++) {
            BandedMatrix matrix = term.along().get(a);
            if (shape[a] > 1) {
                along.add(matrix);
            } else if (matrix != null) {
                factor *= matrix.get(0, 0);
            }
        }
        return new KroneckerProduct(term.output(), term.input(), factor, along);
    }

    private static boolean alike(KroneckerProduct one, KroneckerProduct other) {
        return one.output() == other.output() && one.input() == other.input() && one.along().equals(other.along());
    }

    private static void require(int[] shape, int outputs, int inputs, KroneckerProduct term) {
        if (term.output() < 0 || term.output() >= outputs || term.input() < 0 || term.input() >= inputs) {
            throw new IllegalArgumentException("components of the term are " + term.output() + " ← " + term.input()
                    + "; they had to be below " + outputs + " and " + inputs);
        }
        for (int a = 0; a < shape.length; a++) {
            BandedMatrix matrix = term.along().get(a);
            if (matrix != null && matrix.size() != shape[a]) {
                throw new IllegalArgumentException("matrix along axis " + a + " is " + matrix + "; it had to be "
                        + shape[a] + " x " + shape[a]);
            }
        }
    }

    private List<Group> grouped(int output) {
        List<Group> found = new ArrayList<>();
        Group rest = new Group(output, null);
        for (KroneckerProduct term : squeezed) {
            if (term.output() != output) {
                continue;
            }
            BandedMatrix columns = along(term, 2);
            Group group = columns == null ? rest : null;
            for (int g = 0; g < found.size() && group == null; g++) {
                group = found.get(g).columns().equals(columns) ? found.get(g) : null;
            }
            if (group == null) {
                group = new Group(output, columns);
                found.add(group);
            }
            (along(term, 1) == null ? group.planar : group.others).add(term);
        }
        found.add(rest);
        return found;
    }

    /**
     * The matrix of a term along one of the three axes.
     *
     * @param term of this program
     * @param axis 0 to 2
     * @return null for the identity
     */
    public @Nullable BandedMatrix along(KroneckerProduct term, int axis) {
        int a = axis - (3 - term.along().size());
        return a < 0 ? null : term.along().get(a);
    }

    /**
     * The program of the transposed operator.
     *
     * @return the exact transpose under the dot product of stored values
     */
    public BandedProgram transpose() {
        return new BandedProgram(shape, inputs, outputs, terms.stream().map(KroneckerProduct::transpose).toList());
    }

    /**
     * The terms.
     *
     * @return unmodifiable, in order
     */
    public List<KroneckerProduct> terms() {
        return terms;
    }

    /**
     * The terms without axes of one node.
     *
     * @return unmodifiable, in order
     */
    public List<KroneckerProduct> squeezed() {
        return squeezed;
    }

    /**
     * Groups of an output component; those with a matrix along the rows first, then one without, maybe empty.
     *
     * @param output component
     * @return in order of summation
     */
    public List<Group> groups(int output) {
        return groups.get(output);
    }

    /**
     * Nodes along one of the three axes, 1 along missing ones.
     *
     * @param axis 0 to 2
     * @return number of nodes
     */
    public int size(int axis) {
        return sizes[axis];
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
     * Number of nodes.
     *
     * @return nodes of one component
     */
    public long nodes() {
        return (long) sizes[0] * sizes[1] * sizes[2];
    }

    /**
     * How many planes around its own an output plane reads, at most, itself included.
     *
     * @return at least 1
     */
    public int planesRead() {
        int most = 1;
        for (KroneckerProduct term : squeezed) {
            BandedMatrix matrix = along(term, 0);
            most = Math.max(most, matrix == null ? 1 : matrix.largestWidth());
        }
        return most;
    }

    @Override
    public String toString() {
        return terms.size() + " products of one-dimensional operators on " + Arrays.toString(shape);
    }
}
