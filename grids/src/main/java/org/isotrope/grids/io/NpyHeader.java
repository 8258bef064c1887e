package org.isotrope.grids.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isotrope.grids.Precision;
import org.jspecify.annotations.Nullable;

/**
 * The head of an NPY file: magic string, version, and a Python dictionary that says type, order and shape.
 *
 * <p>Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays", and the documentation of
 * {@code numpy.lib.format} for versions 2 and 3.
 *
 * @param precision number format
 * @param order byte order of the entries
 * @param fortran whether the first axis varies fastest
 * @param shape entries along each axis
 * @param dataStart byte at which the entries begin
 */
record NpyHeader(Precision precision, ByteOrder order, boolean fortran, long[] shape, long dataStart) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Longer dictionaries than this describe no array of numbers; NumPy's own limit is 10 000. */
    private static final long LONGEST = 65_536;

    static NpyHeader read(MemorySegment file) throws IOException {
        long size = file.byteSize();
        if (size < 10) {
            throw new IOException("file has " + size + " bytes; an NPY file had to have at least 10");
        }
        for (int i = 0; i < MAGIC.length; i++) {
            if (file.get(ValueLayout.JAVA_BYTE, i) != MAGIC[i]) {
                throw new IOException("file does not begin with \\x93NUMPY; an NPY file had to");
            }
        }
        int major = Byte.toUnsignedInt(file.get(ValueLayout.JAVA_BYTE, 6));
        int minor = Byte.toUnsignedInt(file.get(ValueLayout.JAVA_BYTE, 7));
        if (major < 1 || major > 3 || minor != 0) {
            throw new IOException("NPY version is " + major + "." + minor + "; it had to be 1.0, 2.0 or 3.0");
        }
        long start = major == 1 ? 10 : 12;
        if (size < start) {
            throw new IOException("file ends inside its header, after " + size + " bytes");
        }
        long length = major == 1
                ? Short.toUnsignedLong(file.get(SHORT, 8))
                : Integer.toUnsignedLong(file.get(INT, 8));
        if (length > size - start || length > LONGEST) {
            throw new IOException("header claims " + length + " bytes; it had to have at most "
                    + Math.min(size - start, LONGEST));
        }
        byte[] bytes = file.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE);
        String text = new String(bytes, major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        return new Dictionary(text).read(start + length);
    }

    /** The text of a header for an array in C order and native byte order, padded as NumPy does. */
    static byte[] write(Precision precision, long[] shape) {
        StringBuilder text = new StringBuilder("{'descr': '");
        text.append(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? '<' : '>').append('f');
        text.append(precision.bytes()).append("', 'fortran_order': False, 'shape': (");
        for (int a = 0; a < shape.length; a++) {
            text.append(a == 0 ? "" : " ").append(shape[a]).append(a == 0 || a + 1 < shape.length ? "," : "");
        }
        text.append("), }");
        // the entries begin at a multiple of 64 bytes; ten bytes go before the text and a line break ends it
        text.append(" ".repeat(63 - (text.length() + 10) % 64)).append('\n');
        byte[] head = new byte[10 + text.length()];
        System.arraycopy(MAGIC, 0, head, 0, MAGIC.length);
        head[6] = 1;
        head[8] = (byte) text.length();
        head[9] = (byte) (text.length() >> 8);
        System.arraycopy(text.toString().getBytes(StandardCharsets.ISO_8859_1), 0, head, 10, text.length());
        return head;
    }

    /** A part of a header on one short line, whatever it holds. */
    static String shown(String part) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < part.length(); i++) {
            if (i == 60) {
                return line.append('…').toString();
            }
            char c = part.charAt(i);
            line.append(Character.isISOControl(c) ? String.format(Locale.ROOT, "\\x%02x", (int) c) : String.valueOf(c));
        }
        return line.toString();
    }

    /** A reader of the few Python literals that a header is made of. */
    private static final class Dictionary {
        private final String text;
        private int at;
        private @Nullable String descr;
        private @Nullable Boolean fortran;
        private long @Nullable [] shape;

        Dictionary(String text) {
            this.text = text;
        }

        NpyHeader read(long dataStart) throws IOException {
            expect('{');
            while (!next('}')) {
                String key = string();
                expect(':');
                entry(key);
                if (!next(',')) {
                    expect('}');
                    break;
                }
            }
            skipSpace();
            if (at < text.length()) {
                throw wrong("nothing more");
            }
            if (descr == null || fortran == null || shape == null) {
                throw new IOException("header lacks "
                        + (descr == null ? "'descr'" : fortran == null ? "'fortran_order'" : "'shape'")
                        + "; it had to have 'descr', 'fortran_order' and 'shape'");
            }
            return header(descr, fortran, shape, dataStart);
        }

        private void entry(String key) throws IOException {
            boolean known;
            switch (key) {
                case "descr" -> {
                    known = descr == null;
                    descr = string();
                }
                case "fortran_order" -> {
                    known = fortran == null;
                    fortran = truth();
                }
                case "shape" -> {
                    known = shape == null;
                    shape = tuple();
                }
                default -> throw new IOException("header has the key '" + shown(key)
                        + "'; it had to have 'descr', 'fortran_order' and 'shape' alone");
            }
            if (!known) {
                throw new IOException("header has the key '" + key + "' twice; it had to have it once");
            }
        }

        private static NpyHeader header(String descr, boolean fortran, long[] shape, long dataStart)
                throws IOException {
            ByteOrder order = descr.startsWith("<") ? ByteOrder.LITTLE_ENDIAN
                    : descr.startsWith(">") ? ByteOrder.BIG_ENDIAN
                    : ByteOrder.nativeOrder();
            Precision precision = switch (descr.replaceFirst("^[<>=]", "")) {
                case "f4" -> Precision.FLOAT;
                case "f8" -> Precision.DOUBLE;
                default -> throw new IOException("type of the entries is '" + shown(descr)
                        + "'; it had to be f4 or f8 in either byte order");
            };
            return new NpyHeader(precision, order, fortran, shape, dataStart);
        }

        private void skipSpace() {
            while (at < text.length() && " \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private boolean next(char c) {
            skipSpace();
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        private void expect(char c) throws IOException {
            if (!next(c)) {
                throw wrong("'" + c + "'");
            }
        }

        private IOException wrong(String wanted) {
            String found = at < text.length() ? "'" + shown(text.substring(at, at + 1)) + "'" : "its end";
            return new IOException("header has " + found + " at character " + at + "; there had to be " + wanted);
        }

        private String string() throws IOException {
            skipSpace();
            char quote = at < text.length() ? text.charAt(at) : 0;
            if (quote != '\'' && quote != '"') {
                throw wrong("a string");
            }
            int end = text.indexOf(quote, at + 1);
            if (end < 0) {
                throw new IOException("header has a string that does not end, at character " + at);
            }
            String string = text.substring(at + 1, end);
            at = end + 1;
            return string;
        }

        private boolean truth() throws IOException {
            skipSpace();
            if (text.startsWith("True", at)) {
                at += 4;
                return true;
            }
            if (text.startsWith("False", at)) {
                at += 5;
                return false;
            }
            throw wrong("True or False");
        }

        private long[] tuple() throws IOException {
            expect('(');
            List<Long> sizes = new ArrayList<>();
            while (!next(')')) {
                sizes.add(number());
                if (!next(',')) {
                    // a number in brackets without a comma is a number to Python, not a tuple
                    expect(sizes.size() > 1 ? ')' : ',');
                    break;
                }
            }
            if (sizes.size() > NpyArray.MOST_AXES) {
                throw new IOException("shape is " + shown(sizes.toString()) + ", of " + sizes.size()
                        + " entries; it had to have at most " + NpyArray.MOST_AXES);
            }
            return sizes.stream().mapToLong(Long::longValue).toArray();
        }

        private long number() throws IOException {
            skipSpace();
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (start == at) {
                throw wrong("a size of at least 0");
            }
            String digits = text.substring(start, at);
            if (digits.length() > 1 && digits.charAt(0) == '0') {
                throw new IOException("shape has an entry " + shown(digits) + "; it had to begin with another digit");
            }
            if (text.startsWith("L", at)) {
                // Python 2 wrote large sizes so
                at++;
            }
            try {
                return Long.parseLong(digits);
            } catch (NumberFormatException overflow) {
                throw new IOException("shape has an entry " + shown(digits) + "; it had to be below 2⁶³", overflow);
            }
        }
    }
}
