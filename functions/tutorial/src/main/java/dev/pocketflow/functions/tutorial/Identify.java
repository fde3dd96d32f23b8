package dev.pocketflow.functions.tutorial;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.FlowException;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.tutorial.Tutorial.Abstraction;

/** Finds the ideas of the code. An idea without a name, or a file that is not there, is dropped. */
class Identify implements Node<Code, List<Abstraction>> {
    private static final int MOST = 10;

    @Inject
    Teacher teacher;
    @Inject
    Sources sources;

    @Override
    public Code prep(Store shared) {
        return Code.of(shared);
    }

    @Override
    @Retry(delay = 1000)
    @Timeout(120_000)
    public List<Abstraction> exec(Code code) {
        Set<String> names = new HashSet<>();
        List<Abstraction> found = teacher.identify(code.files(), sources.texts(code.source(), code.files())).abstractions()
                .stream().filter(idea -> idea.name() != null && !idea.name().isBlank() && names.add(idea.name())).limit(MOST)
                .map(idea -> new Abstraction(idea.name(), idea.description(),
                        idea.files().stream().filter(code.files()::contains).toList()))
                .toList();
        if (found.isEmpty()) {
            throw new FlowException("the model found no idea in the code");
        }
        return found;
    }

    @Override
    public String post(Store shared, Code code, List<Abstraction> found) {
        shared.put(Tutorial.ABSTRACTIONS, found);
        return null;
    }
}
