package org.isotrope.kernels;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Field;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.engine.VectorApi;
import org.isotrope.kernels.engine.plan.Planner;
import org.isotrope.kernels.engine.program.ProgramProduct;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.threads.Crew;
import org.isotrope.kernels.stencil.Stencil;
import org.jspecify.annotations.Nullable;

/** A constant stencil on a grid under boundaries, or the transpose of one. */
final class StencilOperator extends PlannedOperator {
    /** Of the operator that is not transposed. */
    private final String name;
    private final Stencil stencil;
    private final Boundaries boundaries;
    private final boolean transposed;
    private final StencilProgram program;

    StencilOperator(String name, Stencil stencil, Space domain, Space range, Boundaries boundaries) {
        this(name, stencil, domain, range, boundaries, false,
                StencilProgram.of(stencil, domain.grid(), boundaries));
    }

    private StencilOperator(
            String name,
            Stencil stencil,
            Space domain,
            Space range,
            Boundaries boundaries,
            boolean transposed,
            StencilProgram program) {
        super(domain, range);
        VectorApi.require();
        this.name = name;
        this.stencil = stencil;
        this.boundaries = boundaries;
        this.transposed = transposed;
        this.program = program;
    }

    /** Whether the sum with another operator is one stencil: along every axis one of the two meets no wall, or the same. */
    boolean mergesWith(StencilOperator other) {
        if (stencil.isPointwise() || other.stencil.isPointwise()) {
            return true;
        }
        boolean alike = true;
        boolean walls = false;
        for (int a = 0; a < stencil.dimension(); a++) {
            walls |= meetsWalls(a) || other.meetsWalls(a);
            for (Boundaries.Side side : Boundaries.Side.values()) {
                alike &= !meetsWalls(a) || !other.meetsWalls(a)
                        || boundaries.at(a, side).equals(other.boundaries.at(a, side));
            }
        }
        return alike && (transposed == other.transposed || !walls);
    }

    private boolean meetsWalls(int axis) {
        return reach(axis) > 0 && !grid().axis(axis).isPeriodic();
    }

    private Grid grid() {
        return domain().grid();
    }

    LinearOperator merged(double a, double b, StencilOperator other) {
        StencilOperator frame = stencil.isPointwise() ? other : this;
        String sum = "(" + factor(a) + frame.nameOf(this) + (b == -1 ? " − " : " + ")
                + factor(Math.abs(b) == 1 ? 1 : b) + frame.nameOf(other) + ")";
        return frame.remade(sum, frame.turned(this).times(a).plus(frame.turned(other).times(b)), joined(other));
    }

    /** What an operator is called where this one's name stands for what is not transposed. */
    private String nameOf(StencilOperator other) {
        return other.name + (other.transposed == transposed || other.stencil.isPointwise() ? "" : "ᵀ");
    }

    /** Most pairs of taps of operators that are looked at for one stencil in their place. */
    private static final int MOST_PAIRS = 1 << 14;

    /**
     * This operator followed by another as one stencil.
     *
     * @return null where walls make the two another operator than any stencil with this operator's boundaries, and for
     *     stencils of very many taps
     */
    @Nullable StencilOperator widened(StencilOperator next) {
        if ((long) stencil.size() * next.stencil.size() > MOST_PAIRS) {
            return null;
        }
        // pointwise stencils are as they are wanted
        boolean still = stencil.isPointwise();
        boolean nextStill = next.stencil.isPointwise();
        if (!(still && nextStill) && (still || transposed) && (nextStill || next.transposed)) {
            StencilOperator back = next.adjoint().widened(adjoint());
            return back == null ? null : back.adjoint();
        }
        Stencil wide = program.stencil().then(next.program.stencil());
        Grid grid = grid();
        boolean[] periodic = new boolean[grid.dimension()];
        for (int a = 0; a < periodic.length; a++) {
            periodic[a] = grid.axis(a).isPeriodic();
            if (!periodic[a] && wide.highest(a) - wide.lowest(a) >= grid.axis(a).size()) {
                return null;
            }
        }
        StencilOperator one = new StencilOperator("(" + next.name() + " ∘ " + name() + ")", wide, domain(), next.range(),
                joined(next));
        return new ProgramProduct(program, next.program).isDoneBy(one.program, periodic) ? one : null;
    }

    /** Along axes that another operator alone reads along, what lies beyond its walls; else beyond those of this one. */
    private Boundaries joined(StencilOperator next) {
        Boundaries both = boundaries;
        for (int a = 0; a < stencil.dimension(); a++) {
            if (reach(a) == 0 && next.meetsWalls(a)) {
                for (Boundaries.Side side : Boundaries.Side.values()) {
                    both = both.with(a, side, next.boundaries.at(a, side));
                }
            }
        }
        return both;
    }

    /** What one value of the result is made of. */
    void row(int output, long node, StencilProgram.EntryConsumer entries) {
        program.row(output, node, entries);
    }

    /** How far the stencil reads along an axis. */
    int reach(int axis) {
        return Math.max(-stencil.lowest(axis), stencil.highest(axis));
    }

