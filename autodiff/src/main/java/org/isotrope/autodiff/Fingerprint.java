package org.isotrope.autodiff;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A 64-bit hash of memory that tells whether its content has changed. Four lanes of xor and multiply by odd constants,
 * so that a change of any one word always changes the hash; two different contents collide with probability 2⁻⁶⁴.
 */
final class Fingerprint {
    private static final long P = 0x9E3779B97F4A7C15L;
    private static final long Q = 0xC2B2AE3D27D4EB4FL;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

    private Fingerprint() {}

    static long of(MemorySegment segment) {
        long a = 1;
        long b = 2;
        long c = 3;
        long d = 4;
        long bytes = segment.byteSize();
        long at = 0;
        for (; at + 32 <= bytes; at += 32) {
            a = (a ^ segment.get(WORD, at)) * P;
            b = (b ^ segment.get(WORD, at + 8)) * P;
            c = (c ^ segment.get(WORD, at + 16)) * P;
            d = (d ^ segment.get(WORD, at + 24)) * P;
            // multiplication alone would never carry high bits down
            a ^= a >>> 32;
            b ^= b >>> 32;
            c ^= c >>> 32;
            d ^= d >>> 32;
        }
        for (; at < bytes; at++) {
            a = (a ^ segment.get(ValueLayout.JAVA_BYTE, at)) * P;
            a ^= a >>> 32;
        }
        return ((a * Q + b) * Q + c) * Q + d;
    }
}
