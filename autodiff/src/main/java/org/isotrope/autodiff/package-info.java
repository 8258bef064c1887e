/**
 * Differentiation over whole fields: reverse mode, forward mode and Hessian products on one tape, and scalar dual
 * numbers.
 *
 * <p>A {@link org.isotrope.autodiff.Tape} records a computation on {@linkplain org.isotrope.autodiff.FieldVariable
 * fields} and {@linkplain org.isotrope.autodiff.ArrayVariable short arrays of numbers} once, runs it forward as often
 * as asked, and backward from a number or a field. Its steps are operators, products, pointwise maps, reductions,
 * interpolation and deposition, values at walls, and linear solves, never single nodes of a grid; the reverse of an
 * operator is its adjoint.
 */
@NullMarked
package org.isotrope.autodiff;

import org.jspecify.annotations.NullMarked;
