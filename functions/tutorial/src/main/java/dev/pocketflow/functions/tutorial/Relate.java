package dev.pocketflow.functions.tutorial;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.tutorial.Relate.Ideas;
import dev.pocketflow.functions.tutorial.Tutorial.Abstraction;
import dev.pocketflow.functions.tutorial.Tutorial.Relations;

/** Sums the code up, and says which idea uses which. */
class Relate implements Node<Ideas, Relations> {
    @Inject
    Teacher teacher;
    @Inject
    Sources sources;

    record Ideas(Code code, List<Abstraction> all) {
    }

    @Override
    public Ideas prep(Store shared) {
        return new Ideas(Code.of(shared), shared.get(Tutorial.ABSTRACTIONS));
    }

    @Override
    @Retry(delay = 1000)
    @Timeout(120_000)
    public Relations exec(Ideas ideas) {
        List<String> shown = ideas.all().stream().flatMap(idea -> idea.files().stream()).distinct().toList();
        Relations found = teacher.relate(ideas.all(), sources.texts(ideas.code().source(), shown));
        Set<String> names = ideas.all().stream().map(Abstraction::name).collect(Collectors.toSet());
        return new Relations(found.summary(), found.relations().stream()
                .filter(each -> names.contains(each.from()) && names.contains(each.to())).toList());
    }

    @Override
    public String post(Store shared, Ideas ideas, Relations relations) {
        shared.put(Tutorial.RELATIONS, relations);
        return null;
    }
}
