package org.isotrope.experiments;

import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/** A web page in one file, its pictures inside. */
final class Page {
    private static final String STYLE = """
            body { font: 16px/1.5 system-ui, sans-serif; color: #222; max-width: 1180px;
                margin: 2em auto; padding: 0 1em; }
            h1 { margin-bottom: 0; } h2 { margin-top: 2.2em; border-bottom: 2px solid #1f5fa8; }
            p, li { max-width: 48em; }
            table { border-collapse: collapse; margin: 1em 0; font-variant-numeric: tabular-nums; }
            th, td { padding: .25em .8em; text-align: left; border-bottom: 1px solid #ddd; }
            td.n { text-align: right; } .holds { color: #2e7d32; } .missed { color: #c62828; font-weight: bold; }
            .row { display: flex; flex-wrap: wrap; gap: 1.2em; align-items: flex-start; margin: 1em 0; }
            figure { margin: 0; } figcaption { font-size: 13px; color: #555; max-width: 36em; }
            figure img { display: block; border: 1px solid #ddd; }
            .small figcaption { max-width: 256px; }
            .bar { height: 9px; margin: 4px 0 0; border: 1px solid #ccc; }
            .ends { display: flex; justify-content: space-between; font-size: 12px; color: #555; }
            code { background: #f3f3f3; padding: 0 .25em; }
            details { margin: 1em 0; }
            """;

    private final StringBuilder body = new StringBuilder();

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    Page heading(String text) {
        body.append("<h2>").append(escape(text)).append("</h2>\n");
        return this;
    }

    Page subheading(String text) {
        body.append("<h3>").append(escape(text)).append("</h3>\n");
        return this;
    }

    Page paragraph(String text) {
        body.append("<p>").append(escape(text)).append("</p>\n");
        return this;
    }

    Page folded(String summary, String text) {
        body.append("<details><summary>").append(escape(summary)).append("</summary><p>").append(escape(text))
                .append("</p></details>\n");
        return this;
    }

    /** Figures side by side. */
    Page row(String... figures) {
        body.append("<div class=\"row\">").append(String.join("\n", figures)).append("</div>\n");
        return this;
    }

    static String chart(String caption, Supplier<Chart> chart) {
        byte[] svg;
        try {
            svg = chart.get().svg();
        } catch (RuntimeException | LinkageError | InternalError noFonts) {
            return "<figure><p>This chart needs fonts, and Java found none on this machine ("
                    + escape(noFonts.toString()) + ").</p><figcaption>" + escape(caption) + "</figcaption></figure>";
        }
        return figure("image/svg+xml", svg, "", caption);
    }

    static String picture(BufferedImage image, String caption) {
        return picture(image, "small", caption);
    }

    static String picture(BufferedImage image, String style, String caption) {
        return figure("image/png", Picture.png(image), style, caption);
    }

    /** A heat map with a bar that says what its colours mean. */
    static String heat(BufferedImage image, ColourMap map, double low, double high, String caption) {
        return "<figure class=\"small\">" + img("image/png", Picture.png(image), caption) + bar(map, low, high)
                + "<figcaption>" + escape(caption) + "</figcaption></figure>";
    }

    private static String bar(ColourMap map, double low, double high) {
        return "<div class=\"bar\" style=\"background:" + map.css() + "\"></div><div class=\"ends\"><span>"
                + Check.brief(low) + "</span><span>" + Check.brief(high) + "</span></div>";
    }

    /** What the colours of several pictures mean. */
    static String scale(ColourMap map, double low, double high, String caption) {
        return "<figure style=\"width:400px\">" + bar(map, low, high) + "<figcaption>" + escape(caption)
                + "</figcaption></figure>";
    }

    static String animation(byte[] gif, String caption) {
        return figure("image/gif", gif, "small", caption);
    }

    private static String figure(String type, byte[] bytes, String style, String caption) {
        return "<figure class=\"" + style + "\">" + img(type, bytes, caption) + "<figcaption>" + escape(caption)
                + "</figcaption></figure>";
    }

    private static String img(String type, byte[] bytes, String caption) {
        return "<img alt=\"" + escape(caption) + "\" src=\"data:" + type + ";base64,"
                + Base64.getEncoder().encodeToString(bytes) + "\">";
    }

    Page table(List<String> head, List<List<String>> rows) {
        body.append("<table><tr>");
        head.forEach(cell -> body.append("<th>").append(escape(cell)).append("</th>"));
        body.append("</tr>\n");
        for (List<String> row : rows) {
            body.append("<tr>");
            row.forEach(cell -> body.append("<td>").append(escape(cell)).append("</td>"));
            body.append("</tr>\n");
        }
        body.append("</table>\n");
        return this;
    }

    Page checks(List<Check> checks) {
        body.append("<table><tr><th>experiment</th><th>number</th><th>value</th><th>bar</th><th></th></tr>\n");
        for (Check check : checks) {
            body.append("<tr><td>").append(escape(check.experiment())).append("</td><td>").append(escape(check.what()))
                    .append("</td><td class=\"n\">").append(check.shown()).append("</td><td class=\"n\">")
                    .append(check.hasBar() ? "≤ " + Check.brief(check.bar()) : "").append("</td><td class=\"")
                    .append(check.holds() ? "holds" : "missed").append("\">").append(check.verdict())
                    .append("</td></tr>\n");
        }
        body.append("</table>\n");
        return this;
    }

    Page append(Page other) {
        body.append(other.body);
        return this;
    }

    /** The page as HTML under a title. */
    String html(String title) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escape(title)
                + "</title>\n<style>\n" + STYLE + "</style></head><body>\n<h1>" + escape(title) + "</h1>\n" + body
                + "</body></html>\n";
    }
}
