package org.isotrope.kernels.neighbours;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * See {@link NeighbourSum}. Where nodes along the last axis share their coefficients, and away from its ends, a strip of
 * four vectors of them is summed at once: a pair costs a broadcast, and four loads and {@code fma}s a strip. Elsewhere a
 * pair costs its coefficient, an index and a value from memory. Lanes never mix, so both give the same bits.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatNeighbourSum implements NeighbourSum {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int LANES = SPECIES.length();
    private static final int STRIP = 4 * LANES;

    private final Neighbours neighbours;
    private final MemorySegment coefficients;
    private final Term[][] terms;
    /** How far nodes of the last axis see along it, where all see alike; negative where no strips are to be made. */
    private final int reach;
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
        boolean alike = neighbours.axis(2).shared() && !reference;
        this.reach = alike ? neighbours.axis(2).displacement()[0].length / 2 : -1;
    }

    @Override
    public void run(MemorySegment in, MemorySegment out, int part, int parts) {
        long lines = (long) n0 * n1;
        for (long line = lines * part / parts; line < lines * (part + 1) / parts; line++) {
            int i0 = (int) (line / n1);
            int i1 = (int) (line % n1);
            for (int o = 0; o < terms.length; o++) {
                long first = (o * lines + line) * n2;
                int i2 = 0;
                while (i2 < n2) {
                    if (reach >= 0 && i2 >= reach && i2 + STRIP + reach <= n2) {
                        strip(in, out, terms[o], i0, i1, i2, first);
                        i2 += STRIP;
                    } else {
                        out.setAtIndex(ValueLayout.JAVA_FLOAT, first + i2, sum(in, terms[o], i0, i1, i2));
                        i2++;
                    }
                }
            }
        }
    }

    /** The values of nodes i₂ and up, as many as a strip has: the sums of {@link #sum}, side by side. */
    private void strip(MemorySegment in, MemorySegment out, Term[] products, int i0, int i1, int i2, long target) {
        AxisNeighbours first = neighbours.axis(0);
        AxisNeighbours second = neighbours.axis(1);
        int kind = first.box(i0) * second.boxes() + second.box(i1);
        int[] box = neighbours.rowBox();
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (int row = neighbours.rowStart()[kind]; row < neighbours.rowStart()[kind + 1]; row++) {
            int k0 = box[4 * row];
            int k1 = box[4 * row + 1];
            if (k0 < first.first()[i0] || k0 >= first.last()[i0]
                    || k1 < second.first()[i1] || k1 >= second.last()[i1]) {
                continue;
            }
            int from = box[4 * row + 2];
            int to = box[4 * row + 3];
            long line = ((long) first.index()[i0][k0] * n1 + second.index()[i1][k1]) * n2;
            for (Term term : products) {
                long coefficient = term.plane() * neighbours.pairs() + neighbours.rowFirst()[row] - from;
                float sign = (float) term.sign();
                long at = (term.input() * ((long) n0 * n1 * n2) + line + i2 - reach + from) * Float.BYTES;
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
        long to = (target + i2) * Float.BYTES;
        sum0.intoMemorySegment(out, to, ORDER);
        sum1.intoMemorySegment(out, to + LANES * Float.BYTES, ORDER);
        sum2.intoMemorySegment(out, to + 2 * LANES * Float.BYTES, ORDER);
        sum3.intoMemorySegment(out, to + 3 * LANES * Float.BYTES, ORDER);
    }

    private float sum(MemorySegment in, Term[] products, int i0, int i1, int i2) {
        AxisNeighbours first = neighbours.axis(0);
        AxisNeighbours second = neighbours.axis(1);
        AxisNeighbours third = neighbours.axis(2);
        int kind = (first.box(i0) * second.boxes() + second.box(i1)) * third.boxes() + third.box(i2);
        int[] index = third.index()[i2];
        int low = third.first()[i2];
        int high = third.last()[i2];
        int[] box = neighbours.rowBox();
        float sum = (float) 0;
        for (int row = neighbours.rowStart()[kind]; row < neighbours.rowStart()[kind + 1]; row++) {
            int k0 = box[4 * row];
            int k1 = box[4 * row + 1];
            if (k0 < first.first()[i0] || k0 >= first.last()[i0]
                    || k1 < second.first()[i1] || k1 >= second.last()[i1]) {
                continue;
            }
            int from = Math.max(low, box[4 * row + 2]);
            int to = Math.min(high, box[4 * row + 3]);
            long line = ((long) first.index()[i0][k0] * n1 + second.index()[i1][k1]) * n2;
            long pair = neighbours.rowFirst()[row] - box[4 * row + 2];
            for (Term term : products) {
                sum = along(in, term, line, pair, index, from, to, sum);
            }
        }
        return sum;
    }

    private float along(
            MemorySegment in, Term term, long line, long pair, int[] index, int from, int to, float start) {
        long value = term.input() * ((long) n0 * n1 * n2) + line;
        long coefficient = term.plane() * neighbours.pairs() + pair;
        float sign = (float) term.sign();
        float sum = start;
        for (int k = from; k < to; k++) {
            sum = Math.fma(
                    sign * coefficients.getAtIndex(ValueLayout.JAVA_FLOAT, coefficient + k),
                    in.getAtIndex(ValueLayout.JAVA_FLOAT, value + index[k]), sum);
        }
        return sum;
    }
}
