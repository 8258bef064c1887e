package org.isotrope.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.jspecify.annotations.Nullable;

/** A linear combination of operators, {@code x ↦ Σ c_k A_k x}, summed in order. */
final class Combination extends PlannedOperator {
    private record Term(double factor, LinearOperator operator) {
        Term times(double outer) {
            double product = outer * factor;
            if (!Double.isFinite(product)) {
                throw new IllegalArgumentException("factor is " + outer + "; its product with the factor " + factor
                        + " of a term is " + product + "; it had to be finite");
            }
            return new Term(product, operator);
        }
    }

    private final List<Term> terms;

    private Combination(List<Term> terms) {
        super(terms.getFirst().operator.domain(), terms.getFirst().operator.range());
        this.terms = List.copyOf(terms);
    }

    static LinearOperator of(double a, LinearOperator first, double b, LinearOperator second) {
        if (!second.domain().equals(first.domain())) {
            throw new IllegalArgumentException("other maps from " + second.domain() + "\nit had to map from "
                    + first.domain());
        }
        if (!second.range().equals(first.range())) {
            throw new IllegalArgumentException("other maps to " + second.range() + "\nit had to map to "
                    + first.range());
        }
        List<Term> terms = new ArrayList<>(terms(a, first));
        for (Term term : terms(b, second)) {
            add(term, terms);
        }
        return terms.size() == 1 ? scaled(terms.getFirst().factor, terms.getFirst().operator) : new Combination(terms);
    }

    /** Adds a term to the first that it is one operator with. */
    private static void add(Term term, List<Term> terms) {
        for (int k = 0; k < terms.size(); k++) {
            LinearOperator one = merged(terms.get(k), term);
            if (one != null) {
                terms.set(k, new Term(1, one));
                return;
            }
        }
        terms.add(term);
    }

    private static @Nullable LinearOperator merged(Term first, Term second) {
        LinearOperator left = plain(first.operator);
        LinearOperator right = plain(second.operator);
        if (left instanceof StencilOperator s && right instanceof StencilOperator t && s.mergesWith(t)) {
            return s.merged(first.factor, second.factor, t);
        }
        if (left instanceof BandedOperator s && banded(right) instanceof BandedOperator t) {
            return s.merged(first.factor, second.factor, t);
        }
        if (right instanceof BandedOperator t && banded(left) instanceof BandedOperator s) {
            return s.merged(first.factor, second.factor, t);
        }
        return null;
    }

    /** Multiples of the identity go together with varying weights. */
    private static LinearOperator banded(LinearOperator operator) {
        if (operator instanceof StencilOperator stencil && !stencil.diagonal().isEmpty()) {
            return new BandedOperator(stencil.name(), stencil.diagonal(), stencil.domain(), stencil.range(), "nothing");
        }
        return operator;
    }

    static LinearOperator scaled(double factor, LinearOperator operator) {
        if (!Double.isFinite(factor)) {
            throw new IllegalArgumentException("factor is " + factor + "; it had to be finite");
        }
        return switch (plain(operator)) {
            case StencilOperator stencil -> stencil.scaled(factor);
            case BandedOperator banded -> banded.scaled(factor);
            default -> new Combination(terms(factor, operator));
        };
    }

    /** The stencil behind operators that are more than one. */
    static LinearOperator plain(LinearOperator operator) {
        return switch (operator) {
            case RadialOperator radial -> radial.convolution();
            case TensorConvolution tensor -> tensor.convolution();
            default -> operator;
        };
    }

    /** The sum of matrices. */
    SparseMatrix matrix() {
        SparseMatrix sum = null;
        for (Term term : terms) {
            SparseMatrix next = SparseMatrix.of(term.operator).times(term.factor);
            sum = sum == null ? next : sum.plus(next);
        }
        return sum;
    }

    private static List<Term> terms(double factor, LinearOperator operator) {
        return operator instanceof Combination combination
                ? combination.terms.stream().map(t -> t.times(factor)).toList()
                : List.of(new Term(factor, operator));
    }

    private record Sum(double[] factors, Plan[] plans, Scratch scratch, Space domain, Space range) implements Plan {
        @Override
        public void apply(Field in, Field out) {
            Fits.requirePrecision(precision(), in);
            Fits.require(domain, range, in, out);
            plans[0].apply(in, out);
            if (factors[0] != 1) {
                Arithmetic.scale(factors[0], out, out);
            }
            if (plans.length == 1) {
                return;
            }
            Field term = scratch.take();
            try {
                for (int k = 1; k < plans.length; k++) {
                    plans[k].apply(in, term);
                    Arithmetic.addScaled(factors[k], term, out);
                }
            } finally {
                scratch.give(term);
            }
        }

        @Override
        public Precision precision() {
            return plans[0].precision();
        }

        @Override
        public String explain() {
            return "sum of " + plans.length + " operators, one after the other: "
                    + Arrays.stream(plans).map(Plan::explain).collect(Collectors.joining("; "));
        }
    }

    @Override
    public Plan plan(Precision precision, Execution execution) {
        double[] factors = terms.stream().mapToDouble(Term::factor).toArray();
        Plan[] plans = terms.stream().map(t -> t.operator.plan(precision, execution)).toArray(Plan[]::new);
        return new Sum(factors, plans, new Scratch(range(), precision), domain(), range());
    }

    @Override
    public LinearOperator adjoint() {
        return new Combination(terms.stream().map(t -> new Term(t.factor, t.operator.adjoint())).toList());
    }

    @Override
    public String explain() {
        StringBuilder text = new StringBuilder("linear combination of");
        for (Term term : terms) {
            text.append("\n  ").append(term.factor).append(" times\n")
                    .append(term.operator.explain().indent(4).stripTrailing());
        }
        return text.toString();
    }
}
