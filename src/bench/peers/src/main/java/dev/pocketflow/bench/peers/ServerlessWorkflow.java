package dev.pocketflow.bench.peers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.bench.Contender;
import io.serverlessworkflow.api.types.DoTask;
import io.serverlessworkflow.api.types.Task;
import io.serverlessworkflow.api.types.TaskItem;
import io.serverlessworkflow.api.types.Workflow;
import io.serverlessworkflow.fluent.func.FuncTaskItemListBuilder;
import io.serverlessworkflow.fluent.func.FuncWorkflowBuilder;
import io.serverlessworkflow.impl.ExecutorServiceHolder;
import io.serverlessworkflow.impl.WorkflowApplication;
import io.serverlessworkflow.impl.WorkflowDefinition;
import io.serverlessworkflow.impl.persistence.DefaultPersistenceInstanceHandlers;
import io.serverlessworkflow.impl.persistence.PersistenceApplicationBuilder;
import io.serverlessworkflow.impl.persistence.PersistenceInstanceHandlers;
import io.serverlessworkflow.impl.persistence.mvstore.MVStorePersistenceStore;

/**
 * The SDK of the CNCF's Serverless Workflow, the engine of quarkus-flow. The loop is a {@code for} of Java functions, each with
 * an {@code if} on the count. The functions receive the engine's own JSON, and task events are off: this is the cheapest
 * configuration.
 * <p>
 * The other loop of its documents is a {@code switch} that jumps back. It ends in a {@link StackOverflowError} within 1,000
 * steps, because a task calls the next one from within. A {@code for} of 1,000 nodes fails in the same way.
 */
public final class ServerlessWorkflow implements Contender {

    private static final String COUNT = "count";
    private static final ExecutorService VIRTUAL = Executors.newVirtualThreadPerTaskExecutor();

    @Override
    public String name() {
        return Peers.named("serverlessworkflow");
    }

    @Override
    public Work steps(Shape shape) {
        WorkflowDefinition loop = application().build().workflowDefinition(loop(shape));
        return state -> new Done(count(run(loop, state)), 0);
    }

    /** Uses its persistence with H2's MVStore in memory. It writes the output of each task before the next task begins. */
    @Override
    public Work durable(Shape shape) {
        CountingBuffers buffers = new CountingBuffers();
        PersistenceInstanceHandlers handlers = DefaultPersistenceInstanceHandlers
                .builder(new MVStorePersistenceStore(null, buffers)).withExecutorService(new DirectExecutor()).build();
        WorkflowDefinition loop = PersistenceApplicationBuilder.builder(application(), handlers.writer()).build()
                .workflowDefinition(loop(shape));
        return state -> {
            long before = buffers.bytes();
            long count = count(run(loop, state));
            return new Done(count, buffers.bytes() - before);
        };
    }

    /** Uses a {@code fork} with one branch for each item, because {@code for} takes one item after the other. */
    @Override
    public Work map(int items, Duration each) {
        Workflow fork = FuncWorkflowBuilder.workflow("map").tasks(tasks -> tasks.fork("items", branches -> {
            for (int i = 0; i < items; i++) {
                int item = i;
                branches.branch("item" + i, (JsonNode state) -> Peers.waited(each, item), JsonNode.class);
            }
        })).build();
        WorkflowDefinition definition = application().build().workflowDefinition(fork);
        return state -> {
            return new Done(IntStream.of(inOrder(run(definition, state), items)).asLongStream().sum(), 0);
        };
    }

    /** @param joined the result of each branch under the branch's name, in the order of their completion */
    private static int[] inOrder(JsonNode joined, int items) {
        int[] results = new int[items];
        for (JsonNode branch : joined) {
            branch.properties().forEach(
                    named -> results[Integer.parseInt(named.getKey().substring("item".length()))] = named.getValue().asInt());
        }
        return results;
    }

    private static WorkflowApplication.Builder application() {
        return WorkflowApplication.builder().withExecutorFactory(new ExecutorServiceHolder(VIRTUAL))
                .disableLifeCycleCEPublishing()
                .disableStatusChangePublishing();
    }

    private static JsonNode run(WorkflowDefinition definition, Map<String, Object> state) {
        return definition.instance(state).start().join().as(JsonNode.class).orElseThrow();
    }

    private static Workflow loop(Shape shape) {
        List<Integer> rounds = IntStream.range(0, (shape.steps() + shape.nodes() - 1) / shape.nodes()).boxed().toList();
        Workflow workflow = FuncWorkflowBuilder.workflow("counting").tasks(list -> list.forEach("rounds",
                each -> each.each("round").at("index").collection(state -> rounds).tasks(nodes(shape)))).build();
        for (int i = 1; i < shape.nesting(); i++) {
            workflow.setDo(List.of(new TaskItem("nesting" + i, new Task().withDoTask(new DoTask().withDo(workflow.getDo())))));
        }
        return workflow;
    }

    private static Consumer<FuncTaskItemListBuilder> nodes(Shape shape) {
        return list -> {
            for (int i = 0; i < shape.nodes(); i++) {
                list.function("node" + i,
                        call -> call.function((ObjectNode state) -> state.put(COUNT, count(state) + 1), ObjectNode.class)
                                .when(state -> count(state) < shape.steps(), ObjectNode.class));
            }
        };
    }

    private static int count(JsonNode state) {
        return state.get(COUNT).asInt();
    }
}
