/**
 * Linear systems {@code A x = b} over fields, solved with nothing but applications of A: conjugate gradients, BiCGSTAB
 * and restarted GMRES.
 */
@NullMarked
package org.isotrope.kernels.solve;

import org.jspecify.annotations.NullMarked;
