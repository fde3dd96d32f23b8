package dev.pocketflow.functions.writer;

import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.writer.Writer.Section;

/** Makes one article of the sections. */
class Style implements Node<List<Section>, String> {
    @Inject
    Author author;

    @Override
    public List<Section> prep(Store shared) {
        return shared.get(Writer.SECTIONS);
    }

    @Override
    @Retry(delay = 1000)
    @Timeout(120_000)
    public String exec(List<Section> sections) {
        String article = author.style(sections);
        if (article.isBlank()) {
            throw new IllegalStateException("the model's article is empty");
        }
        return article;
    }

    @Override
    public String post(Store shared, List<Section> sections, String article) {
        shared.put(Writer.ARTICLE, article);
        return null;
    }
}
