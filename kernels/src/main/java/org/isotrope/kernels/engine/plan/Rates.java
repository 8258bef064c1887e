package org.isotrope.kernels.engine.plan;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.block.DoubleBlocks;
import org.isotrope.kernels.engine.block.FloatBlocks;
import org.isotrope.kernels.engine.program.Folding;

/**
 * How long work takes on one core of a kind of machine, in one precision.
 *
 * <p>The nominal rates are those of vectors of 64 bytes. Folding that no allowed error covers follows them on every
 * machine, and one stencil in the place of two has to gain by every table, so that the bits are the same on all; all other
 * choices follow the rates of this machine: those of its vectors, or what a {@linkplain Calibration calibration} has found.
 *
 * @param rows rows of a register block
 * @param columns columns of a register block
 * @param nanoseconds for each kind of work
 * @param origin where they are from, in a word
 */
record Rates(int rows, int columns, Map<Rate, Double> nanoseconds, String origin) {
    // in the order of the constants of Rate, which is that in which calibrations print
    /** One core of an AMD EPYC (Zen 5), vectors of 64 bytes and 32 registers. */
    private static final double[] WIDE = {
        0.1, 0.025, 0.035, 0.22, 0.35, 2.5, 3.65, 0.12, 0, 20, 1.2, 8, 2.2, 0, 1, 1, 0.026
    };

    /** One core of an AMD EPYC (Zen 3), vectors of 32 bytes and 16 registers. */
    private static final double[] NARROW = {
        0.1, 0.0505, 0.0565, 0.6, 1.15, 1.4, 1.65, 0.1, 0.14, 15, 1.5, 1, 2.1, 0.18, 2.55, 2.3, 0.05
    };

    Rates {
        nanoseconds = Map.copyOf(nanoseconds);
    }

    /** Rates of a kind of machine, in the order of {@link Rate}. */
    private static Rates of(int rows, int columns, double[] nanoseconds, String origin) {
        Map<Rate, Double> map = new EnumMap<>(Rate.class);
        for (Rate rate : Rate.values()) {
            map.put(rate, nanoseconds[rate.ordinal()]);
        }
        return new Rates(rows, columns, map, origin);
    }

    /** The rates that choices follow whose bits have to be the same on every machine. */
    static Rates nominal(Precision precision) {
        Rates floats = of(4, 64, WIDE, "64-byte vectors");
        return precision == Precision.FLOAT ? floats : floats.stretched(2, 32);
    }

    /** The rates of all kinds of machines that have a table; choices that go by all of them are the same everywhere. */
    static List<Rates> tables(Precision precision) {
        Rates floats = of(2, 32, NARROW, "32-byte vectors");
        return List.of(nominal(precision), precision == Precision.FLOAT ? floats : floats.stretched(2, 16));
    }

    /** The rates of this machine by the width of its vectors. */
    static Rates tabulated(Precision precision) {
        int rows = FloatBlocks.ROWS;
        int columns = precision == Precision.FLOAT ? FloatBlocks.COLUMNS : DoubleBlocks.COLUMNS;
        if (rows == 4) {
            return nominal(precision);
        }
        int bytes = columns / 4 * precision.bytes();
        Rates narrow = of(rows, 32, NARROW, "32-byte vectors");
        // half as many elements a vector: as many steps, each for half the block, and all else for each element
        return columns == 32 ? narrow : narrow.stretched(32.0 / columns, columns, bytes + "-byte vectors");
    }

    private Rates stretched(double factor, int newColumns) {
        return stretched(factor, newColumns, origin);
    }

    /** The same vectors with fewer elements. */
    private Rates stretched(double factor, int newColumns, String newOrigin) {
        Map<Rate, Double> map = new EnumMap<>(nanoseconds);
        for (Rate rate : map.keySet()) {
            switch (rate) {
                case SWEPT_VALUE, SWEPT_TAP_2D, SWEPT_TAP_3D, COPIED_VALUE_2D, COPIED_VALUE_3D, FOLDED_ROW,
                        FOLDED_COLUMN, WINDOW_VALUE -> map.merge(rate, factor, (a, b) -> a * b);
                default -> {
                    // a vector takes as long as before; spectra and bytes count the width themselves
                }
            }
        }
        return new Rates(rows, newColumns, map, newOrigin);
    }

    double of(Rate rate) {
        return nanoseconds.get(rate);
    }

    @Override
    public String toString() {
        return rows + " x " + columns + " blocks: " + nanoseconds.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> String.format(Locale.ROOT, "%s %.3g",
                        entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '), entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
