package dev.pocketflow.quarkus.internal.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import jakarta.enterprise.inject.Any;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.quarkus.config.EnvelopeConfig;
import dev.pocketflow.quarkus.config.InputConfig;
import dev.pocketflow.quarkus.config.PocketFlowBuildConfig;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.internal.contract.ContractFiles;
import dev.pocketflow.quarkus.internal.engine.SettingsCheck;
import dev.pocketflow.quarkus.internal.entry.FlowFunction;
import dev.pocketflow.quarkus.internal.mcp.ToolFlows;
import dev.pocketflow.quarkus.internal.seal.EphemeralSealKey;
import dev.pocketflow.quarkus.internal.seal.Seal;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.arc.runtime.BeanContainer;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;

/** Builds the flows in static init. For a native executable that is at build time. */
@Recorder
public class PocketFlowRecorder {

    private static final Logger LOG = Logger.getLogger("dev.pocketflow.config");

    private final PocketFlowBuildConfig config;
    private final RuntimeValue<PocketFlowConfig> runtime;

    public PocketFlowRecorder(PocketFlowBuildConfig config, RuntimeValue<PocketFlowConfig> runtime) {
        this.config = config;
        this.runtime = runtime;
    }

    /**
     * @param keys all keys of the extension, with {@code *} for a name of the user's
     * @param units the units that nodes and models count in this application
     * @param moreUnits whether they may count other units too
     */
    public void configure(BeanContainer beans, List<String> keys, List<String> units, boolean moreUnits) {
        SettingsCheck settings = new SettingsCheck(keys, units, moreUnits);
        settings.renamed().forEach(LOG::warn); // first: the start may be refused because such a key is not read
        EnvelopeConfig envelope = runtime.getValue().envelope();
        boolean ownKey = LaunchMode.current().isDevOrTest() && envelope.keys().isEmpty();
        new FunctionWiring(beans.beanInstance(FlowFunction.class), runtime.getValue(),
                new Seal(ownKey ? new EphemeralSealKey(envelope) : envelope))
                .configure(settings);
        if (LaunchMode.current() == LaunchMode.NORMAL && envelope.seal() == EnvelopeConfig.SealMode.NONE) {
            LOG.warn(
                    "quarkus.pocketflow.envelope.seal is none: everyone who can send an event to this function can change a "
                            + "run and its store. Set quarkus.pocketflow.envelope.keys.<kid> and remove "
                            + "quarkus.pocketflow.envelope.seal, or let only your own functions send events");
        }
    }

    /**
     * @param timeouts the timeouts of the nodes' execs, in milliseconds, by class and method
     * @param reached whether events can reach the application, by HTTP or Lambda
     */
    public void serve(BeanContainer beans, Map<String, Long> timeouts, boolean reached) {
        Map<String, Flow> flows = flows();
        beans.beanInstance(FlowFunction.class).serve(flows, chosen(flows, reached), timeouts);
        String schemas = System.getProperty(ContractFiles.DIRECTORY);
        if (schemas != null) {
            writeAndStop(Path.of(schemas), flows);
        }
    }

    /** Stops the process without its shutdown hooks: they would wait for the class whose static init this is. */
    private static void writeAndStop(Path directory, Map<String, Flow> flows) {
        Optional<InputConfig.Unknown> unknown = ConfigProvider.getConfig().getOptionalValue("quarkus.pocketflow.input.unknown",
                InputConfig.Unknown.class);
        try {
            ContractFiles.write(directory, flows.values(), unknown.filter(InputConfig.Unknown.IGNORE::equals).isPresent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + directory, e);
        }
        Runtime.getRuntime().halt(ContractFiles.WRITTEN);
    }

    /** Refuses a flow that is to be an MCP tool, and has a name that no tool can have. The flows are known. */
    public void checkTools(BeanContainer beans) {
        ToolFlows.of(beans.beanInstance(FlowFunction.class).flows().values(), config.mcp());
    }

    /**
     * Tells how runs start in an application that no event reaches.
     *
     * @param starts whether it starts runs by itself
     */
    public void unreached(boolean starts) {
        if (starts) {
            LOG.info("no event reaches this application, so only Flows starts runs. For events add quarkus-rest (HTTP) or "
                    + "quarkus-amazon-lambda, or set quarkus.pocketflow.http.enabled=true");
        } else {
            LOG.warn("nothing can start a run: no event reaches this application, and no bean injects "
                    + "dev.pocketflow.quarkus.Flows. Add quarkus-rest (HTTP) or quarkus-amazon-lambda, set "
                    + "quarkus.pocketflow.http.enabled=true, or inject Flows");
        }
    }

    private static Map<String, Flow> flows() {
        Map<String, Flow> flows = new TreeMap<>();
        for (InstanceHandle<Flow> bean : Arc.container().listAll(Flow.class, Any.Literal.INSTANCE)) {
            Flow flow = built(bean);
            if (flows.put(flow.name(), flow) != null) {
                throw new FlowException("two flows are named '" + flow.name() + "', the second from " + bean.getBean()
                        + ". Rename one: stored positions refer to the name");
            }
        }
        return flows;
    }

    private static Flow built(InstanceHandle<Flow> bean) {
        try {
            return bean.get();
        } catch (FlowException invalid) {
            throw invalid;
        } catch (RuntimeException e) {
            throw new FlowException("the flow of " + bean.getBean()
                    + " cannot be built at static init: " + e.getMessage() + ". If one of its nodes needs something that "
                    + "exists at run time only, make that node @ApplicationScoped: it is then created at its first use", e);
        }
    }

    /** {@return the flow of the function; any flow if nothing asks for it} */
    private Flow chosen(Map<String, Flow> flows, boolean reached) {
        if (config.flow().isEmpty()) {
            if (flows.size() > 1 && reached) {
                throw new FlowException("there are several flows: " + flows.keySet()
                        + ". Set quarkus.pocketflow.flow=<name> to the flow that this function serves. The others are nested "
                        + "in it, started by Flows, or served with quarkus.pocketflow.http.flows=all");
            }
            return flows.values().iterator().next();
        }
        Flow flow = flows.get(config.flow().get());
        if (flow == null) {
            throw new FlowException(
                    "quarkus.pocketflow.flow=" + config.flow().get() + " names no flow; the flows are " + flows.keySet());
        }
        return flow;
    }
}
