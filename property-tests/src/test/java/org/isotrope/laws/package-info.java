/**
 * Laws that every operator obeys, tried on random grids, boundaries, kernels and fields.
 *
 * <p>Every build tries the same samples, from the seed that each property names. To look further, take the seed away and
 * raise the number of tries; a failure then prints the seed that repeats it.
 */
package org.isotrope.laws;
