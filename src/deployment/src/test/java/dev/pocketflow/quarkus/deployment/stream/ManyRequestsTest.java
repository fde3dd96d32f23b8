package dev.pocketflow.quarkus.deployment.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.path.json.JsonPath;

class ManyRequestsTest {

    private static final int REQUESTS = 64;

    @RegisterExtension
    static final QuarkusUnitTest APP = StreamApplication.APP;

    static class Square implements Node<Integer, Integer> {
        static final CyclicBarrier ALL = new CyclicBarrier(REQUESTS);

        @Override
        public Integer prep(Store shared) {
            return (Integer) shared.get("n");
        }

        @Override
        public Integer exec(Integer n) throws Exception {
            ALL.await(2, TimeUnit.MINUTES);
            return n * n;
        }

        @Override
        public String post(Store shared, Integer n, Integer square) {
            shared.put("square", square);
            return null;
        }
    }

    @TestHTTPResource("/")
    URL url;

    @Test
    void runs_keepTheirStores_inParallel() {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, REQUESTS)
                .mapToObj(n -> HttpRequest.newBuilder(URI.create(url.toString())).header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"n\":" + n + "}")).build())
                .map(request -> client.sendAsync(request, BodyHandlers.ofString())).toList();
        for (int n = 0; n < REQUESTS; n++) {
            HttpResponse<String> answer = answers.get(n).join();
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(new JsonPath(answer.body()).getMap("store")).isEqualTo(Map.of("n", n, "square", n * n));
        }
        assertThat(answers).extracting(answer -> new JsonPath(answer.join().body()).getString("run")).doesNotHaveDuplicates();
    }
}
