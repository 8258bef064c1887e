/**
 * How operators run: what a stencil reads at every node; the planner that chooses between sweeps over dense rows,
 * register blocks and folded blocks, all with the Vector API, by a cost model and the rates of a machine; sums of products of banded matrices, row by row, for
 * weights that vary from node to node; the scalar references that fix every bit; reductions of
 * fixed shape; and the team of threads.
 *
 * <p>Each class whose name begins with {@code Float} has a twin for {@code double} that the build derives from it.
 */
@NullMarked
package org.isotrope.kernels.engine;

import org.jspecify.annotations.NullMarked;
