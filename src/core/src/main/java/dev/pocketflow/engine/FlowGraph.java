package dev.pocketflow.engine;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

import dev.pocketflow.Flow;
import dev.pocketflow.Store;
import dev.pocketflow.engine.context.CarriedParts;
import dev.pocketflow.engine.context.ModelAccess;

/** A flow as the engine walks it. Made once for each flow; immutable. */
final class FlowGraph {

    final Flow flow;
    final String name;
    final Map<String, Vertex> nodes = new LinkedHashMap<>();
    final List<Flow> branches;
    final Function<Store, ? extends Collection<? extends Map<String, ?>>> iterations; // null if it is no batch flow
    final int concurrency;
    private final BiFunction<Store, String, String> after;

    private FlowGraph(Flow flow, ModelAccess model) {
        this.flow = flow;
        this.name = flow.name();
        this.branches = flow.branches();
        this.iterations = model.iterations(flow);
        this.concurrency = model.concurrency(flow);
        this.after = model.after(flow);
        flow.nodes().values().forEach(each -> nodes.put(each.name(), new Vertex(name, each)));
        nodes.values().forEach(each -> each.graphNode.edges()
                .forEach((action, target) -> each.edges.put(action, nodes.get(target.name()))));
    }

    static FlowGraph of(Flow flow) {
        ModelAccess model = ModelAccess.get();
        FlowGraph compiled = (FlowGraph) model.compiled(flow);
        if (compiled == null) {
            compiled = new FlowGraph(flow, model); // two threads may make one each: both are right
            model.compiled(flow, compiled);
        }
        return compiled;
    }

    Vertex first() {
        return nodes.values().iterator().next();
    }

    boolean isBatch() {
        return iterations != null;
    }

    /** {@return the flow's own action, after its graph ended with this one} */
    String after(Store shared, String action) {
        return after == null ? action : CarriedParts.action(after.apply(shared, action));
    }
}
