package org.isotrope.grids.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;

/**
 * Reads and writes NumPy's NPY files: versions 1 to 3, {@code f4} and {@code f8} in either byte order, C and Fortran
 * order.
 *
 * <p>A field of one component has the shape of its grid; one of several has the components as a first axis. Files are
 * mapped, never read through the heap, and the header is judged before any memory is taken for entries. Whatever is
 * wrong with a file is said by an {@link IOException} in one sentence, which begins with the path. Writing goes to a
 * file beside the target that takes its place when it is complete, so a failure leaves the target as it was; a target
 * that is a symbolic link stays one, and the file it names is replaced.
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
     * @throws IllegalStateException if the arena has been closed
     */
    public static NpyArray read(Path path, Arena arena) throws IOException {
        return read(path, file -> {
            MemorySegment data = arena.allocate(file.entries().byteSize(), 64);
            file.copyTo(data, file.header().precision());
            return new NpyArray(file.header().shape(), file.header().precision(), data);
        });
    }

    /**
     * Reads a field; its values are the entries of the file, widened or rounded to the precision of the fields.
     *
     * @param path the file; its entries may be of either precision. What a {@code float} cannot hold becomes infinite
     * @param type type of the field
     * @param grid grid of the field
     * @param fields where it is allocated
     * @return the field
     * @throws IOException if the file cannot be read, is not an NPY file of numbers, or has another shape
     * @throws IllegalArgumentException if the field would not fit into memory that can be addressed
     * @throws IllegalStateException if the arena of the fields has been closed
     */
    public static Field readField(Path path, FieldType type, Grid grid, Fields fields) throws IOException {
        long[] wanted = shape(type, grid);
        return read(path, file -> {
            if (!Arrays.equals(file.header().shape(), wanted)) {
                throw new IOException("shape is " + Arrays.toString(file.header().shape()) + "; it had to be "
                        + Arrays.toString(wanted) + " for a " + type + " field on this grid");
            }
            Field field = fields.of(type, grid);
            file.copyTo(field.segment(), field.precision());
            return field;
        });
    }

    /** What is made of a file while it is mapped. */
    private interface Reading<T> {
        T of(NpyFile file) throws IOException;
    }

    private static <T> T read(Path path, Reading<T> reading) throws IOException {
        try {
            // before opening, which may wait for ever on a named pipe
            requireRegularIfThere(path);
            try (Arena mapping = Arena.ofShared();
                    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), mapping);
                return reading.of(NpyFile.of(bytes));
            }
        } catch (IOException wrong) {
            throw said(path, wrong);
        }
    }

    private static void requireRegularIfThere(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("it is a folder or a device; it had to be a regular file");
        }
    }

    /** The same with a sentence; exceptions of the file system often have a path for their whole message. */
    private static IOException said(Path path, IOException wrong) {
        String sentence = switch (wrong) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "access is denied";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(wrong.getMessage());
        };
        return new IOException(path + ": " + sentence, wrong);
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
     * @throws IllegalStateException if the field lies in an arena that has been closed
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
     * @throws IllegalStateException if the array lies in an arena that has been closed
     */
    public static void write(Path path, NpyArray array) throws IOException {
        MemorySegment data = array.data();
        if (!data.scope().isAlive()) {
            throw new IllegalStateException("array lies in an arena that has been closed; it had to be open");
        }
        try {
            requireRegularIfThere(path);
            replace(Files.exists(path) ? path.toRealPath() : path.toAbsolutePath(), array);
        } catch (IOException wrong) {
            throw said(path, wrong);
        }
    }

    private static void replace(Path target, NpyArray array) throws IOException {
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
