package org.isotrope.kernels.tensor;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Cartesian tensors of rank 2, {@code T ↦ R T Rᵀ}, and their irreps.
 *
 * <p>A tensor is given in full, {@code T_ij} by rows. Its irreps are
 *
 * <table>
 * <caption>Irreps of a rank-2 tensor</caption>
 * <tr><th></th><th>3D</th><th>2D</th></tr>
 * <tr><td>trace</td><td>{@code 0e = tr T/√3}</td><td>{@code 0e = tr T/√2}</td></tr>
 * <tr><td>antisymmetric part</td><td>{@code 1e = (T_yz − T_zy, T_zx − T_xz, T_xy − T_yx)/√2}</td>
 * <td>{@code 0o = (T_xy − T_yx)/√2}</td></tr>
 * <tr><td>traceless symmetric part</td><td>{@code 2e}, in which {@code u uᵀ} is {@code √(2/3) Y₂(u)}</td>
 * <td>{@code 2 = (T_xx − T_yy, T_xy + T_yx)/√2}</td></tr>
 * </table>
 *
 * These forms are orthonormal: lengths stay as they are ({@code ‖T‖_F}), and the way back is the transpose.
 */
public enum CartesianTensor {
    /** Any tensor: {@code 0e + 1e + 2e}, in 2D {@code 0e + 0o + 2}. */
    GENERAL(true, true, true),
    /** {@code T = Tᵀ}: {@code 0e + 2e}, in 2D {@code 0e + 2}. */
    SYMMETRIC(true, false, true),
    /** {@code T = −Tᵀ}: {@code 1e}, in 2D {@code 0o}. */
    ANTISYMMETRIC(false, true, false),
    /** {@code T = Tᵀ}, {@code tr T = 0}: {@code 2e}, in 2D {@code 2}. */
    TRACELESS_SYMMETRIC(false, false, true);

    private final boolean trace;
    private final boolean antisymmetric;
    private final boolean traceless;

    CartesianTensor(boolean trace, boolean antisymmetric, boolean traceless) {
        this.trace = trace;
        this.antisymmetric = antisymmetric;
        this.traceless = traceless;
    }

    /**
     * The irreps of these tensors.
     *
     * @param dimension 2 or 3
     * @return their sum
     */
    public Irreps irreps(int dimension) {
        return Irreps.of(parts(dimension).toArray(Irrep[]::new));
    }

    private List<Irrep> parts(int dimension) {
        if (dimension != 2 && dimension != 3) {
            throw new IllegalArgumentException("dimension is " + dimension + "; it had to be 2 or 3");
        }
        List<Irrep> parts = new ArrayList<>();
        if (trace) {
            parts.add(dimension == 3 ? Irrep.spherical(0, Parity.EVEN) : Irrep.circular(0));
        }
        if (antisymmetric) {
            parts.add(dimension == 3 ? Irrep.spherical(1, Parity.EVEN) : new CircularIrrep(0, true));
        }
        if (traceless) {
            parts.add(dimension == 3 ? Irrep.spherical(2, Parity.EVEN) : Irrep.circular(2));
        }
        return parts;
    }

    /**
     * The matrix from full tensors to irreps. Its rows are orthonormal; it is square and orthogonal for
     * {@link #GENERAL}.
     *
     * @param dimension 2 or 3
     * @return fresh, {@code irreps(d).components() × d²} by rows; column {@code d i + j} belongs to {@code T_ij}
     */
    public double[][] toIrreps(int dimension) {
        int[][] sixths = sixths(dimension);
        double[][] matrix = new double[sixths.length][sixths[0].length];
        for (int k = 0; k < matrix.length; k++) {
            for (int c = 0; c < matrix[k].length; c++) {
                matrix[k][c] = rootOfSixths(sixths[k][c]);
            }
        }
        return matrix;
    }

    /** The elements of {@link #toIrreps(int)} as signed squares, which are multiples of 1/6. */
    private int[][] sixths(int dimension) {
        List<Irrep> parts = parts(dimension);
        Irrep vector = dimension == 3 ? Irrep.spherical(1, Parity.ODD) : Irrep.circular(1);
        List<int[]> rows = new ArrayList<>();
        for (Irrep part : parts) {
            int[][] block = new int[part.components()][dimension * dimension];
            for (ClebschGordan.Entry entry : ClebschGordan.of(vector, vector, part).entries()) {
                double square = part.components() * entry.value() * Math.abs(entry.value());
                block[entry.k()][dimension * entry.i() + entry.j()] = (int) Math.rint(6 * square);
            }
            rows.addAll(List.of(block));
        }
        return rows.toArray(int[][]::new);
    }

    private static double rootOfSixths(int sixths) {
        double root = SquareRoot.ofRatio(BigInteger.valueOf(Math.abs(sixths)), BigInteger.valueOf(6));
        return sixths < 0 ? -root : root;
    }

    /**
     * The irreps of a tensor. Parts that tensors of this kind do not have are left out.
     *
     * @param tensor {@code d²} elements by rows, d = 2 or 3
     * @return components of {@link #irreps}, fresh
     */
    public double[] toIrreps(double[] tensor) {
        if (tensor.length != 4 && tensor.length != 9) {
            throw new IllegalArgumentException("tensor has length " + tensor.length + "; it had to be 4 or 9");
        }
        double[][] matrix = toIrreps(tensor.length == 4 ? 2 : 3);
        double[] irreps = new double[matrix.length];
        for (int k = 0; k < matrix.length; k++) {
            for (int c = 0; c < tensor.length; c++) {
                irreps[k] = Math.fma(matrix[k][c], tensor[c], irreps[k]);
            }
        }
        return irreps;
    }

    /**
     * The tensor of given irreps.
     *
     * @param irreps components of {@link #irreps}
     * @param dimension 2 or 3
     * @return {@code d²} elements by rows, fresh
     */
    public double[] fromIrreps(double[] irreps, int dimension) {
        double[][] matrix = toIrreps(dimension);
        if (irreps.length != matrix.length) {
            throw new IllegalArgumentException("irreps has length " + irreps.length + "; it had to be " + matrix.length
                    + ", the components of " + irreps(dimension));
        }
        double[] tensor = new double[dimension * dimension];
        for (int k = 0; k < matrix.length; k++) {
            for (int c = 0; c < tensor.length; c++) {
                tensor[c] = Math.fma(matrix[k][c], irreps[k], tensor[c]);
            }
        }
        return tensor;
    }

    /**
     * The orthogonal matrix from the Mandel components of a symmetric tensor to {@link #SYMMETRIC} irreps. Mandel
     * components keep lengths: {@code (T_xx, T_yy, T_zz, √2 T_yz, √2 T_xz, √2 T_xy)}, in 2D
     * {@code (T_xx, T_yy, √2 T_xy)}.
     *
     * @param dimension 2 or 3
     * @return fresh, 6 × 6 or 3 × 3 by rows
     */
    public static double[][] mandelToIrreps(int dimension) {
        int[][] full = SYMMETRIC.sixths(dimension);
        int[][] pairs = dimension == 3
                ? new int[][] {{0, 0}, {1, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}}
                : new int[][] {{0, 0}, {1, 1}, {0, 1}};
        double[][] matrix = new double[full.length][pairs.length];
        for (int k = 0; k < full.length; k++) {
            for (int p = 0; p < pairs.length; p++) {
                int i = pairs[p][0];
                int j = pairs[p][1];
                matrix[k][p] = rootOfSixths((i == j ? 1 : 2) * full[k][dimension * i + j]);
            }
        }
        return matrix;
    }
}
