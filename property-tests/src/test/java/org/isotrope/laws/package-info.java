/** Laws that every operator obeys, tried on random grids, boundaries, kernels and fields. */
package org.isotrope.laws;
