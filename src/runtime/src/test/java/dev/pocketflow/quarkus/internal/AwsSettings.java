package dev.pocketflow.quarkus.internal;

import java.util.HashMap;
import java.util.Map;

import software.amazon.awssdk.utils.internal.SystemSettingUtilsTestBackdoor;

/** The AWS SDK's own settings, as a function has them, until they are closed. */
final class AwsSettings implements AutoCloseable {

    private final Map<String, String> before = new HashMap<>();

    /** @param endpoint what the service's own clients are sent to */
    AwsSettings(String endpoint) {
        set("aws.region", "eu-central-1");
        set("aws.accessKeyId", "AKIDEXAMPLE");
        set("aws.secretAccessKey", "not-a-secret");
        set("aws.endpointUrl", endpoint);
        set("aws.configFile", "no-such-file");
        set("aws.sharedCredentialsFile", "no-such-file");
        set("aws.disableEc2Metadata", "true");
    }

    /** @param value null for none */
    AwsSettings set(String property, String value) {
        before.putIfAbsent(property, System.getProperty(property));
        put(property, value);
        return this;
    }

    /** For what the SDK takes from the environment only. */
    AwsSettings env(String name, String value) {
        SystemSettingUtilsTestBackdoor.addEnvironmentVariableOverride(name, value);
        return this;
    }

    private static void put(String property, String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }

    @Override
    public void close() {
        before.forEach(AwsSettings::put);
        SystemSettingUtilsTestBackdoor.clearEnvironmentVariableOverrides();
    }
}
