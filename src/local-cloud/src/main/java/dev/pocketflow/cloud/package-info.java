/**
 * The local cloud as a whole, on 127.0.0.1. {@link dev.pocketflow.cloud.LocalCloud} starts Lambda and the services that a test
 * asks for. {@link dev.pocketflow.cloud.LocalCloudExtension} does so for a JUnit test, and the script {@code infra/local/cloud}
 * for a person. It needs no Quarkus, no container, no key and no network. Everybody may call the public types of this package.
 */
package dev.pocketflow.cloud;
