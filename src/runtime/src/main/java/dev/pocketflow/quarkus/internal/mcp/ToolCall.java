package dev.pocketflow.quarkus.internal.mcp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import dev.pocketflow.RunEvent;
import dev.pocketflow.quarkus.StartOptions;
import dev.pocketflow.quarkus.internal.engine.BegunHop;
import dev.pocketflow.quarkus.internal.engine.HopEngine;
import dev.pocketflow.quarkus.internal.engine.RequestContextExecutor;
import dev.pocketflow.quarkus.internal.entry.RunStarter;
import dev.pocketflow.quarkus.internal.http.HttpShare;
import dev.pocketflow.quarkus.internal.load.LoadLimits;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.response.RunResultReader;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkiverse.mcp.server.ToolResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * One call of a tool. It starts a run, tells the client each step that ended, and cancels the run when the client cancels the
 * call. Thread-safe.
 */
final class ToolCall {

    /** Quarkus MCP Server tells of a cancellation only if it is asked. */
    private static final long POLL_MILLIS = 500;

    private final String flow;
    private final ToolArguments arguments;
    private final HttpShare share;
    private volatile BegunHop hop;
    private int steps;

    /** @param flow the name of the flow that the call runs */
    ToolCall(String flow, ToolArguments arguments, LoadLimits load) {
        this.flow = flow;
        this.arguments = arguments;
        this.share = new HttpShare(load);
    }

    /** {@return the answer, on the thread of the call} A call that its client has cancelled has none. */
    Uni<ToolResponse> answer(RunStarter starter, ToolAnswers answers) {
        Context call = Vertx.currentContext();
        Executor executor = RequestContextExecutor.create();
        long poll = call.owner().setPeriodic(POLL_MILLIS, timer -> cancelIfAsked());
        return Uni.createFrom()
                .completionStage(() -> CompletableFuture.supplyAsync(() -> run(begin(starter)), executor)
                        .thenCompose(answer -> answer).whenComplete((answer, refused) -> share.release()))
                .map(answer -> answers.of(RunResultReader.of(answer)))
                .onFailure(ToolAnswers::isRefusal).recoverWithItem(ToolAnswers::refused)
                .onTermination().invoke(() -> call.owner().cancelTimer(poll))
                .invoke(answer -> arguments.cancellation().skipProcessingIfCancelled())
                .emitOn(task -> call.runOnContext(nothing -> task.run())); // where the request's context ends
    }

    private BegunHop begin(RunStarter starter) {
        share.atLeast(HttpShare.weight(HopResponse.json(arguments.args())));
        HopEngine.Caller caller = arguments.progress().token().isPresent() ? HopEngine.Caller.PLAIN.following(this::tell)
                : HopEngine.Caller.PLAIN;
        hop = starter.start(flow, arguments.args(), StartOptions.NONE, caller);
        return hop;
    }

    /** It may block, so it is called where the hop was begun: a stage that depends on that could run on the event loop. */
    private static CompletionStage<HopResponse> run(BegunHop begun) {
        return RequestContextExecutor.mayWait() ? CompletableFuture.completedFuture(begun.start()) : begun.startAsync();
    }

    private void cancelIfAsked() {
        BegunHop begun = hop;
        if (begun != null && arguments.cancellation().check().isRequested()) {
            begun.cancel();
        }
    }

    private void tell(RunEvent event) {
        if (event instanceof RunEvent.StepFinished step) {
            send(step);
        }
    }

    /** Parallel steps end at once, and the progress must increase with each notification. */
    private synchronized void send(RunEvent.StepFinished step) {
        arguments.progress().notificationBuilder().setProgress(++steps)
                .setMessage(step.flow() + "/" + step.node() + step.error().or(step::action).map(": "::concat).orElse(""))
                .build()
                .sendAndForget();
    }
}
