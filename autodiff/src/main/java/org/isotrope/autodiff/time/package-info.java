/** Differentiation through time stepping. */
@NullMarked
package org.isotrope.autodiff.time;

import org.jspecify.annotations.NullMarked;
