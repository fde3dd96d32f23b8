package dev.pocketflow.functions.tools;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.tools.CallTool.Chosen;
import dev.pocketflow.functions.tools.Tools.Call;
import dev.pocketflow.functions.tools.Tools.Decision;
import dev.pocketflow.functions.tools.Tools.Known;

/** Calls the tool. A failure is a result, too: the model decides what follows from it. */
class CallTool implements Node<Chosen, Call> {
    @Inject
    McpServer server;

    /** The call to make. {@code offered} is false for a tool that the server did not list. */
    record Chosen(String tool, String arguments, boolean offered) {
    }

    @Override
    public Chosen prep(Store shared) {
        Decision decision = shared.get(Tools.DECISION);
        return new Chosen(decision.tool(), decision.arguments(),
                Known.of(shared).offers().stream().anyMatch(offer -> offer.name().equals(decision.tool())));
    }

    @Override
    @Retry(maxRetries = 1, delay = 1000)
    @Fallback(fallbackMethod = "unreachable")
    public Call exec(Chosen chosen) {
        return chosen.offered() ? server.call(chosen.tool(), chosen.arguments()) : failed(chosen, "there is no such tool");
    }

    Call unreachable(Chosen chosen) {
        return failed(chosen, "the tool cannot be reached");
    }

    private static Call failed(Chosen chosen, String why) {
        return new Call(chosen.tool(), chosen.arguments(), why, true);
    }

    @Override
    public String post(Store shared, Chosen chosen, Call call) {
        shared.append(Tools.CALLS, call);
        return null;
    }
}
