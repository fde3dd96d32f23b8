package dev.pocketflow.quarkus.internal.contract;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

import dev.pocketflow.Flow;
import dev.pocketflow.internal.json.Json;

/** Writes the contracts of flows into files, while an application is built. */
public final class ContractFiles {

    /**
     * The system property with the directory. An application that is started with it writes the files, and stops. The build
     * sets
     * it.
     */
    public static final String DIRECTORY = "pocketflow.build.schemas";

    /** The code that such a process exits with when the files are written. An application that ends earlier has another one. */
    public static final int WRITTEN = 64;

    private ContractFiles() {
    }

    /**
     * Writes a file for each flow: {@code ship.schema.json}.
     *
     * @param ignoresUnknown as for {@link FlowContract#accept}
     */
    public static void write(Path directory, Collection<Flow> flows, boolean ignoresUnknown) throws IOException {
        Files.createDirectories(directory);
        for (Flow flow : flows) {
            String name = URLEncoder.encode(flow.name(), StandardCharsets.UTF_8).replace("+", "%20");
            Map<String, Object> schema = new FlowContract(flow).schema(ignoresUnknown);
            Files.writeString(directory.resolve(name + ".schema.json"),
                    Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n");
        }
    }
}
