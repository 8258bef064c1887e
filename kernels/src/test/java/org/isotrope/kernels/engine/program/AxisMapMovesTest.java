package org.isotrope.kernels.engine.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Grid;
import org.junit.jupiter.api.Test;

/** Which node stands at each position beyond the walls, found again from all that anybody reads there. */
class AxisMapMovesTest {
    private static final List<Boundary> RULES = List.of(Boundary.zero(), Boundary.extrapolate(0), Boundary.mirror(),
            Boundary.symmetric(), Boundary.extrapolate(1), Boundary.extrapolate(2),
            // −1 times one node
            Boundary.value().on(Grid.of(Axis.cells(0, 1, 4)), 0, Boundaries.Side.LOW));
    private static final int[][] REACHES = {{0, 0}, {-1, 1}, {-2, 1}, {0, 2}, {-2, 0}, {-3, 3}};

    private static int[] expected(AxisMap map) {
        int[] moves = new int[map.size() + map.highest() - map.lowest()];
        for (int position = map.lowest(); position < map.size() + map.highest(); position++) {
            Integer found = null;
            for (int o = map.lowest(); o <= map.highest(); o++) {
                int reader = position - o;
                if (reader < 0 || reader >= map.size()) {
                    continue;
                }
                AxisMap.Reads reads = map.reads(reader, o);
                int source = reads.sources().length == 0 ? -1 : reads.sources()[0];
                boolean moved = reads.sources().length == 0
                        || reads.sources().length == 1 && reads.coefficients()[0] == 1;
                boolean inside = position >= 0 && position < map.size();
                if (!moved || inside && source != position || found != null && found != source) {
                    return null;
                }
                found = source;
            }
            moves[position - map.lowest()] = found;
        }
        return moves;
    }

    private static List<AxisMap> maps() {
        List<AxisMap> maps = new ArrayList<>();
        for (int[] reach : REACHES) {
            for (int n : new int[] {4, 5, 7, 12}) {
                for (Boundary below : RULES) {
                    for (Boundary above : RULES) {
                        maps.add(AxisMap.of(Axis.uniform(0, 1, n), 0, below, above, reach[0], reach[1]));
                    }
                }
                maps.add(AxisMap.of(Axis.periodic(0, 1, n), 0, Boundary.zero(), Boundary.zero(), reach[0], reach[1]));
            }
        }
        return maps;
    }

    @Test
    void movesAreWhatReadersSayTogether() {
        int some = 0;
        int none = 0;
        for (AxisMap map : maps()) {
            for (AxisMap either : new AxisMap[] {map, map.transpose()}) {
                int[] moves = either.moves();
                assertThat(moves).as(Arrays.toString(expected(either))).isEqualTo(expected(either));
                some += moves != null ? 1 : 0;
                none += moves == null ? 1 : 0;
            }
        }
        assertThat(some).isGreaterThan(500);
        assertThat(none).isGreaterThan(500);
    }

    @Test
    void mapsKnowTheirReach() {
        for (int[] reach : REACHES) {
            AxisMap map = AxisMap.of(Axis.uniform(0, 1, 9), 0, Boundary.zero(), Boundary.zero(), reach[0], reach[1]);
            assertThat(map.lowest()).isEqualTo(reach[0]);
            assertThat(map.highest()).isEqualTo(reach[1]);
            assertThat(map.low()).isEqualTo(-reach[0]);
            assertThat(map.high()).isEqualTo(reach[1]);
            assertThat(map.transpose().lowest()).isEqualTo(-reach[1]);
            assertThat(map.transpose().highest()).isEqualTo(-reach[0]);
        }
    }

    /** Edges of transposes are no more than those that a wall reaches. */
    @Test
    void transposesHaveAsManyEdgesAsTheyNeed() {
        for (AxisMap map : maps()) {
            AxisMap transposed = map.transpose();
            int low = map.highest();
            int high = -map.lowest();
            for (int i = 0; i < map.size(); i++) {
                for (int o = map.lowest(); o <= map.highest(); o++) {
                    AxisMap.Reads reads = map.reads(i, o);
                    for (int k = 0; k < reads.sources().length; k++) {
                        int j = reads.sources()[k];
                        boolean direct = j == i + o && reads.coefficients()[k] == 1;
                        low = direct || j >= map.size() / 2 ? low : Math.max(low, j + 1);
                        high = direct || j < map.size() / 2 ? high : Math.max(high, map.size() - j);
                    }
                }
            }
            boolean meet = low + high >= map.size();
            assertThat(transposed.low()).isEqualTo(meet ? map.size() : low);
            assertThat(transposed.high()).isEqualTo(meet ? 0 : high);
        }
    }
}
