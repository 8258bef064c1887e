package org.isotrope.kernels;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.engine.program.StencilProgram;

/**
 * The matrix of a linear operator in compressed rows (CSR): what solvers and other libraries take.
 *
 * <p>Rows are the stored values of the range, columns those of the domain, in the order of {@link Field#getFlat}: components
 * one after another, each in C order. Columns grow along a row and come once; entries that are 0 are left out.
 *
 * <p>Immutable.
 */
public final class SparseMatrix {
    private final int columns;
    private final int[] starts;
    private final int[] indices;
    private final double[] values;

    private SparseMatrix(int columns, int[] starts, int[] indices, double[] values) {
        this.columns = columns;
        this.starts = starts;
        this.indices = indices;
        this.values = values;
    }

    /** Collects rows one after another. */
    private static final class Builder {
        private final int columns;
        private final int[] starts;
        private int row;
        private int[] indices = new int[16];
        private double[] values = new double[16];
        private int size;
        /** Sums of the row so far, and which columns have one. */
        private final double[] sums;
        private final boolean[] touched;
        private int[] order = new int[16];
        private int count;

        Builder(int rows, int columns) {
            this.columns = columns;
            starts = new int[rows + 1];
            sums = new double[columns];
            touched = new boolean[columns];
        }

        void add(long column, double weight) {
            int c = (int) column;
            if (!touched[c]) {
                touched[c] = true;
                if (count == order.length) {
                    order = Arrays.copyOf(order, 2 * count);
                }
                order[count++] = c;
            }
            sums[c] += weight;
        }

        void endRow() {
            Arrays.sort(order, 0, count);
            for (int k = 0; k < count; k++) {
                int c = order[k];
                if (sums[c] != 0) {
                    if (size == indices.length) {
                        int wider = (int) Math.min(2L * size, Integer.MAX_VALUE - 8);
                        if (wider == size) {
                            throw new IllegalArgumentException("operator has more than " + size
                                    + " entries; it had to have fewer for a matrix with 32-bit indices");
                        }
                        indices = Arrays.copyOf(indices, wider);
                        values = Arrays.copyOf(values, wider);
                    }
                    indices[size] = c;
                    values[size++] = sums[c];
                }
                sums[c] = 0;
                touched[c] = false;
            }
            count = 0;
            starts[++row] = size;
        }

        SparseMatrix build() {
            return new SparseMatrix(columns, starts, Arrays.copyOf(indices, size), Arrays.copyOf(values, size));
        }
    }

    /**
     * The matrix of an operator. Stencils, differences on any axes, sums and compositions of them are read off; of other
     * operators each column is found by an application to a unit vector, which takes as many applications as the domain
     * has values.
     *
     * @param operator any; with fewer than 2³¹ values in and out
     * @return its matrix in {@code double}
     * @throws IllegalArgumentException if there are more values or entries
     */
    public static SparseMatrix of(LinearOperator operator) {
        int rows = count(operator.range(), "range");
        int columns = count(operator.domain(), "domain");
        return switch (Combination.plain(operator)) {
            case StencilOperator stencil -> rows(rows, columns, operator.range(), stencil::row);
            case BandedOperator banded -> rows(rows, columns, operator.range(), banded::row);
            case Combination combination -> combination.matrix();
            case Composition composition -> composition.matrix();
            default -> probed(operator, rows, columns);
        };
    }

    private static int count(Space space, String name) {
        long count = Math.multiplyExact(space.grid().size(), (long) space.components());
        if (count > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(name + " has " + count
                    + " values; they had to be fewer than 2^31 for a matrix with 32-bit indices");
        }
        return (int) count;
    }

    private interface RowReader {
        void row(int output, long node, StencilProgram.EntryConsumer entries);
    }

    private static SparseMatrix rows(int rows, int columns, Space range, RowReader reader) {
        Builder builder = new Builder(rows, columns);
        long nodes = range.grid().size();
        for (int r = 0; r < rows; r++) {
            reader.row((int) (r / nodes), r % nodes, builder::add);
            builder.endRow();
        }
        return builder.build();
    }

    /** By the transpose, whose columns are the rows. */
    private static SparseMatrix probed(LinearOperator operator, int rows, int columns) {
        LinearOperator adjoint = operator.adjoint();
        Field unit = Fields.automatic().of(operator.range().type(), operator.range().grid());
        Field row = Fields.automatic().of(operator.domain().type(), operator.domain().grid());
        Builder builder = new Builder(rows, columns);
        for (int r = 0; r < rows; r++) {
            unit.setFlat(r, 1);
            adjoint.apply(unit, row);
            unit.setFlat(r, 0);
            for (int c = 0; c < columns; c++) {
                double value = row.getFlat(c);
                if (value != 0) {
                    builder.add(c, value);
                }
            }
            builder.endRow();
        }
        return builder.build();
    }

