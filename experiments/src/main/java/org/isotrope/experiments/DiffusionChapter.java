package org.isotrope.experiments;

import static org.isotrope.experiments.Check.show;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.isotrope.experiments.DiffusionAdvection.Recovery;
import org.isotrope.grids.Field;
import org.jspecify.annotations.Nullable;

/** Coefficients of diffusion and advection recovered from pairs, from a movie, and from a noisy movie. */
final class DiffusionChapter {
    private static final String NAME = "diffusion";
    private static final String[] NAMES = {"D", "v1", "v2", "k"};
    private static final int STRIP = 5;

    private DiffusionChapter() {}

    /** Runs the paper's experiment, (a) to (c). */
    static Chapter run(Settings settings) {
        boolean barred = settings.isPaperDiffusion();
        DiffusionAdvection experiment =
                new DiffusionAdvection(settings.movieNodes(), settings.frames(), settings.precision());
        double[] ones = {1, 1, 1, 1};
        experiment.requireMemory(ones);
        List<Field> movie = new ArrayList<>();
        Progress.show("making the movie", settings.frames() - 1L,
                progress -> movie.addAll(experiment.movie(progress)));
        Map<String, Recovery> found = new LinkedHashMap<>();
        Progress.show("(a) from pairs", 1, progress -> {
            found.put("(a) pairs", experiment.fromPairs(movie));
            progress.step();
        });
        List<Field> noisy = DiffusionAdvection.noisy(movie, settings.noise(), settings.seed());
        // the two searches know nothing of each other: one a processor
        Progress.show("(b), (c) from movies", -1, progress -> {
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                Future<Recovery> clean = threads.submit(() -> experiment.fromMovie(movie, ones, progress));
                Future<Recovery> disturbed = threads.submit(() -> experiment.fromMovie(noisy, ones, progress));
                found.put("(b) movie", result(clean));
                found.put("(c) noisy movie", result(disturbed));
            }
        });

