package org.isotrope.kernels;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.radial.RadialFunction;
import org.isotrope.kernels.tensor.CircularHarmonics;
import org.isotrope.kernels.tensor.CircularIrrep;
import org.isotrope.kernels.tensor.ClebschGordan;
import org.isotrope.kernels.tensor.Irrep;
import org.isotrope.kernels.tensor.Irreps;
import org.isotrope.kernels.tensor.SphericalHarmonics;
import org.isotrope.kernels.tensor.SphericalIrrep;
import org.isotrope.kernels.tensor.TensorTypes;

/**
 * Tensor convolutions twice more, by nothing but their formula: as a loop over output nodes, input nodes, images and
 * matrix entries, and, on periodic grids, as a product of discrete Fourier transforms. Neither knows shells or stencils.
 */
final class NaiveConvolution {
    private final Grid grid;
    private final FieldType in;
    private final FieldType out;
    private final List<TensorConvolution.Path> paths;
    private final List<? extends RadialFunction> radials;
    private final Map<List<Integer>, double[][]> kernels = new HashMap<>();

    NaiveConvolution(
            Grid grid, FieldType in, FieldType out, List<TensorConvolution.Path> paths,
            List<? extends RadialFunction> radials) {
        this.grid = grid;
        this.in = in;
        this.out = out;
        this.paths = paths;
        this.radials = radials;
    }

    /** {@code dV Σ_paths} of the kernel at {@code r = x − x'}, a matrix from irreps to irreps, added up. */
    private void addKernel(double[] r, double[][] matrix) {
        int d = grid.dimension();
        Irreps from = TensorTypes.irreps(in, d);
        Irreps to = TensorTypes.irreps(out, d);
        double length = 0;
        for (double x : r) {
            length = Math.hypot(length, x);
        }
        for (int p = 0; p < paths.size(); p++) {
            TensorConvolution.Path path = paths.get(p);
            if (length > radials.get(p).cutoff() * (1 + 1e-9)) {
                continue;
            }
            double[] y = switch (path.harmonic()) {
                case SphericalIrrep s -> SphericalHarmonics.of(s.l(), r[0], r[1], r[2]);
                case CircularIrrep c -> CircularHarmonics.ofOrder(c.m()).values(r[0], r[1]);
            };
            Irrep a = from.terms().get(path.input()).irrep();
            Irrep b = to.terms().get(path.output()).irrep();
            double[][][] c = ClebschGordan.of(path.harmonic(), a, b).dense();
            double scale = grid.cellVolume() * radials.get(p).value(length) * Math.sqrt(b.components());
            int column = from.slice(path.input(), path.inputCopy()).start();
            int row = to.slice(path.output(), path.outputCopy()).start();
            for (int i = 0; i < c.length; i++) {
                for (int j = 0; j < c[i].length; j++) {
                    for (int k = 0; k < c[i][j].length; k++) {
                        matrix[row + k][column + j] += scale * c[i][j][k] * y[i];
                    }
                }
            }
        }
    }

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

    /** Between stored components, over all images along periodic axes that a kernel of one period's reach can see. */
    private double[][] kernel(int[] difference) {
        int d = grid.dimension();
        int[] reduced = difference.clone();
        for (int a = 0; a < d; a++) {
            if (grid.axis(a).isPeriodic()) {
                reduced[a] = Math.floorMod(reduced[a], grid.axis(a).size());
            }
        }
        return kernels.computeIfAbsent(Arrays.stream(reduced).boxed().toList(), key -> {
            double[][] sum = new double[out.components(d)][in.components(d)];
            addImages(reduced, new int[d], 0, sum);
            return product(TensorTypes.fromIrreps(out, d), product(sum, TensorTypes.toIrreps(in, d)));
        });
    }

    private void addImages(int[] difference, int[] image, int axis, double[][] sum) {
        int d = grid.dimension();
        if (axis < d) {
            int reach = grid.axis(axis).isPeriodic() ? 2 : 0;
            for (image[axis] = -reach; image[axis] <= reach; image[axis]++) {
                addImages(difference, image, axis + 1, sum);
            }
            return;
        }
        double[] xi = new double[d];
        for (int a = 0; a < d; a++) {
            xi[a] = (difference[a] + image[a] * grid.axis(a).size()) * grid.axis(a).spacing();
        }
        addKernel(grid.toSpace(xi), sum);
    }

    /** With zeros beyond walls. */
    Field byLoops(Field f) {
        Field y = Fields.automatic().of(out, grid);
        long n = grid.size();
        for (long i = 0; i < n; i++) {
            for (long j = 0; j < n; j++) {
                int[] difference = grid.index(i);
                int[] from = grid.index(j);
                for (int a = 0; a < from.length; a++) {
                    difference[a] -= from[a];
                }
                double[][] matrix = kernel(difference);
                for (int r = 0; r < matrix.length; r++) {
                    for (int c = 0; c < matrix[r].length; c++) {
                        y.setFlat(r * n + i, y.getFlat(r * n + i) + matrix[r][c] * f.getFlat(c * n + j));
                    }
                }
            }
        }
        return y;
    }

    /** On a grid of periodic axes: {@code ŷ_r(k) = Σ_c K̂_rc(k) f̂_c(k)} (part 3 of Theorem 2.1). */
    Field byFourier(Field f) {
        int n = Math.toIntExact(grid.size());
        int inputs = in.components(grid.dimension());
        int outputs = out.components(grid.dimension());
        double[][][] fieldHat = new double[inputs][][];
        for (int c = 0; c < inputs; c++) {
            double[][] plane = new double[n][2];
            for (int i = 0; i < n; i++) {
                plane[i][0] = f.getFlat((long) c * n + i);
            }
            fieldHat[c] = transform(plane, -1);
        }
        Field y = Fields.automatic().of(out, grid);
        for (int r = 0; r < outputs; r++) {
            double[][] hat = new double[n][2];
            for (int c = 0; c < inputs; c++) {
                double[][] plane = new double[n][2];
                for (int i = 0; i < n; i++) {
                    plane[i][0] = kernel(grid.index(i))[r][c];
                }
                double[][] kernelHat = transform(plane, -1);
                for (int k = 0; k < n; k++) {
                    double[] a = kernelHat[k];
                    double[] b = fieldHat[c][k];
                    hat[k][0] += a[0] * b[0] - a[1] * b[1];
                    hat[k][1] += a[0] * b[1] + a[1] * b[0];
                }
            }
            double[][] plane = transform(hat, 1);
            for (int i = 0; i < n; i++) {
                y.setFlat((long) r * n + i, plane[i][0] / n);
            }
        }
        return y;
    }

    /** The plain sum {@code Σ_j z_j exp(± 2πi Σ_a k_a j_a / n_a)}, axis by axis. */
    private double[][] transform(double[][] plane, int sign) {
        double[][] values = plane;
        for (int a = 0; a < grid.dimension(); a++) {
            int size = grid.axis(a).size();
            int stride = Math.toIntExact(grid.stride(a));
            double[][] next = new double[values.length][2];
            for (int at = 0; at < values.length; at++) {
                int k = at / stride % size;
                int first = at - k * stride;
                for (int j = 0; j < size; j++) {
                    double angle = sign * 2 * Math.PI * (j * k % size) / size;
                    double[] z = values[first + j * stride];
                    next[at][0] += Math.cos(angle) * z[0] - Math.sin(angle) * z[1];
                    next[at][1] += Math.cos(angle) * z[1] + Math.sin(angle) * z[0];
                }
            }
            values = next;
        }
        return values;
    }
}
