package org.isotrope.kernels.engine.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class HelpersTest {
    private static final MemorySegment SHARED = Arena.global().allocate(64);

    @Test
    void everyPartIsDoneOnceHoweverManyThreadsThereAre() {
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            Helpers helpers = new Helpers(pool, 7);
            for (int repeat = 0; repeat < 2000; repeat++) {
                int parts = 1 + repeat % 7;
                AtomicIntegerArray done = new AtomicIntegerArray(parts);
                helpers.run((in, out, part, of) -> {
                    assertThat(of).isEqualTo(parts);
                    done.incrementAndGet(part);
                }, SHARED, SHARED, parts);
                for (int part = 0; part < parts; part++) {
                    assertThat(done.get(part)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void theCallerDoesWhatNobodyElseDoes() {
        int[] done = new int[4];
        new Helpers(task -> {}, 4).run((in, out, part, parts) -> done[part]++, SHARED, SHARED, 4);
        assertThat(done).containsOnly(1);
        new Helpers(task -> {
            throw new RejectedExecutionException("full");
        }, 4).run((in, out, part, parts) -> done[part]++, SHARED, SHARED, 4);
        assertThat(done).containsOnly(2);
    }

    @Test
    void memoryOfTheCallerAloneStaysWithTheCaller() {
        try (Arena confined = Arena.ofConfined(); ExecutorService pool = Executors.newFixedThreadPool(2)) {
            MemorySegment mine = confined.allocate(64);
            Thread caller = Thread.currentThread();
            new Helpers(pool, 3).run((in, out, part, parts) -> {
                assertThat(Thread.currentThread()).isSameAs(caller);
                assertThat(parts).isEqualTo(1);
            }, mine, SHARED, 3);
        }
    }

    @Test
    void exceptionsReachTheCaller() {
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            Helpers helpers = new Helpers(pool, 3);
            for (int repeat = 0; repeat < 50; repeat++) {
                assertThatThrownBy(() -> helpers.run((in, out, part, parts) -> {
                    if (part == 2) {
                        throw new IllegalStateException("from part 2");
                    }
                }, SHARED, SHARED, 3)).isInstanceOf(IllegalStateException.class).hasMessage("from part 2");
            }
        }
    }
}