        double[] bars = {1e-8, 1e-6, 5e-3};
        List<Check> checks = new ArrayList<>();
        for (Map.Entry<String, Recovery> entry : found.entrySet()) {
            checks.add(new Check(NAME, entry.getKey() + ", largest relative error of D, v1, v2, k",
                    entry.getValue().error(), barred ? bars[checks.size()] : Double.NaN));
        }
        Page page = new Page();
        page.heading("Diffusion and advection: coefficients recovered from a movie");
        page.paragraph("An emitter at the centre feeds a substance that spreads and drifts, ∂u/∂t = D Δu − v·∇u + k s,"
                + " between walls that let nothing through, from nothing at t = 0 to t = 1, in " + settings.frames()
                + " frames on " + settings.movieNodes() + " × " + settings.movieNodes() + " nodes. (a) recovers the"
                + " coefficients from pairs (u, ∂u/∂t) by least squares. (b) sees the movie alone: L-BFGS on the mean"
                + " squared error, differentiated through every time step, from all coefficients at 1. (c) is (b) with"
                + " normal noise of " + show(100 * settings.noise()) + " % on every frame.");
        movie(page, "The movie", movie, noisy.getLast(), experiment.times());
        coefficients(page, found, true);
        losses(page, found);
        return new Chapter(page, checks, details(found, experiment.times(), movie, true));
    }

    /** Recovers the coefficients of a movie of the user's own. */
    static Chapter run(Measurements.Movie measured, double[] start) {
        Field first = measured.frames().getFirst();
        DiffusionAdvection experiment = new DiffusionAdvection(first.grid(), measured.times(), measured.source());
        experiment.requireMemory(start);
        Map<String, Recovery> found = new LinkedHashMap<>();
        Progress.show("from the movie", -1, progress ->
                found.put("movie", experiment.fromMovie(measured.frames(), start, progress)));
        Recovery recovery = found.get("movie");
        List<Check> checks = new ArrayList<>();
        for (int k = 0; k < NAMES.length; k++) {
            checks.add(Check.of(NAME, "recovered " + NAMES[k], recovery.coefficients()[k]));
        }
        double last = recovery.history()[recovery.history().length - 1];
        checks.add(Check.of(NAME, "mean squared error over mean square of the movie", last));
        Page page = new Page();
        page.heading("Diffusion and advection: coefficients recovered from a movie");
        page.paragraph("The movie was measured. Its " + measured.frames().size() + " frames are fitted by"
                + " ∂u/∂t = D Δu − v·∇u + k s between walls that let nothing through, from its first frame on: L-BFGS"
                + " on the mean squared error, differentiated through every time step.");
        movie(page, "The measured movie", measured.frames(), null, measured.times());
        coefficients(page, found, false);
        losses(page, found);
        return new Chapter(page, checks, details(found, measured.times(), measured.frames(), false));
    }

    private static Recovery result(Future<Recovery> future) {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the search was interrupted; it had to run to its end", stopped);
        }
    }

    private static void movie(
            Page page, String title, List<Field> movie, @Nullable Field noisy, double[] times) {
        double[] range = range(movie);
        double low = range[0];
        double high = range[1];
        List<BufferedImage> images = new ArrayList<>();
        for (Field frame : movie) {
            images.add(Picture.heat(frame, 0, ColourMap.SEQUENTIAL, low, high, 200));
        }
        List<String> figures = new ArrayList<>();
        if (images.size() <= 500) {
            figures.add(Page.animation(Picture.gif(images, Math.max(40, 4000 / images.size())), title
                    + ", over and over."));
        }
        if (noisy != null) {
            figures.add(Page.picture(Picture.heat(noisy, 0, ColourMap.SEQUENTIAL, low, high, 200),
                    "The last frame with noise, as (c) sees it."));
        }
        figures.add(Page.scale(ColourMap.SEQUENTIAL, low, high, "u in every frame"));
        page.row(figures.toArray(String[]::new));
        List<String> strip = new ArrayList<>();
        for (int k = 1; k <= STRIP; k++) {
            int f = k * (movie.size() - 1) / STRIP;
            strip.add(Page.picture(images.get(f), "t = " + Check.brief(times[f])));
        }
        page.row(strip.toArray(String[]::new));
    }

    private static double[] range(List<Field> movie) {
        double[] range = new double[2];
        for (Field frame : movie) {
            for (long i = 0; i < frame.count(); i++) {
                range[0] = Math.min(range[0], frame.getFlat(i));
                range[1] = Math.max(range[1], frame.getFlat(i));
            }
        }
        return range;
    }

    private static void coefficients(Page page, Map<String, Recovery> found, boolean hasTruth) {
        List<List<String>> rows = new ArrayList<>();
        if (hasTruth) {
            List<String> truth = new ArrayList<>(List.of("true"));
            for (double value : DiffusionAdvection.truth()) {
                truth.add(digits(value));
            }
            truth.addAll(List.of("", "", ""));
            rows.add(truth);
        }
        for (Map.Entry<String, Recovery> entry : found.entrySet()) {
            Recovery recovery = entry.getValue();
            List<String> row = new ArrayList<>(List.of(entry.getKey()));
            for (double value : recovery.coefficients()) {
                row.add(digits(value));
            }
            row.add(hasTruth ? show(recovery.error()) : "");
            row.add(recovery.iterations() == 0 ? "direct" : Integer.toString(recovery.iterations()));
            row.add(recovery.evaluations() == 0 ? "direct" : Integer.toString(recovery.evaluations()));
            rows.add(row);
        }
        page.table(List.of("from", "D", "v1", "v2", "k", "largest relative error", "iterations", "evaluations"), rows);
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, "%.10f", value);
    }

    private static void losses(Page page, Map<String, Recovery> found) {
        StringBuilder handover = new StringBuilder();
        found.forEach((name, recovery) -> {
            if (recovery.beginning() > 0) {
                handover.append(handover.isEmpty() ? "" : ", ").append(recovery.beginning()).append(" of ")
                        .append(name);
            }
        });
        page.row(Page.chart("Mean squared error over the mean square of the movie at every iteration. The first tenth"
                + " of the movie leads close to the coefficients at a tenth of the cost; the whole movie takes over at"
                + " iteration "
                + handover + ". A noisy movie cannot be fitted better than to the square of its noise.", () -> {
            Chart chart = new Chart("Learning by L-BFGS", "iteration", "loss").logarithmicY().bare();
            for (Map.Entry<String, Recovery> entry : found.entrySet()) {
                double[] history = entry.getValue().history();
                if (history.length > 1) {
                    double[] shown = Arrays.stream(history).map(v -> Math.max(v, 1e-30)).toArray();
                    chart.line(entry.getKey(), entry.getKey().contains("noisy") ? Chart.OTHER : Chart.LEARNED,
                            IntStream.range(0, history.length).asDoubleStream().toArray(), shown);
                }
            }
            return chart;
        }));
    }

    private static Map<String, Object> details(
            Map<String, Recovery> found, double[] times, List<Field> movie, boolean hasTruth) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("times", times);
        details.put("least and largest value of the movie", range(movie));
        if (hasTruth) {
            details.put("true coefficients", DiffusionAdvection.truth());
        }
        found.forEach((name, recovery) -> {
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("coefficients", recovery.coefficients());
            if (hasTruth) {
                numbers.put("largest relative error", recovery.error());
            }
            numbers.put("iterations", recovery.iterations());
            numbers.put("evaluations", recovery.evaluations());
            numbers.put("loss after every iteration", recovery.history());
            numbers.put("losses of the beginning alone", recovery.beginning());
            details.put(name, numbers);
        });
        return details;
    }
}
