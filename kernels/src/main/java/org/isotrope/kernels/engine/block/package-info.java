/**
 * Dense stencils by blocks of rows and columns whose sums stay in registers, tap by tap or folded by reflections.
 */
@NullMarked
package org.isotrope.kernels.engine.block;

import org.jspecify.annotations.NullMarked;
