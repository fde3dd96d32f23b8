package dev.pocketflow.bench.peers;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import com.google.adk.JsonBaseModel;
import com.google.adk.events.Event;
import com.google.adk.sessions.BaseSessionService;
import com.google.adk.sessions.GetSessionConfig;
import com.google.adk.sessions.InMemorySessionService;
import com.google.adk.sessions.ListEventsResponse;
import com.google.adk.sessions.ListSessionsResponse;
import com.google.adk.sessions.Session;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;

/**
 * Does the work of ADK's session service for Firestore, with its own JSON and without the database. Appends each event to those
 * written before, and writes the session's state again. Does not write the earlier events again, as {@code Session.toJson}
 * would.
 */
final class JsonSessions implements BaseSessionService {

    private final InMemorySessionService sessions = new InMemorySessionService();
    /** The newest state of each session. Events are only counted. */
    private final Map<String, byte[]> states = new ConcurrentHashMap<>();
    private long bytes;

    /** {@return the number of bytes written so far} */
    long bytes() {
        return bytes;
    }

    @Override
    public Single<Event> appendEvent(Session session, Event event) {
        return sessions.appendEvent(session, event).doOnSuccess(appended -> {
            byte[] json = event.toJson().getBytes(StandardCharsets.UTF_8);
            byte[] state = JsonBaseModel.toJsonString(session.state()).getBytes(StandardCharsets.UTF_8);
            bytes += json.length + state.length;
            states.put(session.id(), state);
        });
    }

    @Override
    @Deprecated
    public Single<Session> createSession(String app, String user, ConcurrentMap<String, Object> state, String id) {
        return sessions.createSession(app, user, (Map<String, Object>) state, id);
    }

    @Override
    public Maybe<Session> getSession(String app, String user, String id, Optional<GetSessionConfig> config) {
        return sessions.getSession(app, user, id, config);
    }

    @Override
    public Single<ListSessionsResponse> listSessions(String app, String user) {
        return sessions.listSessions(app, user);
    }

    @Override
    public Completable deleteSession(String app, String user, String id) {
        states.remove(id);
        return sessions.deleteSession(app, user, id);
    }

    @Override
    public Single<ListEventsResponse> listEvents(String app, String user, String id) {
        return sessions.listEvents(app, user, id);
    }
}
