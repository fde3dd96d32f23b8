package dev.pocketflow.bench.peers;

import java.util.Map;

import com.google.adk.agents.BaseAgent;
import com.google.adk.events.Event;
import com.google.adk.runner.Runner;
import com.google.adk.sessions.BaseSessionService;
import com.google.adk.sessions.Session;
import com.google.genai.types.Content;
import com.google.genai.types.Part;

import io.reactivex.rxjava3.functions.Consumer;

/** Runs of one agent. Each run has its own session. */
record AdkRuns(Runner runner, BaseSessionService sessions) {

    /** The user's message that starts a run. */
    private static final Content GO = Content.fromParts(Part.fromText("go"));
    private static final String APP = "bench";
    private static final String USER = "user";

    AdkRuns(BaseAgent agent, BaseSessionService sessions) {
        this(Runner.builder().agent(agent).appName(APP).sessionService(sessions).build(), sessions);
    }

    /** {@return the state at the end} */
    Map<String, Object> run(Map<String, Object> state) {
        return run(state, event -> {
        });
    }

    /** @param told receives each event */
    Map<String, Object> run(Map<String, Object> state, Consumer<Event> told) {
        Session session = sessions.createSession(APP, USER, state, null).blockingGet();
        runner.runAsync(USER, session.id(), GO).doOnNext(told).ignoreElements().blockingAwait();
        Map<String, Object> end = sessions.getSession(session.sessionKey(), null).blockingGet().state();
        sessions.deleteSession(session.sessionKey()).blockingAwait();
        return end;
    }
}
