/**
 * Weights of finite differences along one axis: exact on uniform offsets, to the last bit on arbitrary nodes, and for
 * every row of a bounded or periodic axis at once. Nothing here knows about fields; all values are {@code double}.
 *
 * <ul>
 * <li>{@link org.isotrope.kernels.difference.DifferenceWeights} – one stencil on uniform offsets, with its order;
 * <li>{@link org.isotrope.kernels.difference.Fornberg} – one stencil on arbitrary nodes;
 * <li>{@link org.isotrope.kernels.difference.AxisDifferences} – all rows of an axis as a
 *     {@link org.isotrope.kernels.difference.BandedMatrix};
 * <li>{@link org.isotrope.kernels.difference.SummationByParts}, {@link org.isotrope.kernels.difference.CompactScheme}
 *     and {@link org.isotrope.kernels.difference.Weno5} – schemes with structure of their own.
 * </ul>
 */
@NullMarked
package org.isotrope.kernels.difference;

import org.jspecify.annotations.NullMarked;
