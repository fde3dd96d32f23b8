package dev.pocketflow.functions.tutorial;

import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.BatchNode;
import dev.pocketflow.FlowException;
import dev.pocketflow.Store;
import dev.pocketflow.functions.tutorial.Tutorial.Abstraction;
import dev.pocketflow.functions.tutorial.Tutorial.Chapter;
import dev.pocketflow.functions.tutorial.WriteChapters.Lesson;

/** Writes the chapters, one after the other. Between two of them the run may move to another invocation. */
class WriteChapters implements BatchNode<Lesson, Chapter> {
    @Inject
    Teacher teacher;
    @Inject
    Sources sources;

    /** The chapter to write, and the titles of all. */
    record Lesson(String source, int number, Abstraction idea, List<String> titles) {
    }

    @Override
    public List<Lesson> prep(Store shared) {
        List<Abstraction> ideas = shared.get(Tutorial.ABSTRACTIONS);
        List<String> titles = ideas.stream().map(Abstraction::name).toList();
        return IntStream.range(0, ideas.size())
                .mapToObj(i -> new Lesson(shared.get(Tutorial.SOURCE), i + 1, ideas.get(i), titles)).toList();
    }

    @Override
    @Retry(delay = 1000)
    @Timeout(120_000)
    public Chapter exec(Lesson lesson) {
        String text = teacher.write(lesson, sources.texts(lesson.source(), lesson.idea().files()));
        if (text == null || text.isBlank()) {
            throw new FlowException("the model's chapter is empty");
        }
        return new Chapter(lesson.idea().name(), text);
    }

    @Override
    public String post(Store shared, List<Lesson> lessons, List<Chapter> chapters) {
        shared.put(Tutorial.CHAPTERS, chapters);
        return null;
    }
}
