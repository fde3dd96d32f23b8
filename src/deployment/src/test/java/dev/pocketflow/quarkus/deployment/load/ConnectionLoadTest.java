package dev.pocketflow.quarkus.deployment.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URL;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.RawConnection;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** Connections whose callers do not read the responses. */
class ConnectionLoadTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = LoadApplication.APP;

    @TestHTTPResource("/")
    URL url;

    @BeforeEach
    void nothingIsUnderWay() {
        LoadApplication.nothingIsUnderWay();
    }

    @Test
    void pipelinedRequests_areLimited_whileNobodyReadsTheirAnswers() throws Exception {
        String get = "GET /flow HTTP/1.1\r\nHost: test\r\n\r\n";
        String post = "POST / HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n"
                + LoadApplication.WAIT;
        String odd = get.replace("1.1", "2.0"); // the sender chooses the version
        for (String[] each : new String[][] { { get, get }, { post, get }, { odd, odd }, { get, odd } }) {
            RawConnection flood = RawConnection.open(url).write(each[0]);
            assertThatThrownBy(() -> {
                for (int i = 0; i < 10_000; i++) {
                    flood.write(each[1].repeat(100));
                }
            }).isInstanceOf(IOException.class);
        }
        LoadApplication.Work.setOpen(true);
        LoadApplication.answers("{}");
    }

    @Test
    void pipelinedRequests_areAnswered_whileTheirAnswersAreRead() throws Exception {
        String get = "GET /flow HTTP/1.1\r\nHost: test\r\n\r\n";
        try (RawConnection raw = RawConnection.open(url)) {
            BufferedReader reader = raw.reader();
            for (int i = 0; i < 20; i++) {
                raw.write(get.repeat(8));
                assertThat(reader.lines().filter(line -> line.contains("HTTP/1.1 200")).limit(8)).hasSize(8);
            }
        }
    }

    /** With HTTP/2 one connection could hold any number of unread answers. */
    @Test
    void http2_isNotOffered() throws Exception {
        String upgraded = RawConnection.open(url)
                .write("GET /flow HTTP/1.1\r\nHost: test\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                        + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")
                .head();
        assertThat(upgraded).startsWith("HTTP/1.1 200");
        String known = RawConnection.open(url).write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0").head();
        assertThat(known).doesNotContain("\u0004\u0000\u0000"); // a frame of settings
    }

    @Test
    @Tag("full") // StreamLoadTest checks an unread stream in every build, which needs no twelve seconds
    void unreadAnswer_isDropped() throws Exception {
        RawConnection unread = RawConnection.open(url).post(LoadApplication.JSON, "{\"how\":\"large\"}");
        assertThat(unread.socket().getInputStream().read()).isEqualTo('H');
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(12)) {
            LoadApplication.answers("{}");
        }
        long read = 1;
        try {
            read += unread.socket().getInputStream().readAllBytes().length;
        } catch (IOException reset) {
            read++;
        }
        assertThat(read).isLessThan(20_000_000);
    }
}
