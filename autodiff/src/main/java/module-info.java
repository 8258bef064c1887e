/** Forward and reverse differentiation over fields, learned radial functions, and differentiation through time. */
module org.isotrope.autodiff {
    requires transitive org.isotrope.kernels;
    requires static transitive org.jspecify;

    exports org.isotrope.autodiff;
    exports org.isotrope.autodiff.learn;
    exports org.isotrope.autodiff.optimise;
    exports org.isotrope.autodiff.time;
}
