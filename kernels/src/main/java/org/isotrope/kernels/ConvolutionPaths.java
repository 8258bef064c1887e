package org.isotrope.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.isotrope.grids.FieldType;
import org.isotrope.kernels.tensor.CircularHarmonics;
import org.isotrope.kernels.tensor.CircularIrrep;
import org.isotrope.kernels.tensor.ClebschGordan;
import org.isotrope.kernels.tensor.Irrep;
import org.isotrope.kernels.tensor.Irreps;
import org.isotrope.kernels.tensor.Parity;
import org.isotrope.kernels.tensor.SphericalHarmonics;
import org.isotrope.kernels.tensor.SphericalIrrep;
import org.isotrope.kernels.tensor.TensorTypes;

/** All paths of harmonics of the orders wanted between two types, and the matrices they multiply by. */
final class ConvolutionPaths {
    private final Irreps in;
    private final Irreps out;
    private final double[][] toIrreps;
    private final double[][] fromIrreps;
    private final List<TensorConvolution.Path> paths;

    ConvolutionPaths(FieldType input, FieldType output, int dimension, int minOrder, int maxOrder) {
        if (dimension == 1) {
            throw new IllegalArgumentException("grid has dimension 1; it had to have 2 or 3 for tensor convolutions");
        }
        this.in = TensorTypes.irreps(input, dimension);
        this.out = TensorTypes.irreps(output, dimension);
        this.toIrreps = TensorTypes.toIrreps(input, dimension);
        this.fromIrreps = TensorTypes.fromIrreps(output, dimension);
        this.paths = List.copyOf(paths(minOrder, maxOrder));
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("types are " + input + " → " + output + " in " + dimension
                    + "D; for harmonics of order " + minOrder + " to " + maxOrder
                    + " the output had to hold one of the irreps " + allowed(minOrder, maxOrder));
        }
    }

    static Irrep harmonic(int order, int dimension) {
        return dimension == 2 ? Irrep.circular(order) : Irrep.spherical(order, Parity.ofHarmonic(order));
    }

    private List<TensorConvolution.Path> paths(int minOrder, int maxOrder) {
        int dimension = in.spaceDimension();
        List<TensorConvolution.Path> found = new ArrayList<>();
        for (int o = 0; o < out.terms().size(); o++) {
            Irreps.Term to = out.terms().get(o);
            for (int i = 0; i < in.terms().size(); i++) {
                Irreps.Term from = in.terms().get(i);
                for (int order = minOrder; order <= maxOrder; order++) {
                    Irrep harmonic = harmonic(order, dimension);
                    if (connects(from.irrep(), harmonic, to.irrep())) {
                        addCopies(found, i, from.multiplicity(), harmonic, o, to.multiplicity());
                    }
                }
            }
        }
        return found;
    }

    private static void addCopies(
            List<TensorConvolution.Path> found, int input, int inputs, Irrep harmonic, int output, int outputs) {
        for (int v = 0; v < outputs; v++) {
            for (int u = 0; u < inputs; u++) {
                found.add(new TensorConvolution.Path(input, u, harmonic, output, v));
            }
        }
    }

    private static boolean connects(Irrep from, Irrep harmonic, Irrep to) {
        if (from instanceof SphericalIrrep f && harmonic instanceof SphericalIrrep h && to instanceof SphericalIrrep t) {
            return t.l() >= Math.abs(f.l() - h.l()) && t.l() <= f.l() + h.l()
                    && t.parity() == f.parity().times(h.parity());
        }
        return harmonic.times(from).contains(to);
    }

    /** Whatever the harmonics lead to, as far as the types at hand go. */
    private String allowed(int minOrder, int maxOrder) {
        TreeSet<Irrep> reached = new TreeSet<>();
        int limit = Math.min(maxOrder, Math.max(minOrder, Math.max(2, out.maxAngularOrder())));
        for (Irreps.Term from : in.terms()) {
            IntStream.rangeClosed(minOrder, limit)
                    .mapToObj(order -> harmonic(order, in.spaceDimension()).times(from.irrep()))
                    .forEach(reached::addAll);
        }
        return String.join(", ", reached.stream().map(Irrep::toString).toList())
                + (limit < maxOrder ? ", …" : "");
    }

    Irreps in() {
        return in;
    }

    Irreps out() {
        return out;
    }

    List<TensorConvolution.Path> paths() {
        return paths;
    }

    /** The harmonics of a direction; for orders above 0 they vanish at the origin. */
    static double[] values(Irrep harmonic, double[] x) {
        return switch (harmonic) {
            case SphericalIrrep s -> SphericalHarmonics.of(s.l(), x[0], x[1], x[2]);
            case CircularIrrep c -> CircularHarmonics.ofOrder(c.m()).values(x[0], x[1]);
        };
    }

    /** The matrix of a path for the values y of its harmonics, {@code √dim(out) Σ_i C_ijk y_i}, between stored components. */
    void forEach(TensorConvolution.Path path, double[] y, Product.Term term) {
        Irrep from = in.terms().get(path.input()).irrep();
        Irrep to = out.terms().get(path.output()).irrep();
        Irreps.Slice columns = in.slice(path.input(), path.inputCopy());
        Irreps.Slice rows = out.slice(path.output(), path.outputCopy());
        double norm = Math.sqrt(to.components());
        double[][] block = new double[rows.size()][columns.size()];
        for (ClebschGordan.Entry entry : ClebschGordan.of(path.harmonic(), from, to).entries()) {
            // the root first: products such as √3 · 1/√3 are then exact
            block[entry.k()][entry.j()] += norm * entry.value() * y[entry.i()];
        }
        for (int r = 0; r < fromIrreps.length; r++) {
            if (isZero(fromIrreps[r], rows)) {
                continue;
            }
            for (int c = 0; c < toIrreps[0].length; c++) {
                double sum = 0;
                for (int k = 0; k < block.length; k++) {
                    double left = fromIrreps[r][rows.start() + k];
                    if (left == 0) {
                        continue;
                    }
                    for (int j = 0; j < block[k].length; j++) {
                        sum += left * block[k][j] * toIrreps[columns.start() + j][c];
                    }
                }
                if (sum != 0) {
                    term.add(r, c, sum);
                }
            }
        }
    }

    private static boolean isZero(double[] row, Irreps.Slice slice) {
        for (int k = slice.start(); k < slice.end(); k++) {
            if (row[k] != 0) {
                return false;
            }
        }
        return true;
    }
}
