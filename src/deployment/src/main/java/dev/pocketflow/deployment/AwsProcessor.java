package dev.pocketflow.deployment;

import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;

/**
 * What the ways out need in a native executable. For the AWS SDK (2.41) that is all: it brings its own metadata, finds its
 * interceptors and its HTTP client without a search, and keeps nothing in static fields that has to wait for run time.
 */
class AwsProcessor {

    /** An executable without this knows no https, and where envelopes go is said at run time only. */
    @BuildStep
    ExtensionSslNativeSupportBuildItem https() {
        return new ExtensionSslNativeSupportBuildItem("pocketflow");
    }
}
