package org.isotrope.kernels.spectral;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Scratch of a plan: each caller borrows one piece, and a new one is made only when all are lent out. */
final class Pool<T> {
    private final Supplier<T> maker;
    private final List<T> idle = new ArrayList<>(4);

    Pool(Supplier<T> maker) {
        this.maker = maker;
        idle.add(maker.get());
    }

    T take() {
        synchronized (this) {
            if (!idle.isEmpty()) {
                return idle.removeLast();
            }
        }
        return maker.get();
    }

    synchronized void give(T piece) {
        idle.add(piece);
    }
}
