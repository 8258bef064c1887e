package org.isotrope.kernels;

/**
 * The isotropic Laplacians in space, all with the error {@code (h²/12) Δ²}; in 2D each is the nine-point one with faces
 * 4/6, corners 1/6 and centre −20/6 over h².
 *
 * @see <a href="https://doi.org/10.1002/num.20129">M. Patra, M. Karttunen, Stencils with isotropic discretization error
 *     for differential operators, Numer. Methods Partial Differ. Eq. 22 (2006) 936</a>
 */
public enum IsotropicStencil {
    /** Faces 1/3, edges 1/6, corners 0, centre −4 over h². */
    NINETEEN_POINT,
    /** Faces 14/30, edges 3/30, corners 1/30, centre −128/30 over h². */
    TWENTY_SEVEN_POINT
}
