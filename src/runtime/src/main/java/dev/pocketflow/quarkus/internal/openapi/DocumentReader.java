package dev.pocketflow.quarkus.internal.openapi;

import java.io.InputStream;

import org.eclipse.microprofile.openapi.models.OpenAPI;

import io.smallrye.openapi.api.SmallRyeOpenAPI;

/**
 * Reads an OpenAPI document by SmallRye. It leaves out the scan for annotations, so that a native executable does not hold the
 * scanner.
 */
final class DocumentReader extends SmallRyeOpenAPI.Builder {

    private DocumentReader() {
    }

    static OpenAPI read(InputStream json) {
        DocumentReader reader = new DocumentReader();
        reader.enableModelReader(false).enableStandardStaticFiles(false).enableAnnotationScan(false)
                .enableStandardFilter(false).withCustomStaticFile(() -> json);
        return reader.build().model();
    }

    @Override
    public SmallRyeOpenAPI build(boolean unmodifiable) {
        var context = super.getContext();
        buildPrepare(context);
        buildStaticModel(context);
        return buildFinalize(context, unmodifiable);
    }
}
