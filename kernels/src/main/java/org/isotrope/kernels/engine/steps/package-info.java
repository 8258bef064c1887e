/**
 * Many time steps while slabs of the fields are in the cache.
 */
@NullMarked
package org.isotrope.kernels.engine.steps;

import org.jspecify.annotations.NullMarked;
