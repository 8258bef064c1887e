package org.isotrope.experiments;

/** Told about every step of long work. */
@FunctionalInterface
interface Progress {
    /** One more step is done. */
    void step();
}
