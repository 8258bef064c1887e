package org.isotrope.kernels.tensor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.StaggeredType;

/**
 * What every type of field of this library has in common: a name that can be read, and irreps that its values are made
 * of.
 *
 * <table>
 * <caption>Irreps of the Cartesian types</caption>
 * <tr><th>type</th><th>3D</th><th>2D</th></tr>
 * <tr><td>scalar, pseudoscalar</td><td>0e, 0o</td><td>0e, 0o</td></tr>
 * <tr><td>vector</td><td>1o = (x, y, z)</td><td>1 = (x, y)</td></tr>
 * <tr><td>pseudovector</td><td>1e = (x, y, z)</td><td>1 = (−y, x)</td></tr>
 * <tr><td>tensors</td><td>as in {@link CartesianTensor}; pseudotensors with odd for even</td>
 * <td>as in {@link CartesianTensor}; pseudotensors with 0e and 0o exchanged and 2 turned by a quarter</td></tr>
 * </table>
 */
public final class TensorTypes {
    private static final Map<String, FieldType> NAMED = named();
    private static final Pattern LOOKS_LIKE_A_NAME = Pattern.compile("\\s*[A-Za-z].*", Pattern.DOTALL);

    private TensorTypes() {}

    private static Map<String, FieldType> named() {
        Map<String, FieldType> named = new LinkedHashMap<>();
        for (FieldType type : List.of(FieldType.SCALAR, FieldType.PSEUDOSCALAR, FieldType.VECTOR,
                FieldType.PSEUDOVECTOR)) {
            named.put(type.toString(), type);
        }
        for (TensorType type : List.of(TensorType.GENERAL, TensorType.SYMMETRIC, TensorType.ANTISYMMETRIC,
                TensorType.TRACELESS)) {
            named.put(type.toString(), type);
            named.put(type.reflected().toString(), type.reflected());
        }
        return named;
    }

    /**
     * Reads a type as printed by its {@code toString}.
     *
     * @param text a name such as {@code vector} or {@code symmetric tensor}, one with a place such as
     *     {@code vector at face}, or a sum of irreps such as {@code 2x0e + 1x1o}
     * @return the type
     * @throws IllegalArgumentException if it is neither, with the names there are, or pointing at the character of the sum
     */
    public static FieldType parse(String text) {
        FieldType type = NAMED.get(text.strip());
        if (type != null) {
            return type;
        }
        if (text.contains(" at ")) {
            return StaggeredType.parse(text);
        }
        if (LOOKS_LIKE_A_NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("field type is \"" + text + "\"; it had to be a sum of irreps such as"
                    + " 2x0e + 1x1o or one of " + String.join(", ", NAMED.keySet()));
        }
        return IrrepsType.of(text);
    }

    /**
     * The irreps of the values of a type.
     *
     * @param type any type of this library
     * @param dimension 2 or 3
     * @return their sum
     */
    public static Irreps irreps(FieldType type, int dimension) {
        requireDimension(dimension);
        return switch (type) {
            case IrrepsType sum -> sum.in(dimension);
            case TensorType tensor -> tensor.pseudo()
                    ? reflected(tensor.kind().irreps(dimension))
                    : tensor.kind().irreps(dimension);
            default -> {
                if (type.equals(FieldType.SCALAR) || type.equals(FieldType.PSEUDOSCALAR)) {
                    String text = type.equals(FieldType.SCALAR) ? "0e" : "0o";
                    yield Irreps.parse(text, dimension);
                }
                if (type.equals(FieldType.VECTOR) || type.equals(FieldType.PSEUDOVECTOR)) {
                    yield dimension == 2
                            ? Irreps.of(Irrep.circular(1))
                            : Irreps.of(Irrep.spherical(1, type.equals(FieldType.VECTOR) ? Parity.ODD : Parity.EVEN));
                }
                throw new IllegalArgumentException("type is " + type + "; it had to be a sum of irreps or one of "
                        + String.join(", ", NAMED.keySet()));
            }
        };
    }

    private static Irreps reflected(Irreps irreps) {
        return Irreps.of(irreps.terms().stream()
                .map(term -> new Irreps.Term(term.multiplicity(), switch (term.irrep()) {
                    case SphericalIrrep s -> new SphericalIrrep(s.l(), s.parity().times(Parity.ODD));
                    case CircularIrrep c -> c.m() == 0 ? new CircularIrrep(0, !c.pseudo()) : c;
                }))
                .toList());
    }

    /**
     * The matrix from stored components to those of {@link #irreps}, made of integers and correctly rounded roots, so that
     * it has the same bits everywhere.
     *
     * @param type any type of this library
     * @param dimension 2 or 3
     * @return fresh, square, by rows
     */
    public static double[][] toIrreps(FieldType type, int dimension) {
        Irreps irreps = irreps(type, dimension);
        if (type instanceof TensorType tensor) {
            double[][] matrix = product(tensor.kind().toIrreps(dimension), tensor.toFull(dimension));
            return dimension == 2 && tensor.pseudo() ? turned(irreps, matrix) : matrix;
        }
        double[][] identity = new double[irreps.components()][irreps.components()];
        for (int c = 0; c < identity.length; c++) {
            identity[c][c] = 1;
        }
        return dimension == 2 && type.equals(FieldType.PSEUDOVECTOR) ? turned(irreps, identity) : identity;
    }

    /**
     * The matrix from components of {@link #irreps} to stored ones, the inverse of {@link #toIrreps}.
     *
     * @param type any type of this library
     * @param dimension 2 or 3
     * @return fresh, square, by rows
     */
    public static double[][] fromIrreps(FieldType type, int dimension) {
        if (type instanceof TensorType tensor) {
            double[][] rows = tensor.kind().toIrreps(dimension);
            if (dimension == 2 && tensor.pseudo()) {
                rows = turned(irreps(type, dimension), rows);
            }
            return product(tensor.fromFull(dimension), transpose(rows));
        }
        return transpose(toIrreps(type, dimension));
    }

    /** Rows of every order m ≥ 1 times i: reflections conjugate the pair, and negate it where the value is pseudo. */
    private static double[][] turned(Irreps irreps, double[][] matrix) {
        for (int t = 0; t < irreps.terms().size(); t++) {
            if (irreps.terms().get(t).irrep().angularOrder() > 0) {
                int start = irreps.slice(t).start();
                double[] re = matrix[start];
                matrix[start] = negative(matrix[start + 1]);
                matrix[start + 1] = re;
            }
        }
        return matrix;
    }

    private static double[] negative(double[] row) {
        double[] negative = new double[row.length];
        for (int c = 0; c < row.length; c++) {
            negative[c] = 0 - row[c];
        }
        return negative;
    }

    /** One factor holds nothing but 0 and ±1, so products are exact. */
    private static double[][] product(double[][] a, double[][] b) {
        double[][] product = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }

    private static double[][] transpose(double[][] matrix) {
        double[][] transpose = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[i].length; j++) {
                transpose[j][i] = matrix[i][j];
            }
        }
        return transpose;
    }

    private static void requireDimension(int dimension) {
        if (dimension != 2 && dimension != 3) {
            throw new IllegalArgumentException("dimension is " + dimension + "; it had to be 2 or 3 for irreps");
        }
    }
}
