package dev.pocketflow.quarkus.internal.entry;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.pocketflow.AsyncNode;
import dev.pocketflow.Await;
import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.GraphNode;
import dev.pocketflow.ParallelBatchNode;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.Step;
import dev.pocketflow.Wait;

/** A flow's graph, nested flows included, as JSON-shaped maps and as a Mermaid flowchart. */
public final class FlowGraphView {

    /** The media type of {@link #mermaid}. */
    public static final String MERMAID = "text/vnd.mermaid";
    /**
     * The media type of a flow's contract (<a href="https://json-schema.org/draft/2020-12/json-schema-core">section 14</a>).
     */
    public static final String SCHEMA = "application/schema+json";

    private FlowGraphView() {
    }

    public static Map<String, Object> json(Flow flow) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", flow.name());
        if (flow.isBatch()) {
            json.put("batch", true);
        }
        if (!flow.branches().isEmpty()) {
            json.put("branches", flow.branches().stream().map(FlowGraphView::json).toList());
        } else {
            json.put("start", flow.nodes().keySet().iterator().next());
            json.put("nodes", flow.nodes().values().stream().map(FlowGraphView::node).toList());
        }
        return json;
    }

    private static Map<String, Object> node(GraphNode vertex) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", vertex.name());
        json.put("kind", kind(vertex.step()));
        Map<String, String> edges = new LinkedHashMap<>();
        vertex.edges().forEach((action, target) -> edges.put(action, target.name()));
        json.put("edges", edges);
        json.put("ends", vertex.ends());
        if (vertex.step() instanceof Flow nested) {
            json.put("flow", json(nested));
        }
        return json;
    }

    private static String kind(Step step) {
        if (step instanceof Flow) {
            return "flow";
        }
        if (step instanceof AsyncNode) {
            return "async";
        }
        if (step instanceof BatchNode) {
            return step instanceof ParallelBatchNode ? "parallel-batch" : "batch";
        }
        if (step instanceof RemoteFlow) {
            return "remote";
        }
        return step instanceof Await ? "await" : step instanceof Wait ? "wait" : "node";
    }

    public static String mermaid(Flow flow) {
        StringBuilder chart = new StringBuilder("flowchart TD\n");
        draw(chart, flow, "n", "    ");
        return chart.toString();
    }

    private static void draw(StringBuilder chart, Flow flow, String prefix, String indent) {
        Map<String, String> ids = new LinkedHashMap<>();
        for (int i = 0; i < flow.branches().size(); i++) {
            subgraph(chart, flow.branches().get(i), prefix + "_" + i, flow.branches().get(i).name(), indent);
        }
        flow.nodes().forEach((name, vertex) -> {
            String id = prefix + "_" + ids.size();
            ids.put(name, id);
            if (vertex.step() instanceof Flow nested) {
                subgraph(chart, nested, id, name, indent);
            } else {
                chart.append(indent).append(id).append("[").append(quoted(name)).append("]\n");
            }
        });
        flow.nodes().forEach((name, vertex) -> {
            String id = ids.get(name);
            vertex.edges().forEach((action, target) -> edge(chart, indent, id, action, ids.get(target.name())));
            vertex.ends().forEach(action -> edge(chart, indent, id, action, id + "_end([end])"));
        });
    }

    private static void subgraph(StringBuilder chart, Flow flow, String id, String title, String indent) {
        chart.append(indent).append("subgraph ").append(id).append("[").append(quoted(title)).append("]\n");
        draw(chart, flow, id, indent + "    ");
        chart.append(indent).append("end\n");
    }

    private static void edge(StringBuilder chart, String indent, String from, String action, String to) {
        String label = action.equals("default") ? "" : "|" + quoted(action) + "|";
        chart.append(indent).append(from).append(" -->").append(label).append(" ").append(to).append("\n");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;") + "\"";
    }
}
