package org.isotrope.autodiff.time;

/**
 * The optimal schedule of checkpoints for going back through a known number of steps with a given number of slots.
 *
 * <p>With s slots, the first of which holds the initial state, and every step made at most r times, {@code β(s, r) =
 * (s + r)!/(s! r!)} steps can be reversed; {@code l} steps with {@code β(s, r − 1) < l ≤ β(s, r)} take {@code r l −
 * β(s + 1, r − 1)} forward steps and no fewer.
 *
 * <p>Source: A. Griewank, A. Walther, "Algorithm 799: revolve", ACM Transactions on Mathematical Software 26 (2000) 19,
 * section 2.
 */
public final class BinomialSchedule {
    private BinomialSchedule() {}

    /** β(s, r), 0 for negative r, and at most {@code Long.MAX_VALUE}. */
    static long beta(int s, int r) {
        if (r < 0 || s < 0) {
            return 0;
        }
        long result = 1;
        int small = Math.min(s, r);
        int large = Math.max(s, r);
        for (int k = 1; k <= small; k++) {
            long high = Math.multiplyHigh(result, large + k);
            long product = result * (large + k);
            if (high != 0 || product < 0) {
                return Long.MAX_VALUE;
            }
            // exact: k consecutive factors
            result = product / k;
        }
        return result;
    }

    /** The smallest r with {@code l ≤ β(s, r)}. */
    private static int repetitions(int steps, int slots) {
        int r = 0;
        while (beta(slots, r) < steps) {
            r++;
        }
        return r;
    }

    /**
     * The least number of forward steps, those that only recompute a state and are not themselves reversed.
     *
     * @param steps l, at least 1
     * @param slots s, at least 1, the initial state's included
     * @return the number
     */
    public static long forwardSteps(int steps, int slots) {
        requirePositive(steps, "number of steps");
        requirePositive(slots, "number of slots");
        int r = repetitions(steps, slots);
        return (long) r * steps - beta(slots + 1, r - 1);
    }

    /**
     * The least number of slots with which a number of forward steps suffices.
     *
     * @param steps l, at least 1
     * @param limit most forward steps, at least {@code steps − 1}
     * @return between 1 and {@code steps}
     */
    public static int leastSlots(int steps, long limit) {
        requirePositive(steps, "number of steps");
        if (limit < steps - 1) {
            throw new IllegalArgumentException("limit on forward steps is " + limit + "; it had to be at least "
                    + (steps - 1) + " for " + steps + " steps");
        }
        int low = 1;
        int high = steps;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (forwardSteps(steps, middle) <= limit) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /**
     * How far from the checkpoint before l ≥ 2 steps the next one belongs, with s ≥ 2 slots, the first one's included.
     */
    static int advance(int steps, int slots) {
        int r = repetitions(steps, slots);
        long most = Math.min(beta(slots, r - 1), steps - beta(slots - 1, r - 1));
        return Math.clamp(most, 1, steps - 1);
    }

    private static void requirePositive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; it had to be at least 1");
        }
    }
}
