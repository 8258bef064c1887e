/**
 * Sums of products of one-dimensional kernels, one pass an axis.
 */
@NullMarked
package org.isotrope.kernels.engine.separable;

import org.jspecify.annotations.NullMarked;
