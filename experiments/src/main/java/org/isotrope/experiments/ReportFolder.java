package org.isotrope.experiments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a report goes: all of its files or none of them are replaced. */
final class ReportFolder {
    private final Path folder;

    private ReportFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder and tries whether files can be written there, before any work is done.
     *
     * @throws IOException if not, in one sentence
     */
    static ReportFolder open(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "report", ".part"));
        } catch (FileAlreadyExistsException file) {
            throw new IOException("--out is " + folder + "; it had to be a folder, and it is a file", file);
        } catch (IOException denied) {
            throw new IOException("--out is " + folder + "; it had to be a folder that can be written to", denied);
        }
        return new ReportFolder(folder);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Writes every file beside its place first, and moves them there when all are complete. */
    void write(Map<String, String> files) throws IOException {
        Map<Path, Path> places = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, String> entry : files.entrySet()) {
                Path part = folder.resolve(entry.getKey() + ".part");
                places.put(part, folder.resolve(entry.getKey()));
                Files.writeString(part, entry.getValue(), StandardCharsets.UTF_8);
            }
            for (Map.Entry<Path, Path> place : places.entrySet()) {
                move(place.getKey(), place.getValue());
            }
        } finally {
            for (Path part : places.keySet()) {
                Files.deleteIfExists(part);
            }
        }
    }

    private static void move(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException plain) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
