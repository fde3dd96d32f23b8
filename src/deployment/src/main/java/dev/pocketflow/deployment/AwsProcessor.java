package dev.pocketflow.deployment;

import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedClassBuildItem;

/**
 * What the ways out and the ledger need in a native executable. For the AWS SDK (2.41) that is all: it brings its own metadata,
 * finds its interceptors and its HTTP client without a search, and but for one class keeps nothing in static fields that has to
 * wait for run time.
 */
class AwsProcessor {

    private static final String DYNAMODB_RETRIES = "software.amazon.awssdk.services.dynamodb.DynamoDbRetryPolicy";

    /** An executable without this knows no https, and where envelopes go is said at run time only. */
    @BuildStep
    ExtensionSslNativeSupportBuildItem https() {
        return new ExtensionSslNativeSupportBuildItem("pocketflow");
    }

    /** It keeps a source of random numbers, whose seed an executable must not be built with. */
    @BuildStep
    void dynamoDb(BuildProducer<RuntimeInitializedClassBuildItem> atRunTime) {
        if (QuarkusClassLoader.isClassPresentAtRuntime(DYNAMODB_RETRIES)) {
            atRunTime.produce(new RuntimeInitializedClassBuildItem(DYNAMODB_RETRIES));
        }
    }
}
