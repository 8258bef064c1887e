package org.isotrope.kernels.engine.program;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.isotrope.kernels.stencil.Stencil;

/**
 * The gradient of {@code ⟨ȳ, A f⟩} in weights that taps share up to sign, as products of sums of f across the block axis
 * with sums of ȳ along it:
 *
 * <pre>{@code
 * ∂/∂w = Σ_terms ± Σ_i Y(i) F(i),   F(b, m, c) = Σ_places ± f(b, m + m_k, c + c_k),   Y(i) = ȳ(i − b) ± ȳ(i + b)
 * }</pre>
 *
 * <p>The taps of one weight with one offset along the block axis make one F: for a radial function a ring, which shells of
 * different radius share. Where those with the opposite offset make the same F, both take one product.
 */
public final class TiedTaps {
    /**
     * Values of ȳ that a product reads.
     *
     * @param output component
     * @param block offset b along the block axis
     * @param sign of what is added from the other side, 1 or −1; 0 for nothing
     */
    public record Row(int output, int block, int sign) {}

    /**
     * A place across the block axis, or two that mirror each other along the middle one.
     *
     * @param middle offset along the middle axis, above 0 for two
     * @param mirrored sign of the mirror image relative to the place, 0 for none
     * @param column offset along the last axis
     * @param sign of the place in the sum
     */
    public record Source(int middle, int mirrored, int column, int sign) {}

    /**
     * A sum F.
     *
     * @param input component
     * @param sources what it adds up, in order; the first has sign 1
     */
    public record Column(int input, List<Source> sources) {}

    /**
     * A product.
     *
     * @param row which Y
     * @param column which F
     * @param tap the first tap of its weight
     * @param sign of the product in the gradient of that tap's weight
     */
    public record Term(int row, int column, int tap, int sign) {}

    private record Place(int middle, int column) {}

    /** A weight between two components. */
    private record Part(int output, int input, int weight) {}

    /** Places from the inside out. */
    private static final Comparator<Place> INSIDE_OUT = Comparator.<Place>comparingInt(place -> Math.abs(place.middle))
            .thenComparingInt(place -> Math.abs(place.column))
            .thenComparingInt(place -> -place.middle)
            .thenComparingInt(place -> -place.column);

    /** Rows of outputs that are correlated. */
    public final List<Row> rows;
    /** Columns of inputs that they are correlated with. */
    public final List<Column> columns;
    /** Which row and column each tap has to do with. */
    public final List<Term> terms = new ArrayList<>();
    private final Map<Row, Integer> rowNumbers = new LinkedHashMap<>();
    private final Map<Column, Integer> columnNumbers = new LinkedHashMap<>();

    /**
     * Finds the products.
     *
     * @param shape of the program
     * @param ties for each tap the number of its weight, from 1, below 0 where it has the opposite sign; 0 for taps whose
     *     gradient nobody asks for
     */
    public TiedTaps(BlockShape shape, int[] ties) {
        StencilProgram program = shape.program;
        Stencil stencil = program.stencil();
        Map<Integer, Integer> first = new HashMap<>();
        // for each part its places with their signs, by offset along the block axis
        Map<Part, TreeMap<Integer, TreeMap<Place, Integer>>> parts = new LinkedHashMap<>();
        for (int t = 0; t < ties.length; t++) {
            if (ties[t] != 0) {
                int weight = Math.abs(ties[t]);
                first.putIfAbsent(weight, t);
                parts.computeIfAbsent(new Part(stencil.output(t), stencil.input(t), weight), any -> new TreeMap<>())
                        .computeIfAbsent(program.offset(t, shape.blockAxis), any -> new TreeMap<>(INSIDE_OUT))
                        .put(new Place(program.offset(t, shape.middleAxis), program.offset(t, 2)),
                                Integer.signum(ties[t]));
            }
        }
        parts.forEach((part, layers) -> {
            int tap = first.get(part.weight);
            add(part, layers, tap, Integer.signum(ties[tap]));
        });
        this.rows = List.copyOf(rowNumbers.keySet());
        this.columns = List.copyOf(columnNumbers.keySet());
    }

    private void add(Part part, TreeMap<Integer, TreeMap<Place, Integer>> layers, int tap, int tapSign) {
        Map<Integer, Column> sums = new TreeMap<>();
        layers.forEach((block, places) -> sums.put(block, new Column(part.input, sources(places))));
        sums.forEach((block, column) -> {
            boolean mirrored = block != 0 && column.equals(sums.get(-block));
            if (mirrored && block < 0) {
                return;
            }
            int sign = layers.get(block).firstEntry().getValue();
            int opposite = mirrored ? sign * layers.get(-block).firstEntry().getValue() : 0;
            terms.add(new Term(number(rowNumbers, new Row(part.output, block, opposite)), number(columnNumbers, column),
                    tap, sign * tapSign));
        });
    }

    private static <K> int number(Map<K, Integer> numbers, K key) {
        return numbers.computeIfAbsent(key, any -> numbers.size());
    }

    private static List<Source> sources(TreeMap<Place, Integer> places) {
        int first = places.firstEntry().getValue();
        List<Source> sources = new ArrayList<>();
        places.forEach((place, sign) -> {
            Integer mirror = place.middle == 0 ? null : places.get(new Place(-place.middle, place.column));
            if (mirror == null) {
                sources.add(new Source(place.middle, 0, place.column, sign * first));
            } else if (place.middle > 0) {
                sources.add(new Source(place.middle, sign * mirror, place.column, sign * first));
            }
        });
        return sources;
    }
}
