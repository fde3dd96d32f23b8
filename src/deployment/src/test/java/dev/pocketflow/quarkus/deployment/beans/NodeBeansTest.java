package dev.pocketflow.quarkus.deployment.beans;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.concurrent.CompletionStage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.AsyncNode;
import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.ParallelBatchNode;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;

class NodeBeansTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = BeansApplication.APP;

    static class Batch implements BatchNode<Integer, Integer> {
        @Override
        public Integer exec(Integer item) {
            return item;
        }
    }

    static class Parallel implements ParallelBatchNode<Integer, Integer> {
        @Override
        public Integer exec(Integer item) {
            return item;
        }
    }

    static class Later implements AsyncNode<Integer, Integer> {
        @Override
        public CompletionStage<Integer> exec(Integer prepared) {
            return null;
        }
    }

    @Singleton
    static class Single implements Node<Void, Void> {
        @Override
        public Void exec(Void prepared) {
            return null;
        }
    }

    @Dependent
    static class Each implements Node<Void, Void> {
        @Override
        public Void exec(Void prepared) {
            return null;
        }
    }

    abstract static class Template<T> implements Node<T, T> {
        @Override
        public T exec(T prepared) {
            return prepared;
        }
    }

    static class Filled extends Template<String> {
    }

    /** A node that is created at its first use may need something that exists at run time only. */
    static class Lazy implements Node<Void, Boolean> {
        @Inject
        Vertx vertx;

        @Override
        public Boolean exec(Void prepared) {
            return vertx.getOrCreateContext() != null;
        }
    }

    static class Outer {
        class Inner implements Node<Void, Void> {
            @Override
            public Void exec(Void prepared) {
                return null;
            }
        }

        Flow flow() {
            return Flow.named("other").node("inner", new Inner()).then("anonymous").node("anonymous", new Node<Void, Void>() {
                @Override
                public String post(Store shared, Void prepared, Void result) {
                    shared.put("anonymous", "was here");
                    return null;
                }
            }).build();
        }
    }

    /** A node made by hand, with data that no container can know. */
    static class Greet implements Node<Void, Void> {
        private final String greeting;

        Greet(String greeting) {
            this.greeting = greeting;
        }

        @Override
        public String post(Store shared, Void prepared, Void result) {
            shared.put("greeting", greeting);
            return null;
        }
    }

    enum Kind implements Node<Void, Void> {
        ONE;

        @Override
        public Void exec(Void prepared) {
            return null;
        }
    }

    static class Flows {
        @Produces
        @Identifier("all")
        Flow flow(SayNode say, Batch batch, Parallel parallel, Later later, Single single, Each each, Filled filled,
                Lazy lazy) {
            return Flow.named("all").node("say", say).then("batch").node("batch", batch).then("parallel")
                    .node("parallel", parallel).then("later").node("later", later).then("single").node("single", single)
                    .then("each").node("each", each).then("filled").node("filled", filled).then("lazy").node("lazy", lazy)
                    .then("by hand").node("by hand", new Outer().flow()).then("greet").node("greet", new Greet("hello"))
                    .then("enum").node("enum", Kind.ONE).build();
        }
    }

    @Inject
    @Identifier("all")
    Flow flow;

    @Test
    void nodes_areApplicationScoped_withoutAScope() {
        for (Class<?> node : List.of(SayNode.class, Batch.class, Parallel.class, Later.class, Filled.class, Lazy.class)) {
            assertThat(scope(node)).as(node.getSimpleName()).isEqualTo(ApplicationScoped.class);
        }
    }

    @Test
    void nodes_keepTheirScope_whenItExistsAtStaticInit() {
        assertThat(scope(Single.class)).isEqualTo(Singleton.class);
        assertThat(scope(Each.class)).isEqualTo(Dependent.class);
    }

    @Test
    void classes_areNotChanged_whenTheyCannotBeBeans() {
        assertThat(Arc.container().listAll(Outer.Inner.class)).isEmpty();
        assertThat(Arc.container().listAll(Greet.class)).isEmpty();
        assertThat(Arc.container().listAll(Kind.class)).isEmpty();
    }

    @Test
    void flow_runs_overBeansAndNodesMadeByHand() {
        Store store = Store.create();
        assertThat(flow.run(store).orThrow().action()).isEqualTo("default");
        assertThat(store.asMap()).containsEntry("said", true).containsEntry("anonymous", "was here")
                .containsEntry("greeting", "hello");
    }

    private static Class<? extends Annotation> scope(Class<?> node) {
        try (InstanceHandle<?> bean = Arc.container().instance(node)) {
            return bean.getBean().getScope();
        }
    }
}
