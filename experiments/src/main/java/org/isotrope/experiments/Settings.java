package org.isotrope.experiments;

import java.util.EnumSet;
import java.util.Set;
import org.isotrope.grids.Precision;

/**
 * What to run and how large; {@link #paper()} is what the paper did.
 *
 * @param only which experiments
 * @param nodes nodes along each axis in electrostatics
 * @param cutoff of the radial kernels
 * @param wideCutoff of the radial kernels where one sample leaves radii open
 * @param splines number of smooth basis functions
 * @param hidden hidden units of the perceptron
 * @param steps of Adam
 * @param starts how many initialisations of the perceptron are tried
 * @param movieNodes nodes along each axis in diffusion
 * @param frames of the movie
 * @param noise deviation over the root mean square of each frame
 * @param problemNodes nodes along each axis in the inverse problems
 * @param precision of all fields
 * @param seed of everything random
 */
record Settings(
        Set<Experiment> only,
        int nodes,
        double cutoff,
        double wideCutoff,
        int splines,
        int hidden,
        int steps,
        int starts,
        int movieNodes,
        int frames,
        double noise,
        int problemNodes,
        Precision precision,
        long seed) {
    /** The experiments by their names on the command line. */
    enum Experiment {
        /** One sample, cutoff 1. */
        electrostatics,
        /** The same with a cutoff beyond what one sample determines. */
        wide,
        /** Coefficients from a movie. */
        diffusion,
        /** A vector field without its blur and noise. */
        deconvolution,
        /** Charges from the potential on the walls. */
        sources,
        /** A diffusivity that varies in space, from a noisy movie. */
        diffusivity,
        /** A forcing that steers a blob onto a target. */
        control,
        /** The beginning of a flow from its end. */
        flow,
        /** A radial kernel for the root of the Laplacian. */
        fractional
    }

    Settings {
        only = EnumSet.copyOf(only);
        require("--nodes", nodes, 5, 201);
        require("--splines", splines, 4, 200);
        require("--hidden", hidden, 1, 10_000);
        require("--steps", steps, 1, 1_000_000);
        require("--starts", starts, 1, 1000);
        require("--movie-nodes", movieNodes, 9, 2001);
        require("--frames", frames, 3, 100_000);
        require("--problem-nodes", problemNodes, 16, 256);
        requirePositive("--cutoff", cutoff);
        requirePositive("--wide-cutoff", wideCutoff);
        if (!(noise >= 0 && noise <= 10)) {
            throw new IllegalArgumentException("--noise is " + noise + "; it had to be from 0 to 10");
        }
    }

    private static void require(String option, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(option + " is " + value + "; it had to be from " + low + " to " + high);
        }
    }

    private static void requirePositive(String option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(option + " is " + value + "; it had to be positive and finite");
        }
    }

    static Settings paper() {
        return new Settings(EnumSet.allOf(Experiment.class), 21, 1, Math.sqrt(3), 12, 32, 500, 5, 101, 51, 0.01, 64,
                Precision.DOUBLE, 20);
    }

    /** Whether the bars of electrostatics are meant for these settings. */
    boolean isPaperElectrostatics() {
        Settings paper = paper();
        return nodes == paper.nodes && cutoff == paper.cutoff && wideCutoff == paper.wideCutoff
                && splines == paper.splines && hidden == paper.hidden && steps == paper.steps
                && precision == paper.precision;
    }

    /** Whether the bars of diffusion are meant for these settings. */
    boolean isPaperDiffusion() {
        Settings paper = paper();
        return movieNodes == paper.movieNodes && frames == paper.frames && noise == paper.noise
                && precision == paper.precision;
    }

    /** Whether the bars of the inverse problems are meant for these settings. */
    boolean isPaperProblems() {
        return problemNodes == paper().problemNodes;
    }
}
