package org.isotrope.grids;

import java.lang.foreign.ValueLayout;

/** The number format of a field's stored values. Both are IEEE 754 binary formats in native byte order. */
public enum Precision {
    /** 32-bit {@code float}. */
    FLOAT(ValueLayout.JAVA_FLOAT, 0x1p-24),
    /** 64-bit {@code double}. */
    DOUBLE(ValueLayout.JAVA_DOUBLE, 0x1p-53);

    private final ValueLayout layout;
    private final double unitRoundoff;

    Precision(ValueLayout layout, double unitRoundoff) {
        this.layout = layout;
        this.unitRoundoff = unitRoundoff;
    }

    /**
     * Size of one value.
     *
     * @return 4 or 8 bytes
     */
    public int bytes() {
        return (int) layout.byteSize();
    }

    /**
     * Memory layout of one value, naturally aligned and in native byte order.
     *
     * @return {@link ValueLayout#JAVA_FLOAT} or {@link ValueLayout#JAVA_DOUBLE}
     */
    public ValueLayout layout() {
        return layout;
    }

    /**
     * Largest relative error of one rounding to nearest.
     *
     * @return 2⁻²⁴ or 2⁻⁵³
     */
    public double unitRoundoff() {
        return unitRoundoff;
    }
}
