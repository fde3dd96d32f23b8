package dev.pocketflow.quarkus.deployment.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.RawConnection;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** The memory that streams hold as long as their runs last. */
class StreamLoadTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = LoadApplication.APP;

    @TestHTTPResource("/")
    URL url;

    @BeforeEach
    void nothingIsUnderWay() {
        LoadApplication.nothingIsUnderWay();
    }

    @Test
    void streams_areAcceptedWhileMemoryIsFree_andAgainAfterwards() throws Exception {
        List<RawConnection> streams = new ArrayList<>();
        for (int i = 0; i < LoadApplication.STREAMS; i++) {
            RawConnection raw = RawConnection.open(url).post(LoadApplication.STREAM, LoadApplication.WAIT);
            assertThat(raw.head()).startsWith("HTTP/1.1 200");
            streams.add(raw);
        }
        String refused = RawConnection.open(url).post(LoadApplication.STREAM, LoadApplication.WAIT).head();
        assertThat(refused).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 5");
        LoadApplication.answers("{}");

        for (RawConnection raw : streams) {
            raw.hangUp();
        }
        for (int i = 0; i < LoadApplication.STREAMS; i++) {
            assertThat(LoadApplication.Work.OVER.poll(30, TimeUnit.SECONDS)).isEqualTo("wait");
        }
        LoadApplication.until(() -> {
            try (RawConnection raw = RawConnection.open(url).post(LoadApplication.STREAM, "{}")) {
                return raw.head().startsWith("HTTP/1.1 200");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void unreadStreams_areDropped_andTheirRunsCancelled() throws Exception {
        List<RawConnection> streams = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            streams.add(RawConnection.open(url).post(LoadApplication.STREAM, LoadApplication.FLOOD));
        }
        LoadApplication.answers("{}");
        for (int i = 0; i < 8; i++) {
            assertThat(LoadApplication.Work.OVER.poll(60, TimeUnit.SECONDS)).isEqualTo("flood");
        }
        for (RawConnection raw : streams) {
            assertThat(endOf(raw)).as("the connection is closed").isTrue();
        }
    }

    /** {@return whether the connection ended}. It reads pending data first. */
    private static boolean endOf(RawConnection raw) {
        try {
            return raw.reader().lines().noneMatch(line -> line.contains("outcome"));
        } catch (IOException | UncheckedIOException reset) {
            return true;
        }
    }

    @Test
    void commentsAreSent_whileANodeIsSilent() throws Exception {
        try (RawConnection raw = RawConnection.open(url).post(LoadApplication.STREAM, LoadApplication.WAIT)) {
            assertThat(raw.reader().lines().filter(line -> line.equals(":")).limit(3)).hasSize(3);
        }
        assertThat(LoadApplication.Work.OVER.poll(30, TimeUnit.SECONDS)).isEqualTo("wait");
    }
}
