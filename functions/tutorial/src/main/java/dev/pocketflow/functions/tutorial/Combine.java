package dev.pocketflow.functions.tutorial;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.tutorial.Combine.Parts;
import dev.pocketflow.functions.tutorial.Tutorial.Chapter;
import dev.pocketflow.functions.tutorial.Tutorial.Relations;

/** Makes the files: an index with a diagram, and one file for each chapter. */
class Combine implements Node<Parts, Map<String, String>> {

    record Parts(Relations relations, List<Chapter> chapters) {
    }

    @Override
    public Parts prep(Store shared) {
        return new Parts(shared.get(Tutorial.RELATIONS), shared.get(Tutorial.CHAPTERS));
    }

    @Override
    public Map<String, String> exec(Parts parts) {
        List<String> titles = parts.chapters().stream().map(Chapter::title).toList();
        StringBuilder index = new StringBuilder(
                "# Tutorial\n\n" + parts.relations().summary() + "\n\n```mermaid\nflowchart TD\n");
        for (int i = 0; i < titles.size(); i++) {
            index.append("    n").append(i).append("[\"").append(label(titles.get(i))).append("\"]\n");
        }
        parts.relations().relations()
                .forEach(each -> index.append("    n").append(titles.indexOf(each.from())).append(" -->|\"")
                        .append(label(each.label())).append("\"| n").append(titles.indexOf(each.to())).append("\n"));
        index.append("```\n\n");
        Map<String, String> book = new LinkedHashMap<>();
        for (int i = 0; i < titles.size(); i++) {
            String file = "%02d_%s.md".formatted(i + 1, titles.get(i).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_"));
            index.append(i + 1).append(". [").append(titles.get(i)).append("](").append(file).append(")\n");
            book.put(file, parts.chapters().get(i).text());
        }
        book.put("index.md", index.toString());
        return book;
    }

    private static String label(String text) {
        return text == null ? "" : text.replaceAll("[\"\\n\\[\\]|]", " ");
    }

    @Override
    public String post(Store shared, Parts parts, Map<String, String> book) {
        shared.put(Tutorial.BOOK, book);
        return null;
    }
}
