package org.isotrope.kernels.engine.threads;

import java.util.concurrent.CancellationException;

/** Lets a thread be interrupted between tiles of a long operator. */
public final class Interruption {
    private Interruption() {}

    /**
     * To be called before a tile of work.
     *
     * @throws CancellationException if the thread is interrupted, which it stays
     */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the thread was interrupted while an operator ran; the output is incomplete");
        }
    }
}
