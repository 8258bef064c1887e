/** Radial functions, and the shells of equal length that a grid's offsets fall into. */
@NullMarked
package org.isotrope.kernels.radial;

import org.jspecify.annotations.NullMarked;