    /**
     * Number of rows.
     *
     * @return values of the range
     */
    public int rows() {
        return starts.length - 1;
    }

    /**
     * Number of columns.
     *
     * @return values of the domain
     */
    public int columns() {
        return columns;
    }

    /**
     * Number of entries that are not 0.
     *
     * @return entries in all rows
     */
    public int size() {
        return values.length;
    }

    /**
     * Where rows begin among the entries.
     *
     * @return {@code rows + 1} numbers, the last one {@link #size}; fresh
     */
    public int[] rowStarts() {
        return starts.clone();
    }

    /**
     * Columns of the entries, row after row.
     *
     * @return one number an entry, growing along each row; fresh
     */
    public int[] columnIndices() {
        return indices.clone();
    }

    /**
     * The entries, row after row.
     *
     * @return one value an entry; fresh
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * One entry.
     *
     * @param row from 0
     * @param column from 0
     * @return the value, 0 where there is none
     */
    public double get(int row, int column) {
        if (row < 0 || row >= rows() || column < 0 || column >= columns) {
            throw new IllegalArgumentException("entry is " + row + ", " + column + "; it had to be within " + rows() + " x "
                    + columns);
        }
        int place = Arrays.binarySearch(indices, starts[row], starts[row + 1], column);
        return place < 0 ? 0 : values[place];
    }

    /**
     * The product with a vector.
     *
     * @param x one value a column
     * @param y one value a row, apart from {@code x}; overwritten
     */
    public void multiply(double[] x, double[] y) {
        requireLength(x, "x", columns);
        requireLength(y, "y", rows());
        for (int row = 0; row < y.length; row++) {
            double sum = 0;
            for (int e = starts[row]; e < starts[row + 1]; e++) {
                sum += values[e] * x[indices[e]];
            }
            y[row] = sum;
        }
    }

    private static void requireLength(double[] vector, String name, int length) {
        if (vector.length != length) {
            throw new IllegalArgumentException(name + " has " + vector.length + " values; it had to have " + length);
        }
    }

    /**
     * The transpose.
     *
     * @return the matrix of the operator's adjoint
     */
    public SparseMatrix transpose() {
        int[] begins = new int[columns + 1];
        for (int column : indices) {
            begins[column + 1]++;
        }
        for (int c = 0; c < columns; c++) {
            begins[c + 1] += begins[c];
        }
        int[] next = Arrays.copyOf(begins, columns);
        int[] newIndices = new int[indices.length];
        double[] newValues = new double[values.length];
        for (int row = 0; row < rows(); row++) {
            for (int e = starts[row]; e < starts[row + 1]; e++) {
                int place = next[indices[e]]++;
                newIndices[place] = row;
                newValues[place] = values[e];
            }
        }
        return new SparseMatrix(rows(), begins, newIndices, newValues);
    }

    /** The sum with a matrix of the same shape. */
    SparseMatrix plus(SparseMatrix other) {
        Builder builder = new Builder(rows(), columns);
        for (int row = 0; row < rows(); row++) {
            for (SparseMatrix matrix : new SparseMatrix[] {this, other}) {
                for (int e = matrix.starts[row]; e < matrix.starts[row + 1]; e++) {
                    builder.add(matrix.indices[e], matrix.values[e]);
                }
            }
            builder.endRow();
        }
        return builder.build();
    }

    /** This matrix scaled. */
    SparseMatrix times(double factor) {
        return new SparseMatrix(columns, starts, indices, Arrays.stream(values).map(v -> v * factor).toArray());
    }

    /** The product with a matrix of as many rows as this has columns. */
    SparseMatrix times(SparseMatrix other) {
        Builder builder = new Builder(rows(), other.columns);
        for (int row = 0; row < rows(); row++) {
            for (int e = starts[row]; e < starts[row + 1]; e++) {
                for (int f = other.starts[indices[e]]; f < other.starts[indices[e] + 1]; f++) {
                    builder.add(other.indices[f], values[e] * other.values[f]);
                }
            }
            builder.endRow();
        }
        return builder.build();
    }

    /**
     * Writes the matrix in the coordinate format of Matrix Market, which SciPy, MATLAB and Julia read.
     *
     * @param file where to; whole or not at all
     * @throws UncheckedIOException if it cannot be written
     */
    public void write(Path file) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            Path draft = Files.createTempFile(parent, "matrix", ".tmp");
            try {
                try (BufferedWriter out = Files.newBufferedWriter(draft)) {
                    out.write("%%MatrixMarket matrix coordinate real general\n");
                    out.write(rows() + " " + columns + " " + size() + "\n");
                    for (int row = 0; row < rows(); row++) {
                        for (int e = starts[row]; e < starts[row + 1]; e++) {
                            out.write((row + 1) + " " + (indices[e] + 1) + " " + values[e] + "\n");
                        }
                    }
                }
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public String toString() {
        return rows() + " x " + columns + " matrix of " + size() + " entries";
    }
}
