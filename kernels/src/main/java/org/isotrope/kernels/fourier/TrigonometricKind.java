package org.isotrope.kernels.fourier;

/**
 * Discrete cosine and sine transforms along one axis of {@code n} values, with the signs and factors of SciPy's
 * {@code dct} and {@code dst} without normalisation. Each belongs to a pair of walls: its functions are the
 * eigenvectors of the second difference between them.
 */
public enum TrigonometricKind {
    /** The axis is left as it is. */
    NONE,
    /**
     * {@code y_k = x_0 + (−1)^k x_{n−1} + 2 Σ_{j=1}^{n−2} x_j cos(πjk/(n−1))}, {@code n ≥ 2}; Neumann walls at the
     * first and last node; its own inverse but for {@code 1/(2(n−1))}.
     */
    COSINE_I,
    /**
     * {@code y_k = 2 Σ_j x_j cos(πk(2j+1)/(2n))}; Neumann walls half a cell outside the first and last value;
     * {@link #COSINE_III} is its inverse but for {@code 1/(2n)}.
     */
    COSINE_II,
    /**
     * {@code y_k = x_0 + 2 Σ_{j≥1} x_j cos(πj(2k+1)/(2n))}; the inverse of {@link #COSINE_II} but for {@code 1/(2n)}.
     */
    COSINE_III,
    /**
     * {@code y_k = 2 Σ_j x_j sin(π(j+1)(k+1)/(n+1))}; Dirichlet walls at the nodes before the first and behind the last
     * value, which are not stored; its own inverse but for {@code 1/(2(n+1))}.
     */
    SINE_I,
    /**
     * {@code y_k = 2 Σ_j x_j sin(π(k+1)(2j+1)/(2n))}; Dirichlet walls half a cell outside the first and last value;
     * {@link #SINE_III} is its inverse but for {@code 1/(2n)}.
     */
    SINE_II,
    /**
     * {@code y_k = (−1)^k x_{n−1} + 2 Σ_{j=0}^{n−2} x_j sin(π(j+1)(2k+1)/(2n))}; the inverse of {@link #SINE_II} but
     * for {@code 1/(2n)}.
     */
    SINE_III;

    /**
     * The kind that undoes this one but for a factor.
     *
     * @return II for III, III for II, else this kind
     */
    public TrigonometricKind inverse() {
        return switch (this) {
            case COSINE_II -> COSINE_III;
            case COSINE_III -> COSINE_II;
            case SINE_II -> SINE_III;
            case SINE_III -> SINE_II;
            default -> this;
        };
    }

    /**
     * The period of the extended values: what a transform followed by its {@link #inverse} multiplies by.
     *
     * @param n number of values, at least 1
     * @return {@code 2(n−1)}, {@code 2n} or {@code 2(n+1)}; 1 for {@link #NONE}
     */
    public long period(int n) {
        return switch (this) {
            case NONE -> 1;
            case COSINE_I -> 2L * (n - 1);
            case SINE_I -> 2L * (n + 1);
            default -> 2L * n;
        };
    }
}
