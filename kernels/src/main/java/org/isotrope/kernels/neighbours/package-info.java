/**
 * Sums over the nodes near each node of any grid, with a coefficient for every pair: what convolutions are where spacings
 * vary. Nodes that differ only in their place along uniform axes share their coefficients.
 *
 * <p>Each class whose name begins with {@code Float} has a twin for {@code double} that the build derives from it.
 */
@NullMarked
package org.isotrope.kernels.neighbours;

import org.jspecify.annotations.NullMarked;
