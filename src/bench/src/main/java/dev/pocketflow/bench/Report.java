package dev.pocketflow.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes results.json from the drivers' measurements, and the report from results.json. The report's text is a resource with
 * these placeholders: <code>{{table W1}}</code>, <code>{{bars W1}}</code>, <code>{{lines W2 by steps}}</code>,
 * <code>{{machine}}</code>, <code>{{missed}}</code> and <code>{{notes}}</code>. The exit code is 1 if a target is missed.
 */
public final class Report {

    private static final List<String> PARTS = List.of("works", "growth", "starts", "hops", "throughput", "agent");
    private static final Map<String, String> WORKS = Map.of("works", "W1 to W3", "growth", "W7", "starts", "W4", "hops", "W5",
            "throughput", "W6", "agent", "W8");
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+) ?(.*?)}}");
    private static final String HEAD = "| | value | ratio | spread of the ratio | target |\n|---|---|---|---|---|\n";

    private final List<Result> results;
    private final List<String> notes;
    private final Path plots;
    private final String machine;
    private final List<String> missed = new ArrayList<>();
    private final Set<String> reasonsOfMissed = new LinkedHashSet<>();
    private final Properties reasons = new Properties();

    private Report(List<Result> results, List<String> notes, Path plots, String machine) throws IOException {
        this.results = results;
        this.notes = notes;
        this.plots = plots;
        this.machine = machine;
        try (var file = Report.class.getResourceAsStream("/reasons.properties")) {
            reasons.load(file);
        }
    }

    /** @param args the folder of the drivers' files, the report's file, and the description of the machine */
    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[0]);
        Path file = Path.of(args[1]);
        List<Result> results = new ArrayList<>();
        for (String part : PARTS) {
            if (Files.exists(target.resolve(part + ".json"))) {
                results.addAll(Result.read(target.resolve(part + ".json")));
            }
        }
        Result.write(target.resolve("results.json"), results);
        List<String> notes = new ArrayList<>();
        for (String part : PARTS) {
            Path noted = target.resolve(part + "-notes.txt");
            notes.addAll(Files.exists(noted) ? Files.readAllLines(noted) : List.of());
        }
        Path plots = file.resolveSibling("performance");
        Files.createDirectories(plots);
        Report report = new Report(results, notes, plots, machine(target, args[2]));
        Files.writeString(file, report.filled());
        System.out.println(file + ": " + results.size() + " figures, " + report.missed.size() + " targets missed");
        System.exit(report.missed.isEmpty() ? 0 : 1);
    }

    /** {@return the description of the machine, and the date and commit of each part's measurement} */
    static String machine(Path target, String machine) throws IOException {
        StringBuilder said = new StringBuilder(machine).append("\n\n| part | works | measured |\n|---|---|---|\n");
        for (String part : PARTS) {
            Path stamp = target.resolve(part + "-stamp.txt");
            if (Files.exists(stamp) && Files.exists(target.resolve(part + ".json"))) {
                said.append("| ").append(part).append(" | ").append(WORKS.get(part)).append(" | ")
                        .append(Files.readString(stamp).strip()).append(" |\n");
            }
        }
        return said.toString().stripTrailing();
    }

    private String filled() throws IOException {
        String text;
        try (var template = Report.class.getResourceAsStream("/performance.md")) {
            text = new String(template.readAllBytes(), StandardCharsets.UTF_8);
        }
        StringBuilder filled = new StringBuilder();
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            String of = place.group(2);
            place.appendReplacement(filled, Matcher.quoteReplacement(switch (place.group(1)) {
                case "table" -> table(work -> work.equals(of)
                        || !results.stream().anyMatch(each -> each.work().equals(of)) && work.startsWith(of + " "));
                case "bars" -> bars(of);
                case "lines" -> lines(of);
                case "machine" -> machine;
                case "missed" -> missed();
                case "notes" -> notes();
                default -> throw new IllegalStateException("no such place: " + place.group());
            }));
        }
        return place.appendTail(filled).toString();
    }

    private String table(Predicate<String> works) {
        Map<String, List<Result>> chosen = new LinkedHashMap<>();
        results.stream().filter(result -> works.test(result.work()))
                .forEach(result -> chosen.computeIfAbsent(result.work(), any -> new ArrayList<>()).add(result));
        if (chosen.isEmpty()) {
            return "Not measured in this run.";
        }
        StringBuilder table = new StringBuilder(HEAD);
        chosen.forEach((work, rows) -> rows.forEach(row -> table.append(line(row, rows.get(0), chosen.size() > 1))));
        return table.toString().stripTrailing();
    }

    private String line(Result row, Result limit, boolean named) {
        Target target = Target.of(row);
        boolean met = target == null || target.met(row, limit);
        if (!met) {
            missed.add(missed(row, target));
            reason(row.work()).ifPresent(reasonsOfMissed::add);
        }
        boolean isLimit = row.row().equals(Result.LIMIT);
        return "| " + (named ? row.work().substring(3) + ": " : "") + row.row() + " | " + number(row.value()) + " " + row.unit()
                + " | "
                + (isLimit ? "1" : row.row().equals(Result.OURS) ? "**" + ratio(row.ratio()) + "**" : ratio(row.ratio()))
                + " | "
                + (isLimit ? "(" + number(row.spread().get(0)) + " to " + number(row.spread().get(1)) + " " + row.unit() + ")"
                        : ratio(row.spread().get(0)) + " to " + ratio(row.spread().get(1)))
                + " | " + (target == null ? "" : target + ": " + (met ? "met" : "**missed**")) + " |\n";
    }

    private String bars(String work) throws IOException {
        List<Result> rows = results.stream().filter(result -> result.work().equals(work))
                .sorted(Comparator.comparingDouble(Result::ratio)).toList();
        return rows.isEmpty() ? ""
                : plot(work, Svg.bars(work + ": times the limit's " + rows.get(0).unit().replaceAll("/", " a "), rows));
    }

    private String lines(String curve) throws IOException {
        String prefix = "W7 " + curve + " ";
        Map<String, Map<Double, Double>> series = new LinkedHashMap<>();
        List<Result> points = results.stream().filter(result -> result.work().startsWith(prefix)).toList();
        points.forEach(point -> series.computeIfAbsent(point.row(), any -> new TreeMap<>())
                .put(Double.valueOf(point.work().substring(prefix.length())), point.value()));
        return points.isEmpty() ? "Not measured in this run." : plot(curve, Svg.lines(curve, points.get(0).unit(), series));
    }

    private String plot(String name, String svg) throws IOException {
        String file = name.toLowerCase(Locale.ROOT).replace(' ', '-') + ".svg";
        Files.writeString(plots.resolve(file), svg);
        return "![" + name + "](performance/" + file + ")";
    }

    private String missed() {
        return missed.isEmpty() ? "No target was missed."
                : Stream.concat(Stream.of("- " + String.join("\n- ", missed)), reasonsOfMissed.stream())
                        .collect(Collectors.joining("\n\n"));
    }

    /** {@return the sentences of the report about a missed target} */
    static String missed(Result row, Target target) {
        return row.work() + ": the ratio of " + row.row() + " is " + ratio(row.ratio()) + ". The target is " + target + ".";
    }

    /** {@return the reason in reasons.properties whose key is a prefix of the work's name; empty if there is no such key} */
    private Optional<String> reason(String work) {
        return reasons.stringPropertyNames().stream().filter(work::startsWith).max(Comparator.naturalOrder())
                .map(name -> "The reason for " + name + ": " + reasons.getProperty(name));
    }

    private String notes() {
        return notes.isEmpty() ? "No row was left out." : "- " + String.join("\n- ", notes);
    }

    static String ratio(double ratio) {
        return Double.isNaN(ratio) ? ""
                : ratio >= 100 ? String.format(Locale.ROOT, "%,.0f", ratio)
                        : String.format(Locale.ROOT, ratio >= 10 ? "%.1f" : "%.2f", ratio);
    }

    static String number(double value) {
        return value == Math.rint(value) || value >= 1_000 ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
