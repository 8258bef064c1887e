/** Stencils, radial kernels and the operators made of them, on the Vector API. */
module org.isotrope.kernels {
    requires transitive org.isotrope.grids;
    requires jdk.incubator.vector;
    requires jdk.management;
    requires static transitive org.jspecify;

    exports org.isotrope.kernels;
    exports org.isotrope.kernels.difference;
    exports org.isotrope.kernels.fourier;
    exports org.isotrope.kernels.radial;
    exports org.isotrope.kernels.solve;
    exports org.isotrope.kernels.spectral;
    exports org.isotrope.kernels.staggered;
    exports org.isotrope.kernels.stencil;
    exports org.isotrope.kernels.tensor;
    exports org.isotrope.kernels.time;
    exports org.isotrope.kernels.transport;
    exports org.isotrope.kernels.verify;
}
