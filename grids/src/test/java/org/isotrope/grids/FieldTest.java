package org.isotrope.grids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class FieldTest {
    private static final Grid GRID = Grid.of(Axis.uniform(0, 1, 3), Axis.uniform(0, 1, 4));

    @Test
    void layoutIsComponentMajorAndThenTheOrderOfNumpy() {
        Field field = Fields.automatic().vector(GRID);
        field.set(7, 1, 2, 3);
        assertThat(field.segment().getAtIndex(ValueLayout.JAVA_DOUBLE, 12 + 2 * 4 + 3)).isEqualTo(7);
        assertThat(field.getFlat(23)).isEqualTo(7);
        assertThat(field.component(1).get(0, 2, 3)).isEqualTo(7);
        field.component(0).fill(5);
        assertThat(field.get(0, 1, 1)).as("a component shares memory").isEqualTo(5);
        assertThat(field.count()).isEqualTo(24);
        assertThat(field.segment().byteSize()).isEqualTo(24 * 8);
        assertThat(field.segment().address() % 64).isZero();
    }

    @Test
    void functionsAreSampledAtPositions() {
        Field scalar = Fields.automatic().scalar(GRID, x -> x[0] + 10 * x[1]);
        assertThat(scalar.get(0, 1, 3)).isEqualTo(10.5);
        Field vector = Fields.automatic().vector(GRID, (x, v) -> {
            v[0] = x[1];
            v[1] = -x[0];
        });
        assertThat(vector.get(0, 2, 3)).isEqualTo(1);
        assertThat(vector.get(1, 2, 3)).isEqualTo(-1);
        assertThatThrownBy(() -> vector.fill(x -> 1)).hasMessageContaining("it had to give 2");
    }

    @Test
    void wrappingCopiesNothing() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mine = arena.allocate(12 * 4, 4);
            Field field = Fields.wrap(mine, FieldType.SCALAR, GRID, Precision.FLOAT);
            mine.setAtIndex(ValueLayout.JAVA_FLOAT, 5, 2.5f);
            assertThat(field.get(0, 1, 1)).isEqualTo(2.5);
            field.set(-1, 0, 0, 0);
            assertThat(mine.getAtIndex(ValueLayout.JAVA_FLOAT, 0)).isEqualTo(-1);
        }
    }

    @Test
    void wrappedVectorsHaveTheirPlanesWhereTheCallerPutThem() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment large = arena.allocate(1000, 64);
            // a part of a larger block, aligned to its elements and no better
            MemorySegment mine = large.asSlice(8, 24 * 8);
            Field field = Fields.wrap(mine, FieldType.VECTOR, GRID, Precision.DOUBLE);
            assertThat(field.segment()).isEqualTo(mine);
            field.fill((x, v) -> {
                v[0] = x[0];
                v[1] = 100 + x[1];
            });
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 4; j++) {
                    assertThat(mine.getAtIndex(ValueLayout.JAVA_DOUBLE, 4 * i + j)).isEqualTo(i / 2.0);
                    assertThat(mine.getAtIndex(ValueLayout.JAVA_DOUBLE, 12 + 4 * i + j)).isEqualTo(100 + j / 3.0);
                }
            }
            assertThat(large.get(ValueLayout.JAVA_DOUBLE, 0)).as("before").isZero();
            assertThat(large.get(ValueLayout.JAVA_DOUBLE, 8 + 24 * 8)).as("after").isZero();
        }
    }

    @Test
    void fieldsLieInTheArenaOfTheCaller() {
        Field field;
        try (Arena arena = Arena.ofConfined()) {
            try (Fields fields = Fields.in(arena)) {
                field = fields.scalar(GRID);
            }
            assertThat(field.fill(1).get(0, 2, 3)).as("the allocator leaves it open").isEqualTo(1);
        }
        assertThatThrownBy(() -> field.get(0, 0, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void fieldsBeyondTheAddressSpaceAreRefused() {
        Axis million = Axis.cells(0, 1, 1_000_000);
        Grid grid = Grid.of(million, million, million);
        assertThat(grid.size()).isEqualTo(1_000_000_000_000_000_000L);
        assertThatThrownBy(() -> Fields.automatic().vector(grid))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000000000000000000 nodes")
                .hasMessageContaining("2⁶³ bytes");
    }

    @Test
    void wrongSegmentsAreRefused() {
        MemorySegment heap = MemorySegment.ofArray(new double[12]);
        assertThatThrownBy(() -> Fields.wrap(heap, FieldType.SCALAR, GRID, Precision.DOUBLE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("segment lies on the heap; it had to be native memory");
        MemorySegment closed;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment open = arena.allocate(12 * 8 + 8, 8);
            assertThatThrownBy(() -> Fields.wrap(open, FieldType.SCALAR, GRID, Precision.DOUBLE))
                    .hasMessageContaining("104 bytes; it had to have 96");
            assertThatThrownBy(() ->
                            Fields.wrap(open.asSlice(4, 96), FieldType.SCALAR, GRID, Precision.DOUBLE))
                    .hasMessageContaining("multiple of 8");
            assertThatThrownBy(() ->
                            Fields.wrap(open.asSlice(0, 96).asReadOnly(), FieldType.SCALAR, GRID, Precision.DOUBLE))
                    .hasMessageContaining("read-only");
            closed = open.asSlice(0, 96);
        }
        assertThatThrownBy(() -> Fields.wrap(closed, FieldType.SCALAR, GRID, Precision.DOUBLE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void closingFreesAllFieldsOfAnArena() {
        Fields fields = Fields.shared();
        Field field = fields.precision(Precision.FLOAT).scalar(GRID);
        field.requireOpen("field");
        fields.close();
        assertThatThrownBy(() -> field.get(0, 0, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> field.requireOpen("charge"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("charge lies in an arena that has been closed");
        try (Fields automatic = Fields.automatic()) {
            assertThat(automatic.scalar(GRID).get(0, 0, 0)).isZero();
        }
    }

    @Test
    void copiesRoundToThePrecisionOfTheTarget() {
        Field precise = Fields.automatic().scalar(GRID).fill(0.1);
        Field coarse = Fields.automatic().precision(Precision.FLOAT).scalar(GRID).copyFrom(precise);
        assertThat(coarse.getFlat(3)).isEqualTo(0.1f);
        assertThat(Fields.automatic().copy(coarse).precision()).isEqualTo(Precision.FLOAT);
        assertThatThrownBy(() -> Fields.automatic().vector(GRID).copyFrom(precise)).hasMessageContaining("scalar");
        Grid other = Grid.of(Axis.uniform(0, 1, 3), Axis.uniform(0, 1, 5));
        assertThatThrownBy(() -> Fields.automatic().scalar(other).copyFrom(precise)).hasMessageContaining("5 nodes");
    }

    @Test
    void spaceAndOverlapChecks() {
        Field field = Fields.automatic().vector(GRID);
        Field other = Fields.automatic().vector(GRID);
        field.requireSameSpace(other, "out");
        field.requireApart(other, "out");
        assertThatThrownBy(() -> field.requireApart(field.component(1), "out")).hasMessageContaining("out overlaps");
        field.component(0).requireApart(field.component(1), "out");
        assertThatThrownBy(() -> field.requireSameSpace(Fields.automatic().scalar(GRID), "out"))
                .hasMessage("out is a scalar field; it had to be a vector field");
        assertThatThrownBy(() -> field.requireSameSpace(
                        Fields.automatic().precision(Precision.FLOAT).vector(GRID), "out"))
                .hasMessage("out has precision FLOAT; it had to be DOUBLE");
        assertThatThrownBy(() -> field.get(2, 0, 0)).hasMessageContaining("component is 2");
        assertThatThrownBy(() -> field.set(1, -1, 0, 0)).hasMessageContaining("component is -1");
        assertThatThrownBy(() -> field.get(0, 0, 4)).hasMessageContaining("along axis 1 is 4");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(13 * 8, 8);
            Field low = Fields.wrap(block.asSlice(0, 96), FieldType.SCALAR, GRID, Precision.DOUBLE);
            Field high = Fields.wrap(block.asSlice(8, 96), FieldType.SCALAR, GRID, Precision.DOUBLE);
            assertThatThrownBy(() -> low.requireApart(high, "out")).hasMessageContaining("out overlaps");
            assertThatThrownBy(() -> high.requireApart(low, "in")).hasMessageContaining("in overlaps");
        }
        assertThat(field).hasToString("double vector field of 2 components on\n" + GRID);
    }

    @Test
    void typesKnowHowTheyTransform() {
        double[][] mirror = {{-1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        assertThat(FieldType.SCALAR.representation(mirror)).isDeepEqualTo(new double[][] {{1}});
        assertThat(FieldType.PSEUDOSCALAR.representation(mirror)).isDeepEqualTo(new double[][] {{-1}});
        assertThat(FieldType.VECTOR.representation(mirror)).isDeepEqualTo(mirror);
        assertThat(FieldType.PSEUDOVECTOR.representation(mirror)[0][0]).isEqualTo(1);
        assertThat(FieldType.PSEUDOVECTOR.representation(mirror)[1][1]).isEqualTo(-1);
        for (FieldType type : new FieldType[] {
            FieldType.SCALAR, FieldType.PSEUDOSCALAR, FieldType.VECTOR, FieldType.PSEUDOVECTOR
        }) {
            assertThat(FieldType.parse(type.toString())).isEqualTo(type);
        }
        assertThatThrownBy(() -> FieldType.parse("spinor")).hasMessageContaining("'spinor'");
    }
}
