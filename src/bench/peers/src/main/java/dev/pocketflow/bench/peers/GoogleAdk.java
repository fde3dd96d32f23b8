package dev.pocketflow.bench.peers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import com.google.adk.agents.BaseAgent;
import com.google.adk.agents.InvocationContext;
import com.google.adk.agents.LoopAgent;
import com.google.adk.agents.ParallelAgent;
import com.google.adk.agents.SequentialAgent;
import com.google.adk.events.Event;
import com.google.adk.events.EventActions;
import com.google.adk.runner.Runner;
import com.google.adk.sessions.BaseSessionService;
import com.google.adk.sessions.InMemorySessionService;
import com.google.adk.sessions.Session;
import com.google.genai.types.Content;
import com.google.genai.types.Part;

import dev.pocketflow.bench.Contender;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.functions.Consumer;
import io.reactivex.rxjava3.schedulers.Schedulers;

/**
 * A {@code LoopAgent} of custom agents; each emits an event with what it changes in the session's state, the last one
 * escalates.
 */
public final class GoogleAdk implements Contender {

    private static final String COUNT = "count";
    private static final String ITEM = "item";
    private static final Content GO = Content.fromParts(Part.fromText("go"));
    /** RxJava, by which parallel agents are merged, subscribes to 128 at once. */
    private static final int AT_ONCE = 100;
    private static final Scheduler VIRTUAL = Schedulers.from(Executors.newVirtualThreadPerTaskExecutor());

    @Override
    public String name() {
        return Peers.named("google-adk");
    }

    @Override
    public Work steps(Shape shape) {
        Bench bench = new Bench(loop(shape), new InMemorySessionService());
        return state -> new Done(count(bench.run(state)), 0);
    }

    /** With a session service that writes what the ones for databases write: each event, and the state it leads to. */
    @Override
    public Work durable(Shape shape) {
        JsonSessions sessions = new JsonSessions();
        Bench bench = new Bench(loop(shape), sessions);
        return state -> {
            long before = sessions.bytes();
            return new Done(count(bench.run(state)), sessions.bytes() - before);
        };
    }

    /**
     * Parallel agents, in groups, since only so many of one run at once. Results are taken from the events, as an answer is:
     * with
     * each in the state it takes twice as long, for the runner copies the state at every event.
     */
    @Override
    public Work map(int items, Duration each) {
        List<BaseAgent> groups = IntStream.range(0, (items + AT_ONCE - 1) / AT_ONCE)
                .mapToObj(group -> parallel("group" + group, IntStream
                        .range(group * AT_ONCE, Math.min(items, (group + 1) * AT_ONCE)).mapToObj(item -> waiting(item, each))
                        .toList()))
                .toList();
        Bench bench = new Bench(parallel("items", groups), new InMemorySessionService());
        return state -> {
            int[] results = new int[items];
            bench.run(state, event -> results[item(event)] = Integer.parseInt(event.stringifyContent()));
            return new Done(IntStream.of(results).asLongStream().sum(), 0);
        };
    }

    private static BaseAgent loop(Shape shape) {
        List<BaseAgent> nodes = IntStream.range(0, shape.nodes()).<BaseAgent> mapToObj(i -> counting("node" + i, shape.steps()))
                .toList();
        BaseAgent agent = LoopAgent.builder().name("loop").description("counts").subAgents(nodes).build();
        for (int i = 1; i < shape.nesting(); i++) {
            agent = SequentialAgent.builder().name("nesting" + i).description("goes on").subAgents(agent).build();
        }
        return agent;
    }

    private static BaseAgent counting(String name, int steps) {
        return new Step(name, (state, event) -> {
            int count = count(state) + 1;
            event.actions(EventActions.builder().stateDelta(Map.of(COUNT, count)).escalate(count >= steps).build());
        });
    }

    private static BaseAgent waiting(int item, Duration each) {
        return new Step(ITEM + item, (state, event) -> {
            String result = Integer.toString(Peers.waited(each, item));
            event.content(Content.fromParts(Part.fromText(result)));
        });
    }

    private static int item(Event event) {
        return Integer.parseInt(event.author().substring(ITEM.length()));
    }

    private static BaseAgent parallel(String name, List<BaseAgent> agents) {
        return ParallelAgent.builder().name(name).description("runs all at once").subAgents(agents).scheduler(VIRTUAL).build();
    }

    private static int count(Map<String, Object> state) {
        return (Integer) state.get(COUNT);
    }

    /** A session of its own for each run. */
    private record Bench(Runner runner, BaseSessionService sessions) {

        Bench(BaseAgent agent, BaseSessionService sessions) {
            this(Runner.builder().agent(agent).appName("bench").sessionService(sessions).build(), sessions);
        }

        Map<String, Object> run(Map<String, Object> state) {
            return run(state, event -> {
            });
        }

        Map<String, Object> run(Map<String, Object> state, Consumer<Event> told) {
            Session session = sessions.createSession("bench", "user", state, null).blockingGet();
            runner.runAsync("user", session.id(), GO).doOnNext(told).ignoreElements().blockingAwait();
            Map<String, Object> end = sessions.getSession(session.sessionKey(), null).blockingGet().state();
            sessions.deleteSession(session.sessionKey()).blockingAwait();
            return end;
        }
    }

    private static final class Step extends BaseAgent {

        private final BiConsumer<Map<String, Object>, Event.Builder> work;

        Step(String name, BiConsumer<Map<String, Object>, Event.Builder> work) {
            super(name, "a step", List.of(), List.of(), List.of());
            this.work = work;
        }

        @Override
        protected Flowable<Event> runAsyncImpl(InvocationContext context) {
            return Flowable.fromCallable(() -> {
                Event.Builder event = Event.builder().id(Event.generateEventId()).invocationId(context.invocationId())
                        .author(name());
                work.accept(context.session().state(), event);
                return event.build();
            });
        }

        @Override
        protected Flowable<Event> runLiveImpl(InvocationContext context) {
            return runAsyncImpl(context);
        }
    }
}
