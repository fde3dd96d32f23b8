package dev.pocketflow.functions.writer;

import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.FlowException;
import dev.pocketflow.Node;
import dev.pocketflow.Store;

/** Plans the article: a few headings. */
class Outline implements Node<String, List<String>> {
    private static final int MOST = 5;

    @Inject
    Author author;

    @Override
    public String prep(Store shared) {
        String topic = shared.get(Writer.TOPIC);
        if (topic.isBlank()) {
            throw new FlowException.BadInput("the topic is blank. Send {\"topic\": \"...\"}");
        }
        return topic;
    }

    @Override
    @Retry(delay = 1000)
    @Timeout(30_000)
    public List<String> exec(String topic) {
        List<String> headings = author.outline(topic).sections();
        if (headings == null || headings.isEmpty()) {
            throw new IllegalStateException("the model's outline is empty");
        }
        return headings.stream().limit(MOST).toList();
    }

    @Override
    public String post(Store shared, String topic, List<String> headings) {
        shared.put(Writer.OUTLINE, headings);
        return null;
    }
}
