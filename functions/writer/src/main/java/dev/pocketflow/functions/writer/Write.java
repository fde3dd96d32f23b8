package dev.pocketflow.functions.writer;

import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.BatchNode;
import dev.pocketflow.Store;
import dev.pocketflow.functions.writer.Write.Assignment;
import dev.pocketflow.functions.writer.Writer.Section;

/** Writes the sections, one after the other. Between two of them the run may move to another invocation. */
class Write implements BatchNode<Assignment, Section> {
    @Inject
    Author author;

    /** The task for one heading. */
    record Assignment(String topic, String heading) {
    }

    @Override
    public List<Assignment> prep(Store shared) {
        String topic = shared.get(Writer.TOPIC);
        return shared.get(Writer.OUTLINE).stream().map(heading -> new Assignment(topic, heading)).toList();
    }

    @Override
    @Retry(delay = 1000)
    @Timeout(60_000)
    public Section exec(Assignment assignment) {
        String text = author.write(assignment);
        if (text.isBlank()) {
            throw new IllegalStateException("the model's section is empty");
        }
        return new Section(assignment.heading(), text);
    }

    @Override
    public String post(Store shared, List<Assignment> assignments, List<Section> sections) {
        shared.put(Writer.SECTIONS, sections);
        return null;
    }
}
