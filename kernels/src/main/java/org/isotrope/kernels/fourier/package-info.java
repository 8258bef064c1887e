/**
 * Discrete Fourier, sine and cosine transforms of fields in native memory.
 *
 * <p>Lanes never mix: a vector holds one element of as many lines as it has lanes, so every axis but the last is
 * transformed in place of its columns, and lines along the last axis are transposed, one vector of lines at a time.
 * Real and imaginary parts are planes apart.
 *
 * <p>Each class whose name begins with {@code Float} has a twin for {@code double} that the build derives from it.
 */
@NullMarked
package org.isotrope.kernels.fourier;

import org.jspecify.annotations.NullMarked;
