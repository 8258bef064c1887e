package org.isotrope.kernels;

import java.lang.foreign.MemorySegment;
import org.isotrope.grids.Field;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.Crew;
import org.isotrope.kernels.engine.Planner;
import org.isotrope.kernels.engine.TimeBlocks;

/** An operator applied several times. Steps of sweeps that memory would hold up run as waves ({@link TimeBlocks}). */
final class Power extends PlannedOperator {
    private final LinearOperator base;
    private final int exponent;

    private Power(LinearOperator base, int exponent) {
        super(base.domain(), base.range());
        this.base = base;
        this.exponent = exponent;
    }

    static LinearOperator of(LinearOperator base, int exponent) {
        if (exponent < 0) {
            throw new IllegalArgumentException("exponent is " + exponent + "; it had to be at least 0");
        }
        if (!base.domain().equals(base.range())) {
            throw new IllegalArgumentException("operator maps from " + base.domain() + "\nto " + base.range()
                    + "\nit had to map a space to itself to be applied again");
        }
        return switch (exponent) {
            case 0 -> Operators.identity(base.domain().grid(), base.domain().type());
            case 1 -> base;
            default -> base instanceof Power power && (long) power.exponent * exponent <= Integer.MAX_VALUE
                    ? new Power(power.base, power.exponent * exponent)
                    : new Power(base, exponent);
        };
    }

    @Override
    public Plan plan(Precision precision, Execution execution) {
        return Combination.plain(base) instanceof StencilOperator stencil
                ? new WavePlan(stencil, exponent, precision, execution)
                : new StepPlan(base.plan(precision, execution), exponent, new Scratch(domain(), precision), domain());
    }

    private static final class WavePlan implements Plan {
        private final StencilOperator operator;
        private final int steps;
        private final Precision precision;
        private final Scratch scratch;
        private final TimeBlocks blocks;
        private final Crew crew;
        private final int threads;
        private final String step;

        WavePlan(StencilOperator operator, int steps, Precision precision, Execution execution) {
            this.operator = operator;
            this.steps = steps;
            this.precision = precision;
            this.scratch = new Scratch(operator.domain(), precision);
            Planner planner = Planner.of(operator.program(), precision, execution);
            boolean swept = !execution.reference() && planner.algorithm() == Algorithm.SWEEPS;
            Grid grid = operator.domain().grid();
            int axis = TimeBlocks.axis(operator.program()) - (3 - grid.dimension());
            boolean periodic = axis >= 0 && grid.axis(axis).isPeriodic();
            this.blocks = TimeBlocks.of(operator.program(), precision,
                    execution.reference() ? planner.reference() : planner.executor(), swept, periodic);
            this.crew = Crew.of(execution.executor(), execution.threads());
            this.threads = operator.threads(execution);
            this.step = operator.plan(precision, execution).explain();
        }

        @Override
        public void apply(Field in, Field out) {
            Fits.requirePrecision(precision, in);
            Fits.require(operator.domain(), operator.range(), in, out);
            Field other = scratch.take();
            try {
                MemorySegment spare = other.segment();
                blocks.run(in.segment(), out.segment(), spare, steps, crew, threads);
            } finally {
                scratch.give(other);
            }
        }

        @Override
        public Precision precision() {
            return precision;
        }

        @Override
        public String explain() {
            return steps + " steps" + (blocks.depth() > 1 ? " in waves of " + blocks.depth() : "") + ", each by " + step;
        }
    }

    private record StepPlan(Plan step, int steps, Scratch scratch, Space space) implements Plan {
        @Override
        public void apply(Field in, Field out) {
            Fits.requirePrecision(precision(), in);
            Fits.require(space, space, in, out);
            Field other = scratch.take();
            try {
                for (int s = 1; s <= steps; s++) {
                    Field target = (steps - s) % 2 == 0 ? out : other;
                    step.apply(s == 1 ? in : target == out ? other : out, target);
                }
            } finally {
                scratch.give(other);
            }
        }

        @Override
        public Precision precision() {
            return step.precision();
        }

        @Override
        public String explain() {
            return steps + " steps, each by " + step.explain();
        }
    }

    @Override
    public LinearOperator adjoint() {
        return new Power(base.adjoint(), exponent);
    }

    @Override
    public String explain() {
        return "power " + exponent + " of\n" + base.explain().indent(2)
                + "float: " + standardPlan(Precision.FLOAT).explain()
                + "\ndouble: " + standardPlan(Precision.DOUBLE).explain();
    }
}
