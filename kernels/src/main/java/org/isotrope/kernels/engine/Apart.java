package org.isotrope.kernels.engine;

/**
 * A class that is never loaded, in the signature of methods that are to be compiled by themselves: C2 inlines none whose
 * signature names a class that is not there. Where it inlines several loops over vectors into one method, which it does
 * by the order in which methods happen to become hot, it runs out of nodes and boxes the vectors of all of them for good.
 * Methods that are too long for it to inline need none.
 */
public final class Apart {
    private Apart() {}
}
