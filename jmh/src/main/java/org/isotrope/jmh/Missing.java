package org.isotrope.jmh;

import java.util.ArrayList;
import java.util.List;
import org.isotrope.grids.Precision;

/** Who cannot take part on this machine. */
final class Missing {
    private static final int AVX_512 = 16;

    private Missing() {}

    /**
     * Names of contestants that are missing.
     *
     * @param sentences told about each
     */
    static List<String> contestants(List<String> sentences) {
        List<String> names = new ArrayList<>();
        if (!NativeCode.isPresent()) {
            names.addAll(List.of("plainC", "tunedC", "fftw"));
            sentences.add("No C compiler cc was found: plain and hand-tuned C and FFTW are missing.");
        } else {
            long lanes = NativeCode.TUNED.number("lanes", Precision.FLOAT);
            if (lanes < AVX_512) {
                sentences.add("The machine has no AVX-512: hand-tuned C runs with " + lanes + " floats a register.");
            }
            if (!Fftw.isPresent()) {
                names.add("fftw");
                sentences.add("libfftw3f.so.3 was not found: FFTW is missing.");
            }
        }
        for (String peer : Peer.NAMES) {
            if (Peer.named(peer) == null) {
                names.add(peer);
                sentences.add(peer + " is not on the class path, which the profile study has: it is missing.");
            }
        }
        return names;
    }
}
