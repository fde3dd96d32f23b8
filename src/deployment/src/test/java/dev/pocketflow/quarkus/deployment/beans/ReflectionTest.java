package dev.pocketflow.quarkus.deployment.beans;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
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
import dev.pocketflow.TypeRef;
import io.quarkus.builder.BuildContext;
import io.quarkus.builder.BuildStep;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;

/** The types that Jackson can read and write in a native executable, without any configuration of the function. */
class ReflectionTest {

    private static final String FOUND = "reflective-classes.txt";
    private static final String REGISTERED = "registered-classes.txt";

    @RegisterExtension
    static final QuarkusUnitTest APP = BeansApplication.APP;

    /** Passes the names that the build has found on to the application. */
    static class Listing implements BuildStep {
        @Override
        public void execute(BuildContext context) {
            list(context, REGISTERED, item -> true);
            list(context, FOUND, item -> item.isConstructors() && item.isMethods());
        }

        private static void list(BuildContext context, String resource, Predicate<ReflectiveClassBuildItem> which) {
            String names = context.consumeMulti(ReflectiveClassBuildItem.class).stream().filter(which)
                    .flatMap(item -> item.getClassNames().stream()).collect(Collectors.joining("\n"));
            context.produce(new GeneratedResourceBuildItem(resource, names.getBytes(StandardCharsets.UTF_8)));
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

    record OfParameter(String name) {
    }

    record OfBody(String name) {
    }

    record OfMap(String name) {
    }

    record OfSecret(String name) {
    }

    record Page<T>(List<T> items) {
    }

    record OfPage(String name) {
    }

    record OfLocal(String name) {
    }

    record OfElements(String name) {
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

        static final Key<Map<String, OfMap>> MAP = Key.mapOf("map", OfMap.class);
        static final Key<List<OfSecret>> SECRET = Key.listOf("secret", OfSecret.class).secret();
        static final Key<Map<String, Page<OfPage>>> PAGES = Key.of("pages", new TypeRef<>() {
        });

        static Supplier<Object> read(Store store) {
            store.find(Key.of("local", new TypeRef<Map<OfLocal, ? extends List<OfElements[]>>>() {
            }));
            return () -> store.get(Key.of("body", OfBody.class));
        }

        static Key<OfMethod> made() {
            return Key.of("method", OfMethod.class);
        }

        static int taken(List<Key<? extends OfParameter>> keys) {
            return keys.size();
        }
    }

    static class Typed implements Node<Prepared, Result> {
        @Override
        public Result exec(Prepared prepared) {
            return null;
        }
    }

    static class Batch implements BatchNode<Item, ItemResult> {
        @Override
        public ItemResult exec(Item item) {
            return null;
        }
    }

    static class Parallel implements ParallelBatchNode<ParallelItem, List<Listed>> {
        @Override
        public List<Listed> exec(ParallelItem item) {
            return null;
        }
    }

    static class Async implements AsyncNode<Void, AsyncResult> {
        @Override
        public CompletionStage<AsyncResult> exec(Void prepared) {
            return null;
        }
    }

    abstract static class Template<T> implements Node<Void, T> {
        @Override
        public T exec(Void prepared) {
            return null;
        }
    }

    static class Filled extends Template<Inherited> {
    }

    static class Flows {
        @Produces
        @Identifier("typed")
        Flow flow(Typed typed, Batch batch, Parallel parallel, Async async, Filled filled) {
            return Flow.named("flow").node("a", typed).then("b").node("b", batch).then("c").node("c", parallel).then("d")
                    .node("d", async).then("e").node("e", filled).build();
        }
    }

    @Test
    void typesOfKeys_areRegistered() throws IOException {
        assertThat(found()).contains(OfKey.class.getName(), OfList.class.getName(), OfMethod.class.getName(),
                OfParameter.class.getName(), OfArray.class.getName(), OfMap.class.getName(), OfSecret.class.getName());
    }

    @Test
    void typesOfReferences_areRegistered_withTheirParameters() throws IOException {
        assertThat(found()).contains(Page.class.getName(), OfPage.class.getName(), OfLocal.class.getName(),
                OfElements.class.getName());
    }

    /** Otherwise the parameters of its superclass are lost in a native executable. */
    @Test
    void references_areRegistered() throws IOException {
        assertThat(names(REGISTERED)).contains(Keys.class.getName() + "$1", Keys.class.getName() + "$2");
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

    /** Its type is in no declaration. The executable names such a key: see {@code RegisteredTypesTest}. */
    @Test
    void typeOfAKeyInsideAMethod_isNotRegistered() throws IOException {
        assertThat(found()).doesNotContain(OfBody.class.getName());
    }

    @Test
    void otherTypes_areNotRegistered() throws IOException {
        assertThat(found()).doesNotContain(Unrelated.class.getName(), Keys.class.getName(), "byte", "int");
    }

    private static Set<String> found() throws IOException {
        return names(FOUND);
    }

    private static Set<String> names(String resource) throws IOException {
        try (InputStream names = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            return new String(names.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .collect(Collectors.toSet());
        }
    }
}
