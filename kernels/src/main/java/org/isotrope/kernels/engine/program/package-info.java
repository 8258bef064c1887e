/**
 * What is computed: which taps of a stencil every node of the output reads, its boundaries and its transpose included;\n * sums of products of banded matrices for weights that vary from node to node; boxes of taps, folded by reflections or\n * as sums of products of one-dimensional kernels; and the scalar references, which fix every bit of all that.
 */
@NullMarked
package org.isotrope.kernels.engine.program;

import org.jspecify.annotations.NullMarked;
