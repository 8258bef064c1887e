package org.isotrope.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.kernels.engine.elementwise.Products;
import org.isotrope.kernels.tensor.ClebschGordan;
import org.isotrope.kernels.tensor.Irrep;
import org.isotrope.kernels.tensor.Irreps;
import org.isotrope.kernels.tensor.IrrepsType;
import org.isotrope.kernels.tensor.TensorType;
import org.isotrope.kernels.tensor.TensorTypes;

/**
 * Equivariant products of two fields at every node: {@code out_k(x) = Σ_ij c_kij a_i(x) b_j(x)}.
 *
 * <p>In general a product is a sum over paths, each from a copy of an irrep of a and one of b to one of the output, with the
 * factor {@code √(dim out) C} of a Clebsch–Gordan tensor of norm 1 and a weight of its own. The products that have names
 * ({@link #scaling}, {@link #dot}, {@link #cross}, {@link #matrixVector}, {@link #complex}) are the textbook ones; against
 * the path of weight 1 the dot product is √d times as large and the cross product √2 times.
 *
 * <p>As a product is linear in either field, its adjoint in one is again a product, of the cotangent with the other.
 *
 * <p>Immutable; applying allocates nothing, and several threads may apply one product at a time.
 */
public final class FieldProduct {
    private record Term(int out, int first, int second, double weight) {}

    /**
     * A way through a product, by the indices of terms and copies of the irreps of the three types.
     *
     * @param first term of the first factor
     * @param firstCopy which copy of it
     * @param second term of the second factor
     * @param secondCopy which copy of it
     * @param out term of the output
     * @param outCopy which copy of it
     */
    public record Path(int first, int firstCopy, int second, int secondCopy, int out, int outCopy) {}

    private final String name;
    private final FieldType first;
    private final FieldType second;
    private final FieldType out;
    private final int dimension;
    private final List<Path> paths;
    private final List<Term> terms;
    private final Products products;

    private FieldProduct(
            String name, FieldType first, FieldType second, FieldType out, int dimension, List<Path> paths, List<Term> all) {
        this.name = name;
        this.first = first;
        this.second = second;
        this.out = out;
        this.dimension = dimension;
        this.paths = List.copyOf(paths);
        this.terms = all.stream()
                .filter(term -> term.weight != 0)
                .sorted(Comparator.comparingInt(Term::out).thenComparingInt(Term::first).thenComparingInt(Term::second))
                .toList();
        int components = out.components(dimension);
        int[] starts = new int[components + 1];
        for (int k = 0; k <= components; k++) {
            int limit = k;
            starts[k] = (int) terms.stream().filter(term -> term.out < limit).count();
        }
        this.products = new Products(starts, terms.stream().mapToInt(Term::first).toArray(),
                terms.stream().mapToInt(Term::second).toArray(), terms.stream().mapToDouble(Term::weight).toArray());
    }

