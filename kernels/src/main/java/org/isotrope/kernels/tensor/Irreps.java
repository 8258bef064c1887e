package org.isotrope.kernels.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A direct sum of irreps of one space, such as {@code 2x0e + 1x1o}: how all the components of a value transform.
 *
 * <p>Components follow the terms from left to right; inside a term copy after copy, inside a copy those of the irrep.
 * Sums print, parse, add and multiply; two are equal if their terms are, in order.
 */
public final class Irreps {
    private final List<Term> terms;
    private final int[] starts;

    /**
     * Equal copies of one irrep.
     *
     * @param multiplicity how many, at least 1
     * @param irrep of which
     */
    public record Term(int multiplicity, Irrep irrep) {
        /** Checks the multiplicity. */
        public Term {
            if (multiplicity < 1) {
                throw new IllegalArgumentException("multiplicity is " + multiplicity + "; it had to be at least 1");
            }
        }

        /**
         * Number of components of all copies.
         *
         * @return multiplicity times those of the irrep
         */
        public int components() {
            return Math.multiplyExact(multiplicity, irrep.components());
        }

        /**
         * The term as printed.
         *
         * @return for example {@code 2x0e}
         */
        @Override
        public String toString() {
            return multiplicity + "x" + irrep;
        }
    }

    /**
     * Consecutive components.
     *
     * @param start the first
     * @param end one past the last
     */
    public record Slice(int start, int end) {
        /**
         * How many.
         *
         * @return {@code end − start}
         */
        public int size() {
            return end - start;
        }
    }

    /**
     * One way to multiply: a term of each factor and an irrep in their product.
     *
     * @param first index of the term of the first factor
     * @param second index of the term of the second factor
     * @param product an irrep in the product of both
     */
    public record Path(int first, int second, Irrep product) {}

    private Irreps(List<Term> terms) {
        this.terms = List.copyOf(terms);
        if (this.terms.isEmpty()) {
            throw new IllegalArgumentException("terms is empty; there had to be at least one");
        }
        this.starts = new int[terms.size() + 1];
        for (int t = 0; t < terms.size(); t++) {
            Irrep irrep = terms.get(t).irrep();
            if (irrep.spaceDimension() != spaceDimension()) {
                throw new IllegalArgumentException("irrep " + irrep + " is of " + irrep.spaceDimension()
                        + "D; it had to be of " + spaceDimension() + "D, as the first one");
            }
            starts[t + 1] = Math.addExact(starts[t], terms.get(t).components());
        }
    }

    /**
     * The sum of terms.
     *
     * @param terms at least one, all of one space
     * @return their sum, in this order
     */
    public static Irreps of(List<Term> terms) {
        return new Irreps(terms);
    }

    /**
     * The sum of single irreps.
     *
     * @param irreps at least one, all of one space
     * @return their sum, in this order
     */
    public static Irreps of(Irrep... irreps) {
        return new Irreps(Arrays.stream(irreps).map(irrep -> new Term(1, irrep)).toList());
    }

    /**
     * Equal copies of one irrep.
     *
     * @param multiplicity how many, at least 1
     * @param irrep of which
     * @return a sum of one term
     */
    public static Irreps of(int multiplicity, Irrep irrep) {
        return new Irreps(List.of(new Term(multiplicity, irrep)));
    }

    /**
     * The irreps of 3D harmonics of every degree up to one.
     *
     * @param maxL the largest degree
     * @return {@code 1x0e + 1x1o + 1x2e + …}
     */
    public static Irreps harmonics(int maxL) {
        return of(IntStream.rangeClosed(0, maxL)
                .mapToObj(l -> Irrep.spherical(l, Parity.ofHarmonic(l)))
                .toArray(Irrep[]::new));
    }

    /**
     * Reads a sum such as {@code "2x0e + 1x1o + 2e"} of a known space.
     *
     * @param text terms between plus signs, multiplicity 1 where none is given; white space is ignored
     * @param spaceDimension 2 (orders above 0 without parity: {@code "0e + 0o + 2x1"}) or 3
     * @return the sum
     */
    public static Irreps parse(String text, int spaceDimension) {
        return new IrrepsParser(text, spaceDimension).irreps();
    }

    /**
     * Reads a sum and finds its space: orders above 0 have a parity in 3D and none in 2D. A sum of {@code 0e} and
     * {@code 0o} alone, which is the same in both, counts as 3D; see {@link #in}.
     *
     * @param text as for {@link #parse(String, int)}
     * @return the sum
     */
    public static Irreps parse(String text) {
        return new IrrepsParser(text).irreps();
    }

    /**
     * The same sum in a space of a certain dimension, as far as that makes sense.
     *
     * @param spaceDimension 2 or 3
     * @return this, or scalars and pseudoscalars of the other space
     */
    public Irreps in(int spaceDimension) {
        if (spaceDimension == spaceDimension()) {
            return this;
        }
        if (maxAngularOrder() > 0) {
            throw new IllegalArgumentException("spaceDimension is " + spaceDimension + "; it had to be "
                    + spaceDimension() + " for " + this);
        }
        return parse(toString(), spaceDimension);
    }

    /**
     * The terms from left to right.
     *
     * @return an immutable list
     */
    public List<Term> terms() {
        return terms;
    }

    /**
     * The dimension of the space that rotates.
     *
     * @return 2 or 3
     */
    public int spaceDimension() {
        return terms.getFirst().irrep().spaceDimension();
    }

    /**
     * Number of components of all terms.
     *
     * @return at least 1
     */
    public int components() {
        return starts[terms.size()];
    }

