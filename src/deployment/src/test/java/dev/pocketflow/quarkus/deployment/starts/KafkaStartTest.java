package dev.pocketflow.quarkus.deployment.starts;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.Flows;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.StartOptions;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.arc.Arc;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.IncomingInterceptor;
import io.vertx.core.json.JsonObject;

/** Runs that messages of Kafka start, with a real broker. The guide on {@link Flows} shows the consumer. */
class KafkaStartTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .of(KafkaBroker.class, Orders.class, Deliveries.class, Pack.class, Application.class)
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-messaging-kafka", Version.getVersion())))
            .setBeforeAllCustomizer(KafkaBroker::start).setAfterAllCustomizer(KafkaBroker::stop)
            .overrideConfigKey("quarkus.kafka.devservices.enabled", "false")
            .overrideConfigKey("mp.messaging.incoming.orders.auto.offset.reset", "earliest")
            .overrideConfigKey("mp.messaging.incoming.orders.failure-strategy", "dead-letter-queue")
            .overrideConfigKey("mp.messaging.incoming.orders.dead-letter-queue.topic", "orders-failed");

    static final Key<String> ARTICLE = Key.of("article", String.class);
    static final Key<Integer> COUNT = Key.of("count", Integer.class);

    @ApplicationScoped
    static class Orders {
        @Inject
        Flows flows;

        @Incoming("orders")
        @Blocking
        void order(ConsumerRecord<String, JsonObject> message) {
            String position = message.topic() + "/" + message.partition() + "/" + message.offset();
            RunResult result = flows.start("order", message.value().getMap(), StartOptions.NONE.withIdempotencyKey(position));
            if (result instanceof RunResult.Failed failed) {
                throw new IllegalStateException(failed.message()); // not acknowledged: the failure-strategy decides
            }
        }
    }

    static class Pack implements Node<Integer, Integer> {
        static final AtomicInteger PACKED = new AtomicInteger();

        @Override
        public Integer prep(Store shared) {
            return shared.get(COUNT);
        }

        @Override
        public Integer exec(Integer count) {
            return PACKED.addAndGet(100 / count);
        }
    }

    static class Application {
        @Produces
        Flow order(Pack pack) {
            return Flow.named("order").takes(ARTICLE, COUNT).node("pack", pack).build();
        }
    }

    /** The ends of the deliveries, in order. */
    @Singleton
    @Identifier("orders")
    static class Deliveries implements IncomingInterceptor {
        static final BlockingQueue<String> ENDED = new LinkedBlockingQueue<>();

        @Override
        public void onMessageAck(Message<?> message) {
            ENDED.add("acknowledged");
        }

        @Override
        public void onMessageNack(Message<?> message, Throwable failure) {
            ENDED.add(failure.toString());
        }
    }

    /** {@return the offset of the message} */
    private static long send(String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", System.getProperty(KafkaBroker.SERVERS)), new StringSerializer(),
                new StringSerializer())) {
            return producer.send(new ProducerRecord<>("orders", "7", value)).get().offset();
        }
    }

    /** As after a crash between the run and the commit of its offset. */
    private static void deliverAgain(long offset) throws Exception {
        Class<?> service = Thread.currentThread().getContextClassLoader()
                .loadClass("io.smallrye.reactive.messaging.kafka.KafkaClientService");
        Object consumer = service.getMethod("getConsumer", String.class)
                .invoke(Arc.container().instance(service).get(), "orders");
        Method seek = service.getClassLoader().loadClass("io.smallrye.reactive.messaging.kafka.KafkaConsumer")
                .getMethod("seek", TopicPartition.class, long.class);
        ((Uni<?>) seek.invoke(consumer, new TopicPartition("orders", 0), offset)).await().indefinitely();
    }

    @Test
    void message_startsOneRun_howeverOftenItIsDelivered() throws Exception {
        long offset = send("{\"article\": \"tea\", \"count\": 2}");
        assertThat(Deliveries.ENDED.take()).isEqualTo("acknowledged");

        deliverAgain(offset);

        assertThat(Deliveries.ENDED.take()).isEqualTo("acknowledged");
        assertThat(Pack.PACKED).hasValue(50);
    }

    @Test
    void message_isNotAcknowledged_ifItsInputIsRefused_orItsRunFails() throws Exception {
        send("{\"article\": \"tea\", \"count\": \"2\"}");
        assertThat(Deliveries.ENDED.take()).contains("BadEvent", "count is a text, where a whole number is expected");
        send("{\"article\": \"tea\", \"count\": 0}");
        assertThat(Deliveries.ENDED.take()).contains("IllegalStateException", "flow 'order', node 'pack'");

        try (KafkaConsumer<String, String> failed = new KafkaConsumer<>(
                Map.of("bootstrap.servers", System.getProperty(KafkaBroker.SERVERS), "group.id", "test", "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(), new StringDeserializer())) {
            failed.subscribe(List.of("orders-failed"));
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            while (records.size() < 2) {
                failed.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
            assertThat(records).extracting(ConsumerRecord::value).allMatch(value -> value.contains("tea"));
            assertThat(new String(records.get(0).headers().lastHeader("dead-letter-reason").value(), StandardCharsets.UTF_8))
                    .contains("count is a text");
        }
    }
}
