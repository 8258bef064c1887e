/**
 * Dense stencils by Fourier transforms of tiles.
 */
@NullMarked
package org.isotrope.kernels.engine.spectral;

import org.jspecify.annotations.NullMarked;
