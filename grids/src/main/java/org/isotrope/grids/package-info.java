/**
 * Where values live: {@linkplain org.isotrope.grids.Axis axes}, {@linkplain org.isotrope.grids.Grid grids},
 * {@linkplain org.isotrope.grids.FieldType field types}, off-heap {@linkplain org.isotrope.grids.Field fields} and
 * what lies {@linkplain org.isotrope.grids.Boundary beyond a bounded axis}; how values pass between nodes and
 * {@linkplain org.isotrope.grids.Interpolation points}, and from {@linkplain org.isotrope.grids.Resampling grid to grid}.
 *
 * <p>Axis 0 is x, axis 1 is y, axis 2 is z. A field stores one plane a component; inside a plane values are in C order,
 * axis 0 slowest and the last axis contiguous, which is NumPy's default order.
 */
@NullMarked
package org.isotrope.grids;

import org.jspecify.annotations.NullMarked;
