package org.isotrope.grids;

/**
 * Where the values of a staggered field sit, on a grid whose nodes are the corners of its cells.
 *
 * <p>From a place to the next, halves of a spacing are added along axes: values at nodes are those of a function, at
 * edges of what is integrated along lines, at faces of what flows through them, in cells of what is integrated over
 * them (K. S. Yee, IEEE Trans. Antennas Propag. 14 (1966) 302; F. H. Harlow, J. E. Welch, Phys. Fluids 8 (1965) 2182).
 */
public enum Location {
    /** At the nodes. */
    NODE,
    /** Component c in the middle of the edge from a node to the next along axis c. */
    EDGE,
    /** Component c in the middle of the face that axis c is normal to. In 2D faces are lines, in 1D points. */
    FACE,
    /** In the middle of cells. */
    CELL;

    /**
     * Whether values sit half a spacing above the node of the same index.
     *
     * @param component of the field, 0 for scalars
     * @param axis of the grid
     * @return true for a half, false for the node itself
     */
    public boolean isHalf(int component, int axis) {
        return switch (this) {
            case NODE -> false;
            case EDGE -> component == axis;
            case FACE -> component != axis;
            case CELL -> true;
        };
    }
}
