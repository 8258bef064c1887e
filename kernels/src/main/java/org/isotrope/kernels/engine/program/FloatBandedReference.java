package org.isotrope.kernels.engine.program;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.KroneckerProduct;

/**
 * The plain scalar reference of {@link BandedProgram}: one node after the other, straight from the matrices. It fixes
 * the bits of {@code FloatBanded} and shares nothing with it but what is read, {@link ColumnBand}.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
public final class FloatBandedReference implements StencilExecutor {
    private final BandedProgram program;

    /**
     * Prepares.
     *
     * @param program what to sum
     */
    public FloatBandedReference(BandedProgram program) {
        this.program = program;
    }

    @Override
    public void run(MemorySegment in, MemorySegment out, int part, int parts) {
        int n1 = program.size(1);
        int n2 = program.size(2);
        long rows = (long) program.size(0) * n1;
        for (long row = rows * part / parts; row < rows * (part + 1) / parts; row++) {
            int i0 = (int) (row / n1);
            int i1 = (int) (row % n1);
            for (int r = 0; r < program.outputs(); r++) {
                for (int i2 = 0; i2 < n2; i2++) {
                    long node = row * n2 + i2;
                    out.setAtIndex(ValueLayout.JAVA_FLOAT, r * program.nodes() + node, value(in, r, i0, i1, i2));
                }
            }
        }
    }

    private float value(MemorySegment in, int output, int i0, int i1, int i2) {
        float sum = (float) 0;
        float planar = (float) 0;
        float others = (float) 0;
        for (BandedProgram.Group group : program.groups(output)) {
            BandedMatrix columns = group.columns();
            if (columns == null) {
                planar = combine(in, group, group.planar(), i0, i1, i2, (float) 0);
                others = combine(in, group, group.others(), i0, i1, i2, (float) 0);
                continue;
            }
            ColumnBand band = group.band();
            boolean edge = i2 < band.low() || i2 >= program.size(2) - band.high();
            for (int k = 0; k < columns.width(i2) && edge; k++) {
                if (columns.weight(i2, k) != 0) {
                    int column = Math.floorMod(columns.firstColumn(i2) + k, program.size(2));
                    float z = combine(in, group, i0, i1, column);
                    sum = Math.fma((float) (group.scale() * columns.weight(i2, k)), z, sum);
                }
            }
            for (int offset : band.offsets()) {
                int column = i2 + offset;
                if (!edge || column >= 0 && column < program.size(2)) {
                    float weight =
                            edge ? (float) 0 : (float) (group.scale() * ColumnBand.weight(columns, i2, offset));
                    float z = combine(in, group, i0, i1, Math.floorMod(column, program.size(2)));
                    sum = Math.fma(weight, z, sum);
                }
            }
        }
        return sum + (float) 0 + planar + others;
    }

    private float combine(MemorySegment in, BandedProgram.Group group, int i0, int i1, int i2) {
        return combine(in, group, group.others(), i0, i1, i2, combine(in, group, group.planar(), i0, i1, i2, (float) 0));
    }

    private float combine(
            MemorySegment in, BandedProgram.Group group, List<KroneckerProduct> terms, int i0, int i1, int i2,
            float start) {
        float sum = start;
        for (KroneckerProduct term : terms) {
            sum = add(in, term, group.factor(term), i0, i1, i2, sum);
        }
        return sum;
    }

    private float add(
            MemorySegment in, KroneckerProduct term, double factor, int i0, int i1, int i2, float start) {
        BandedMatrix planes = program.along(term, 0);
        BandedMatrix rows = program.along(term, 1);
        float sum = start;
        for (int k0 = 0; k0 < (planes == null ? 1 : planes.width(i0)); k0++) {
            double outer = planes == null ? factor : factor * planes.weight(i0, k0);
            int s0 = planes == null ? i0 : Math.floorMod(planes.firstColumn(i0) + k0, program.size(0));
            for (int k1 = 0; k1 < (rows == null ? 1 : rows.width(i1)); k1++) {
                double inner = rows == null ? 1 : rows.weight(i1, k1);
                if (planes != null && planes.weight(i0, k0) == 0 || inner == 0) {
                    continue;
                }
                int s1 = rows == null ? i1 : Math.floorMod(rows.firstColumn(i1) + k1, program.size(1));
                long plane = (long) term.input() * program.size(0) + s0;
                long source = (plane * program.size(1) + s1) * program.size(2) + i2;
                sum = Math.fma((float) (outer * inner), in.getAtIndex(ValueLayout.JAVA_FLOAT, source), sum);
            }
        }
        return sum;
    }
}
