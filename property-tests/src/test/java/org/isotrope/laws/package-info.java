/**
 * Laws that every operator obeys, tried on random grids, boundaries, kernels and fields.
 *
 * <p>Every build tries the same samples, from the seed that each property names; the profile {@code thorough} goes on
 * from there to a hundred times as many, at every width of vectors. To look elsewhere take the seed away; a failure then
 * prints the seed that repeats it, and the smallest grid on which it occurs.
 */
package org.isotrope.laws;
