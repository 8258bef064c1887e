package org.isotrope.kernels;

import java.lang.foreign.MemorySegment;
import org.isotrope.grids.Field;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.elementwise.Update;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.steps.Recursion;
import org.isotrope.kernels.engine.steps.Slabs;
import org.isotrope.kernels.engine.steps.Stage;
import org.isotrope.kernels.engine.steps.TimeBlocks;
import org.isotrope.kernels.engine.threads.Crew;
import org.jspecify.annotations.Nullable;

/** Runs the steps of a recursion. */
sealed interface Stepping {
    /** For a depth of waves that size and memory decide. */
    int CHOSEN = 0;

    /**
     * Makes steps.
     *
     * @param now first state
     * @param before the one before, for recursions of two levels
     * @param states where the others go
     * @param steps at least 1
     */
    void run(Field now, @Nullable Field before, States states, int steps);

    /** Stages of a wave, 1 where they follow each other. */
    int depth();

    /** How the operator is applied. */
    String explain();

    /** What is to be said of waves between two texts, nothing where there are none. */
    default String waves(String before, String after) {
        return depth() == 1 ? "" : before + "in waves of " + depth() + after;
    }

    /** Waves where the operator has weights for each node or along axes, whole applications elsewhere. */
    static Stepping of(
            LinearOperator operator, Recursion recursion, Precision precision, Execution execution, int depth) {
        return switch (Combination.plain(operator)) {
            case StencilOperator stencil -> new Waves(stencil, recursion, precision, execution, depth);
            case BandedOperator banded -> new Waves(banded, recursion, precision, execution, depth);
            default -> new Whole(operator.plan(precision, execution), recursion);
        };
    }

    /** Steps of sweeps that memory would hold up run as waves. */
    final class Waves implements Stepping {
        private final TimeBlocks blocks;
        private final Crew crew;
        private final int threads;
        private final String sweep;

        Waves(StencilOperator operator, Recursion recursion, Precision precision, Execution execution, int depth) {
            StencilOperator.StencilPlan plan = operator.plan(precision, execution);
            boolean swept = !execution.reference() && plan.algorithm() == Algorithm.SWEEPS;
            Grid grid = operator.domain().grid();
            int axis = Slabs.axis(operator.program()) - (3 - grid.dimension());
            boolean periodic = axis >= 0 && grid.axis(axis).isPeriodic();
            Slabs slabs = Slabs.of(operator.program(), precision, periodic);
            this.blocks = blocks(recursion, slabs, precision, plan.executor(), swept, depth);
            this.crew = Crew.of(execution.executor(), execution.threads());
            this.threads = operator.threads(execution);
            this.sweep = plan.explain();
        }

        Waves(BandedOperator operator, Recursion recursion, Precision precision, Execution execution, int depth) {
            BandedOperator.BandedPlan plan = operator.plan(precision, execution);
            this.sweep = plan.explain();
            Slabs slabs = Slabs.of(operator.program(), precision);
            this.blocks = blocks(recursion, slabs, precision, plan.executor(), !execution.reference(), depth);
            this.crew = Crew.of(execution.executor(), execution.threads());
            this.threads = operator.threads(execution);
        }

        private static TimeBlocks blocks(Recursion recursion, Slabs slabs, Precision precision, StencilExecutor whole,
                boolean swept, int depth) {
            return depth == CHOSEN ? TimeBlocks.of(recursion, slabs, precision, whole, swept)
                    : TimeBlocks.of(recursion, slabs, precision, whole, depth);
        }

        @Override
        public void run(Field now, @Nullable Field before, States states, int steps) {
            MemorySegment earlier = before == null ? MemorySegment.NULL : before.segment();
            blocks.run(now.segment(), earlier, states.ringMemory, states.fixedMemory, steps, crew, threads);
        }

        @Override
        public int depth() {
            return blocks.depth();
        }

        @Override
        public String explain() {
            return sweep;
        }
    }

    /** Stages of whole fields, one after the other. */
    record Whole(Plan plan, Recursion recursion) implements Stepping {
        @Override
        public void run(Field now, @Nullable Field before, States states, int steps) {
            for (int step = 1; step <= steps; step++) {
                for (int s = 0; s < recursion.stages().size(); s++) {
                    Stage stage = recursion.stages().get(s);
                    if (stage.source() != Stage.NOTHING) {
                        plan.apply(states.at(stage.source(), step, steps, now, before),
                                states.at(stage.target(), step, steps, now, before));
                    }
                    for (int k = 0; k < stage.updates().size(); k++) {
                        Update update = stage.updates().get(k);
                        update.run(states.at(update.x(), step, steps, now, before),
                                states.at(update.y(), step, steps, now, before),
                                states.at(update.z(), step, steps, now, before));
                    }
                }
            }
        }

        @Override
        public int depth() {
            return 1;
        }

        @Override
        public String explain() {
            return plan.explain();
        }
    }
}
