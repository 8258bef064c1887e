package org.isotrope.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.plan.Planner;
import org.jspecify.annotations.Nullable;

/**
 * One operator followed by another: through an intermediate field or, where two stencils are one that is predicted to be
 * cheaper, by that. Another order of rounding needs the automatic choice of algorithm.
 */
final class Composition extends PlannedOperator {
    /** One stencil in the place of two has to gain at least so much: not all that makes it wide is counted. */
    private static final double MERGING = 0.9;

    private final LinearOperator first;
    private final LinearOperator second;

    Composition(LinearOperator first, LinearOperator second) {
        super(first.domain(), second.range());
        if (!second.domain().equals(first.range())) {
            throw new IllegalArgumentException("next takes " + second.domain() + "\nit had to take " + first.range());
        }
        this.first = first;
        this.second = second;
    }

    /** The product of matrices. */
    SparseMatrix matrix() {
        return SparseMatrix.of(second).times(SparseMatrix.of(first));
    }

    /**
     * An operator that is planned, maybe in the place of several.
     *
     * @param choice how its stencil is run, null where it is none
     * @param joined why it is one, for a person to read; empty where it has always been
     */
    private record Part(LinearOperator operator, @Nullable Planner choice, String joined) {
        static Part of(LinearOperator operator, Precision precision, Execution execution) {
            LinearOperator plain = Combination.plain(operator);
            return new Part(plain, plain instanceof StencilOperator stencil
                    ? Planner.of(stencil.program(), precision, execution) : null, "");
        }

        Plan plan(Precision precision, Execution execution) {
            Plan plan = operator instanceof StencilOperator stencil && choice != null
                    ? stencil.plan(precision, execution, choice) : operator.plan(precision, execution);
            return joined.isEmpty() ? plan : new Merged(joined, plan);
        }
    }

    /**
     * What becomes of two operators that follow each other.
     *
     * @param one the stencil that both are, null where they stay apart
     * @param reason why, for a person to read
     */
    private record Verdict(@Nullable Part one, String reason) {
        private static final Verdict APART = new Verdict(null, "composed");

        static Verdict of(Part first, Part second, Precision precision, Execution execution) {
            if (!(first.operator instanceof StencilOperator a) || !(second.operator instanceof StencilOperator b)
                    || first.choice == null || second.choice == null) {
                return APART;
            }
            if (execution.algorithm() != Algorithm.AUTOMATIC) {
                return new Verdict(null, "composed, as the algorithm is given");
            }
            StencilOperator one = a.widened(b);
            if (one == null) {
                return new Verdict(null, "composed, as size or walls leave no one stencil");
            }
            Planner whole = Planner.of(one.program(), precision, execution);
            Planner.Costs costs = first.choice.costs(second.choice, whole);
            boolean merged = costs.one() < MERGING * costs.two();
            String reason = String.format(Locale.ROOT,
                    merged ? "merged (%.2f ns a node, composed %.2f)" : "composed (merged %.2f ns a node, composed %.2f)",
                    costs.one(), costs.two());
            return new Verdict(merged ? new Part(one, whole, reason) : null, reason);
        }
    }

    private record Merged(String reason, Plan plan) implements Plan {
        @Override
        public void apply(Field in, Field out) {
            plan.apply(in, out);
        }

        @Override
        public Precision precision() {
            return plan.precision();
        }

        @Override
        public String explain() {
            return reason + ": " + plan.explain();
        }
    }

    private record Steps(String reason, Plan first, Plan second, Scratch scratch, Space domain, Space range)
            implements Plan {
        @Override
        public void apply(Field in, Field out) {
            Fits.requirePrecision(precision(), in);
            Fits.require(domain, range, in, out);
            Field middle = scratch.take();
            try {
                first.apply(in, middle);
                second.apply(middle, out);
            } finally {
                scratch.give(middle);
            }
        }

        @Override
        public Precision precision() {
            return first.precision();
        }

        @Override
        public String explain() {
            return reason + ": " + first.explain() + ", then " + second.explain();
        }
    }

    @Override
    public Plan plan(Precision precision, Execution execution) {
        List<LinearOperator> all = new ArrayList<>();
        addTo(all);
        Plan before = null;
        Space between = domain();
        String apart = "";
        Part now = Part.of(all.getFirst(), precision, execution);
        for (LinearOperator operator : all.subList(1, all.size())) {
            Part next = Part.of(operator, precision, execution);
            Verdict verdict = Verdict.of(now, next, precision, execution);
            if (verdict.one != null) {
                now = verdict.one;
                continue;
            }
            before = after(before, apart, now.plan(precision, execution), between, now.operator.range());
            between = now.operator.range();
            apart = verdict.reason;
            now = next;
        }
        return after(before, apart, now.plan(precision, execution), between, range());
    }

    /** All operators in order. */
    private void addTo(List<LinearOperator> all) {
        for (LinearOperator part : List.of(first, second)) {
            if (part instanceof Composition composition) {
                composition.addTo(all);
            } else {
                all.add(part);
            }
        }
    }

    private Plan after(@Nullable Plan before, String reason, Plan plan, Space between, Space range) {
        return before == null ? plan
                : new Steps(reason, before, plan, new Scratch(between, plan.precision()), domain(), range);
    }

    @Override
    public LinearOperator adjoint() {
        return new Composition(second.adjoint(), first.adjoint());
    }

    @Override
    public String explain() {
        return "composition of\n" + first.explain().indent(2) + "then\n" + second.explain().indent(2).stripTrailing();
    }
}
