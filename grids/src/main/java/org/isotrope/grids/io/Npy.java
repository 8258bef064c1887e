package org.isotrope.grids.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;

/**
 * Reads and writes NumPy's NPY files: versions 1 to 3, {@code f4} and {@code f8} in either byte order, C and Fortran order.
 *
 * <p>A field of one component has the shape of its grid; one of several has the components as a first axis. Files are
 * mapped, never read through the heap. Whatever is wrong with a file is said by an {@link IOException} in one sentence,
 * which begins with the path. Writing goes to a file beside the target that takes its place when it is complete, so a
 * failure leaves the target as it was.
 */
public final class Npy {
    private Npy() {}

    /**
     * Reads an array.
     *
     * @param path the file
     * @param arena where the entries are put
     * @return the array in C order and native byte order
     * @throws IOException if the file cannot be read, or is not an NPY file of numbers
     */
    public static NpyArray read(Path path, Arena arena) throws IOException {
        try (Arena mapping = Arena.ofConfined();
                FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), mapping);
            return read(file, arena);
        } catch (IOException wrong) {
            throw new IOException(path + ": " + wrong.getMessage(), wrong);
        }
    }

    private static NpyArray read(MemorySegment file, Arena arena) throws IOException {
        NpyHeader header = NpyHeader.read(file);
        long available = file.byteSize() - header.dataStart();
        long needed = header.precision().bytes();
        try {
            for (long size : header.shape()) {
                needed = Math.multiplyExact(needed, size);
            }
        } catch (ArithmeticException overflow) {
            throw new IOException("shape is " + Arrays.toString(header.shape()) + "; it had to fit into 2⁶³ bytes",
                    overflow);
        }
        if (needed != available) {
            throw new IOException("file has " + available + " bytes of entries; there had to be " + needed
                    + " for shape " + Arrays.toString(header.shape()) + " of f" + header.precision().bytes());
        }
        MemorySegment source = file.asSlice(header.dataStart());
        MemorySegment data = arena.allocate(needed, 64);
        boolean dense = !header.fortran() || header.shape().length < 2;
        if (dense && header.order() == ByteOrder.nativeOrder()) {
            data.copyFrom(source);
        } else {
            reorder(header, source, data);
        }
        return new NpyArray(header.shape(), header.precision(), data);
    }

    /** Goes through the array in C order and fetches each entry from where the file has it. */
    private static void reorder(NpyHeader header, MemorySegment source, MemorySegment data) {
        ValueLayout.OfFloat floats = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(header.order());
        ValueLayout.OfDouble doubles = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(header.order());
        long[] shape = header.shape();
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int k = 0; k < shape.length; k++) {
            int a = header.fortran() ? k : shape.length - 1 - k;
            strides[a] = stride;
            stride *= shape[a];
        }
        long[] index = new long[shape.length];
        long count = data.byteSize() / header.precision().bytes();
        long from = 0;
        for (long to = 0; to < count; to++) {
            if (header.precision() == Precision.FLOAT) {
                data.setAtIndex(ValueLayout.JAVA_FLOAT, to, source.getAtIndex(floats, from));
            } else {
                data.setAtIndex(ValueLayout.JAVA_DOUBLE, to, source.getAtIndex(doubles, from));
            }
            for (int a = shape.length - 1; a >= 0; a--) {
                from += strides[a];
                if (++index[a] < shape[a]) {
                    break;
                }
                from -= shape[a] * strides[a];
                index[a] = 0;
            }
        }
    }

    /**
     * Reads a field.
     *
     * @param path the file; its entries may be of either precision and are rounded if the fields are {@code float}
     * @param type type of the field
     * @param grid grid of the field
     * @param fields where it is allocated
     * @return the field
     * @throws IOException if the file cannot be read, is not an NPY file of numbers, or has another shape
     */
    public static Field readField(Path path, FieldType type, Grid grid, Fields fields) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            NpyArray array = read(path, arena);
            long[] wanted = shape(type, grid);
            if (!Arrays.equals(array.shape(), wanted)) {
                throw new IOException(path + ": shape is " + Arrays.toString(array.shape()) + "; it had to be "
                        + Arrays.toString(wanted) + " for a " + type + " field on this grid");
            }
            Field field = fields.of(type, grid);
            if (field.precision() == array.precision()) {
                field.segment().copyFrom(array.data());
            } else {
                for (long i = 0; i < array.count(); i++) {
                    field.setFlat(i, array.get(i));
                }
            }
            return field;
        }
    }

    private static long[] shape(FieldType type, Grid grid) {
        int components = type.components(grid.dimension());
        int[] nodes = grid.shape();
        int lead = components == 1 ? 0 : 1;
        long[] shape = new long[nodes.length + lead];
        shape[0] = components;
        for (int a = 0; a < nodes.length; a++) {
            shape[a + lead] = nodes[a];
        }
        return shape;
    }

    /**
     * Writes a field in its own precision.
     *
     * @param path the file, replaced if it exists
     * @param field the field
     * @throws IOException if it cannot be written; a file that was there is left as it was
     */
    public static void write(Path path, Field field) throws IOException {
        field.requireOpen("field");
        write(path, new NpyArray(shape(field.type(), field.grid()), field.precision(), field.segment()));
    }

    /**
     * Writes an array in C order, native byte order and version 1.
     *
     * @param path the file, replaced if it exists
     * @param array the array
     * @throws IOException if it cannot be written; a file that was there is left as it was
     */
    public static void write(Path path, NpyArray array) throws IOException {
        Path target = path.toAbsolutePath();
        // a name of its own, with the permissions of any new file; temporary files are readable by their owner alone
        Path unfinished = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(unfinished, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                put(channel, ByteBuffer.wrap(NpyHeader.write(array.precision(), array.shape())));
                long size = array.data().byteSize();
                long most = 1L << 30;
                for (long from = 0; from < size; from += most) {
                    put(channel, array.data().asSlice(from, Math.min(most, size - from)).asByteBuffer());
                }
            }
            try {
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException plain) {
                Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void put(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
