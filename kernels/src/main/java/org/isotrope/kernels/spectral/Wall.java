package org.isotrope.kernels.spectral;

import org.isotrope.kernels.WallData;

/** What holds at a wall: on the end node of a node-centred axis, half a spacing beyond it on a cell-centred one. */
public enum Wall {
    /** The value is given, 0 unless {@link WallData} say otherwise. */
    DIRICHLET,
    /** The outward derivative is given, 0 unless {@link WallData} say otherwise. */
    NEUMANN
}
