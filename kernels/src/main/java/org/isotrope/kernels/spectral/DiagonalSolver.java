package org.isotrope.kernels.spectral;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Locale;
import org.isotrope.grids.Field;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.fourier.RealFourierTransform;
import org.isotrope.kernels.fourier.TrigonometricKind;
import org.isotrope.kernels.fourier.TrigonometricTransform;
import org.jspecify.annotations.Nullable;

/** Sine and cosine transforms along axes with walls, Fourier along periodic ones, division by eigenvalues, and back. */
final class DiagonalSolver extends TransformOperator {
    private final PoissonProblem problem;
    private final Diagonal diagonal;
    private final boolean transposed;

    DiagonalSolver(PoissonProblem problem, Diagonal diagonal, Space space, boolean transposed) {
        super(space, space);
        this.problem = problem;
        this.diagonal = diagonal;
        this.transposed = transposed;
    }

    @Override
    public LinearOperator adjoint() {
        return new DiagonalSolver(problem, diagonal, domain(), !transposed);
    }

    boolean isSingular() {
        return diagonal.isSingular();
    }

    @Override
    Steps steps(Precision precision) {
        return new Transforms(this, precision);
    }

    private static final class Work {
        final MemorySegment values;
        final MemorySegment re;
        final MemorySegment im;

        Work(long valueBytes, long spectrumBytes) {
            values = Arena.ofAuto().allocate(valueBytes, 64);
            re = spectrumBytes == 0 ? values : Arena.ofAuto().allocate(spectrumBytes, 64);
            im = spectrumBytes == 0 ? values : Arena.ofAuto().allocate(spectrumBytes, 64);
        }
    }

    private static final class Transforms implements Steps {
        private final DiagonalSolver solver;
        private final Precision precision;
        private final int components;
        private final long nodes;
        private final long lineCount;
        private final Gathering in;
        private final Gathering out;
        private final boolean inPlace;
        private final @Nullable TrigonometricTransform trigonometric;
        private final @Nullable RealFourierTransform fourier;
        private final MemorySegment inverse;
        /** Sum of f in the open mode over its mean. */
        private final double levelScale;
        private final double volume;
        private final boolean refusing;
        private final Pool<Work> pool;

        Transforms(DiagonalSolver solver, Precision precision) {
            this.solver = solver;
            this.precision = precision;
            Diagonal diagonal = solver.diagonal;
            Grid grid = solver.domain().grid();
            components = solver.domain().components();
            nodes = grid.size();
            int[] order = diagonal.order();
            int[] lengths = diagonal.lengths();
            int d = order.length;
            TrigonometricKind[] kinds = new TrigonometricKind[d];
            int walls = 0;
            long lines = 1;
            long perLine = 1;
            double scale = 1;
            double extent = grid.cellVolume();
            for (int p = 0; p < d; p++) {
                WallAxis wall = diagonal.wall(order[p]);
                kinds[p] = wall == null ? TrigonometricKind.NONE : wall.kind();
                walls += wall == null ? 0 : 1;
                lines *= wall == null ? 1 : lengths[p];
                perLine *= wall == null ? lengths[p] : 1;
                scale *= wall == null ? lengths[p] : kinds[p].period(lengths[p]);
                extent *= wall == null ? lengths[p] : wall.extent();
            }
            lineCount = lines * perLine;
            levelScale = scale;
            volume = extent;
            boolean trivial = Arrays.stream(kinds).allMatch(kind -> kind == TrigonometricKind.NONE);
            trigonometric = trivial ? null : TrigonometricTransform.of(lengths, components, precision, kinds);
            fourier = walls == d ? null : RealFourierTransform.of(
                    Arrays.copyOfRange(lengths, walls, d), batch(lines), precision);
            in = gather(grid, diagonal, solver.transposed);
            out = scatter(grid, diagonal, solver.transposed);
            inPlace = in.identity && out.identity;
            inverse = diagonal.inverse(precision);
            refusing = diagonal.isSingular() && !solver.problem.isProjecting();
            long spectrumBytes = fourier == null ? 0 : Math.multiplyExact(components, inverse.byteSize());
            long valueBytes = Math.multiplyExact(Math.multiplyExact(components, lineCount), (long) precision.bytes());
            pool = new Pool<>(() -> new Work(valueBytes, spectrumBytes));
        }

        private int batch(long lines) {
            long batch = components * lines;
            if (batch > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("grid has " + batch + " lines along its periodic axes; there had to"
                        + " be at most " + Integer.MAX_VALUE);
            }
            return (int) batch;
        }

        /** From the nodes of the grid to lines in the order of the transforms. */
        private static Gathering gather(Grid grid, Diagonal diagonal, boolean transposed) {
            int[] order = diagonal.order();
            int d = order.length;
            long[] strides = new long[d];
            int[][] indices = new int[d][];
            double[][] factors = new double[d][];
            for (int p = 0; p < d; p++) {
                WallAxis wall = diagonal.wall(order[p]);
                strides[p] = grid.stride(order[p]);
                int n = wall == null ? grid.axis(order[p]).size() : wall.length();
                indices[p] = new int[n];
                factors[p] = new double[n];
                for (int j = 0; j < n; j++) {
                    int source = wall == null ? j : wall.source(j);
                    indices[p][j] = source;
                    factors[p][j] = wall == null || source < 0 ? 1
                            : transposed ? wall.sign(j) / wall.weight(source) : wall.sign(j);
                }
            }
            return new Gathering(strides, indices, factors, grid.size());
        }

