/**
 * Operators between staggered places, nodes, edges, faces and cells, for which identities hold exactly:
 * {@code curl grad = 0}, {@code div curl = 0}, and each dual operator is the adjoint of another.
 */
@NullMarked
package org.isotrope.kernels.staggered;

import org.jspecify.annotations.NullMarked;
