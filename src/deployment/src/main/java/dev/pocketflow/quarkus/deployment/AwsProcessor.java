package dev.pocketflow.quarkus.deployment;

import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.SystemPropertyBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageSystemPropertyBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedClassBuildItem;

/**
 * Prepares the AWS SDK (2.57) for native executables. Most of the SDK needs no preparation: it has its own metadata, and finds
 * its interceptors and its HTTP client without a search. {@code ChecksumsWithoutCrt} handles the rest.
 */
class AwsProcessor {

    private static final String DYNAMODB_RETRIES = "software.amazon.awssdk.services.dynamodb.DynamoDbRetryPolicy";
    /**
     * The property that makes the JDK repeat a POST without an answer:
     * https://bugs.java.com/bugdatabase/view_bug.do?bug_id=6427251
     */
    private static final String RETRY_POST = "sun.net.http.retryPost";
    private static final String HTTP_CLIENT = "software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient";

    /** Adds https to the executable: the addresses of envelopes are known at run time only. */
    @BuildStep
    ExtensionSslNativeSupportBuildItem https() {
        return new ExtensionSslNativeSupportBuildItem("pocketflow");
    }

    /**
     * Initializes the classes of DynamoDB at run time: they hold a source of random numbers, whose seed must not be part of an
     * executable.
     */
    @BuildStep
    void dynamoDb(BuildProducer<RuntimeInitializedClassBuildItem> atRunTime) {
        if (QuarkusClassLoader.isClassPresentAtRuntime(DYNAMODB_RETRIES)) {
            atRunTime.produce(new RuntimeInitializedClassBuildItem(DYNAMODB_RETRIES));
        }
    }

    /**
     * Keeps the JDK from sending an envelope twice by itself. The JDK reads the property when the class is initialized: for an
     * executable that is at build time.
     */
    @BuildStep
    void sentOnce(BuildProducer<SystemPropertyBuildItem> atStart, BuildProducer<NativeImageSystemPropertyBuildItem> atBuild) {
        if (QuarkusClassLoader.isClassPresentAtRuntime(HTTP_CLIENT)) {
            atStart.produce(new SystemPropertyBuildItem(RETRY_POST, "false"));
            atBuild.produce(new NativeImageSystemPropertyBuildItem(RETRY_POST, "false"));
        }
    }
}
