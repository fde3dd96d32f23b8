package dev.pocketflow.bench.peers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.agentic.scope.AgenticScopeAccess;
import dev.langchain4j.agentic.scope.AgenticScopePersister;
import dev.langchain4j.agentic.scope.ResultWithAgenticScope;
import dev.langchain4j.agentic.workflow.LoopAgentService;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.V;
import dev.pocketflow.bench.Contender;

/**
 * A loop workflow of non-AI agents that read and write the {@code AgenticScope}. It tests its exit condition after each agent.
 */
public final class Langchain4jAgentic implements Contender {

    private static final String COUNT = "count";
    private static final String ITEMS = "items";
    private static final Executor VIRTUAL = Executors.newVirtualThreadPerTaskExecutor();

    @Override
    public String name() {
        return Peers.named("langchain4j-agentic");
    }

    @Override
    public Work steps(Shape shape) {
        UntypedAgent loop = nested(shape.nesting(), loop(AgenticServices.loopBuilder(), shape).build());
        return state -> new Done(count(loop.invokeWithAgenticScope(state).agenticScope()), 0);
    }

    /** Uses a store for scopes. The library writes its checkpoints there as JSON, with its own serializer. */
    @Override
    public Work durable(Shape shape) {
        if (shape.nesting() != 1) {
            throw Peers.nestedSnapshots();
        }
        DurableLoop loop = loop(AgenticServices.loopBuilder(DurableLoop.class), shape).beforeCall(Langchain4jAgentic::spread)
                .build();
        JsonStore store = new JsonStore();
        return state -> {
            long before = store.bytes();
            String run = UUID.randomUUID().toString();
            // The store is static. The loop reads it at its first run, and loops that are not durable must not see it.
            AgenticScopePersister.setStore(store);
            try {
                long count = count(loop.count(run, state).agenticScope());
                return new Done(count, store.bytes() - before);
            } finally {
                loop.evictAgenticScope(run);
                AgenticScopePersister.setStore(null);
            }
        };
    }

    /** Uses the library's workflow for collections: one agent for each item. */
    @Override
    public Work map(int items, Duration each) {
        UntypedAgent mapper = AgenticServices.parallelMapperBuilder().subAgents(new Waiting(each)).itemsProvider(ITEMS)
                .executor(VIRTUAL).build();
        return state -> {
            state.put(ITEMS, IntStream.range(0, items).boxed().toList());
            List<?> results = (List<?>) mapper.invoke(state);
            return new Done(results.stream().mapToLong(result -> (Integer) result).sum(), 0);
        };
    }

    private static <T> LoopAgentService<T> loop(LoopAgentService<T> loop, Shape shape) {
        Object[] agents = IntStream.range(0, shape.nodes())
                .mapToObj(i -> AgenticServices.agentAction(scope -> scope.writeState(COUNT, count(scope) + 1))).toArray();
        return loop.subAgents(agents).exitCondition(scope -> count(scope) >= shape.steps());
    }

    /** Wraps a flow in a sequence of one agent. */
    private static UntypedAgent nested(int nesting, UntypedAgent innermost) {
        UntypedAgent agent = innermost;
        for (int i = 1; i < nesting; i++) {
            agent = AgenticServices.sequenceBuilder().subAgents(agent).build();
        }
        return agent;
    }

    /** Writes each entry into the scope, for untyped agents. Only typed agents can be called with a run id. */
    private static void spread(AgenticScope scope) {
        @SuppressWarnings("unchecked")
        Map<String, Object> state = (Map<String, Object>) scope.readState("state");
        scope.writeState("state", null);
        scope.writeStates(state);
    }

    private static int count(AgenticScope scope) {
        return scope.readState(COUNT, 0);
    }

    /** The id makes the library persist the scope. */
    public interface DurableLoop extends AgenticScopeAccess {
        @Agent
        ResultWithAgenticScope<Object> count(@MemoryId String run, @V("state") Map<String, Object> state);
    }

    /** The agent of an item. */
    public record Waiting(Duration each) {
        @Agent(outputKey = "waited")
        public int waited(@V("item") int item) {
            return Peers.waited(each, item);
        }
    }
}
