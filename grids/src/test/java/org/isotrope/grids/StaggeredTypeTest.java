package org.isotrope.grids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Where values of staggered fields sit, and what belongs to them, by hand. */
class StaggeredTypeTest {
    private static final StaggeredType NODES = new StaggeredType(FieldType.SCALAR, Location.NODE);
    private static final StaggeredType CELLS = new StaggeredType(FieldType.PSEUDOSCALAR, Location.CELL);
    private static final StaggeredType EDGES = new StaggeredType(FieldType.VECTOR, Location.EDGE);
    private static final StaggeredType FACES = new StaggeredType(FieldType.PSEUDOVECTOR, Location.FACE);
    /** Bounded with gaps of 1, 2 and 4; a ring of period 10 with gaps of 1, 3 and 6; one node. */
    private static final Grid GRID = Grid.of(Axis.nodes(0, 1, 3, 7), Axis.periodicNodes(10, 0, 1, 4), Axis.singleton(2));

    @Test
    void halvesFollowFromTheLocation() {
        for (int c = 0; c < 3; c++) {
            for (int a = 0; a < 3; a++) {
                assertThat(Location.NODE.isHalf(c, a)).isFalse();
                assertThat(Location.CELL.isHalf(c, a)).isTrue();
                assertThat(Location.EDGE.isHalf(c, a)).isEqualTo(c == a);
                assertThat(Location.FACE.isHalf(c, a)).isEqualTo(c != a);
            }
        }
        assertThat(CELLS.isHalf(GRID, 0, 1)).isTrue();
        assertThat(CELLS.isHalf(GRID, 0, 2)).as("along one node").isFalse();
        assertThat(NODES.isHalf(GRID, 0, 0)).isFalse();
    }

