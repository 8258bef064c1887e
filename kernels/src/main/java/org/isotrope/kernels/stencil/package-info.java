/** Constant stencils: which neighbours contribute to a value, and with what weight. */
@NullMarked
package org.isotrope.kernels.stencil;

import org.jspecify.annotations.NullMarked;