        /** From lines in the order of the transforms to the nodes of the grid. */
        private static Gathering scatter(Grid grid, Diagonal diagonal, boolean transposed) {
            int[] order = diagonal.order();
            int[] lengths = diagonal.lengths();
            int d = order.length;
            long[] strides = new long[d];
            int[][] indices = new int[d][];
            double[][] factors = new double[d][];
            long stride = 1;
            for (int p = d - 1; p >= 0; p--) {
                int a = order[p];
                WallAxis wall = diagonal.wall(a);
                int n = grid.axis(a).size();
                strides[a] = stride;
                stride *= lengths[p];
                indices[a] = new int[n];
                factors[a] = new double[n];
                for (int i = 0; i < n; i++) {
                    indices[a][i] = wall == null ? i : wall.place(i);
                    factors[a][i] = wall == null || !transposed ? 1 : wall.weight(i);
                }
            }
            return new Gathering(strides, indices, factors, stride);
        }

        @Override
        public void run(Field from, Field to) {
            Work work = pool.take();
            try {
                MemorySegment values = inPlace ? from.segment() : work.values;
                if (!inPlace) {
                    gather(in, from.segment(), nodes, work.values, lineCount);
                }
                if (trigonometric != null) {
                    trigonometric.forward(values, work.values);
                    values = work.values;
                }
                if (fourier != null) {
                    fourier.forward(values, work.re, work.im);
                } else if (values != work.values) {
                    work.values.copyFrom(values);
                }
                if (refusing) {
                    requireBalance(from, work);
                }
                divide(work.re);
                if (fourier != null) {
                    divide(work.im);
                    fourier.inverse(work.re, work.im, inPlace && trigonometric == null ? to.segment() : work.values);
                }
                if (trigonometric != null) {
                    trigonometric.inverse(work.values, inPlace ? to.segment() : work.values);
                } else if (inPlace && fourier == null) {
                    to.segment().copyFrom(work.values);
                }
                if (!inPlace) {
                    gather(out, work.values, lineCount, to.segment(), nodes);
                }
            } finally {
                pool.give(work);
            }
        }

        private void gather(Gathering gathering, MemorySegment from, long fromSize, MemorySegment to, long toSize) {
            for (int c = 0; c < components; c++) {
                if (precision == Precision.FLOAT) {
                    FloatGather.run(gathering, from, c * fromSize, to, c * toSize);
                } else {
                    DoubleGather.run(gathering, from, c * fromSize, to, c * toSize);
                }
            }
        }

        private void divide(MemorySegment spectrum) {
            for (int c = 0; c < components; c++) {
                long first = c * inverse.byteSize();
                if (precision == Precision.FLOAT) {
                    FloatSpectra.multiply(1, inverse, spectrum, first, spectrum, first);
                } else {
                    DoubleSpectra.multiply(1, inverse, spectrum, first, spectrum, first);
                }
            }
        }

        /** Rounding alone leaves a mean far below this share of the largest value. */
        private double tolerance() {
            return precision == Precision.FLOAT ? 1e-4 : 1e-10;
        }

        private void requireBalance(Field from, Work work) {
            for (int c = 0; c < components; c++) {
                long place = c * inverse.byteSize();
                double sum = precision == Precision.FLOAT
                        ? work.re.get(ValueLayout.JAVA_FLOAT, place)
                        : work.re.get(ValueLayout.JAVA_DOUBLE, place);
                double mean = sum / levelScale;
                if (mean != 0 && !reaches(from, Math.abs(mean) / tolerance())) {
                    throw new IllegalArgumentException(String.format(Locale.ROOT,
                            "in integrates to %.6g over the domain (mean %.6g, largest value %.6g); it had to"
                                    + " integrate to 0, as nothing fixes the level of the solution, or the problem to"
                                    + " be projecting", mean * volume, mean, largest(from)));
                }
            }
        }

        /** Whether some value is at least as large as a bound: where all is well one of the first is. */
        private static boolean reaches(Field field, double bound) {
            long count = field.count();
            for (long i = 0; i < count; i++) {
                if (Math.abs(field.getFlat(i)) >= bound) {
                    return true;
                }
            }
            return false;
        }

        private static double largest(Field field) {
            double largest = 0;
            long count = field.count();
            for (long i = 0; i < count; i++) {
                largest = Math.max(largest, Math.abs(field.getFlat(i)));
            }
            return largest;
        }

        @Override
        public String explain() {
            StringBuilder text = new StringBuilder();
            int[] order = solver.diagonal.order();
            for (int a : order) {
                WallAxis wall = solver.diagonal.wall(a);
                text.append("axis ").append(a).append(": ").append(wall == null ? "FOURIER" : wall).append("; ");
            }
            return text.append(precision).append(", 1 thread").toString();
        }
    }

    @Override
    public String explain() {
        return "direct solver of (" + problem + ") u = f" + (transposed ? ", transposed: " : ": ") + domain().type()
                + " → " + range().type() + "\non\n" + domain().grid().toString().indent(2)
                + plan(Precision.DOUBLE).explain();
    }
}
