/**
 * How operators run. A {@linkplain org.isotrope.kernels.engine.program program} says what every node of the output is the
 * sum of, and the {@linkplain org.isotrope.kernels.engine.plan planner} which way is taken to compute it: flat
 * {@linkplain org.isotrope.kernels.engine.sweep sweeps}, register {@linkplain org.isotrope.kernels.engine.block blocks},
 * passes an axis for {@linkplain org.isotrope.kernels.engine.separable separable} sums and
 * {@linkplain org.isotrope.kernels.engine.banded banded} matrices, or
 * {@linkplain org.isotrope.kernels.engine.spectral spectra}. Beside them stand the
 * {@linkplain org.isotrope.kernels.engine.gradient gradients} of weights, many
 * {@linkplain org.isotrope.kernels.engine.steps steps} at once, {@linkplain org.isotrope.kernels.engine.elementwise
 * elementwise} arithmetic, and the {@linkplain org.isotrope.kernels.engine.threads threads} that all of them share. In
 * this package is what they have in common where they use the Vector API.
 *
 * <p>Vectors stay in registers only where C2 knows their class when it parses a loop. So every loop over vectors is
 * compiled by itself ({@link Apart}), and what a loop carries from one turn to the next, or what two branches may have
 * made, is an argument and never a receiver: {@code load.fma(weight, sum)}, {@code zero.add(sum)}. For a receiver that it
 * knows only as some vector C2 goes by what all callers of the method have had so far, and where it guesses late it
 * leaves objects behind, call after call. No vector is carried by one loop after another either: sums that several loops
 * add to go from each to the next through an array.
 *
 * <p>Each class whose name begins with {@code Float} has a twin for {@code double} that the build derives from it.
 */
@NullMarked
package org.isotrope.kernels.engine;

import org.jspecify.annotations.NullMarked;
