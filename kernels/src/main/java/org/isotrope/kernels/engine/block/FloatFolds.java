package org.isotrope.kernels.engine.block;

import java.util.List;
import java.util.TreeSet;
import org.isotrope.kernels.engine.program.BlockShape;
import org.isotrope.kernels.engine.program.Folding;

/**
 * Sums and differences of the rows that mirror each other about one middle index, for all planes of a box: one row for
 * each distance from the middle, planes next to each other.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatFolds {
    /** Planes of folded rows: an input component and the sign of its fold along the middle axis. */
    private record Source(int input, int sign) implements Comparable<Source> {
        @Override
        public int compareTo(Source other) {
            return input != other.input ? Integer.compare(input, other.input) : Integer.compare(sign, other.sign);
        }
    }

    private final BlockShape shape;
    private final List<Source> sources;
    private final boolean folded;
    /** Rows of one plane of one source: one where there is no middle axis to fold. */
    private final int depth;

    FloatFolds(Folding folding) {
        this.shape = folding.shape();
        this.folded = shape.highest(shape.middleAxis) > 0;
        this.depth = folded ? shape.highest(shape.middleAxis) + 1 : shape.rows;
        TreeSet<Source> found = new TreeSet<>();
        for (int r = 0; r < shape.program.stencil().outputs(); r++) {
            for (Folding.Tap tap : folding.taps(r)) {
                found.add(new Source(tap.input(), sign(tap)));
            }
        }
        this.sources = List.copyOf(found);
    }

    /** A row that is its own mirror image is the same in both kinds of planes; it is read from the even ones. */
    private int sign(Folding.Tap tap) {
        return !folded || tap.middleSign() == 0 ? 1 : tap.middleSign();
    }

    /** Whether there is anything to fold; if not, taps read the box itself. */
    boolean areFolded() {
        return folded;
    }

    /** Elements of all folded rows of one middle index. */
    int length() {
        return folded ? sources.size() * depth * shape.boxPlanes * shape.pitch : 0;
    }

    /** Elements from a plane to the next. */
    int planeStride() {
        return folded ? shape.pitch : depth * shape.pitch;
    }

    /** Where column 0 of a tap's row is for block plane 0, in the folds or, where rows are not folded, in the box. */
    int position(Folding.Tap tap, int plane) {
        if (!folded) {
            return shape.position(tap.input(), plane, 0, 0);
        }
        int row = sources.indexOf(new Source(tap.input(), sign(tap))) * depth + tap.middle();
        return (row * shape.boxPlanes + plane - shape.lowest(shape.blockAxis)) * shape.pitch - shape.lowest(2);
    }

    /** Folds about one middle index what {@code count} output planes read. */
    void fold(FloatBox box, int middle, int count) {
        int halo = shape.highest(shape.blockAxis) - shape.lowest(shape.blockAxis);
        int stride = shape.boxPlanes * shape.pitch;
        for (int s = 0; s < sources.size(); s++) {
            Source source = sources.get(s);
            for (int plane = 0; plane < count + halo; plane++) {
                int row = shape.position(source.input, plane + shape.lowest(shape.blockAxis), middle, 0)
                        + shape.lowest(2);
                int to = (s * depth * shape.boxPlanes + plane) * shape.pitch;
                FloatBlocks.fold(box.values, row, shape.pitch, depth, source.sign, box.folds, to, stride);
            }
        }
    }
}
