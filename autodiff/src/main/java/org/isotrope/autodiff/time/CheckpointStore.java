package org.isotrope.autodiff.time;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.jspecify.annotations.Nullable;

/** The slots for states, in memory or in a mapped file; a slot in memory is allocated when it is first used. */
final class CheckpointStore {
    private static final long ALIGNMENT = 64;

    private final Field model;
    private final @Nullable Field[] slots;

    CheckpointStore(Field model, int count, @Nullable Path directory) {
        this.model = model;
        this.slots = new Field[count];
        if (directory != null) {
            map(directory);
        }
    }

    private void map(Path directory) {
        long bytes = model.segment().byteSize();
        long stride = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        try {
            Path file = Files.createTempFile(directory, "isotrope-", ".checkpoints");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                MemorySegment all =
                        channel.map(FileChannel.MapMode.READ_WRITE, 0, stride * slots.length, Arena.ofAuto());
                for (int k = 0; k < slots.length; k++) {
                    slots[k] = Fields.wrap(
                            all.asSlice(k * stride, bytes), model.type(), model.grid(), model.precision());
                }
            }
            deleteIfPossible(file);
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoints could not be mapped to a file in " + directory, e);
        }
    }

    private static void deleteIfPossible(Path file) {
        try {
            Files.delete(file);
        } catch (IOException mappedFilesCannotBeDeletedHere) {
            file.toFile().deleteOnExit();
        }
    }

    int count() {
        return slots.length;
    }

    /** Makes a field a slot. */
    void put(int k, Field state) {
        slots[k] = state;
    }

    /** The field of a slot, kept when the slot is taken anew. */
    Field slot(int k) {
        Field slot = slots[k];
        if (slot == null) {
            slot = Fields.automatic().like(model);
            slots[k] = slot;
        }
        return slot;
    }
}
