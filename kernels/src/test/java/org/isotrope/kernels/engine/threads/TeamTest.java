package org.isotrope.kernels.engine.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** How the team works; a job of another test would keep it busy. */
@Isolated
class TeamTest {
    private static final MemorySegment SHARED = Arena.global().allocate(64);

    private final Team team = Team.common();

    @Test
    void everyPartIsDoneOnce() {
        for (int wanted = 1; wanted <= 5; wanted++) {
            AtomicIntegerArray done = new AtomicIntegerArray(5);
            AtomicInteger total = new AtomicInteger();
            team.run((in, out, part, parts) -> {
                done.incrementAndGet(part);
                total.set(parts);
            }, SHARED, SHARED, wanted);
            assertThat(total.get()).isEqualTo(Math.min(wanted, team.size()));
            for (int part = 0; part < 5; part++) {
                assertThat(done.get(part)).isEqualTo(part < total.get() ? 1 : 0);
            }
        }
    }

    @Test
    void theTeamIsAsLargeAsTheMachine() {
        assertThat(team.size()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(Team.common()).isSameAs(team);
    }

    @Test
    void thePartsRunInDifferentThreads() {
        assumeTrue(team.size() > 1);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        team.run((in, out, part, parts) -> threads.add(Thread.currentThread()), SHARED, SHARED, 2);
        assertThat(threads).hasSize(2).contains(Thread.currentThread());
        assertThat(threads.stream().filter(thread -> thread != Thread.currentThread())).allMatch(Thread::isDaemon);
    }

    @Test
    void exceptionsOfWorkersReachTheCallerAndTheTeamGoesOn() {
        assumeTrue(team.size() > 1);
        for (int repeat = 0; repeat < 20; repeat++) {
            AtomicInteger finished = new AtomicInteger();
            assertThatThrownBy(() -> team.run((in, out, part, parts) -> {
                if (part == 1) {
                    throw new IllegalStateException("from part 1");
                }
                finished.incrementAndGet();
            }, SHARED, SHARED, 2)).isInstanceOf(IllegalStateException.class).hasMessage("from part 1");
            assertThat(finished.get()).isEqualTo(1);
        }
        everyPartIsDoneOnce();
    }

    @Test
    void exceptionsOfTheCallersPartWaitForTheOthers() {
        assumeTrue(team.size() > 1);
        AtomicInteger finished = new AtomicInteger();
        assertThatThrownBy(() -> team.run((in, out, part, parts) -> {
            if (part == 0) {
                throw new AssertionError("from part 0");
            }
            Thread.yield();
            finished.incrementAndGet();
        }, SHARED, SHARED, 2)).isInstanceOf(AssertionError.class).hasMessage("from part 0");
        assertThat(finished.get()).isEqualTo(1);
        everyPartIsDoneOnce();
    }

    @Test
    void jobsInsideJobsRunInTheirCaller() {
        AtomicInteger inner = new AtomicInteger();
        AtomicInteger outer = new AtomicInteger();
        team.run((in, out, part, parts) -> {
            outer.incrementAndGet();
            Thread caller = Thread.currentThread();
            team.run((in2, out2, innerPart, innerParts) -> {
                assertThat(Thread.currentThread()).isSameAs(caller);
                assertThat(innerParts).isEqualTo(1);
                inner.incrementAndGet();
            }, in, out, 2);
        }, SHARED, SHARED, 2);
        assertThat(inner.get()).isEqualTo(outer.get()).isPositive();
    }

    @Test
    void confinedMemoryStaysInTheCaller() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment confined = arena.allocate(64);
            for (MemorySegment[] pair : new MemorySegment[][] {{confined, SHARED}, {SHARED, confined}}) {
                AtomicInteger parts = new AtomicInteger();
                team.run((in, out, part, total) -> {
                    in.get(ValueLayout.JAVA_BYTE, 0);
                    out.get(ValueLayout.JAVA_BYTE, 0);
                    parts.addAndGet(total);
                }, pair[0], pair[1], 2);
                assertThat(parts.get()).isEqualTo(1);
            }
        }
    }

    @Test
    void workersForgetInterruptions() {
        assumeTrue(team.size() > 1);
        team.run((in, out, part, parts) -> {
            if (part == 1) {
                Thread.currentThread().interrupt();
            }
        }, SHARED, SHARED, 2);
        AtomicIntegerArray interrupted = new AtomicIntegerArray(2);
        team.run((in, out, part, parts) -> interrupted.set(part, Thread.currentThread().isInterrupted() ? 1 : 0),
                SHARED, SHARED, 2);
        assertThat(interrupted.get(0) + interrupted.get(1)).isZero();
    }
}
