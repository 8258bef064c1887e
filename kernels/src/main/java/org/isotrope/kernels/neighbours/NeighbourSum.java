package org.isotrope.kernels.neighbours;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.threads.Team;

/**
 * Output components as sums over neighbours: {@code y_o(i) = Σ_j Σ_terms s c_p(i, j) f_q(j)}.
 *
 * <p>For each value one order of {@code fma}s: row by row of neighbours, in a row term by term, along the row upwards. So
 * any number of threads and any vector width gives the same bits.
 */
public sealed interface NeighbourSum extends Team.Job permits FloatNeighbourSum, DoubleNeighbourSum {
    /**
     * One product: a plane of coefficients with an input component.
     *
     * @param output component o
     * @param input component q
     * @param plane which number p of the pair
     * @param sign s, a factor, 1 or −1
     */
    record Term(int output, int input, int plane, int sign) {}

    /**
     * The sum in a precision.
     *
     * @param precision of the fields
     * @param neighbours who sees whom
     * @param coefficients as {@link Neighbours#coefficients} gives them in that precision
     * @param outputs number of output components
     * @param terms the products
     * @param reference whether to do without the Vector API
     * @return the sum
     */
    static NeighbourSum of(
            Precision precision, Neighbours neighbours, MemorySegment coefficients, int outputs, List<Term> terms,
            boolean reference) {
        return precision == Precision.FLOAT
                ? new FloatNeighbourSum(neighbours, coefficients, outputs, terms, reference)
                : new DoubleNeighbourSum(neighbours, coefficients, outputs, terms, reference);
    }

    /**
     * How much memory the input takes with what lies beyond its ends.
     *
     * @param inputs number of input components
     * @return bytes; 0 if the input is read as it is
     */
    long inputBytes(int inputs);

    /**
     * How much memory the output takes where {@link #run} writes it in another order of axes.
     *
     * @return bytes; 0 if the output is written as it is
     */
    long outputBytes();

    /**
     * Copies an input together with what lies beyond its ends, to be read by {@link #run} in its stead.
     *
     * @param in the input
     * @param scratch as many bytes as {@link #inputBytes} says; overwritten
     */
    void extend(MemorySegment in, MemorySegment scratch);

    /**
     * Copies an output that {@link #run} has written in another order of axes.
     *
     * @param scratch as many bytes as {@link #outputBytes} says
     * @param out the output; overwritten
     */
    void restore(MemorySegment scratch, MemorySegment out);
}
