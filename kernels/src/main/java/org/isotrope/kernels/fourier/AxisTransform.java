package org.isotrope.kernels.fourier;

/** The transform of all lines of a dense block along one axis, in one precision. */
interface AxisTransform {
    /**
     * Transforms some vectors of lines.
     *
     * @param in the block, from its first element on
     * @param out the block of results; {@code in} itself or apart from it
     * @param scale a factor of the results where the axis is the last one; elsewhere it is ignored
     * @param work scratch of this thread
     * @param from first vector of lines
     * @param to behind the last vector of lines
     */
    void run(Planes in, Planes out, double scale, Workspace work, long from, long to);

    /** The lines, or where input and output differ in length, the real ones. */
    Lines lines();

    /** Scratch that {@link #run} needs. */
    Workspace.Size workspace();

    /** The algorithm in a few words. */
    String explain();
}