    /** This operator of some input components alone; not transposed. */
    LinearOperator reading(boolean[] inputs) {
        Stencil.Builder part = Stencil.builder(stencil.dimension(), stencil.outputs(), stencil.inputs());
        int[] offset = new int[stencil.dimension()];
        for (int t = 0; t < stencil.size(); t++) {
            if (inputs[stencil.input(t)]) {
                for (int a = 0; a < offset.length; a++) {
                    offset[a] = stencil.offset(t, a);
                }
                part.tap(stencil.output(t), stencil.input(t), stencil.weight(t), offset);
            }
        }
        return remade(name, part.build(), boundaries);
    }

    /** The stencil of an operator as one that is transposed as this one is. */
    private Stencil turned(StencilOperator operator) {
        return operator.transposed == transposed ? operator.stencil : operator.stencil.transpose();
    }

    /** This operator as products of no matrices, if no tap leaves its node; else empty. */
    List<KroneckerProduct> diagonal() {
        List<KroneckerProduct> terms = new ArrayList<>();
        int d = stencil.dimension();
        for (int t = 0; t < stencil.size(); t++) {
            for (int a = 0; a < d; a++) {
                if (stencil.offset(t, a) != 0) {
                    return List.of();
                }
            }
            int output = transposed ? stencil.input(t) : stencil.output(t);
            int input = transposed ? stencil.output(t) : stencil.input(t);
            terms.add(new KroneckerProduct(output, input, stencil.weight(t), Collections.nCopies(d, null)));
        }
        return terms;
    }

    String name() {
        return name + (transposed ? "ᵀ" : "");
    }

    LinearOperator scaled(double factor) {
        return remade(factor(factor) + name, stencil.times(factor), boundaries);
    }

    private static String factor(double factor) {
        return factor == 1 ? "" : factor + " ";
    }

    private StencilOperator remade(String newName, Stencil newStencil, Boundaries walls) {
        if (transposed) {
            return new StencilOperator(newName, newStencil, range(), domain(), walls).adjoint();
        }
        return new StencilOperator(newName, newStencil, domain(), range(), walls);
    }

    @Override
    public StencilOperator adjoint() {
        return new StencilOperator(name, stencil, range(), domain(), boundaries, !transposed,
                transposed ? StencilProgram.of(stencil, range().grid(), boundaries) : program.transpose());
    }

    @Override
    public StencilPlan plan(Precision precision, Execution execution) {
        return plan(precision, execution, Planner.of(program, precision, execution));
    }

    /** The plan that a choice leads to. */
    StencilPlan plan(Precision precision, Execution execution, Planner choice) {
        return new StencilPlan(this, precision, execution, choice);
    }

    StencilProgram program() {
        return program;
    }

    /** Most threads that are of use to a plan of this operator. */
    int threads(Execution execution) {
        return execution.threadsFor(program.nodes() * range().components());
    }

    static final class StencilPlan implements Plan, Crew.Job {
        private final StencilOperator operator;
        private final Precision precision;
        private final Execution execution;
        private final Planner planner;
        private final StencilExecutor executor;
        private final Crew crew;
        private final int threads;

        private StencilPlan(StencilOperator operator, Precision precision, Execution execution, Planner planner) {
            this.operator = operator;
            this.precision = precision;
            this.execution = execution;
            this.planner = planner;
            this.executor = execution.reference() ? planner.reference() : planner.executor();
            this.crew = Crew.of(execution.executor(), execution.threads());
            this.threads = Math.min(operator.threads(execution), crew.size());
        }

        @Override
        public void apply(Field in, Field out) {
            Fits.requirePrecision(precision, in);
            Fits.require(operator.domain(), operator.range(), in, out);
            if (threads == 1) {
                executor.run(in.segment(), out.segment(), 0, 1);
            } else {
                crew.run(this, in.segment(), out.segment(), threads);
            }
        }

        @Override
        public void run(MemorySegment in, MemorySegment out, int part, int parts) {
            executor.run(in, out, part, parts);
        }

        Algorithm algorithm() {
            return planner.algorithm();
        }

        StencilExecutor executor() {
            return executor;
        }

        @Override
        public Precision precision() {
            return precision;
        }

        @Override
        public String explain() {
            return (execution.reference() ? "scalar reference of " : "") + planner.name() + " (" + planner.reasons()
                    + "), " + precision + ", " + operator.stencil.size() + " taps, " + threads
                    + (threads == 1 ? " thread" : " threads") + ", " + executor.tiles();
        }
    }

    @Override
    public String explain() {
        StringBuilder text = new StringBuilder(name);
        text.append(transposed ? "ᵀ: " : ": ").append(domain().type()).append(" → ").append(range().type());
        text.append("\ntaps: ").append(stencil.size()).append(transposed ? ", of the operator transposed here" : "");
        text.append("\nbeyond walls: ").append(boundaries);
        text.append("\nfloat: ").append(standardPlan(Precision.FLOAT).explain());
        text.append("\ndouble: ").append(standardPlan(Precision.DOUBLE).explain());
        return text.append('\n').append(stencil).toString();
    }
}
