/**
 * Operators that multiply spectra, by Fourier, sine and cosine transforms: derivatives of trigonometric interpolants,
 * learned functions of the wave number, and inverses of differential operators with constant coefficients, which are
 * Green's functions in free space and periodic space, fast direct solvers between walls, and the Helmholtz decomposition
 * of vector fields.
 *
 * <p>Everything here is a linear operator with its exact adjoint, made once for a grid. Applying runs in the calling
 * thread, gives the same bits at every vector width, and once warm allocates nothing.
 */
@NullMarked
package org.isotrope.kernels.spectral;

import org.jspecify.annotations.NullMarked;
