package org.isotrope.kernels.engine;

import java.util.concurrent.CancellationException;

/** Lets a thread be interrupted between tiles of a long operator. */
final class Interruption {
    private Interruption() {}

    /**
     * To be called before a tile of work.
     *
     * @throws CancellationException if the thread is interrupted, which it stays
     */
    static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the thread was interrupted while an operator ran; the output is incomplete");
        }
    }
}
