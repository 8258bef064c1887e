/**
 * Minimisation over plain {@code double[]} parameters: smooth objectives with gradients, nonlinear least squares and
 * linear least squares. Nothing here knows what the parameters mean.
 *
 * <table>
 *   <caption>Which method for which problem</caption>
 *   <tr><th>the problem</th><th>the method</th></tr>
 *   <tr><td>any smooth function with a gradient</td>
 *       <td>{@link org.isotrope.autodiff.optimise.Lbfgs}</td></tr>
 *   <tr><td>a gradient that is noisy or comes from batches</td>
 *       <td>{@link org.isotrope.autodiff.optimise.Adam}</td></tr>
 *   <tr><td>a sum of squares with few parameters</td>
 *       <td>{@link org.isotrope.autodiff.optimise.LevenbergMarquardt}</td></tr>
 *   <tr><td>a sum of squares that is linear in its parameters</td>
 *       <td>{@link org.isotrope.autodiff.optimise.LeastSquares}</td></tr>
 * </table>
 *
 * <p>Optimisers are immutable: every setting returns a new one, and one optimiser may run on several threads at once
 * as long as each run has its own objective.
 */
@NullMarked
package org.isotrope.autodiff.optimise;

import org.jspecify.annotations.NullMarked;
