package org.isotrope.kernels.engine.steps;

import java.util.List;
import org.isotrope.kernels.engine.elementwise.Update;

/**
 * A part of a step in time: a sweep of the stencil, or none, and updates after it at every node.
 *
 * @param source place that the sweep reads, or {@link #NOTHING}
 * @param target place that the sweep writes, or {@link #NOTHING}
 * @param updates in order; each node's follow its sweep, and write neither the source nor what other nodes read
 */
public record Stage(int source, int target, List<Update> updates) {
    /** No place: the stage has no sweep. */
    public static final int NOTHING = -1;

    /** Checks that nodes are independent of each other. */
    public Stage {
        updates = List.copyOf(updates);
        for (Update update : updates) {
            if (update.z() == source) {
                throw new IllegalArgumentException("an update writes place " + source
                        + "; it had to leave what the sweep of its stage reads from neighbours");
            }
        }
        if (source == target && source != NOTHING) {
            throw new IllegalArgumentException("target is place " + target + "; it had to be apart from the source");
        }
    }

    /** Whether neighbours are read. */
    boolean sweeps() {
        return source != NOTHING;
    }
}
