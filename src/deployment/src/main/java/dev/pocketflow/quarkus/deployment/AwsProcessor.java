package dev.pocketflow.quarkus.deployment;

import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.SystemPropertyBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageSystemPropertyBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedClassBuildItem;

/**
 * Prepares the AWS SDK (2.57) for native executables. Most of it needs no help: it brings its own metadata, and finds its
 * interceptors and its HTTP client without a search. {@code ChecksumsWithoutCrt} is the rest.
 */
class AwsProcessor {

    private static final String DYNAMODB_RETRIES = "software.amazon.awssdk.services.dynamodb.DynamoDbRetryPolicy";
    /** Whether the JDK repeats a POST that is not answered: https://bugs.java.com/bugdatabase/view_bug.do?bug_id=6427251 */
    private static final String RETRY_POST = "sun.net.http.retryPost";
    private static final String HTTP_CLIENT = "software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient";

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

    /**
     * An envelope is not sent twice behind the back of who sends it. The JDK reads the property when the class is initialised:
     * for
     * an executable, that is while it is built.
     */
    @BuildStep
    void sentOnce(BuildProducer<SystemPropertyBuildItem> atStart, BuildProducer<NativeImageSystemPropertyBuildItem> atBuild) {
        if (QuarkusClassLoader.isClassPresentAtRuntime(HTTP_CLIENT)) {
            atStart.produce(new SystemPropertyBuildItem(RETRY_POST, "false"));
            atBuild.produce(new NativeImageSystemPropertyBuildItem(RETRY_POST, "false"));
        }
    }
}
