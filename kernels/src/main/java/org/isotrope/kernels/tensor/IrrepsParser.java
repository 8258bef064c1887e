package org.isotrope.kernels.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code sum := term ('+' term)*}, {@code term := [count 'x'] order ['e' | 'o']}, white space anywhere between.
 *
 * <p>Without a given dimension the first order ≥ 1 decides: with parity 3D, without 2D; a sum of {@code 0e} and
 * {@code 0o} alone is 3D.
 */
final class IrrepsParser {
    private final String text;
    private int dimension;
    private int at;

    /** One term as read, before the dimension is known. */
    private record Raw(int multiplicity, int order, char parity, int start) {}

    IrrepsParser(String text, int spaceDimension) {
        if (spaceDimension != 2 && spaceDimension != 3) {
            throw new IllegalArgumentException("spaceDimension is " + spaceDimension + "; it had to be 2 or 3");
        }
        this.text = text;
        this.dimension = spaceDimension;
    }

    IrrepsParser(String text) {
        this.text = text;
        this.dimension = 0;
    }

    Irrep irrep() {
        skipSpace();
        int start = at;
        int order = number("an order such as 1");
        Raw raw = new Raw(1, order, parity(order), start);
        if (!atEnd()) {
            throw wrong("the end of one irrep");
        }
        return irrep(raw);
    }

    Irreps irreps() {
        List<Raw> raws = new ArrayList<>();
        do {
            raws.add(term());
        } while (more());
        if (dimension == 0) {
            dimension = 3;
        }
        List<Irreps.Term> terms = new ArrayList<>();
        for (Raw raw : raws) {
            terms.add(new Irreps.Term(raw.multiplicity, irrep(raw)));
        }
        return Irreps.of(terms);
    }

    private boolean more() {
        if (atEnd()) {
            return false;
        }
        if (text.charAt(at) != '+') {
            throw wrong("'+' or the end");
        }
        at++;
        return true;
    }

    private Raw term() {
        skipSpace();
        int start = at;
        int first = number("a term such as 2x0e");
        if (atEnd() || text.charAt(at) != 'x') {
            return new Raw(1, first, parity(first), start);
        }
        if (first == 0) {
            at = start;
            throw wrong("a multiplicity of at least 1");
        }
        at++;
        skipSpace();
        int orderStart = at;
        int order = number("an order such as 1");
        return new Raw(first, order, parity(order), orderStart);
    }

    private int number(String what) {
        skipSpace();
        int start = at;
        long value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = 10 * value + text.charAt(at) - '0';
            if (value > CircularIrrep.MAX_M) {
                at = start;
                throw wrong("a number up to " + CircularIrrep.MAX_M);
            }
            at++;
        }
        if (at == start) {
            throw wrong(what);
        }
        return (int) value;
    }

    /** The parity letter, or a blank where 2D has none; decides the dimension if that is open. */
    private char parity(int order) {
        skipSpace();
        char c = at < text.length() ? text.charAt(at) : ' ';
        boolean given = c == 'e' || c == 'o';
        if (dimension == 0 && order > 0 && (given || c == ' ' || c == '+')) {
            dimension = given ? 3 : 2;
        }
        if (given && order > 0 && dimension == 2) {
            throw wrong("'+' or the end, as orders above 0 have no parity in 2D");
        }
        if (!given && (order == 0 || dimension != 2)) {
            throw wrong("a parity, 'e' or 'o'");
        }
        at += given ? 1 : 0;
        return given ? c : ' ';
    }

    private Irrep irrep(Raw raw) {
        if (dimension == 3 && raw.order > SphericalIrrep.MAX_L) {
            at = raw.start;
            throw wrong("a degree l of 0 to " + SphericalIrrep.MAX_L);
        }
        return dimension == 3
                ? new SphericalIrrep(raw.order, raw.parity == 'e' ? Parity.EVEN : Parity.ODD)
                : new CircularIrrep(raw.order, raw.parity == 'o');
    }

    private boolean atEnd() {
        skipSpace();
        return at == text.length();
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String wanted) {
        String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        return new IllegalArgumentException("text is \"" + text + "\" with " + found + " at character " + (at + 1)
                + "; there had to be " + wanted);
    }
}
