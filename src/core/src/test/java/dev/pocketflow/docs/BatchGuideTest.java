package dev.pocketflow.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;

/** The flows that the guide on many items shows. */
class BatchGuideTest {

    static final Key<List<String>> CITIES = Key.listOf("cities", String.class);
    static final Key<List<String>> REPORTS = Key.listOf("reports", String.class);
    static final Key<String> CITY = Key.of("city", String.class);
    static final Key<String> WEATHER = Key.of("weather", String.class);
    static final Key<String> HOTEL = Key.of("hotel", String.class);

    record Report() implements Node<String, String> {
        public String prep(Store shared) {
            return (String) shared.params().get("city");
        }

        public String exec(String city) {
            return "Report on " + city;
        }

        public String post(Store shared, String city, String report) {
            shared.append(REPORTS, report);
            return null;
        }
    }

    @Test
    void flow_runsForEachCity() {
        Flow reports = Flow.named("reports")
                .node("write", new Report())
                .forEach(store -> store.get(CITIES).stream().map(city -> Map.of("city", city)).toList())
                .build();
        Store store = Store.create().put(CITIES, List.of("Oslo", "Rome"));

        reports.run(store).orThrow();

        assertThat(store.get(REPORTS)).containsExactly("Report on Oslo", "Report on Rome");
    }

    @Test
    void branches_joinBeforeTheNextNode() {
        Flow gather = Flow.branches("gather",
                Flow.named("weather").node("ask", Node.of(CITY, city -> "Sun in " + city, WEATHER)).build(),
                Flow.named("hotels").node("ask", Node.of(CITY, city -> "Hotel " + city, HOTEL)).build());
        Flow trip = Flow.named("trip")
                .node("gather", gather).then("plan")
                .node("plan", Node.route(store -> store.get(WEATHER).startsWith("Sun") ? "go" : "stay")).ends("go").ends("stay")
                .build();
        Store store = Store.create().put(CITY, "Oslo");

        assertThat(trip.run(store).orThrow().action()).isEqualTo("go");
        assertThat(store.get(HOTEL)).isEqualTo("Hotel Oslo");
    }
}
