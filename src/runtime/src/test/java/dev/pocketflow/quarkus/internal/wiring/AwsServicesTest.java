package dev.pocketflow.quarkus.internal.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.pocketflow.quarkus.config.HandOverConfig;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheck;
import dev.pocketflow.quarkus.internal.claimcheck.DirectoryClaimCheck;
import dev.pocketflow.quarkus.internal.claimcheck.DirectoryClaimCheckTest;
import dev.pocketflow.quarkus.internal.claimcheck.S3ClaimCheck;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.fixture.LedgerConfigValues;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer;
import dev.pocketflow.quarkus.internal.fixture.SettableClock;
import dev.pocketflow.quarkus.internal.ledger.DynamoDbLedger;
import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;
import dev.pocketflow.quarkus.internal.transport.HttpTransport;
import dev.pocketflow.quarkus.internal.transport.LambdaTransport;
import dev.pocketflow.quarkus.internal.transport.SqsTransport;

class AwsServicesTest {

    @Test
    void servicesArePresent_withTheirModules() {
        assertThat(AwsServices.LAMBDA).isTrue();
        assertThat(AwsServices.lambda(ConfigValues.lambda("writer"), name -> null)).isInstanceOf(LambdaTransport.class);
        assertThat(AwsServices.sqs(() -> Optional.empty())).isInstanceOf(SqsTransport.class);
        assertThat(AwsServices.s3(DirectoryClaimCheckTest.Claims.of(null, "claims"))).isInstanceOf(S3ClaimCheck.class);
        assertThat(AwsServices.dynamodb(LedgerConfigValues.table("hops"), new SettableClock()))
                .isInstanceOf(DynamoDbLedger.class);
    }

    @ParameterizedTest
    @CsvSource({ "lambda, lambda, quarkus.pocketflow.hand-over=lambda", "sqs, sqs, quarkus.pocketflow.hand-over=sqs",
            "sqsPark, sqs, quarkus.pocketflow.park=sqs", "sqsTimer, sqs, quarkus.pocketflow.timer=sqs",
            "schedulerTimer, scheduler, quarkus.pocketflow.timer=scheduler",
            "s3, s3, quarkus.pocketflow.claim-check.bucket", "dynamodb, dynamodb, quarkus.pocketflow.ledger=dynamodb" })
    void failureNamesTheModule_whenItIsMissing(String method, String module, String setting) throws Exception {
        var factory = Arrays.stream(new WithoutAws().loadClass(AwsServices.class.getName()).getDeclaredMethods())
                .filter(each -> each.getName().equals(method)).findFirst().orElseThrow();
        factory.setAccessible(true);

        assertThatThrownBy(() -> factory.invoke(null, new Object[factory.getParameterCount()]))
                .isInstanceOf(InvocationTargetException.class).cause().isInstanceOf(IllegalStateException.class)
                .hasMessage(setting + " needs the AWS SDK. Add software.amazon.awssdk:" + module
                        + " and software.amazon.awssdk:url-connection-client to the function's pom");
    }

    @Test
    void otherServicesDoNotNeedTheSdk(@TempDir Path directory) throws Exception {
        try (RecordingServer receiver = new RecordingServer(request -> RecordingServer.Reply.of(202, ""))) {
            Class<?> others = new WithoutAws().loadClass(Others.class.getName());
            var constructor = others.getDeclaredConstructor(String.class, Path.class);
            constructor.setAccessible(true);
            assertThat(((Callable<?>) constructor.newInstance(receiver.url(), directory)).call()).isEqualTo("{}");
            receiver.only();
        }
    }

    /** Uses the other services in a separate class loader. */
    static final class Others implements Callable<String>, HandOverConfig.Http {
        private final String url;
        private final Path directory;

        Others(String url, Path directory) {
            this.url = url;
            this.directory = directory;
        }

        @Override
        public String call() {
            UnaryOperator<String> env = name -> null;
            new HttpTransport(this, env)
                    .send(new EnvelopeTransport.Message("writer", null, "run", 1, null, "{}".getBytes(UTF_8)));
            ClaimCheck claims = new DirectoryClaimCheck(DirectoryClaimCheckTest.Claims.of(directory, null));
            return new String(claims.read(claims.write("run", "store", "{}".getBytes(UTF_8)), 2), UTF_8);
        }

        @Override
        public Optional<URI> url() {
            return Optional.of(URI.create(url));
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(5);
        }
    }

    /** The class path of a function without the AWS SDK. */
    private static final class WithoutAws extends ClassLoader {

        WithoutAws() {
            super(AwsServicesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("software.amazon.")) {
                throw new ClassNotFoundException(name);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null || !name.startsWith("dev.pocketflow.quarkus.internal.")) {
                return loaded != null ? loaded : super.loadClass(name, resolve);
            }
            try (InputStream code = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = code.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
