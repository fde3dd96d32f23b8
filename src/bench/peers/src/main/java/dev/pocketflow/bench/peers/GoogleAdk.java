package dev.pocketflow.bench.peers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import com.google.adk.agents.BaseAgent;
import com.google.adk.agents.LoopAgent;
import com.google.adk.agents.ParallelAgent;
import com.google.adk.agents.SequentialAgent;
import com.google.adk.events.Event;
import com.google.adk.events.EventActions;
import com.google.adk.sessions.InMemorySessionService;
import com.google.genai.types.Content;
import com.google.genai.types.Part;

import dev.pocketflow.bench.Contender;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;

/**
 * A {@code LoopAgent} of custom agents. Each agent emits an event with its changes of the session's state. The last agent
 * escalates.
 */
public final class GoogleAdk implements Contender {

    private static final String COUNT = "count";
    private static final String ITEM = "item";
    /** RxJava merges parallel agents, and subscribes to 128 of them at once. */
    private static final int AT_ONCE = 100;
    private static final Scheduler VIRTUAL = Schedulers.from(Executors.newVirtualThreadPerTaskExecutor());

    @Override
    public String name() {
        return Peers.named("google-adk");
    }

    @Override
    public Work steps(Shape shape) {
        AdkRuns runs = new AdkRuns(loop(shape), new InMemorySessionService());
        return state -> new Done(count(runs.run(state)), 0);
    }

    /** Uses a session service that writes the same data as the services for databases: each event, and the state after it. */
    @Override
    public Work durable(Shape shape) {
        JsonSessions sessions = new JsonSessions();
        AdkRuns runs = new AdkRuns(loop(shape), sessions);
        return state -> {
            long before = sessions.bytes();
            return new Done(count(runs.run(state)), sessions.bytes() - before);
        };
    }

    /**
     * Runs parallel agents in nested groups, since RxJava limits how many of one group run at once. Results are read from the
     * events, as an answer is. To put each result into the state takes twice as long, since the runner copies the state at
     * every event.
     */
    @Override
    public Work map(int items, Duration each) {
        List<BaseAgent> agents = IntStream.range(0, items).mapToObj(item -> waiting(item, each)).toList();
        while (agents.size() > 1) {
            agents = grouped(agents);
        }
        AdkRuns runs = new AdkRuns(agents.get(0), new InMemorySessionService());
        return state -> {
            int[] results = new int[items];
            runs.run(state, event -> results[item(event)] = Integer.parseInt(event.stringifyContent()));
            return new Done(IntStream.of(results).asLongStream().sum(), 0);
        };
    }

    private static List<BaseAgent> grouped(List<BaseAgent> agents) {
        return IntStream.range(0, (agents.size() + AT_ONCE - 1) / AT_ONCE).<BaseAgent> mapToObj(group -> ParallelAgent.builder()
                .name("group" + group).description("runs all at once").scheduler(VIRTUAL)
                .subAgents(agents.subList(group * AT_ONCE, Math.min(agents.size(), (group + 1) * AT_ONCE))).build()).toList();
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
        return new AdkStep(name, (state, event) -> {
            int count = count(state) + 1;
            event.actions(EventActions.builder().stateDelta(Map.of(COUNT, count)).escalate(count >= steps).build());
        });
    }

    private static BaseAgent waiting(int item, Duration each) {
        return new AdkStep(ITEM + item, (state, event) -> {
            String result = Integer.toString(Peers.waited(each, item));
            event.content(Content.fromParts(Part.fromText(result)));
        });
    }

    private static int item(Event event) {
        return Integer.parseInt(event.author().substring(ITEM.length()));
    }

    private static int count(Map<String, Object> state) {
        return (Integer) state.get(COUNT);
    }
}
