package org.isotrope.kernels.fourier;

import java.util.Arrays;

/** Scratch of a plan: each caller borrows one piece, and a new one is made only when all are lent out. */
final class Workspaces {
    private final Workspace.Size size;
    private Workspace[] idle = new Workspace[4];
    private int count;

    Workspaces(Workspace.Size size) {
        this.size = size;
        give(new Workspace(size));
    }

    Workspace take() {
        synchronized (this) {
            if (count > 0) {
                return idle[--count];
            }
        }
        return new Workspace(size);
    }

    synchronized void give(Workspace workspace) {
        if (count == idle.length) {
            idle = Arrays.copyOf(idle, 2 * count);
        }
        idle[count++] = workspace;
    }
}
