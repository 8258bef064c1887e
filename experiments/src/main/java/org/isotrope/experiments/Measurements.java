package org.isotrope.experiments;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.grids.io.Npy;
import org.isotrope.grids.io.NpyArray;
import org.jspecify.annotations.Nullable;

/** The user's own data, read from NPY files. */
final class Measurements {
    private Measurements() {}

    /**
     * A charge and what was measured of its potential and its field.
     *
     * @param charge shape (n, m)
     * @param laws what was measured, perhaps nothing
     */
    record Sample(Field charge, Map<Electrostatics.Law, Field> laws) {}

    /**
     * A movie.
     *
     * @param frames one field a time
     * @param times of the frames
     * @param source what emits
     */
    record Movie(List<Field> frames, double[] times, Field source) {}

    static Sample sample(
            Path charge, @Nullable Path potential, @Nullable Path field, double spacing, Precision precision)
            throws IOException {
        Fields fields = Fields.automatic().precision(precision);
        Grid grid = grid("--charge", charge, shape("--charge", charge, 2, "(n, m)"), 0, spacing);
        Field density = requireNumbers("--charge", charge, Npy.readField(charge, FieldType.SCALAR, grid, fields));
        if (Picture.size(density) == 0) {
            throw new IOException("--charge " + charge + " is zero everywhere; it had to have a charge to learn from");
        }
        Map<Electrostatics.Law, Field> laws = new EnumMap<>(Electrostatics.Law.class);
        if (potential != null) {
            laws.put(Electrostatics.Law.POTENTIAL, output("--potential", potential, FieldType.SCALAR, grid, fields));
        }
        if (field != null) {
            laws.put(Electrostatics.Law.FIELD, output("--field", field, FieldType.VECTOR, grid, fields));
        }
        return new Sample(density, laws);
    }

    private static Field output(String option, Path path, FieldType type, Grid grid, Fields fields)
            throws IOException {
        requireFile(option, path);
        Field output = requireNumbers(option, path, Npy.readField(path, type, grid, fields));
        if (Picture.size(output) == 0) {
            throw new IOException(option + " " + path + " is zero everywhere; errors had to have something to be"
                    + " relative to");
        }
        return output;
    }

    static Movie movie(
            Path path,
            @Nullable Path times,
            double interval,
            @Nullable Path source,
            double spacing,
            Precision precision) throws IOException {
        long[] shape = shape("--movie", path, 3, "(frames, n, m)");
        if (shape[0] < 3) {
            throw new IOException("--movie " + path + " has " + shape[0] + " frames; it had to have at least 3");
        }
        Grid grid = grid("--movie", path, shape, 1, spacing);
        Fields fields = Fields.automatic().precision(precision);
        List<Field> frames = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            NpyArray array = Npy.read(path, arena);
            for (int f = 0; f < shape[0]; f++) {
                Field frame = fields.scalar(grid);
                for (long i = 0; i < frame.count(); i++) {
                    frame.setFlat(i, array.get(f * frame.count() + i));
                }
                frames.add(requireNumbers("--movie", path, frame));
            }
        }
        Field emitter = source == null
                ? DiffusionAdvection.emitter(grid, precision)
                : source(source, grid, fields);
        double[] at = times == null
                ? DiffusionAdvection.times(frames.size(), interval)
                : times(times, frames.size());
        return new Movie(frames, at, emitter);
    }

    private static Field source(Path path, Grid grid, Fields fields) throws IOException {
        requireFile("--source", path);
        return requireNumbers("--source", path, Npy.readField(path, FieldType.SCALAR, grid, fields));
    }

    private static double[] times(Path path, int frames) throws IOException {
        long[] shape = shape("--times", path, 1, "(frames)");
        if (shape[0] != frames) {
            throw new IOException("--times " + path + " has " + shape[0] + " entries; it had to have " + frames
                    + ", one for each frame");
        }
        double[] times = new double[frames];
        try (Arena arena = Arena.ofConfined()) {
            NpyArray array = Npy.read(path, arena);
            for (int f = 0; f < frames; f++) {
                times[f] = array.get(f);
                if (!Double.isFinite(times[f]) || f > 0 && !(times[f] > times[f - 1])) {
                    throw new IOException("--times " + path + " has entry " + times[f] + " at " + f
                            + "; times had to be finite and to increase");
                }
            }
        }
        return times;
    }

    private static void requireFile(String option, Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException(option + " is " + path + "; it had to be an NPY file, and there is none");
        }
        if (!Files.isReadable(path)) {
            throw new IOException(option + " is " + path + "; it had to be readable");
        }
    }

    private static long[] shape(String option, Path path, int dimensions, String meaning) throws IOException {
        requireFile(option, path);
        try (Arena arena = Arena.ofConfined()) {
            long[] shape = Npy.read(path, arena).shape();
            if (shape.length != dimensions) {
                throw new IOException(option + " " + path + " has shape " + Arrays.toString(shape) + "; it had to be "
                        + meaning);
            }
            return shape;
        }
    }

    /** [−1, 1]², or as many nodes about the origin at a spacing of the user's. */
    private static Grid grid(String option, Path path, long[] shape, int first, double spacing) throws IOException {
        Axis[] axes = new Axis[2];
        for (int a = 0; a < 2; a++) {
            long n = shape[first + a];
            if (n < 5 || n > 4001) {
                throw new IOException(option + " " + path + " has " + n + " nodes along axis " + a
                        + "; it had to have from 5 to 4001");
            }
            double half = spacing > 0 ? spacing * (n - 1) / 2 : 1;
            axes[a] = Axis.uniform(-half, half, (int) n);
        }
        return Grid.of(axes);
    }

    private static Field requireNumbers(String option, Path path, Field field) throws IOException {
        for (long i = 0; i < field.count(); i++) {
            if (!Double.isFinite(field.getFlat(i))) {
                throw new IOException(option + " " + path + " has " + field.getFlat(i)
                        + " among its entries; they all had to be finite");
            }
        }
        return field;
    }
}
