/**
 * Sums of products of banded matrices, for weights that vary from node to node along axes.
 */
@NullMarked
package org.isotrope.kernels.engine.banded;

import org.jspecify.annotations.NullMarked;