    @Test
    void positionsAreNodesOrMiddles() {
        assertThat(NODES.position(GRID, 0, 2, 1, 0)).containsExactly(3, 1, 2);
        assertThat(CELLS.position(GRID, 0, 2, 1, 0)).containsExactly(5, 2.5, 2);
        assertThat(CELLS.position(GRID, 0, 0, 2, 0)).as("across the seam").containsExactly(0.5, 7, 2);
        assertThat(EDGES.position(GRID, 0, 1, 0, 0)).containsExactly(2, 0, 2);
        assertThat(EDGES.position(GRID, 1, 3, 0, 0)).containsExactly(7, 0.5, 2);
        assertThat(FACES.position(GRID, 0, 3, 0, 0)).containsExactly(7, 0.5, 2);
        assertThat(FACES.position(GRID, 1, 0, 2, 0)).containsExactly(0.5, 4, 2);
        assertThatThrownBy(() -> CELLS.position(GRID, 0, 3, 0, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("padding of component 0 of a pseudoscalar at cell field; it had to");
        Grid sheared = Grid.of(new double[][] {{1, 0.5}, {0, 2}}, Axis.uniform(0, 2, 3), Axis.periodic(0, 1, 4));
        assertThat(CELLS.position(sheared, 0, 1, 1)).containsExactly(1.5 + 0.5 * 0.375, 0.75);
    }

    @Test
    void paddingIsTheLastMiddleOfBoundedAxes() {
        for (long i = 0; i < GRID.size(); i++) {
            int[] index = GRID.index(i);
            boolean last = index[0] == 3;
            assertThat(NODES.isPadding(GRID, 0, index)).isFalse();
            assertThat(CELLS.isPadding(GRID, 0, index)).isEqualTo(last);
            assertThat(EDGES.isPadding(GRID, 0, index)).isEqualTo(last);
            assertThat(EDGES.isPadding(GRID, 1, index)).isFalse();
            assertThat(FACES.isPadding(GRID, 0, index)).isFalse();
            assertThat(FACES.isPadding(GRID, 2, index)).isEqualTo(last);
        }
    }

    @Test
    void weightsAreGapsOrDistancesOfMiddles() {
        double[] nodes = {0.5, 1.5, 3, 2};
        double[] middles = {1, 2, 4, 0};
        double[] ring = {3.5, 2, 4.5};
        double[] arcs = {1, 3, 6};
        for (int i = 0; i < 4; i++) {
            assertThat(NODES.weight(GRID, 0, 0, i)).isEqualTo(nodes[i]);
            assertThat(CELLS.weight(GRID, 0, 0, i)).isEqualTo(middles[i]);
            for (int j = 0; j < 3; j++) {
                assertThat(NODES.weight(GRID, 0, 1, j)).isEqualTo(ring[j]);
                assertThat(CELLS.weight(GRID, 0, 1, j)).isEqualTo(arcs[j]);
                double along = GRID.axis(2).weight(0);
                assertThat(NODES.weight(GRID, 0, i, j, 0)).isCloseTo(nodes[i] * ring[j] * along, within(1e-12));
                assertThat(EDGES.weight(GRID, 0, i, j, 0)).isCloseTo(middles[i] * ring[j] * along, within(1e-12));
                assertThat(FACES.weight(GRID, 0, i, j, 0)).isCloseTo(nodes[i] * arcs[j] * along, within(1e-12));
                assertThat(CELLS.weight(GRID, 0, i, j, 0)).isCloseTo(middles[i] * arcs[j] * along, within(1e-12));
            }
        }
        assertThat(CELLS.weight(GRID, 0, 2, 0)).isEqualTo(GRID.axis(2).weight(0));
        Grid uniform = Grid.of(Axis.uniform(0, 2, 5), Axis.periodic(0, 3, 6));
        int[] last = {4, 5};
        assertThat(CELLS.weight(uniform, 0, last)).isZero();
        assertThat(NODES.weight(uniform, 0, last)).isCloseTo(0.125, within(1e-15));
        int[] before = {3, 5};
        assertThat(CELLS.weight(uniform, 0, before)).isCloseTo(0.25, within(1e-15));
    }

    @Test
    void functionsAreSampledWhereValuesSit() {
        Field faces = StaggeredType.fill(Fields.automatic().of(FACES, GRID), (x, values) -> {
            for (int c = 0; c < 3; c++) {
                values[c] = (c + 1) * (x[0] + 100 * x[1]);
            }
        });
        for (int c = 0; c < 3; c++) {
            for (long i = 0; i < GRID.size(); i++) {
                int[] index = GRID.index(i);
                if (FACES.isPadding(GRID, c, index)) {
                    assertThat(faces.get(c, index)).isZero();
                } else {
                    double[] x = FACES.position(GRID, c, index);
                    assertThat(faces.get(c, index)).isEqualTo((c + 1) * (x[0] + 100 * x[1]));
                }
            }
        }
        Field plain = Fields.automatic().scalar(GRID);
        assertThatThrownBy(() -> StaggeredType.fill(plain, (x, values) -> values[0] = 1))
                .hasMessageContaining("field is a scalar field; it had to be of a staggered type");
    }

    @Test
    void typesTurnLikeTheirBaseAndSurviveTheirNames() {
        assertThat(FACES.components(3)).isEqualTo(3);
        assertThat(CELLS.components(3)).isEqualTo(1);
        double[][] mirror = {{-1, 0}, {0, 1}};
        assertThat(EDGES.representation(mirror)).isDeepEqualTo(FieldType.VECTOR.representation(mirror));
        assertThat(FACES.representation(mirror)).isDeepEqualTo(FieldType.PSEUDOVECTOR.representation(mirror));
        for (StaggeredType type : new StaggeredType[] {NODES, CELLS, EDGES, FACES}) {
            assertThat(StaggeredType.parse(" " + type + " ")).isEqualTo(type);
        }
        assertThat(FACES).hasToString("pseudovector at face");
        for (String wrong : new String[] {"vector", "vector at corner", "at node", "vector at"}) {
            assertThatThrownBy(() -> StaggeredType.parse(wrong)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("had to be");
        }
    }

    @Test
    void typesAndLocationsHaveToFit() {
        for (Location central : new Location[] {Location.NODE, Location.CELL}) {
            assertThatThrownBy(() -> new StaggeredType(FieldType.VECTOR, central))
                    .hasMessageContaining("base is vector; it had to be scalar or pseudoscalar for location " + central);
            assertThat(new StaggeredType(FieldType.PSEUDOSCALAR, central).location()).isEqualTo(central);
        }
        for (Location between : new Location[] {Location.EDGE, Location.FACE}) {
            assertThatThrownBy(() -> new StaggeredType(FieldType.SCALAR, between))
                    .hasMessageContaining("base is scalar; it had to be vector or pseudovector for location " + between);
            assertThat(new StaggeredType(FieldType.PSEUDOVECTOR, between).base()).isEqualTo(FieldType.PSEUDOVECTOR);
        }
    }
}
