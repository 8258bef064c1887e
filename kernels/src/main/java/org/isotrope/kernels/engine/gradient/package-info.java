/**
 * Gradients with respect to weights: correlations of input and output, reduced to taps or to what ties them.
 */
@NullMarked
package org.isotrope.kernels.engine.gradient;

import org.jspecify.annotations.NullMarked;
