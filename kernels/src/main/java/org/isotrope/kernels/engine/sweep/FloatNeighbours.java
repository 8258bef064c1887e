package org.isotrope.kernels.engine.sweep;

import jdk.incubator.vector.FloatVector;

/**
 * Lanes of two vectors that follow each other in memory, as {@code selectFrom} takes them to make the vector one node
 * further left or right. In a class of their own, which machines do not load that select from one vector alone: it costs
 * a fresh JVM as much as all the rest of a plan.
 */
final class FloatNeighbours {
    private static final FloatVector LANES = FloatVector.zero(FloatSweep.SPECIES).addIndex(1);

    /** The last lane of the first vector, and all of the second but its last. */
    static final FloatVector LEFT = LANES.add(FloatSweep.LANES - 1);

    /** All lanes of the first vector but its first, and the first of the second. */
    static final FloatVector RIGHT = LANES.add(1);

    private FloatNeighbours() {}
}
