/**
 * Stencils of few taps as long flat sweeps over dense rows, whose ends are mended afterwards or on the way.
 */
@NullMarked
package org.isotrope.kernels.engine.sweep;

import org.jspecify.annotations.NullMarked;
