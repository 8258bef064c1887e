/**
 * Terms of transport equations that are not linear in all they depend on: advection by a velocity field, diffusion with a
 * coefficient field, squared gradients.
 */
@NullMarked
package org.isotrope.kernels.transport;

import org.jspecify.annotations.NullMarked;
