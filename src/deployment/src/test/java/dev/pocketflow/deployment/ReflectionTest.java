package dev.pocketflow.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.AsyncNode;
import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.ParallelBatchNode;
import dev.pocketflow.Store;
import io.quarkus.builder.BuildContext;
import io.quarkus.builder.BuildStep;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.test.QuarkusUnitTest;

/** What a native executable allows Jackson to read and write, without a line of configuration in the function. */
class ReflectionTest {

    private static final String FOUND = "reflective-classes.txt";

    @RegisterExtension
    static final QuarkusUnitTest APP = App.of(OfKey.class, OfKey.Part.class, OfKey.Colour.class, OfList.class, OfArray.class,
            OfMethod.class, OfLambda.class, Prepared.class, Result.class, Item.class, ItemResult.class, AsyncResult.class,
            ParallelItem.class, Inherited.class, Listed.class, Unrelated.class, Keys.class, Template.class, Typed.class,
            Batch.class, Parallel.class, Async.class, Filled.class, Flows.class)
            .addBuildChainCustomizer(chain -> chain.addBuildStep(new Listing()).consumes(ReflectiveClassBuildItem.class)
                    .produces(GeneratedResourceBuildItem.class).build());

    /** Hands the names that the build has found on to the application. */
    static class Listing implements BuildStep {
        @Override
        public void execute(BuildContext context) {
            String names = context.consumeMulti(ReflectiveClassBuildItem.class).stream()
                    .filter(item -> item.isConstructors() && item.isMethods()).flatMap(item -> item.getClassNames().stream())
                    .collect(Collectors.joining("\n"));
            context.produce(new GeneratedResourceBuildItem(FOUND, names.getBytes(StandardCharsets.UTF_8)));
        }
    }

    record OfKey(Part part, List<Colour> colours) {
        record Part(String name) {
        }

        enum Colour {
            RED
        }
    }

    record OfList(String name) {
    }

    record OfArray(String name) {
    }

    record OfMethod(String name) {
    }

    record OfLambda(String name) {
    }

    record Prepared(String name) {
    }

    record Result(String name) {
    }

    record Item(String name) {
    }

    record ItemResult(String name) {
    }

    record AsyncResult(String name) {
    }

    record ParallelItem(String name) {
    }

    record Inherited(String name) {
    }

    record Listed(String name) {
    }

    record Unrelated(String name) {
    }

    static class Keys {
        static final Key<OfKey> KEY = Key.of("key", OfKey.class);
        static final Key<List<OfList>> LIST = Key.listOf("list", OfList.class);
        static final Key<OfArray[]> ARRAY = Key.of("array", OfArray[].class);
        static final Key<byte[]> BYTES = Key.of("bytes", byte[].class);
        static final Key<Integer> NUMBER = Key.of("number", int.class);

        static Supplier<Object> read(Store store) {
            store.get(Key.of("method", OfMethod.class));
            return () -> store.get(Key.of("lambda", OfLambda.class));
        }
    }

    static class Typed implements Node<Prepared, Result> {
    }

    static class Batch implements BatchNode<Item, ItemResult> {
    }

    static class Parallel implements ParallelBatchNode<ParallelItem, List<Listed>> {
    }

    static class Async implements AsyncNode<Void, AsyncResult> {
        @Override
        public CompletionStage<AsyncResult> exec(Void prepared) {
            return null;
        }
    }

    abstract static class Template<T> implements Node<Void, T> {
    }

    static class Filled extends Template<Inherited> {
    }

    static class Flows {
        @Produces
        Flow flow(Typed typed, Batch batch, Parallel parallel, Async async, Filled filled) {
            return Flow.named("flow").node("a", typed).then("b").node("b", batch).then("c").node("c", parallel).then("d")
                    .node("d", async).then("e").node("e", filled).build();
        }
    }

    @Test
    void typesOfKeys_areRegistered() throws IOException {
        assertThat(found()).contains(OfKey.class.getName(), OfList.class.getName(), OfMethod.class.getName(),
                OfLambda.class.getName(), OfArray.class.getName());
    }

    @Test
    void typesOfTheirComponents_areRegistered() throws IOException {
        assertThat(found()).contains(OfKey.Part.class.getName(), OfKey.Colour.class.getName());
    }

    @Test
    void typeArgumentsOfNodes_areRegistered() throws IOException {
        assertThat(found()).contains(Prepared.class.getName(), Result.class.getName(), Item.class.getName(),
                ItemResult.class.getName(), ParallelItem.class.getName(), Listed.class.getName(), AsyncResult.class.getName(),
                Inherited.class.getName());
    }

    @Test
    void otherTypes_areNot() throws IOException {
        assertThat(found()).doesNotContain(Unrelated.class.getName(), Keys.class.getName(), "byte", "int");
    }

    private static Set<String> found() throws IOException {
        try (InputStream names = Thread.currentThread().getContextClassLoader().getResourceAsStream(FOUND)) {
            return new String(names.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .collect(Collectors.toSet());
        }
    }
}
