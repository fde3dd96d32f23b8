package dev.pocketflow.functions.tools;

import java.util.List;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Store;

/** Solves a task with the tools of an MCP server. */
class Tools {
    static final Key<String> TASK = Key.of("task", String.class).describedAs("What to do");
    static final Key<List<Offer>> OFFERS = Key.listOf("offers", Offer.class);
    static final Key<Decision> DECISION = Key.of("decision", Decision.class);
    static final Key<List<Call>> CALLS = Key.listOf("calls", Call.class).describedAs("The calls of tools, with their results");
    static final Key<String> ANSWER = Key.of("answer", String.class).describedAs("The result of the task");

    /** A tool of the server. {@code schema} is the JSON Schema of its arguments. */
    record Offer(String name, String description, String schema) {
    }

    /** The next step: a tool with its arguments as JSON, or the answer. */
    record Decision(String tool, String arguments, String answer) {
        boolean isCall() {
            return tool != null && !tool.isBlank();
        }
    }

    /** A call that was made. A failed one has the tool's message as its result. */
    record Call(String tool, String arguments, String result, boolean failed) {
    }

    /** The knowledge of the model. */
    record Known(String task, List<Offer> offers, List<Call> calls) {
        private static final int LONGEST = 10_000;

        static Known of(Store shared) {
            String task = shared.get(TASK);
            if (task.isBlank() || task.length() > LONGEST) {
                throw new FlowException.BadInput("the task is blank, or longer than " + LONGEST + " characters");
            }
            return new Known(task, shared.find(OFFERS).orElse(List.of()), shared.find(CALLS).orElse(List.of()));
        }
    }

    @Produces
    Flow tools(ListTools list, Choose choose, CallTool call) {
        return Flow.named("tools").describedAs("Solves a task with the tools of a shop")
                .takes(TASK).gives(ANSWER, CALLS)
                .node("list", list).then("choose")
                .node("choose", choose).on("call", "call").ends("answer")
                .node("call", call).then("choose")
                .build();
    }
}
