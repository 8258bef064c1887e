package org.isotrope.experiments;

import com.madgag.gif.fmsware.AnimatedGifEncoder;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.isotrope.grids.Field;

/** Fields of the plane as pictures without text: x to the right, y upwards. */
final class Picture {
    private Picture() {}

    /** The largest magnitude of a field. */
    static double size(Field field) {
        double size = 0;
        for (long i = 0; i < field.count(); i++) {
            size = Math.max(size, Math.abs(field.getFlat(i)));
        }
        return size;
    }

    /**
     * One component as a heat map.
     *
     * @param c component
     * @param map colours
     * @param low number of the first colour
     * @param high number of the last colour
     * @param width about how wide, in pixels
     */
    static BufferedImage heat(Field field, int c, ColourMap map, double low, double high, int width) {
        int nx = field.grid().axis(0).size();
        int ny = field.grid().axis(1).size();
        int block = Math.max(1, Math.round((float) width / nx));
        BufferedImage image = new BufferedImage(nx * block, ny * block, BufferedImage.TYPE_INT_RGB);
        for (int px = 0; px < image.getWidth(); px++) {
            for (int py = 0; py < image.getHeight(); py++) {
                double value = field.get(c, px / block, ny - 1 - py / block);
                image.setRGB(px, py, map.at(high > low ? (value - low) / (high - low) : 0.5));
            }
        }
        return image;
    }

    /** A heat map about zero, from minus to plus the given size. */
    static BufferedImage signed(Field field, double size, int width) {
        return heat(field, 0, ColourMap.DIVERGING, -size, size, width);
    }

    /**
     * A vector field as arrows over a scalar field; lengths are as the square root of the magnitude.
     *
     * @param below scalar field under the arrows
     * @param belowSize its number of the strongest colour
     * @param vectors the arrows
     * @param width about how wide, in pixels
     */
    static BufferedImage arrows(Field below, double belowSize, Field vectors, int width) {
        BufferedImage image = signed(below, belowSize, width);
        int nx = vectors.grid().axis(0).size();
        int ny = vectors.grid().axis(1).size();
        double block = (double) image.getWidth() / nx;
        int stride = Math.max(1, Math.round(nx / 21f));
        double largest = 0;
        for (int i = 0; i < nx; i++) {
            for (int j = 0; j < ny; j++) {
                largest = Math.max(largest, Math.hypot(vectors.get(0, i, j), vectors.get(1, i, j)));
            }
        }
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(new Color(0x222222));
        graphics.setStroke(new BasicStroke(1.2f));
        for (int i = 0; i < nx; i += stride) {
            for (int j = 0; j < ny; j += stride) {
                double x = vectors.get(0, i, j);
                double y = vectors.get(1, i, j);
                double norm = Math.hypot(x, y);
                if (norm > 0) {
                    double length = 1.6 * block * stride * Math.sqrt(norm / largest);
                    arrow(graphics, (i + 0.5) * block, (ny - j - 0.5) * block, length * x / norm, -length * y / norm);
                }
            }
        }
        graphics.dispose();
        return image;
    }

    private static void arrow(Graphics2D graphics, double x, double y, double dx, double dy) {
        double length = Math.hypot(dx, dy);
        double head = Math.min(5, 0.6 * length);
        double tipX = x + dx / 2;
        double tipY = y + dy / 2;
        double ux = dx / length;
        double uy = dy / length;
        graphics.draw(new Line2D.Double(x - dx / 2, y - dy / 2, tipX - 0.7 * head * ux, tipY - 0.7 * head * uy));
        Path2D triangle = new Path2D.Double();
        triangle.moveTo(tipX, tipY);
        triangle.lineTo(tipX - head * ux + 0.45 * head * uy, tipY - head * uy - 0.45 * head * ux);
        triangle.lineTo(tipX - head * ux - 0.45 * head * uy, tipY - head * uy + 0.45 * head * ux);
        triangle.closePath();
        graphics.fill(triangle);
    }

    /** Pictures in a row on white. */
    static BufferedImage beside(List<BufferedImage> parts, int gap) {
        int width = parts.stream().mapToInt(part -> part.getWidth() + gap).sum() - gap;
        int height = parts.stream().mapToInt(BufferedImage::getHeight).max().orElseThrow();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        int x = 0;
        for (BufferedImage part : parts) {
            graphics.drawImage(part, x, 0, null);
            x += part.getWidth() + gap;
        }
        graphics.dispose();
        return image;
    }

    static byte[] png(BufferedImage image) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ImageIO.setUseCache(false);
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Pictures one after the other, over and over. */
    static byte[] gif(List<BufferedImage> images, int millisEach) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AnimatedGifEncoder encoder = new AnimatedGifEncoder();
        encoder.start(bytes);
        encoder.setRepeat(0);
        encoder.setDelay(millisEach);
        encoder.setQuality(5);
        images.forEach(encoder::addFrame);
        encoder.finish();
        return bytes.toByteArray();
    }
}
