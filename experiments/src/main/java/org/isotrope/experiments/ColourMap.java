package org.isotrope.experiments;

/** Colours for numbers from 0 to 1, piecewise linear between anchors. */
enum ColourMap {
    /** Blue over white to red, for numbers of either sign. */
    DIVERGING(0x2166ac, 0x92c5de, 0xf7f7f7, 0xf4a582, 0xb2182b),
    /** Dark violet over green to yellow, for numbers from nothing upwards. */
    SEQUENTIAL(0x440154, 0x3b528b, 0x21918c, 0x5ec962, 0xfde725);

    private final int[] anchors;

    ColourMap(int... anchors) {
        this.anchors = anchors;
    }

    /** The colour as {@code 0xRRGGBB}; numbers outside [0, 1] take the colour of the end. */
    int at(double x) {
        double place = Math.clamp(Double.isNaN(x) ? 0 : x, 0, 1) * (anchors.length - 1);
        int cell = Math.min((int) place, anchors.length - 2);
        double share = place - cell;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int low = anchors[cell] >> shift & 0xff;
            int high = anchors[cell + 1] >> shift & 0xff;
            colour |= (int) Math.round(low + share * (high - low)) << shift;
        }
        return colour;
    }

    /** As a gradient in CSS, left to right. */
    String css() {
        StringBuilder text = new StringBuilder("linear-gradient(to right");
        for (int anchor : anchors) {
            text.append(String.format(", #%06x", anchor));
        }
        return text.append(')').toString();
    }
}
