package org.isotrope.kernels.neighbours;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * See {@link NeighbourSum}. Where nodes along the last axis share their coefficients, the input is first copied with what
 * lies beyond its ends, zeros or images, so that all nodes of a line are alike, and if that axis has changed places, in the
 * order of the axes here; then strips of up to four vectors of them
 * are summed at once, and a pair costs a broadcast, and a load and an {@code fma} a vector. Elsewhere a pair costs its
 * coefficient, an index and a value from memory. Lanes never mix, so the scalar reference gives the same bits.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatNeighbourSum implements NeighbourSum {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int LANES = SPECIES.length();

    private final Neighbours neighbours;
    private final MemorySegment coefficients;
    private final Term[][] terms;
    private final boolean reference;
    /** How far nodes of the last axis see along it, where all see alike; negative elsewhere. */
    private final int reach;
    /** From line to line of what is summed over. */
    private final int pitch;
    private final int n0;
    private final int n1;
    private final int n2;

    FloatNeighbourSum(
            Neighbours neighbours, MemorySegment coefficients, int outputs, List<Term> terms, boolean reference) {
        this.neighbours = neighbours;
        this.coefficients = coefficients;
        this.terms = new Term[outputs][];
        for (int o = 0; o < outputs; o++) {
            int output = o;
            this.terms[o] = terms.stream().filter(term -> term.output() == output).toArray(Term[]::new);
        }
        this.n0 = neighbours.axis(0).size();
        this.n1 = neighbours.axis(1).size();
        this.n2 = neighbours.axis(2).size();
        this.reference = reference;
        this.reach = neighbours.axis(2).shared() ? neighbours.axis(2).displacement()[0].length / 2 : -1;
        this.pitch = n2 + 2 * Math.max(0, reach);
    }

    @Override
    public long inputBytes(int inputs) {
        return reach > 0 || neighbours.isSwapped() ? (long) inputs * n0 * n1 * pitch * Float.BYTES : 0;
    }

    @Override
    public long outputBytes() {
        return neighbours.isSwapped() ? (long) terms.length * n0 * n1 * n2 * Float.BYTES : 0;
    }

    @Override
    public void extend(MemorySegment in, MemorySegment scratch) {
        long planes = scratch.byteSize() / ((long) n0 * n1 * pitch * Float.BYTES);
        int[] index = neighbours.axis(2).index()[0];
        // the first node sees beyond the end only where there are images
        boolean images = neighbours.axis(2).first()[0] == 0 && index.length > 1;
        long step = neighbours.stride(2);
        long to = 0;
        for (long plane = 0; plane < planes; plane++) {
            for (int i0 = 0; i0 < n0; i0++) {
                for (int i1 = 0; i1 < n1; i1++) {
                    long from = plane * n0 * n1 * n2 + i0 * neighbours.stride(0) + i1 * neighbours.stride(1);
                    for (int k = 0; k < reach; k++) {
                        float below = (float) 0;
                        float above = (float) 0;
                        if (images) {
                            below = in.getAtIndex(ValueLayout.JAVA_FLOAT, from + Math.floorMod(k - reach, n2) * step);
                            above = in.getAtIndex(ValueLayout.JAVA_FLOAT, from + k % n2 * step);
                        }
                        scratch.setAtIndex(ValueLayout.JAVA_FLOAT, to + k, below);
                        scratch.setAtIndex(ValueLayout.JAVA_FLOAT, to + reach + n2 + k, above);
                    }
                    for (int i2 = 0; i2 < n2; i2++) {
                        scratch.setAtIndex(ValueLayout.JAVA_FLOAT, to + reach + i2,
                                in.getAtIndex(ValueLayout.JAVA_FLOAT, from + i2 * step));
                    }
                    to += pitch;
                }
            }
        }
    }

    @Override
    public void restore(MemorySegment scratch, MemorySegment out) {
        long from = 0;
        for (int o = 0; o < terms.length; o++) {
            for (int i0 = 0; i0 < n0; i0++) {
                for (int i1 = 0; i1 < n1; i1++) {
                    long to = (long) o * n0 * n1 * n2 + i0 * neighbours.stride(0) + i1 * neighbours.stride(1);
                    for (int i2 = 0; i2 < n2; i2++) {
                        out.setAtIndex(ValueLayout.JAVA_FLOAT, to + i2 * neighbours.stride(2),
                                scratch.getAtIndex(ValueLayout.JAVA_FLOAT, from++));
                    }
                }
            }
        }
    }

    @Override
    public void run(MemorySegment in, MemorySegment out, int part, int parts) {
        long lines = (long) n0 * n1;
        for (long line = lines * part / parts; line < lines * (part + 1) / parts; line++) {
            int i0 = (int) (line / n1);
            int i1 = (int) (line % n1);
            for (int o = 0; o < terms.length; o++) {
                long first = (o * lines + line) * n2;
                if (reach >= 0) {
                    alike(in, out, terms[o], i0, i1, first);
                } else {
                    for (int i2 = 0; i2 < n2; i2++) {
                        out.setAtIndex(ValueLayout.JAVA_FLOAT, first + i2, sum(in, terms[o], i0, i1, i2));
                    }
                }
            }
        }
    }

    /** A line whose nodes all see alike. */
    private void alike(MemorySegment in, MemorySegment out, Term[] products, int i0, int i1, long first) {
        int i2 = 0;
        if (!reference && n2 >= LANES) {
            for (; i2 + 4 * LANES <= n2; i2 += 4 * LANES) {
                strip(in, out, products, i0, i1, i2, first);
            }
            for (; i2 < n2; i2 += LANES) {
                // the last vector begins earlier and writes some values again
                vector(in, out, products, i0, i1, Math.min(i2, n2 - LANES), first, null);
            }
            return;
        }
        for (; i2 < n2; i2++) {
            out.setAtIndex(ValueLayout.JAVA_FLOAT, first + i2, alikeSum(in, products, i0, i1, i2));
        }
    }

    private boolean sees(int row, int i0, int i1) {
        int k0 = neighbours.rowBox()[4 * row];
        int k1 = neighbours.rowBox()[4 * row + 1];
        AxisNeighbours first = neighbours.axis(0);
        AxisNeighbours second = neighbours.axis(1);
        return k0 >= first.first()[i0] && k0 < first.last()[i0] && k1 >= second.first()[i1] && k1 < second.last()[i1];
    }

    /** Where the line that a row of neighbours lies on begins. */
    private long line(int row, int i0, int i1) {
        int j0 = neighbours.axis(0).index()[i0][neighbours.rowBox()[4 * row]];
        int j1 = neighbours.axis(1).index()[i1][neighbours.rowBox()[4 * row + 1]];
        return ((long) j0 * n1 + j1) * pitch;
    }

    private long plane(Term term) {
        return term.input() * ((long) n0 * n1 * pitch);
    }

    private int kind(int i0, int i1) {
        AxisNeighbours first = neighbours.axis(0);
        AxisNeighbours second = neighbours.axis(1);
        return first.box(i0) * second.boxes() + second.box(i1);
    }

    private float alikeSum(MemorySegment in, Term[] products, int i0, int i1, int i2) {
        int kind = kind(i0, i1);
        float sum = (float) 0;
        for (int row = neighbours.rowStart()[kind]; row < neighbours.rowStart()[kind + 1]; row++) {
            if (!sees(row, i0, i1)) {
                continue;
            }
            int from = neighbours.rowBox()[4 * row + 2];
            int to = neighbours.rowBox()[4 * row + 3];
            long line = line(row, i0, i1) + i2;
            for (Term term : products) {
                long coefficient = term.plane() * neighbours.pairs() + neighbours.rowFirst()[row] - from;
                float sign = (float) term.sign();
                for (int k = from; k < to; k++) {
                    sum = Math.fma(
                            sign * coefficients.getAtIndex(ValueLayout.JAVA_FLOAT, coefficient + k),
                            in.getAtIndex(ValueLayout.JAVA_FLOAT, plane(term) + line + k), sum);
                }
            }
        }
        return sum + (float) 0;
    }

    /** The values of nodes i₂ and up, four vectors of them: the sums of {@link #alikeSum}, side by side. */
    private void strip(MemorySegment in, MemorySegment out, Term[] products, int i0, int i1, int i2, long first) {
        int kind = kind(i0, i1);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sum0 = zero;
        FloatVector sum1 = zero;
        FloatVector sum2 = zero;
        FloatVector sum3 = zero;
        for (int row = neighbours.rowStart()[kind]; row < neighbours.rowStart()[kind + 1]; row++) {
            if (!sees(row, i0, i1)) {
                continue;
            }
            int from = neighbours.rowBox()[4 * row + 2];
            int to = neighbours.rowBox()[4 * row + 3];
            long line = line(row, i0, i1) + i2;
            for (Term term : products) {
                long coefficient = term.plane() * neighbours.pairs() + neighbours.rowFirst()[row] - from;
                float sign = (float) term.sign();
                long at = (plane(term) + line + from) * Float.BYTES;
                for (int k = from; k < to; k++) {
                    FloatVector c = FloatVector.broadcast(SPECIES,
                            sign * coefficients.getAtIndex(ValueLayout.JAVA_FLOAT, coefficient + k));
                    sum0 = FloatVector.fromMemorySegment(SPECIES, in, at, ORDER).fma(c, sum0);
                    sum1 = FloatVector.fromMemorySegment(SPECIES, in, at + LANES * Float.BYTES, ORDER).fma(c, sum1);
                    sum2 = FloatVector.fromMemorySegment(SPECIES, in, at + 2 * LANES * Float.BYTES, ORDER).fma(c, sum2);
                    sum3 = FloatVector.fromMemorySegment(SPECIES, in, at + 3 * LANES * Float.BYTES, ORDER).fma(c, sum3);
                    at += Float.BYTES;
                }
            }
        }
        long to = (first + i2) * Float.BYTES;
        zero.add(sum0).intoMemorySegment(out, to, ORDER);
        zero.add(sum1).intoMemorySegment(out, to + LANES * Float.BYTES, ORDER);
        zero.add(sum2).intoMemorySegment(out, to + 2 * LANES * Float.BYTES, ORDER);
        zero.add(sum3).intoMemorySegment(out, to + 3 * LANES * Float.BYTES, ORDER);
    }

    private void vector(
            MemorySegment in, MemorySegment out, Term[] products, int i0, int i1, int i2, long first,
            @Nullable Apart apart) {
        int kind = kind(i0, i1);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sum = zero;
        for (int row = neighbours.rowStart()[kind]; row < neighbours.rowStart()[kind + 1]; row++) {
            if (!sees(row, i0, i1)) {
                continue;
            }
            int from = neighbours.rowBox()[4 * row + 2];
            int to = neighbours.rowBox()[4 * row + 3];
            long line = line(row, i0, i1) + i2;
            for (Term term : products) {
                long coefficient = term.plane() * neighbours.pairs() + neighbours.rowFirst()[row] - from;
                float sign = (float) term.sign();
                long at = (plane(term) + line + from) * Float.BYTES;
                for (int k = from; k < to; k++) {
                    FloatVector c = FloatVector.broadcast(SPECIES,
                            sign * coefficients.getAtIndex(ValueLayout.JAVA_FLOAT, coefficient + k));
                    sum = FloatVector.fromMemorySegment(SPECIES, in, at, ORDER).fma(c, sum);
                    at += Float.BYTES;
                }
            }
        }
        zero.add(sum).intoMemorySegment(out, (first + i2) * Float.BYTES, ORDER);
    }

    /** The value of a node that sees what no other sees. */
    private float sum(MemorySegment in, Term[] products, int i0, int i1, int i2) {
        AxisNeighbours third = neighbours.axis(2);
        int kind = kind(i0, i1) * third.boxes() + third.box(i2);
        int[] index = third.index()[i2];
        float sum = (float) 0;
        for (int row = neighbours.rowStart()[kind]; row < neighbours.rowStart()[kind + 1]; row++) {
            if (!sees(row, i0, i1)) {
                continue;
            }
            int from = neighbours.rowBox()[4 * row + 2];
            int to = neighbours.rowBox()[4 * row + 3];
            long line = line(row, i0, i1);
            for (Term term : products) {
                long value = plane(term) + line;
                long coefficient = term.plane() * neighbours.pairs() + neighbours.rowFirst()[row] - from;
                float sign = (float) term.sign();
                for (int k = from; k < to; k++) {
                    sum = Math.fma(
                            sign * coefficients.getAtIndex(ValueLayout.JAVA_FLOAT, coefficient + k),
                            in.getAtIndex(ValueLayout.JAVA_FLOAT, value + index[k]), sum);
                }
            }
        }
        return sum + (float) 0;
    }
}
