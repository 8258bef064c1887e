package org.isotrope.kernels.neighbours;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * See {@link NeighbourSum}. A pair costs a flop pair, its coefficient, an index and a value from memory; coefficients of
 * nodes along uniform axes stay in cache.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatNeighbourSum implements NeighbourSum {
    private final Neighbours neighbours;
    private final MemorySegment coefficients;
    private final Term[][] terms;
    private final int n0;
    private final int n1;
    private final int n2;

    FloatNeighbourSum(Neighbours neighbours, MemorySegment coefficients, int outputs, List<Term> terms) {
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
    }

    @Override
    public void run(MemorySegment in, MemorySegment out, int part, int parts) {
        long lines = (long) n0 * n1;
        for (long line = lines * part / parts; line < lines * (part + 1) / parts; line++) {
            int i0 = (int) (line / n1);
            int i1 = (int) (line % n1);
            for (int o = 0; o < terms.length; o++) {
                long first = (o * lines + line) * n2;
                for (int i2 = 0; i2 < n2; i2++) {
                    out.setAtIndex(ValueLayout.JAVA_FLOAT, first + i2, sum(in, terms[o], i0, i1, i2));
                }
            }
        }
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
