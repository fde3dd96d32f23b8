package dev.pocketflow.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws plots as SVG. The white background keeps them readable on a dark page. */
final class Svg {

    private static final int WIDTH = 800;
    private static final int ROW = 26;
    private static final int LEFT = 240;
    private static final int RIGHT = 90;
    private static final int LEGEND = 270;
    /** Colours by the prefix of a row's name. The first prefix that matches wins. */
    private static final Map<String, String> COLOURS = new LinkedHashMap<>();

    static {
        COLOURS.put(Result.LIMIT, "#6b7280");
        COLOURS.put(Result.OURS + ", no path", "#60a5fa");
        COLOURS.put(Result.OURS + ", ", "#1e3a8a");
        COLOURS.put("PocketFlow TypeScript", "#0891b2");
        COLOURS.put("PocketFlow Python", "#4d7c0f");
        COLOURS.put(Result.OURS, "#1d4ed8");
        COLOURS.put("langgraph4j", "#d97706");
        COLOURS.put("langchain4j", "#be185d");
        COLOURS.put("serverlessworkflow", "#7c3aed");
        COLOURS.put("google", "#0e9f6e");
        COLOURS.put("", "#92400e");
    }

    private final StringBuilder out = new StringBuilder();

    private Svg(String title, int height) {
        out.append(String.format(Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n"
                        + "<title>%s</title>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
                WIDTH, height, escaped(title)));
        text(12, 22, "start", title, "font-weight=\"bold\" font-size=\"14\"");
    }

    /** Draws ratios to the limit as bars. The scale is logarithmic if a ratio exceeds 20. */
    static String bars(String title, List<Result> rows) {
        double most = rows.stream().mapToDouble(Result::ratio).max().orElse(1);
        boolean logarithmic = most > 20;
        Svg svg = new Svg(title + (logarithmic ? ", logarithmic" : ""), 44 + ROW * rows.size());
        double scale = (WIDTH - LEFT - RIGHT) / (logarithmic ? Math.log10(10 * most) : most);
        int y = 36;
        for (Result row : rows) {
            double length = scale * (logarithmic ? Math.max(0.02, Math.log10(10 * row.ratio())) : row.ratio());
            svg.text(LEFT - 8, y + 14, "end", row.row(), "");
            svg.out.append(String.format(Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"18\" rx=\"2\" fill=\"%s\"/>\n", LEFT, y, length,
                    colour(row.row())));
            svg.text(LEFT + length + 6, y + 14, "start", Report.ratio(row.ratio()) + " x", "");
            y += ROW;
        }
        return svg.end();
    }

    /** Draws lines over the sizes. Both axes are logarithmic. */
    static String lines(String title, String unit, Map<String, Map<Double, Double>> series) {
        Svg svg = new Svg(title + ", " + unit + ", both axes logarithmic", 340);
        Axis x = Axis.of(series.values().stream().flatMap(points -> points.keySet().stream()).toList(), 70, WIDTH - LEGEND);
        Axis y = Axis.of(series.values().stream().flatMap(points -> points.values().stream()).toList(), 300, 46);
        for (double tick : x.ticks()) {
            svg.line(x.at(tick), 46, x.at(tick), 300, "#e5e7eb", 1);
            svg.text(x.at(tick), 318, "middle", label(tick), "fill=\"#4b5563\"");
        }
        for (double tick : y.ticks()) {
            svg.line(70, y.at(tick), WIDTH - LEGEND, y.at(tick), "#e5e7eb", 1);
            svg.text(64, y.at(tick) + 4, "end", label(tick), "fill=\"#4b5563\"");
        }
        int[] legend = { 60 };
        series.forEach((row, points) -> {
            String colour = colour(row);
            double[] before = null;
            for (Map.Entry<Double, Double> point : points.entrySet()) {
                double[] at = { x.at(point.getKey()), y.at(point.getValue()) };
                if (before != null) {
                    svg.line(before[0], before[1], at[0], at[1], colour, 2);
                }
                svg.out.append(
                        String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>\n", at[0], at[1],
                                colour));
                before = at;
            }
            svg.text(WIDTH - LEGEND + 16, legend[0], "start", "\u25cf " + row, "fill=\"" + colour + "\"");
            legend[0] += 18;
        });
        return svg.end();
    }

    /** A logarithmic axis between two pixels. */
    private record Axis(double least, double most, double from, double to) {

        static Axis of(List<Double> values, double from, double to) {
            double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
            double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(10);
            return new Axis(Math.floor(Math.log10(least)),
                    Math.max(Math.ceil(Math.log10(most)), Math.floor(Math.log10(least)) + 1),
                    from, to);
        }

        double at(double value) {
            return from + (to - from) * (Math.log10(value) - least) / (most - least);
        }

        double[] ticks() {
            double[] ticks = new double[(int) (most - least) + 1];
            for (int i = 0; i < ticks.length; i++) {
                ticks[i] = Math.pow(10, least + i);
            }
            return ticks;
        }
    }

    /** {@return the colour of a row, the same in every plot: grey for the limit, blue for PocketFlow} */
    private static String colour(String row) {
        return COLOURS.entrySet().stream().filter(each -> row.startsWith(each.getKey())).findFirst().orElseThrow().getValue();
    }

    private static String label(double tick) {
        return tick >= 1e6 ? Math.round(tick / 1e6) + "M" : tick >= 1e3 ? Math.round(tick / 1e3) + "k" : Report.number(tick);
    }

    private void line(double x1, double y1, double x2, double y2, String colour, int width) {
        out.append(String.format(Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>\n", x1, y1, x2, y2,
                colour,
                width));
    }

    private void text(double x, double y, String anchor, String text, String more) {
        out.append(
                String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>\n", x, y, anchor, more,
                        escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private String end() {
        return out.append("</svg>\n").toString();
    }
}