    /**
     * The product along all paths to a type.
     *
     * @param first type of the first factor
     * @param second type of the second factor
     * @param out type of the output
     * @param dimension of space, 2 or 3
     * @param weights one a path, in the order of {@link #paths()}; none for 1 everywhere
     * @return the product
     * @throws IllegalArgumentException if no path leads to the output, or there are not as many weights as paths
     */
    public static FieldProduct of(
            FieldType first, FieldType second, FieldType out, int dimension, double... weights) {
        Irreps a = TensorTypes.irreps(first, dimension);
        Irreps b = TensorTypes.irreps(second, dimension);
        Irreps c = TensorTypes.irreps(out, dimension);
        List<Path> paths = new ArrayList<>();
        for (int o = 0; o < c.terms().size(); o++) {
            for (int i = 0; i < a.terms().size(); i++) {
                for (int j = 0; j < b.terms().size(); j++) {
                    if (a.terms().get(i).irrep().times(b.terms().get(j).irrep()).contains(c.terms().get(o).irrep())) {
                        addCopies(paths, a, i, b, j, c, o);
                    }
                }
            }
        }
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("types are " + first + " ⊗ " + second + " → " + out + " in " + dimension
                    + "D; the output had to hold one of the irreps " + a.times(b).distinct());
        }
        if (weights.length != 0 && weights.length != paths.size()) {
            throw new IllegalArgumentException("weights are " + weights.length + "; there had to be " + paths.size()
                    + ", one for each path");
        }
        double[] used = weights.length == 0 ? new double[paths.size()] : weights.clone();
        if (weights.length == 0) {
            Arrays.fill(used, 1);
        }
        double[][][] coefficients = coefficients(first, second, out, dimension, paths, used);
        return new FieldProduct("product along " + paths.size() + (paths.size() == 1 ? " path" : " paths"), first,
                second, out, dimension, paths, terms(coefficients));
    }

    /**
     * The product along all paths, each to a copy of its own: the output holds {@code first ⊗ second} whole.
     *
     * @param first type of the first factor
     * @param second type of the second factor
     * @param dimension of space, 2 or 3
     * @return the product; its output type is a direct sum of irreps
     */
    public static FieldProduct full(FieldType first, FieldType second, int dimension) {
        Irreps a = TensorTypes.irreps(first, dimension);
        Irreps b = TensorTypes.irreps(second, dimension);
        List<Irreps.Term> all = new ArrayList<>();
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < a.terms().size(); i++) {
            for (int j = 0; j < b.terms().size(); j++) {
                Irreps.Term from = a.terms().get(i);
                Irreps.Term with = b.terms().get(j);
                for (Irrep to : from.irrep().times(with.irrep())) {
                    int term = all.size();
                    all.add(new Irreps.Term(from.multiplicity() * with.multiplicity(), to));
                    for (int u = 0; u < from.multiplicity(); u++) {
                        for (int v = 0; v < with.multiplicity(); v++) {
                            paths.add(new Path(i, u, j, v, term, u * with.multiplicity() + v));
                        }
                    }
                }
            }
        }
        FieldType out = new IrrepsType(Irreps.of(all));
        double[] weights = new double[paths.size()];
        Arrays.fill(weights, 1);
        return new FieldProduct("full product", first, second, out, dimension, paths,
                terms(coefficients(first, second, out, dimension, paths, weights)));
    }

    private static void addCopies(List<Path> paths, Irreps a, int i, Irreps b, int j, Irreps c, int o) {
        for (int w = 0; w < c.terms().get(o).multiplicity(); w++) {
            for (int u = 0; u < a.terms().get(i).multiplicity(); u++) {
                for (int v = 0; v < b.terms().get(j).multiplicity(); v++) {
                    paths.add(new Path(i, u, j, v, o, w));
                }
            }
        }
    }

    private static double[][][] coefficients(
            FieldType first, FieldType second, FieldType out, int d, List<Path> paths, double[] weights) {
        Irreps a = TensorTypes.irreps(first, d);
        Irreps b = TensorTypes.irreps(second, d);
        Irreps c = TensorTypes.irreps(out, d);
        double[][] fromFirst = TensorTypes.toIrreps(first, d);
        double[][] fromSecond = TensorTypes.toIrreps(second, d);
        double[][] toOut = TensorTypes.fromIrreps(out, d);
        double[][][] all = new double[toOut.length][fromFirst[0].length][fromSecond[0].length];
        for (int p = 0; p < weights.length; p++) {
            Path path = paths.get(p);
            Irrep result = c.terms().get(path.out).irrep();
            int rows = c.slice(path.out, path.outCopy).start();
            int left = a.slice(path.first, path.firstCopy).start();
            int right = b.slice(path.second, path.secondCopy).start();
            double norm = weights[p] * Math.sqrt(result.components());
            for (ClebschGordan.Entry entry : ClebschGordan
                    .of(a.terms().get(path.first).irrep(), b.terms().get(path.second).irrep(), result).entries()) {
                for (int k = 0; k < all.length; k++) {
                    double row = norm * entry.value() * toOut[k][rows + entry.k()];
                    for (int i = 0; row != 0 && i < all[k].length; i++) {
                        double column = row * fromFirst[left + entry.i()][i];
                        for (int j = 0; column != 0 && j < all[k][i].length; j++) {
                            all[k][i][j] += column * fromSecond[right + entry.j()][j];
                        }
                    }
                }
            }
        }
        return all;
    }

    private static List<Term> terms(double[][][] coefficients) {
        double largest = 0;
        for (double[][] row : coefficients) {
            for (double[] column : row) {
                for (double value : column) {
                    largest = Math.max(largest, Math.abs(value));
                }
            }
        }
        List<Term> terms = new ArrayList<>();
        for (int k = 0; k < coefficients.length; k++) {
            for (int i = 0; i < coefficients[k].length; i++) {
                for (int j = 0; j < coefficients[k][i].length; j++) {
                    // what paths cancel but for rounding is no term
                    if (Math.abs(coefficients[k][i][j]) > 1e-15 * largest) {
                        terms.add(new Term(k, i, j, coefficients[k][i][j]));
                    }
                }
            }
        }
        return terms;
    }

    /**
     * A field scaled by a scalar field: {@code s(x) f(x)}.
     *
     * @param type type of f and of the output
     * @param dimension of space
     * @return scalar ⊗ type → type
     */
    public static FieldProduct scaling(FieldType type, int dimension) {
        return named("scaling", FieldType.SCALAR, type, type, dimension, IntStream.range(0, type.components(dimension))
                .mapToObj(c -> new Term(c, 0, c, 1)).toList());
    }

    /**
     * The dot product {@code Σ a_i b_i}.
     *
     * @param dimension of space
     * @return vector ⊗ vector → scalar
     */
    public static FieldProduct dot(int dimension) {
        return named("dot", FieldType.VECTOR, FieldType.VECTOR, FieldType.SCALAR, dimension,
                IntStream.range(0, dimension).mapToObj(i -> new Term(0, i, i, 1)).toList());
    }

    /**
     * The cross product: {@code a × b} in 3D, {@code a_x b_y − a_y b_x} in 2D.
     *
     * @param dimension of space, 2 or 3
     * @return vector ⊗ vector → pseudovector in 3D, pseudoscalar in 2D
     */
    public static FieldProduct cross(int dimension) {
        requireSpace(dimension);
        List<Term> terms = new ArrayList<>();
        if (dimension == 2) {
            terms.add(new Term(0, 0, 1, 1));
            terms.add(new Term(0, 1, 0, -1));
        } else {
            for (int k = 0; k < 3; k++) {
                terms.add(new Term(k, (k + 1) % 3, (k + 2) % 3, 1));
                terms.add(new Term(k, (k + 2) % 3, (k + 1) % 3, -1));
            }
        }
        return named("cross", FieldType.VECTOR, FieldType.VECTOR,
                dimension == 2 ? FieldType.PSEUDOSCALAR : FieldType.PSEUDOVECTOR, dimension, terms);
    }

    /**
     * A tensor applied to a vector: {@code Σ_j T_ij v_j}.
     *
     * @param kind which tensors; pseudotensors give pseudovectors, in 3D
     * @param dimension of space, 2 or 3
     * @return tensor ⊗ vector → vector
     */
    public static FieldProduct matrixVector(TensorType kind, int dimension) {
        requireSpace(dimension);
        if (kind.pseudo() && dimension == 2) {
            throw new IllegalArgumentException("kind is " + kind + "; it had to be a proper tensor in 2D");
        }
        double[][] full = kind.toFull(dimension);
        List<Term> terms = new ArrayList<>();
        for (int row = 0; row < full.length; row++) {
            for (int c = 0; c < full[row].length; c++) {
                terms.add(new Term(row / dimension, c, row % dimension, full[row][c]));
            }
        }
        return named("matrix–vector", kind, FieldType.VECTOR,
                kind.pseudo() ? FieldType.PSEUDOVECTOR : FieldType.VECTOR, dimension, terms);
    }

    /**
     * The product of complex fields in 2D: {@code z₁ z₂} of angular orders m₁ and m₂, of order m₁ + m₂.
     *
     * @param m1 order of the first factor, at least 1
     * @param m2 order of the second factor, at least 1
     * @return the product
     */
    public static FieldProduct complex(int m1, int m2) {
        return named("complex", IrrepsType.of(Irrep.circular(m1)), IrrepsType.of(Irrep.circular(m2)),
                IrrepsType.of(Irrep.circular(m1 + m2)), 2,
                List.of(new Term(0, 0, 0, 1), new Term(0, 1, 1, -1), new Term(1, 0, 1, 1), new Term(1, 1, 0, 1)));
    }

    /**
     * The product with a complex conjugate in 2D: {@code z₁ z̄₂} of angular orders m₁ &gt; m₂, of order m₁ − m₂.
     *
     * @param m1 order of the first factor
     * @param m2 order of the second factor, at least 1 and below m₁
     * @return the product
     */
    public static FieldProduct complexConjugate(int m1, int m2) {
        if (m2 < 1 || m1 <= m2) {
            throw new IllegalArgumentException("orders are " + m1 + " and " + m2
                    + "; the first had to be above the second, which had to be at least 1");
        }
        return named("complex with conjugate", IrrepsType.of(Irrep.circular(m1)), IrrepsType.of(Irrep.circular(m2)),
                IrrepsType.of(Irrep.circular(m1 - m2)), 2,
                List.of(new Term(0, 0, 0, 1), new Term(0, 1, 1, 1), new Term(1, 0, 1, -1), new Term(1, 1, 0, 1)));
    }

    private static FieldProduct named(
            String name, FieldType first, FieldType second, FieldType out, int dimension, List<Term> terms) {
        return new FieldProduct(name, first, second, out, dimension, List.of(), terms);
    }

    private static void requireSpace(int dimension) {
        if (dimension != 2 && dimension != 3) {
            throw new IllegalArgumentException("dimension is " + dimension + "; it had to be 2 or 3");
        }
    }

    /**
     * Multiplies.
     *
     * @param a first factor
     * @param b second factor, on the same grid in the same precision; may be {@code a}
     * @param result product, apart from both; overwritten
     * @throws IllegalArgumentException if a grid, type or precision is wrong, or memory overlaps; nothing is written then
     */
    public void apply(Field a, Field b, Field result) {
        if (a.grid().dimension() != dimension) {
            throw new IllegalArgumentException("a lies in " + a.grid().dimension() + "D; it had to lie in " + dimension
                    + "D");
        }
        Space.require(a, a.grid(), first, "a");
        Space.require(b, a.grid(), second, "b");
        Space.require(result, a.grid(), out, "result");
        if (b.precision() != a.precision() || result.precision() != a.precision()) {
            throw new IllegalArgumentException("precisions are " + a.precision() + ", " + b.precision() + " and "
                    + result.precision() + "; they had to be the same");
        }
        a.requireApart(result, "result");
        b.requireApart(result, "result");
        products.run(a.precision(), a.segment(), b.segment(), result.segment(), a.grid().size());
    }

    /**
     * The adjoint in the first factor, {@code ⟨p(a, b), y⟩ = ⟨a, q(y, b)⟩}.
     *
     * @return the product q of a cotangent of the output with the second factor, which gives one of the first
     */
    public FieldProduct adjointInFirst() {
        return new FieldProduct(name + ", adjoint in the first factor", out, second, first, dimension, List.of(),
                terms.stream().map(t -> new Term(t.first, t.out, t.second, t.weight)).toList());
    }

    /**
     * The adjoint in the second factor, {@code ⟨p(a, b), y⟩ = ⟨b, q(a, y)⟩}.
     *
     * @return the product q of the first factor with a cotangent of the output, which gives one of the second
     */
    public FieldProduct adjointInSecond() {
        return new FieldProduct(name + ", adjoint in the second factor", first, out, second, dimension, List.of(),
                terms.stream().map(t -> new Term(t.second, t.first, t.out, t.weight)).toList());
    }

    /**
     * The paths, in the order of their weights.
     *
     * @return an immutable list; empty for products with names and adjoints
     */
    public List<Path> paths() {
        return paths;
    }

    /**
     * Type of the first factor.
     *
     * @return the type
     */
    public FieldType first() {
        return first;
    }

    /**
     * Type of the second factor.
     *
     * @return the type
     */
    public FieldType second() {
        return second;
    }

    /**
     * Type of the output.
     *
     * @return the type
     */
    public FieldType out() {
        return out;
    }

    /**
     * One line.
     *
     * @return for example {@code dot: vector ⊗ vector → scalar, 3 terms}
     */
    @Override
    public String toString() {
        return name + ": " + first + " ⊗ " + second + " → " + out + ", " + terms.size() + " terms";
    }
}
