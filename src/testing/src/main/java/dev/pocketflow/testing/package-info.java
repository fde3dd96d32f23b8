/**
 * The test kit for authors of flows. {@link dev.pocketflow.testing.ScriptedModel} is a chat model that answers from a script,
 * and {@link dev.pocketflow.testing.FakeTime} is a clock that a test turns. The model listens on 127.0.0.1 only. It needs no
 * Quarkus, no container, no key and no network. Everybody may call the public types of this package.
 */
@NullMarked
package dev.pocketflow.testing;

import org.jspecify.annotations.NullMarked;
