package org.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.lambda.LocalLambda;
import dev.pocketflow.cloud.quarkus.LocalLambdaResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.path.json.JsonPath;

/** The executable as a function of AWS Lambda, which runs on this machine. */
@QuarkusIntegrationTest
@WithTestResource(value = LocalLambdaResource.class, initArgs = @ResourceArg(name = "function", value = "headline"))
class HeadlineLambdaIT {

    LocalLambda lambda;

    @Test
    void event_isAnswered() {
        InvokeResult result = lambda.invoke("headline", "{\"text\": \"Durable flows need no server at all\"}");

        assertNull(result.functionError(), result.payload());
        assertEquals("Durable flows need no server", JsonPath.from(result.payload()).getString("store.text"));
    }
}
