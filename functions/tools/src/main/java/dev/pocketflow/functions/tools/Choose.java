package dev.pocketflow.functions.tools;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.FlowException;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.tools.Tools.Decision;
import dev.pocketflow.functions.tools.Tools.Known;

/** Decides between a call of a tool and the answer. */
class Choose implements Node<Known, Decision> {
    private static final int MOST = 8;

    @Inject
    ToolUser user;
    @Inject
    McpServer server;

    @Override
    public Known prep(Store shared) {
        Known known = Known.of(shared);
        if (known.calls().size() == MOST) {
            throw new FlowException("the model called tools " + MOST + " times and has no answer. Make the task smaller");
        }
        return known;
    }

    @Override
    @Retry(delay = 1000)
    @Timeout(30_000)
    public Decision exec(Known known) {
        Decision decision = user.choose(known, known.calls().stream().map(server::write).toList());
        if (decision == null || !decision.isCall() && (decision.answer() == null || decision.answer().isBlank())) {
            throw new FlowException("the model chose neither a tool nor an answer");
        }
        return decision;
    }

    @Override
    public String post(Store shared, Known known, Decision decision) {
        if (decision.isCall()) {
            shared.put(Tools.DECISION, decision);
            return "call";
        }
        shared.put(Tools.ANSWER, decision.answer());
        return "answer";
    }
}
