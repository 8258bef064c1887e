/** Axes, grids, boundaries, field types and fields in native memory. */
module org.isotrope.grids {
    requires static transitive org.jspecify;

    exports org.isotrope.grids;
    exports org.isotrope.grids.io;
}
