package org.isotrope.kernels.engine.threads;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Working memory of a plan, one piece for each thread that runs it at the moment. Pieces that come back are handed out
 * again, so that a plan in steady use allocates nothing.
 *
 * @param <T> type of a piece
 */
public final class Pool<T> {
    private final AtomicReferenceArray<T> free =
            new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors());
    private final Supplier<T> make;

    /**
     * Allocates the first piece.
     *
     * @param make allocates a piece
     */
    public Pool(Supplier<T> make) {
        this.make = make;
        give(make.get());
    }

    /**
     * A piece that nobody else has.
     *
     * @return one that came back, or a new one
     */
    public T take() {
        for (int i = 0; i < free.length(); i++) {
            T piece = free.getAndSet(i, null);
            if (piece != null) {
                return piece;
            }
        }
        return make.get();
    }

    /**
     * Gives a piece back.
     *
     * @param piece one that was taken
     */
    public void give(T piece) {
        for (int i = 0; i < free.length(); i++) {
            if (free.compareAndSet(i, null, piece)) {
                return;
            }
        }
    }
}
