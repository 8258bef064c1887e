package org.isotrope.experiments;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Told about every step of long work. */
@FunctionalInterface
interface Progress {
    /** Says nothing. */
    Progress NONE = () -> {};

    /** One more step is done. */
    void step();

    /** Work that is shown how far it is. */
    interface Work {
        /** Does the work. */
        void run(Progress progress);
    }

    /**
     * Shows a progress bar on the standard error stream while something is done: drawn in place on a terminal, a line
     * every few seconds in a log.
     *
     * @param task what is done
     * @param steps how many steps it takes, or −1 if nobody knows
     * @param work what to do
     */
    static void show(String task, long steps, Work work) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(terminal ? 200 : 3000)
                .setMaxRenderedLength(100);
        if (!terminal) {
            String[] last = {""};
            builder.setConsumer(new DelegatingProgressBarConsumer(line -> {
                if (!line.equals(last[0])) {
                    System.err.println(line);
                    last[0] = line;
                }
            }, 100));
        }
        try (ProgressBar bar = builder.build()) {
            work.run(bar::step);
        }
    }
}
