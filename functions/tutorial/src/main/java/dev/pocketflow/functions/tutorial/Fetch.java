package dev.pocketflow.functions.tutorial;

import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;

import dev.pocketflow.FlowException;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.tutorial.Fetch.Wanted;

/** Lists the files. The store has their paths alone: the texts are read where they are needed. */
class Fetch implements Node<Wanted, List<String>> {
    @Inject
    Sources sources;

    record Wanted(String source, List<String> include, List<String> exclude) {
    }

    @Override
    public Wanted prep(Store shared) {
        return new Wanted(shared.get(Tutorial.SOURCE), shared.get(Tutorial.INCLUDE), shared.get(Tutorial.EXCLUDE));
    }

    @Override
    @Retry(delay = 1000, abortOn = FlowException.BadInput.class)
    public List<String> exec(Wanted wanted) {
        return sources.list(wanted.source(), wanted.include(), wanted.exclude());
    }

    @Override
    public String post(Store shared, Wanted wanted, List<String> files) {
        shared.put(Tutorial.FILES, files);
        return null;
    }
}
