package org.isotrope.kernels.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The real tensor {@code C_ijk} of Frobenius norm 1 that multiplies two irreps to a third,
 * {@code c_k = Σ_ij C_ijk a_i b_j}. It is invariant: {@code C_ijk = Σ C_abc D¹_ai D²_bj D³_ck} for all rotations and
 * reflections, which fixes it up to its sign.
 *
 * <p><b>3D.</b> The sign is that of e3nn. For even {@code l₁ + l₂ + l₃} harmonics multiply to a positive multiple of
 * harmonics, {@code Σ C_ijk Y_i(u) Y_j(u) = c Y_k(u)}, {@code c > 0}, so that {@code C_110 = δ/√3}. For odd sums it
 * is the sign of the complex Clebsch–Gordan coefficients of Condon and Shortley, taken to real harmonics with a factor
 * {@code (−i)^l} for each degree, so that {@code C_111 = ε/√6}. Racah's formula and the change of basis are evaluated
 * in integers (G. Racah, Phys. Rev. 62 (1942) 438), and each entry is the double nearest to its exact value. The
 * degrees alone decide the values; parities decide whether the product is allowed.
 *
 * <p><b>2D.</b> With {@code z = (Re, Im)} the products are, times the norm,
 *
 * <table>
 * <caption>Products of O(2)</caption>
 * <tr><th>factors</th><th>product</th><th>c</th></tr>
 * <tr><td>m₁, m₂</td><td>m₁ + m₂</td><td>{@code z₁ z₂}</td></tr>
 * <tr><td>m₁ &gt; m₂</td><td>m₁ − m₂</td><td>{@code z₁ z̄₂}</td></tr>
 * <tr><td>m₁ &lt; m₂</td><td>m₂ − m₁</td><td>{@code z̄₁ z₂}</td></tr>
 * <tr><td>m, m</td><td>0e</td><td>{@code Re z̄₁ z₂}, the dot product</td></tr>
 * <tr><td>m, m</td><td>0o</td><td>{@code Im z̄₁ z₂}, the cross product {@code x₁y₂ − y₁x₂}</td></tr>
 * <tr><td>0o, m or m, 0o</td><td>m</td><td>{@code i s z}, a quarter turn</td></tr>
 * <tr><td>0e with any, 0o with 0o</td><td>the other, 0e</td><td>{@code s z}, {@code s₁s₂}</td></tr>
 * </table>
 */
public final class ClebschGordan {
    private static final Map<List<Irrep>, ClebschGordan> CACHE = new ConcurrentHashMap<>();

    private final Irrep first;
    private final Irrep second;
    private final Irrep product;
    private final List<Entry> entries;

    /**
     * An entry that is not zero.
     *
     * @param i component of the first factor
     * @param j component of the second factor
     * @param k component of the product
     * @param value {@code C_ijk}
     */
    public record Entry(int i, int j, int k, double value) {}

    private ClebschGordan(Irrep first, Irrep second, Irrep product, List<Entry> entries) {
        this.first = first;
        this.second = second;
        this.product = product;
        this.entries = List.copyOf(entries);
    }

    /**
     * The tensor of a product, computed once.
     *
     * @param first irrep of the first factor
     * @param second irrep of the second factor, of the same space
     * @param product one of {@code first.times(second)}
     * @return the same object for the same irreps
     */
    public static ClebschGordan of(Irrep first, Irrep second, Irrep product) {
        return CACHE.computeIfAbsent(List.of(first, second, product), key -> compute(first, second, product));
    }

    /** What {@link #of} computes once. */
    static ClebschGordan compute(Irrep first, Irrep second, Irrep product) {
        if (first.spaceDimension() != second.spaceDimension() || first.spaceDimension() != product.spaceDimension()) {
            throw new IllegalArgumentException("irreps are of " + first.spaceDimension() + "D, "
                    + second.spaceDimension() + "D and " + product.spaceDimension() + "D; they had to be of one space");
        }
        boolean allowed = first instanceof SphericalIrrep a
                        && second instanceof SphericalIrrep b
                        && product instanceof SphericalIrrep c
                ? c.l() >= Math.abs(a.l() - b.l())
                        && c.l() <= a.l() + b.l()
                        && c.parity() == a.parity().times(b.parity())
                : first.times(second).contains(product);
        if (!allowed) {
            throw new IllegalArgumentException("product of " + first + " and " + second + " is " + product
                    + "; it had to be one of " + allowed(first, second));
        }
        List<Entry> entries = product instanceof SphericalIrrep
                ? Coupling.entries(first.angularOrder(), second.angularOrder(), product.angularOrder())
                : circular((CircularIrrep) first, (CircularIrrep) second, (CircularIrrep) product);
        return new ClebschGordan(first, second, product, entries);
    }

