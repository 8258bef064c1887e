/**
 * How operators run: what a stencil reads at every node; the planner that chooses between sweeps over dense rows,
 * register blocks and folded blocks, all with the Vector API, by a cost model and the rates of a machine; sums of products of banded matrices, row by row, for
 * weights that vary from node to node; the scalar references that fix every bit; reductions of
 * fixed shape; and the team of threads.
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
