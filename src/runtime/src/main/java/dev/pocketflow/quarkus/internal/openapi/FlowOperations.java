package dev.pocketflow.quarkus.internal.openapi;

import java.io.ByteArrayInputStream;
import java.util.List;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.config.FunctionPaths;
import dev.pocketflow.quarkus.config.PocketFlowBuildConfig;
import dev.pocketflow.quarkus.internal.entry.FlowFunction;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.quarkus.smallrye.openapi.OpenApiFilter.RunStage;

/**
 * Adds the flows to the application's OpenAPI document. It does so for each request: the engine, which knows the flows that are
 * served, may be made after the document, and a start without such a request costs nothing.
 */
@Singleton
@OpenApiFilter(stages = RunStage.RUNTIME_PER_REQUEST)
public class FlowOperations implements OASFilter {

    private final FlowFunction function;
    private final FunctionPaths paths;
    private String below = "";

    FlowOperations(FlowFunction function, PocketFlowBuildConfig config) {
        this.function = function;
        this.paths = FunctionPaths.of(config.http());
    }

    /** Sets the path that all endpoints are below; empty for none. */
    void below(String path) {
        this.below = path;
    }

    @Override
    public void filterOpenAPI(OpenAPI whole) {
        FlowApi api = new FlowApi(function.contracts(), function.engine().ignoresUnknown());
        api.function(below, paths, function.flow());
        if (paths.all()) {
            List<Flow> served = function.startable().stream().map(function.flows()::get).toList();
            api.all(below, paths, served);
        }
        OpenAPI flows = DocumentReader.read(new ByteArrayInputStream(HopResponse.json(api.document())));
        if (whole.getPaths() == null) {
            whole.setPaths(OASFactory.createPaths());
        }
        flows.getPaths().getPathItems().forEach((path, item) -> add(whole, path, item));
        if (whole.getComponents() == null) {
            whole.setComponents(OASFactory.createComponents());
        }
        flows.getComponents().getSchemas().forEach(whole.getComponents()::addSchema);
    }

    /** Keeps the operations that the application has at the same path with other methods. */
    private static void add(OpenAPI whole, String path, PathItem item) {
        PathItem own = whole.getPaths().getPathItem(path);
        if (own == null) {
            whole.getPaths().addPathItem(path, item);
        } else {
            item.getOperations().forEach(own::setOperation);
        }
    }
}