    private static String allowed(Irrep first, Irrep second) {
        if (first instanceof SphericalIrrep a && second instanceof SphericalIrrep b) {
            Parity parity = a.parity().times(b.parity());
            int low = Math.abs(a.l() - b.l());
            int high = a.l() + b.l();
            return low == high ? low + "" + parity : low + "" + parity + " to " + high + parity;
        }
        return String.join(", ", first.times(second).stream().map(Irrep::toString).toList());
    }

    private static List<Entry> circular(CircularIrrep first, CircularIrrep second, CircularIrrep product) {
        int m1 = first.m();
        int m2 = second.m();
        if (m1 == 0 && m2 == 0) {
            return List.of(new Entry(0, 0, 0, 1));
        }
        double half = Math.sqrt(0.5);
        if (m1 == 0 || m2 == 0) {
            boolean turn = first.pseudo() || second.pseudo();
            List<Entry> entries = new ArrayList<>();
            for (int c = 0; c < 2; c++) {
                int to = turn ? 1 - c : c;
                entries.add(new Entry(m1 == 0 ? 0 : c, m1 == 0 ? c : 0, to, turn && c == 1 ? -half : half));
            }
            return entries;
        }
        if (product.m() == 0) {
            return product.pseudo()
                    ? List.of(new Entry(0, 1, 0, half), new Entry(1, 0, 0, -half))
                    : List.of(new Entry(0, 0, 0, half), new Entry(1, 1, 0, half));
        }
        // imaginary units of either factor, negative for the conjugated one
        boolean sum = product.m() == m1 + m2;
        double conjugate1 = !sum && m1 < m2 ? -1 : 1;
        double conjugate2 = !sum && m2 < m1 ? -1 : 1;
        return List.of(
                new Entry(0, 0, 0, 0.5),
                new Entry(0, 1, 1, 0.5 * conjugate2),
                new Entry(1, 0, 1, 0.5 * conjugate1),
                new Entry(1, 1, 0, -0.5 * conjugate1 * conjugate2));
    }

    /**
     * The irrep of the first factor.
     *
     * @return index i runs over it
     */
    public Irrep first() {
        return first;
    }

    /**
     * The irrep of the second factor.
     *
     * @return index j runs over it
     */
    public Irrep second() {
        return second;
    }

    /**
     * The irrep of the product.
     *
     * @return index k runs over it
     */
    public Irrep product() {
        return product;
    }

    /**
     * The entries that are not zero.
     *
     * @return immutable, ordered by i, then j, then k
     */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * All entries.
     *
     * @return a fresh tensor {@code [i][j][k]}
     */
    public double[][][] dense() {
        double[][][] dense = new double[first.components()][second.components()][product.components()];
        for (Entry entry : entries) {
            dense[entry.i][entry.j][entry.k] = entry.value;
        }
        return dense;
    }

    /**
     * Multiplies two values, {@code c_k = Σ_ij C_ijk a_i b_j}.
     *
     * @param a components of the first factor
     * @param b components of the second factor
     * @return components of the product, fresh
     */
    public double[] multiply(double[] a, double[] b) {
        requireLength(a, first, "a");
        requireLength(b, second, "b");
        double[] c = new double[product.components()];
        for (Entry entry : entries) {
            c[entry.k] = Math.fma(entry.value * a[entry.i], b[entry.j], c[entry.k]);
        }
        return c;
    }

    private static void requireLength(double[] value, Irrep irrep, String name) {
        if (value.length != irrep.components()) {
            throw new IllegalArgumentException(name + " has length " + value.length + "; it had to be "
                    + irrep.components() + ", the components of " + irrep);
        }
    }

    /**
     * What this multiplies.
     *
     * @return for example {@code 1o ⊗ 1o → 2e}
     */
    @Override
    public String toString() {
        return first + " ⊗ " + second + " → " + product;
    }
}
