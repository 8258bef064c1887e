/**
 * Arithmetic on fields node by node: products, combinations, updates of time steps, and reductions of fixed shape.
 */
@NullMarked
package org.isotrope.kernels.engine.elementwise;

import org.jspecify.annotations.NullMarked;
