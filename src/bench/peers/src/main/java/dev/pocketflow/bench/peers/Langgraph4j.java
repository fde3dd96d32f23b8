package dev.pocketflow.bench.peers;

import static org.bsc.langgraph4j.GraphDefinition.END;
import static org.bsc.langgraph4j.GraphDefinition.START;
import static org.bsc.langgraph4j.action.AsyncEdgeAction.edge_async;
import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import org.bsc.langgraph4j.CompileConfig;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.state.AgentState;
import org.bsc.langgraph4j.state.Channels;

import dev.pocketflow.bench.Contender;

/**
 * A {@code StateGraph} with conditional edges. It copies the state before and after every node, with or without a saver. A copy
 * is a serialization and a read. Jackson does both here, which takes half as long as the default, Java's serialization.
 */
public final class Langgraph4j implements Contender {

    private static final String COUNT = "count";
    private static final String RESULTS = "results";
    private static final Executor VIRTUAL = Executors.newVirtualThreadPerTaskExecutor();

    @Override
    public String name() {
        return Peers.named("langgraph4j");
    }

    @Override
    public Work steps(Shape shape) {
        CompiledGraph<AgentState> graph = loop(shape, new JsonState(), config(shape));
        return state -> new Done(count(graph.invoke(state, RunnableConfig.empty()).orElseThrow()), 0);
    }

    /**
     * Uses the saver that its documentation begins with. The saver receives a copy of the state that has passed the graph's
     * serializer, and keeps the copy of every step until the run ends. Savers for files and databases do the same, and write.
     */
    @Override
    public Work durable(Shape shape) {
        if (shape.nesting() != 1) {
            throw Peers.nestedSnapshots();
        }
        CountingSaver saver = new CountingSaver();
        CompiledGraph<AgentState> graph = loop(shape, saver.serializer(),
                config(shape).checkpointSaver(saver).releaseThread(true));
        return state -> {
            long before = saver.bytes();
            RunnableConfig thread = RunnableConfig.builder().threadId(UUID.randomUUID().toString()).build();
            long count = count(graph.invoke(state, thread).orElseThrow());
            return new Done(count, saver.bytes() - before);
        };
    }

    /** Runs one branch for each item in parallel, on an executor that the run receives. */
    @Override
    public Work map(int items, Duration each) {
        try {
            StateGraph<AgentState> graph = new StateGraph<>(Map.of(RESULTS, Channels.appenderWithDuplicate(ArrayList::new)),
                    new JsonState());
            graph.addNode("begin", node_async(state -> Map.of())).addEdge(START, "begin");
            graph.addNode("join", node_async(state -> Map.of())).addEdge("join", END);
            for (int i = 0; i < items; i++) {
                int item = i;
                graph.addNode("item" + i, node_async(state -> Map.of(RESULTS, Peers.waited(each, item))));
                graph.addEdge("begin", "item" + i).addEdge("item" + i, "join");
            }
            CompiledGraph<AgentState> compiled = graph.compile();
            RunnableConfig parallel = RunnableConfig.builder().addParallelNodeExecutor("begin", VIRTUAL).build();
            return state -> {
                List<Integer> results = compiled.invoke(state, parallel).orElseThrow().<List<Integer>> value(RESULTS)
                        .orElseThrow();
                return new Done(results.stream().mapToLong(Integer::longValue).sum(), 0);
            };
        } catch (GraphStateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompileConfig.Builder config(Shape shape) {
        // the start and the end are iterations too
        return CompileConfig.builder().recursionLimit(shape.steps() + 10);
    }

    /** Wraps the loop in compiled graphs of one node each. Graphs that are not yet compiled would be merged into one. */
    private static CompiledGraph<AgentState> loop(Shape shape, JsonState serializer, CompileConfig.Builder config) {
        try {
            CompiledGraph<AgentState> graph = loop(shape, new StateGraph<>(serializer)).compile(config.build());
            for (int i = 1; i < shape.nesting(); i++) {
                graph = new StateGraph<>(serializer).addNode("nested", graph).addEdge(START, "nested").addEdge("nested", END)
                        .compile(config.build());
            }
            return graph;
        } catch (GraphStateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static StateGraph<AgentState> loop(Shape shape, StateGraph<AgentState> graph) throws GraphStateException {
        graph.addEdge(START, "node0");
        for (int i = 0; i < shape.nodes(); i++) {
            graph.addNode("node" + i, node_async(state -> Map.of(COUNT, count(state) + 1)));
            graph.addConditionalEdges("node" + i, edge_async(state -> count(state) < shape.steps() ? "more" : "enough"),
                    Map.of("more", "node" + (i + 1) % shape.nodes(), "enough", END));
        }
        return graph;
    }

    private static int count(AgentState state) {
        return state.<Integer> value(COUNT).orElseThrow();
    }
}