    /**
     * The largest l (3D) or m (2D).
     *
     * @return at least 0
     */
    public int maxAngularOrder() {
        return terms.stream().mapToInt(term -> term.irrep().angularOrder()).max().orElseThrow();
    }

    /**
     * How often an irrep occurs.
     *
     * @param irrep which
     * @return the sum of its multiplicities, 0 if it does not occur
     */
    public int count(Irrep irrep) {
        return terms.stream().filter(term -> term.irrep().equals(irrep)).mapToInt(Term::multiplicity).sum();
    }

    /**
     * Where a term lies among the components.
     *
     * @param term index of the term
     * @return the components of all its copies
     */
    public Slice slice(int term) {
        return new Slice(starts[term], starts[term + 1]);
    }

    /**
     * Where one copy lies among the components.
     *
     * @param term index of the term
     * @param copy 0 to multiplicity − 1
     * @return its components
     */
    public Slice slice(int term, int copy) {
        if (copy < 0 || copy >= terms.get(term).multiplicity()) {
            throw new IllegalArgumentException(
                    "copy is " + copy + "; it had to be 0 to " + (terms.get(term).multiplicity() - 1));
        }
        int size = terms.get(term).irrep().components();
        return new Slice(starts[term] + copy * size, starts[term] + (copy + 1) * size);
    }

    /**
     * Direct sum.
     *
     * @param other of the same space
     * @return the terms of this, then those of the other
     */
    public Irreps plus(Irreps other) {
        List<Term> sum = new ArrayList<>(terms);
        sum.addAll(other.terms);
        return new Irreps(sum);
    }

    /**
     * Every multiplicity times a number.
     *
     * @param copies at least 1
     * @return as many terms as here
     */
    public Irreps times(int copies) {
        return new Irreps(terms.stream()
                .map(term -> new Term(Math.multiplyExact(copies, term.multiplicity()), term.irrep()))
                .toList());
    }

    /**
     * The tensor product, decomposed: {@code components()} multiply.
     *
     * @param other of the same space
     * @return sorted, each irrep once
     */
    public Irreps times(Irreps other) {
        List<Term> product = new ArrayList<>();
        for (Path path : paths(other)) {
            int first = terms.get(path.first).multiplicity();
            int second = other.terms.get(path.second).multiplicity();
            product.add(new Term(Math.multiplyExact(first, second), path.product));
        }
        return new Irreps(product).sorted().simplified();
    }

    /**
     * All ways to multiply a term of this with a term of another.
     *
     * @param other of the same space
     * @return in the order first, second, product
     */
    public List<Path> paths(Irreps other) {
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            for (int j = 0; j < other.terms.size(); j++) {
                for (Irrep product : terms.get(i).irrep().times(other.terms.get(j).irrep())) {
                    paths.add(new Path(i, j, product));
                }
            }
        }
        return List.copyOf(paths);
    }

    /**
     * The terms by l or m, then odd before even; equal ones keep their order.
     *
     * @return the same terms, sorted
     */
    public Irreps sorted() {
        return new Irreps(terms.stream().sorted(Comparator.comparing(Term::irrep)).toList());
    }

    /**
     * Neighbouring terms of one irrep joined, which leaves the components where they are.
     *
     * @return at most as many terms
     */
    public Irreps simplified() {
        List<Term> joined = new ArrayList<>();
        for (Term term : terms) {
            if (!joined.isEmpty() && joined.getLast().irrep().equals(term.irrep())) {
                int sum = Math.addExact(joined.removeLast().multiplicity(), term.multiplicity());
                joined.add(new Term(sum, term.irrep()));
            } else {
                joined.add(term);
            }
        }
        return new Irreps(joined);
    }

    /**
     * The different irreps, without multiplicities.
     *
     * @return in ascending order
     */
    public Collection<Irrep> distinct() {
        TreeSet<Irrep> distinct = new TreeSet<>();
        terms.forEach(term -> distinct.add(term.irrep()));
        return List.copyOf(distinct);
    }

    /**
     * The block diagonal matrix by which components transform.
     *
     * @param orthogonal a {@code d × d} orthogonal matrix by rows, rotation or reflection
     * @return a fresh {@code components() × components()} matrix by rows
     */
    public double[][] representation(double[][] orthogonal) {
        double[][] matrix = new double[components()][components()];
        Orthogonal.require(orthogonal, spaceDimension(), "orthogonal");
        boolean proper = Orthogonal.isProper(orthogonal);
        List<double[][]> rotations = spaceDimension() == 2
                ? List.of()
                : WignerD.upTo(maxAngularOrder(), Orthogonal.proper(orthogonal));
        for (int t = 0; t < terms.size(); t++) {
            double[][] block = switch (terms.get(t).irrep()) {
                case SphericalIrrep irrep -> irrep.signed(rotations.get(irrep.l()), proper);
                case CircularIrrep irrep -> irrep.representation(orthogonal);
            };
            for (int start = starts[t]; start < starts[t + 1]; start += block.length) {
                for (int row = 0; row < block.length; row++) {
                    System.arraycopy(block[row], 0, matrix[start + row], start, block.length);
                }
            }
        }
        return matrix;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Irreps that && terms.equals(that.terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    /**
     * The sum as {@link #parse(String)} reads it.
     *
     * @return for example {@code 2x0e + 1x1o}
     */
    @Override
    public String toString() {
        return String.join(" + ", terms.stream().map(Term::toString).toList());
    }
}
