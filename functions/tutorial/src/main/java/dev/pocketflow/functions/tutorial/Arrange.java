package dev.pocketflow.functions.tutorial;

import java.util.Comparator;
import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.tutorial.Arrange.Parts;
import dev.pocketflow.functions.tutorial.Tutorial.Abstraction;
import dev.pocketflow.functions.tutorial.Tutorial.Relations;

/** Puts the ideas in the order of the chapters. An idea that the model forgets comes last. */
class Arrange implements Node<Parts, List<String>> {
    @Inject
    Teacher teacher;

    record Parts(List<Abstraction> ideas, Relations relations) {
    }

    @Override
    public Parts prep(Store shared) {
        return new Parts(shared.get(Tutorial.ABSTRACTIONS), shared.get(Tutorial.RELATIONS));
    }

    @Override
    @Retry(delay = 1000)
    @Timeout(60_000)
    public List<String> exec(Parts parts) {
        return teacher.arrange(parts.ideas(), parts.relations()).names();
    }

    @Override
    public String post(Store shared, Parts parts, List<String> order) {
        shared.put(Tutorial.ABSTRACTIONS, parts.ideas().stream().sorted(Comparator.comparingInt(idea -> {
            int place = order.indexOf(idea.name());
            return place < 0 ? order.size() : place;
        })).toList());
        return null;
    }
}
