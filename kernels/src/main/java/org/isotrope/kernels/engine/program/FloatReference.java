package org.isotrope.kernels.engine.program;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.isotrope.kernels.stencil.Stencil;

/**
 * The plain scalar reference: one node after the other, sums in the order that {@link StencilProgram} states. It fixes
 * the bits of every other executor and shares nothing with them but the index maps.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
public final class FloatReference implements StencilExecutor {
    private final StencilProgram program;

    /**
     * Prepares.
     *
     * @param program what to sum
     */
    public FloatReference(StencilProgram program) {
        this.program = program;
    }

    @Override
    public void run(MemorySegment in, MemorySegment out, int part, int parts) {
        int n0 = program.size(0);
        int n1 = program.size(1);
        int n2 = program.size(2);
        long rows = (long) n0 * n1;
        for (long row = rows * part / parts; row < rows * (part + 1) / parts; row++) {
            int i0 = (int) (row / n1);
            int i1 = (int) (row % n1);
            for (int i2 = 0; i2 < n2; i2++) {
                node(in, out, i0, i1, i2);
            }
        }
    }

    private void node(MemorySegment in, MemorySegment out, int i0, int i1, int i2) {
        Stencil stencil = program.stencil();
        long node = ((long) i0 * program.size(1) + i1) * program.size(2) + i2;
        boolean inside = program.map(0).isInterior(i0) && program.map(1).isInterior(i1)
                && program.map(2).isInterior(i2);
        int tap = 0;
        for (int r = 0; r < stencil.outputs(); r++) {
            float sum = (float) 0;
            for (; tap < stencil.size() && stencil.output(tap) == r; tap++) {
                sum = inside ? addInside(in, sum, tap, i0, i1, i2) : add(in, sum, tap, i0, i1, i2);
            }
            out.setAtIndex(ValueLayout.JAVA_FLOAT, r * program.nodes() + node, sum + (float) 0);
        }
    }

    /** The same where every offset reads the node there, and coefficients are 1: most of a tap's cost is to ask for them. */
    private float addInside(MemorySegment in, float start, int tap, int i0, int i1, int i2) {
        Stencil stencil = program.stencil();
        long plane = (long) stencil.input(tap) * program.size(0) + i0 + program.offset(tap, 0);
        long row = plane * program.size(1) + i1 + program.offset(tap, 1);
        long source = row * program.size(2) + i2 + program.offset(tap, 2);
        return Math.fma((float) stencil.weight(tap), in.getAtIndex(ValueLayout.JAVA_FLOAT, source), start);
    }

    private float add(MemorySegment in, float start, int tap, int i0, int i1, int i2) {
        Stencil stencil = program.stencil();
        AxisMap.Reads reads0 = program.map(0).reads(i0, program.offset(tap, 0));
        AxisMap.Reads reads1 = program.map(1).reads(i1, program.offset(tap, 1));
        AxisMap.Reads reads2 = program.map(2).reads(i2, program.offset(tap, 2));
        float sum = start;
        for (int k0 = 0; k0 < reads0.sources().length; k0++) {
            for (int k1 = 0; k1 < reads1.sources().length; k1++) {
                double outer = stencil.weight(tap) * reads0.coefficients()[k0] * reads1.coefficients()[k1];
                for (int k2 = 0; k2 < reads2.sources().length; k2++) {
                    float weight = (float) (outer * reads2.coefficients()[k2]);
                    long plane = (long) stencil.input(tap) * program.size(0) + reads0.sources()[k0];
                    long row = plane * program.size(1) + reads1.sources()[k1];
                    long source = row * program.size(2) + reads2.sources()[k2];
                    sum = Math.fma(weight, in.getAtIndex(ValueLayout.JAVA_FLOAT, source), sum);
                }
            }
        }
        return sum;
    }
}
