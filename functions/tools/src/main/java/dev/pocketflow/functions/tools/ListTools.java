package dev.pocketflow.functions.tools;

import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.tools.Tools.Known;
import dev.pocketflow.functions.tools.Tools.Offer;

/** Asks the server for its tools. */
class ListTools implements Node<Known, List<Offer>> {
    @Inject
    McpServer server;

    @Override
    public Known prep(Store shared) {
        return Known.of(shared);
    }

    @Override
    @Retry(delay = 1000)
    public List<Offer> exec(Known known) {
        return server.tools();
    }

    @Override
    public String post(Store shared, Known known, List<Offer> offers) {
        shared.put(Tools.OFFERS, offers);
        return null;
    }
}
