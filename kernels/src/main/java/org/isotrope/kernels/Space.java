package org.isotrope.kernels;

import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;

/**
 * All fields of one type on one grid, of either precision: what an operator maps from and to.
 *
 * @param grid where the values live
 * @param type how they transform
 */
public record Space(Grid grid, FieldType type) {
    /**
     * Number of values a node.
     *
     * @return at least 1
     */
    public int components() {
        return type.components(grid.dimension());
    }

    /**
     * Requires a field to be open and to belong to this space.
     *
     * @param field the field
     * @param name what to call it in the error message
     * @throws IllegalArgumentException if grid or type differ
     * @throws IllegalStateException if the field's memory is closed
     */
    public void require(Field field, String name) {
        require(field, grid, type, name);
    }

    /** The same without a space in memory. */
    static void require(Field field, Grid grid, FieldType type, String name) {
        if (!field.type().equals(type)) {
            throw new IllegalArgumentException(name + " is a " + field.type() + " field; it had to be a " + type
                    + " field");
        }
        if (!field.grid().equals(grid)) {
            throw new IllegalArgumentException(name + " lives on another grid:\n" + field.grid() + "\nit had to be\n"
                    + grid);
        }
        field.requireOpen(name);
    }

    @Override
    public String toString() {
        return type + " fields on\n" + grid;
    }
}
