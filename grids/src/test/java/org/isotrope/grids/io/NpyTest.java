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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Callable;
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
    void goldenBytes() throws IOException {
        // version 1.0, ‟v”: 0x76 = 118 bytes of dictionary, blanks up to byte 127, a line break, then 1.5 and −2
        String dictionary = "7b 27 64 65 73 63 72 27 3a 20 27 3c 66 38 27 2c 20 " // {'descr': '<f8',
                + "27 66 6f 72 74 72 61 6e 5f 6f 72 64 65 72 27 3a 20 46 61 6c 73 65 2c 20 " // 'fortran_order': False,
                + "27 73 68 61 70 65 27 3a 20 28 32 2c 29 2c 20 7d "; // 'shape': (2,), }
        byte[] golden = HexFormat.ofDelimiter(" ").parseHex("93 4e 55 4d 50 59 01 00 76 00 " + dictionary
                + "20 ".repeat(60) + "0a " + "00 00 00 00 00 00 f8 3f " + "00 00 00 00 00 00 00 c0");
        assertThat(golden).hasSize(128 + 16);
        assertThat(entries(golden, 2)).containsExactly(1.5, -2);
        Path path = folder.resolve("written.npy");
        try (Arena arena = Arena.ofConfined()) {
            Npy.write(path, Npy.read(saved(golden), arena));
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(golden);
        // version 3.0 with a length of four bytes, big-endian, Fortran order, a NaN with a payload, not padded
        byte[] other = HexFormat.ofDelimiter(" ").parseHex("93 4e 55 4d 50 59 03 00 39 00 00 00 "
                + "7b 27 64 65 73 63 72 27 3a 27 3e 66 34 27 2c 20 " // {'descr':'>f4',
                + "27 66 6f 72 74 72 61 6e 5f 6f 72 64 65 72 27 3a 54 72 75 65 2c " // 'fortran_order':True,
                + "27 73 68 61 70 65 27 3a 20 28 31 2c 32 29 7d 0a 20 0a 20 0a " // 'shape': (1,2)}
                + "3f c0 00 00 7f c0 12 34");
        try (Arena arena = Arena.ofConfined()) {
            NpyArray array = Npy.read(saved(other), arena);
            assertThat(array.shape()).containsExactly(1, 2);
            assertThat(array.get(0)).isEqualTo(1.5);
            assertThat(array.data().get(ValueLayout.JAVA_INT, 4)).as("the payload survives").isEqualTo(0x7fc01234);
        }
    }

    @Test
    void precisionsConvertWithoutAnIntermediateArray() throws IOException {
        Field precise = Fields.automatic().vector(GRID, (x, v) -> {
            v[0] = 0.1 + x[0];
            v[1] = x[1] == 0.5 ? 1e300 : -x[1] / 3;
        });
        Path path = folder.resolve("double.npy");
        Npy.write(path, precise);
        Field coarse = Npy.readField(path, FieldType.VECTOR, GRID, Fields.automatic().precision(Precision.FLOAT));
        for (long i = 0; i < precise.count(); i++) {
            assertThat(coarse.getFlat(i)).isEqualTo((float) precise.getFlat(i));
        }
        assertThat(coarse.get(1, 0, 1)).as("beyond float").isEqualTo(Double.POSITIVE_INFINITY);
        // big-endian float in Fortran order into a double field: every conversion at once
        byte[] foreign = file(2, "{'descr': '>f4', 'fortran_order': True, 'shape': (2, 3)}", ByteOrder.BIG_ENDIAN, true,
                0.1, 4, 2, 5, 3, 6);
        assertThat(Npy.readField(saved(foreign), FieldType.SCALAR, GRID, Fields.automatic()).toArray())
                .containsExactly(0.1f, 2, 3, 4, 5, 6);
    }

    @Test
    void shapesAreJudgedBeforeMemoryIsTaken() throws IOException {
        Path path = saved(file(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (6,)}", ByteOrder.LITTLE_ENDIAN,
                false, 1, 2, 3, 4, 5, 6));
        Fields closed;
        try (Fields fields = Fields.confined()) {
            closed = fields;
        }
        // a closed arena would answer first if it were asked for memory
        assertThatThrownBy(() -> Npy.readField(path, FieldType.SCALAR, GRID, closed))
                .isInstanceOf(IOException.class)
                .hasMessage(path + ": shape is [6]; it had to be [2, 3] for a scalar field on this grid");
        assertThatThrownBy(() -> Npy.readField(path, FieldType.SCALAR, Grid.of(Axis.uniform(0, 1, 6)), closed))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void symbolicLinksStayLinks() throws IOException {
        Path real = Files.write(folder.resolve("real.npy"), new byte[] {1, 2, 3});
        Path link = Files.createSymbolicLink(folder.resolve("link.npy"), real.getFileName());
        Npy.write(link, Fields.automatic().scalar(GRID, x -> x[0]));
        assertThat(link).isSymbolicLink();
        assertThat(Npy.readField(real, FieldType.SCALAR, GRID, Fields.automatic()).get(0, 1, 2)).isEqualTo(1);
    }

    @Test
    void whatIsNoFileIsNamed() throws IOException {
        Field field = Fields.automatic().scalar(GRID);
        Path missing = folder.resolve("none.npy");
        Path nowhere = folder.resolve("no/such.npy");
        try (Arena arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> Npy.read(missing, arena)).isInstanceOf(IOException.class)
                    .hasMessage(missing + ": there is no such file or folder");
            assertThatThrownBy(() -> Npy.read(folder, arena)).isInstanceOf(IOException.class)
                    .hasMessage(folder + ": it is a folder or a device; it had to be a regular file");
        }
        assertThatThrownBy(() -> Npy.write(nowhere, field)).isInstanceOf(IOException.class)
                .hasMessage(nowhere + ": there is no such file or folder");
        for (Path taken : new Path[] {folder, Path.of("/"), Path.of("/dev/null")}) {
            assertThatThrownBy(() -> Npy.write(taken, field)).isInstanceOf(IOException.class)
                    .hasMessage(taken + ": it is a folder or a device; it had to be a regular file");
        }
        assertThat(folder).as("nothing is left").isEmptyDirectory();
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
            {"{'descr': '<f8', 'fortran_order': False, 'shape': (2)}", "there had to be ','"},
            {"{'descr': '<f8', 'fortran_order': False, 'shape': 2}", "there had to be '('"},
            {"{'descr': '<f8', 'fortran_order': False, 'shape': (,)}", "at least 0"},
            {"{'descr': '<f8', 'fortran_order': False, 'shape': (2.0,)}", "'.'"},
            {"{'descr': '<f8', 'fortran_order': False, 'shape': (02,)}", "entry 02"},
            {"{'descr': '<f8', 'fortran_order': False, 'shape': (2 L,)}", "'L'"},
            {"{'descr': '<f8', 'fortran_order': Falsehood, 'shape': (2,)}", "'h'"},
            {"{'descr': '|b1', 'fortran_order': False, 'shape': (16,)}", "'|b1'"},
            {"{'descr': '<f2', 'fortran_order': False, 'shape': (8,)}", "'<f2'"},
            {"{'descr': '<c16', 'fortran_order': False, 'shape': (1,)}", "'<c16'"},
            {"{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (2,)}", "a string"},
            {"{'descr': '<f8', 'fortran_order': False}", "lacks 'shape'"},
            {"{'shape': (2,), 'fortran_order': False}", "lacks 'descr'"},
            {"{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'shape': (2,)}", "'shape' twice"},
            {"{'descr': '\n\r\0" + "x".repeat(9000) + "', 'fortran_order': False, 'shape': (2,)}",
                "'\\x0a\\x0d\\x00xxx"},
            {"{'descr': '<f8', 'fortran_order': False, 'shape': (" + "9".repeat(9000) + ",)}", "9…; it had to be"},
            {"{'descr': '<f8', 'fortran_order': False, 'shape': (" + "1, ".repeat(9000) + "3)}",
                "…, of 9001 entries; it had to have at most 64"},
        };
        for (String[] wrong : cases) {
            Path path = saved(file(1, wrong[0], ByteOrder.LITTLE_ENDIAN, false, 1, 2));
            try (Arena arena = Arena.ofConfined()) {
                assertThatThrownBy(() -> Npy.read(path, arena))
                        .as(wrong[0].substring(0, Math.min(100, wrong[0].length())))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith(path.toString())
                        .hasMessageContaining(wrong[1])
                        .satisfies(e -> assertThat(e.getMessage().substring(path.toString().length()))
                                .as("a sentence on one line")
                                .hasSizeLessThan(200)
                                .doesNotContainPattern("\\p{Cntrl}"));
            }
        }
        byte[] versions = file(1, "{}", ByteOrder.LITTLE_ENDIAN, false);
        for (int[] version : new int[][] {{0, 0}, {4, 0}, {255, 0}, {1, 1}, {2, 5}}) {
            versions[6] = (byte) version[0];
            versions[7] = (byte) version[1];
            Path path = saved(versions);
            assertThatThrownBy(() -> Npy.read(path, Arena.ofAuto())).isInstanceOf(IOException.class)
                    .hasMessageContaining("version is " + version[0] + "." + version[1]);
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
        byte[] plain = file(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n",
                ByteOrder.LITTLE_ENDIAN, true, 1, 2, 3, 4, 5, 6);
        byte[] foreign = file(3, "{'descr': '>f8', 'fortran_order': True, 'shape': (2, 3), }\n",
                ByteOrder.BIG_ENDIAN, false, 1, 2, 3, 4, 5, 6);
        for (byte[] good : new byte[][] {plain, foreign}) {
            for (int length = 0; length < good.length; length++) {
                Path path = saved(Arrays.copyOf(good, length));
                assertThatThrownBy(() -> Npy.read(path, Arena.ofAuto())).isInstanceOf(IOException.class);
            }
            int entryBits = 8 * 6 * (good == plain ? 4 : 8);
            int readFlips = 0;
            for (int bit = 0; bit < 8 * good.length; bit++) {
                byte[] flipped = good.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                Path path = saved(flipped);
                boolean read = readOrRefused(() -> Npy.read(path, Arena.ofAuto()));
                boolean readAsField =
                        readOrRefused(() -> Npy.readField(path, FieldType.SCALAR, GRID, Fields.automatic()));
                assertThat(read || !readAsField).as("a field is an array").isTrue();
                boolean entry = bit >= 8 * good.length - entryBits;
                assertThat(read || !entry).as("flips inside the entries do not show").isTrue();
                readFlips += read ? 1 : 0;
            }
            assertThat(readFlips - entryBits).as("most flips in the header show").isLessThan(100);
        }
    }

    private static boolean readOrRefused(Callable<?> reading) {
        try {
            reading.call();
            return true;
        } catch (Exception refused) {
            assertThat(refused).isExactlyInstanceOf(IOException.class).hasMessageContaining("array.npy: ");
            return false;
        }
    }

    @Test
    void failedWritesLeaveTheFileAsItWas() throws IOException {
        Path path = saved(new byte[] {1, 2, 3});
        Field field;
        try (Fields fields = Fields.confined()) {
            field = fields.scalar(GRID);
        }
        assertThatThrownBy(() -> Npy.write(path, field)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Npy.write(path, new NpyArray(new long[] {2, 3}, Precision.DOUBLE, field.segment())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("array lies in an arena that has been closed; it had to be open");
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
        assertThatThrownBy(() -> new NpyArray(new long[] {1L << 62, 4}, Precision.DOUBLE, five))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4611686018427387904, 4]; it had to fit into 2⁶³ bytes");
        assertThatThrownBy(() -> new NpyArray(new long[] {1L << 61}, Precision.DOUBLE, five))
                .isInstanceOf(IllegalArgumentException.class);
        long[] many = new long[65];
        Arrays.fill(many, 1);
        assertThatThrownBy(() -> new NpyArray(many, Precision.DOUBLE, five.asSlice(0, 8)))
                .hasMessage("shape has 65 entries; it had to have at most 64");
        MemorySegment heap = MemorySegment.ofArray(new double[5]);
        assertThatThrownBy(() -> new NpyArray(new long[] {5}, Precision.DOUBLE, heap))
                .hasMessage("data lies on the heap; it had to be in native memory");
        assertThatThrownBy(() -> new NpyArray(new long[] {-1}, Precision.DOUBLE, five))
                .hasMessageContaining("-1");
    }
}
