package org.isotrope.grids.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTest {
    @TempDir
    Path folder;

    private static final Grid GRID = Grid.of(Axis.uniform(0, 1, 2), Axis.uniform(0, 1, 3));

    /** A file by the letter of the format: magic, version, length of the dictionary, dictionary, entries. */
    private static byte[] file(int version, String dictionary, ByteOrder order, boolean single, double... entries) {
        byte[] text = dictionary.getBytes(version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        int head = version == 1 ? 10 : 12;
        ByteBuffer file = ByteBuffer.allocate(head + text.length + entries.length * (single ? 4 : 8));
        file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) version).put((byte) 0);
        file.order(ByteOrder.LITTLE_ENDIAN);
        if (version == 1) {
            file.putShort((short) text.length);
        } else {
            file.putInt(text.length);
        }
        file.put(text).order(order);
        for (double entry : entries) {
            if (single) {
                file.putFloat((float) entry);
            } else {
                file.putDouble(entry);
            }
        }
        return file.array();
    }

    private Path saved(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("array.npy"), bytes);
    }

    private double[] entries(byte[] bytes, long... shape) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            NpyArray array = Npy.read(saved(bytes), arena);
            assertThat(array.shape()).containsExactly(shape);
            double[] entries = new double[(int) array.count()];
            for (int i = 0; i < entries.length; i++) {
                entries[i] = array.get(i);
            }
            return entries;
        }
    }

    @Test
    void allVersionsOrdersAndFormats() throws IOException {
        for (int version = 1; version <= 3; version++) {
            for (boolean single : new boolean[] {true, false}) {
                for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                    String descr = (order == ByteOrder.LITTLE_ENDIAN ? "<f" : ">f") + (single ? 4 : 8);
                    String c = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (2, 3), }     \n";
                    String f = "{'descr': '" + descr + "', 'fortran_order': True, 'shape': (2, 3), }     \n";
                    assertThat(entries(file(version, c, order, single, 1, 2, 3, 4, 5, 6), 2, 3))
                            .containsExactly(1, 2, 3, 4, 5, 6);
                    assertThat(entries(file(version, f, order, single, 1, 4, 2, 5, 3, 6), 2, 3))
                            .containsExactly(1, 2, 3, 4, 5, 6);
                }
            }
        }
    }

    @Test
    void otherShapesAndSpellings() throws IOException {
        String number = "{'descr': '<f8', 'fortran_order': False, 'shape': ()}";
        assertThat(entries(file(1, number, ByteOrder.LITTLE_ENDIAN, false, 7.5))).containsExactly(7.5);
        String line = "{\"shape\":(2L,),\"fortran_order\":True,\"descr\":\"<f8\"}";
        assertThat(entries(file(1, line, ByteOrder.LITTLE_ENDIAN, false, 1, 2), 2)).containsExactly(1, 2);
        String none = "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 4), }";
        assertThat(entries(file(1, none, ByteOrder.LITTLE_ENDIAN, false), 0, 4)).isEmpty();
        String cube = "{'descr': '>f4', 'fortran_order': True, 'shape': (2, 2, 2), }";
        assertThat(entries(file(1, cube, ByteOrder.BIG_ENDIAN, true, 0, 4, 2, 6, 1, 5, 3, 7), 2, 2, 2))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void writesWhatNumpyWrites() throws IOException {
        Path path = folder.resolve("field.npy");
        Field field = Fields.automatic().precision(Precision.FLOAT).scalar(GRID, x -> x[0] + 10 * x[1]);
        Npy.write(path, field);
        // numpy.save of the same array, NumPy 1.26: the dictionary padded with blanks to a multiple of 64 bytes
        String head = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
        String padded = head + " ".repeat(128 - 10 - head.length() - 1) + "\n";
        assertThat(Files.readAllBytes(path))
                .isEqualTo(file(1, padded, ByteOrder.LITTLE_ENDIAN, true, 0, 5, 10, 1, 6, 11));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("no temporary file is left").containsExactly(path);
        }
    }

    @Test
    void writtenFilesHaveThePermissionsOfAnyNewFile() throws IOException {
        Path path = folder.resolve("field.npy");
        Npy.write(path, Fields.automatic().scalar(GRID));
        Path plain = Files.writeString(folder.resolve("plain.txt"), "");
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    void fieldsSurviveTheRoundTrip() throws IOException {
        Grid grid = Grid.of(Axis.uniform(0, 1, 3), Axis.periodic(0, 1, 4), Axis.uniform(0, 1, 5));
        Path path = folder.resolve("vector.npy");
        for (Precision precision : Precision.values()) {
            Field vector = Fields.automatic().precision(precision).vector(grid, (x, v) -> {
                v[0] = Math.sin(x[0]);
                v[1] = -x[1] / 3;
                v[2] = 1e30 * x[2];
            });
            Npy.write(path, vector);
            Fields fields = Fields.automatic().precision(precision);
            Field back = Npy.readField(path, FieldType.VECTOR, grid, fields);
            assertThat(back.segment().mismatch(vector.segment())).isEqualTo(-1);
            try (Arena arena = Arena.ofConfined()) {
                assertThat(Npy.read(path, arena).shape()).containsExactly(3, 3, 4, 5);
            }
            Field other = Npy.readField(path, FieldType.VECTOR, grid, fields.precision(Precision.DOUBLE));
            assertThat(other.toArray()).containsExactly(vector.toArray());
        }
        assertThatThrownBy(() -> Npy.readField(path, FieldType.SCALAR, grid, Fields.automatic()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("[3, 3, 4, 5]; it had to be [3, 4, 5]");
    }

    @Test
    void hostileHeadersAreRefusedInOneSentence() throws IOException {
        String[][] cases = {
            {"{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", "24"},
            {"{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", "8 for shape [1]"},
            {"{'descr': '<f8', 'fortran_order': False, 'shape': (-2,), }", "at least 0"},
            {"{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", "2⁶³"},
            {"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }", "2⁶³"},
            {"{'descr': '<i4', 'fortran_order': False, 'shape': (4,), }", "'<i4'; it had to be f4 or f8"},
            {"{'descr': '<f8', 'fortran_order': 0, 'shape': (2,), }", "True or False"},
            {"{'descr': '<f8', 'shape': (2,), }", "lacks 'fortran_order'"},
            {"{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", "twice"},
            {"{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'more': 1}", "'more'"},
            {"{'descr': '<f8', 'fortran_order': False, 'shape': (2,), } x", "nothing more"},
            {"{'descr': '<f8", "does not end"},
            {"", "its end"},
        };
        for (String[] wrong : cases) {
            Path path = saved(file(1, wrong[0], ByteOrder.LITTLE_ENDIAN, false, 1, 2));
            try (Arena arena = Arena.ofConfined()) {
                assertThatThrownBy(() -> Npy.read(path, arena))
                        .as(wrong[0])
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith(path.toString())
                        .hasMessageContaining(wrong[1]);
            }
        }
        byte[] long32 = file(2, "{}", ByteOrder.LITTLE_ENDIAN, false);
        long32[8] = long32[9] = long32[10] = long32[11] = (byte) 0xff;
        Path path = saved(long32);
        try (Arena arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> Npy.read(path, arena)).hasMessageContaining("4294967295 bytes");
            assertThatThrownBy(() -> Npy.read(folder.resolve("none.npy"), arena)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void everyTruncationAndBitFlipIsReadOrRefused() throws IOException {
        byte[] good = file(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n",
                ByteOrder.LITTLE_ENDIAN, true, 1, 2, 3, 4, 5, 6);
        for (int length = 0; length < good.length; length++) {
            Path path = saved(java.util.Arrays.copyOf(good, length));
            try (Arena arena = Arena.ofConfined()) {
                assertThatThrownBy(() -> Npy.read(path, arena)).isInstanceOf(IOException.class);
            }
        }
        int read = 0;
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try (Arena arena = Arena.ofConfined()) {
                Npy.read(saved(flipped), arena);
                read++;
            } catch (IOException refused) {
                assertThat(refused).hasMessageContaining("array.npy: ");
            }
        }
        assertThat(read).as("flips inside the entries do not show").isGreaterThanOrEqualTo(8 * 24);
    }

    @Test
    void failedWritesLeaveTheFileAsItWas() throws IOException {
        Path path = saved(new byte[] {1, 2, 3});
        Field field;
        try (Fields fields = Fields.confined()) {
            field = fields.scalar(GRID);
        }
        assertThatThrownBy(() -> Npy.write(path, field)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Npy.write(folder.resolve("no/such/folder.npy"), Fields.automatic().scalar(GRID)))
                .isInstanceOf(IOException.class);
        assertThat(Files.readAllBytes(path)).containsExactly(1, 2, 3);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void dataHasToFitTheShape() {
        MemorySegment five = Arena.ofAuto().allocate(ValueLayout.JAVA_DOUBLE, 5);
        assertThatThrownBy(() -> new NpyArray(new long[] {2, 3}, Precision.DOUBLE, five))
                .hasMessageContaining("40 bytes; it had to have 48");
        assertThatThrownBy(() -> new NpyArray(new long[] {-1}, Precision.DOUBLE, five))
                .hasMessageContaining("-1");
    }
}
