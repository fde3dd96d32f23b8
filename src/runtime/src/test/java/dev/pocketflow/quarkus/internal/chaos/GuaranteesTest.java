package dev.pocketflow.quarkus.internal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.pocketflow.cloud.faults.FaultPlan;
import dev.pocketflow.cloud.faults.FaultPlan.Fault;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.MemoryLedger;

/**
 * The table in src/docs/explanation/guarantees.md: one fault in each place that it can strike, one run for each place.
 * {@code -Dguarantees.write=true} writes it.
 */
class GuaranteesTest {

    private static final Path PAGE = Path.of("../docs/explanation/guarantees.md");
    private static final String BEGIN = "<!-- generated: GuaranteesTest -->\n";
    private static final String END = "<!-- end -->";
    private static final Map<String, List<String>> PLACES = places();

    private static Map<String, List<String>> places() {
        Map<String, List<String>> places = new LinkedHashMap<>();
        places.put("killed before it claims the hop", List.of("KILL before claim"));
        places.put("killed when the hop is claimed", List.of("KILL after claim"));
        places.put("killed before `exec`", List.of("KILL before exec"));
        places.put("killed inside `exec`, after its effect", List.of("KILL inside exec"));
        places.put("killed between `exec` and the end of `post`", List.of("KILL post"));
        places.put("killed before a checkpoint is kept", List.of("KILL before checkpoint"));
        places.put("killed after a checkpoint is kept", List.of("KILL after checkpoint"));
        places.put("killed before it hands over", List.of("KILL before send", "KILL before wake", "KILL before asking"));
        places.put("killed after it handed over", List.of("KILL after send", "KILL after wake", "KILL after asking"));
        places.put("killed before the hop is marked done", List.of("KILL before done"));
        places.put("killed after the hop is marked done", List.of("KILL after done"));
        places.put("stands still until its time is up, and then goes on", List.of("PAUSE inside exec", "PAUSE post",
                "PAUSE after claim", "PAUSE before checkpoint", "PAUSE before send", "PAUSE before done"));
        places.put("the ledger refuses a claim", List.of("THROTTLE claim"));
        places.put("the ledger refuses a checkpoint", List.of("THROTTLE checkpoint"));
        places.put("the ledger refuses the end", List.of("THROTTLE done"));
        places.put("the ledger's answer is lost", List.of("LOST_ANSWER claim", "LOST_ANSWER checkpoint", "LOST_ANSWER done"));
        places.put("the hand-over is refused", List.of("THROTTLE send", "THROTTLE wake"));
        places.put("the hand-over's answer is lost", List.of("LOST_ANSWER send", "LOST_ANSWER wake"));
        places.put("an event is delivered twice", List.of("DUPLICATE delivery"));
        places.put("an event is late", List.of("DELAY delivery"));
        places.put("an event is lost, and delivered again", List.of("DROP delivery"));
        places.put("an answer is lost, and the event delivered again", List.of("DROP answer"));
        return places;
    }

    private static ChaosRun run(FaultPlan plan, String setting) {
        ChaosRun.Clock clock = new ChaosRun.Clock();
        boolean none = setting.equals("none");
        return ChaosRun.ended("one", plan, none ? Ledger.NONE : new MemoryLedger(Duration.ofDays(365), clock), clock,
                none ? "hop" : setting);
    }

    private static String cell(List<String> faults, String setting) {
        int most = 0;
        int runs = 0;
        for (String fault : faults) {
            String[] at = fault.split(" ", 2);
            for (int nth = 1;; nth++) {
                ChaosRun run = run(FaultPlan.at(Fault.valueOf(at[0]), at[1], nth), setting);
                if (run.world.plan.struck().isEmpty()) {
                    break;
                }
                assertThat(run.verdict()).as("%s, the %d. time, %s", fault, nth, setting).isEqualTo("ended");
                assertThat(run.world.onlyInFlight()).as("%s, the %d. time, %s", fault, nth, setting).isTrue();
                assertThat(run.world.mistaken).as("%s, the %d. time, %s", fault, nth, setting).isEmpty();
                most = Math.max(most, run.world.repeated());
                runs++;
            }
        }
        return runs == 0 ? "–" : "ends; " + (most == 0 ? "nothing repeated" : "repeats " + most);
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| the process or the fault | no ledger | ledger, `checkpoint=hop` "
                + "| ledger, `checkpoint=step` |\n|---|---|---|---|\n");
        PLACES.forEach((place, faults) -> {
            List<String> cells = new ArrayList<>();
            for (String setting : List.of("none", "hop", "step")) {
                cells.add(cell(faults, setting));
            }
            table.append("| ").append(place).append(" | ").append(String.join(" | ", cells)).append(" |\n");
        });
        return table.toString();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void tableIsUpToDate() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String table = table();
        if (Boolean.getBoolean("guarantees.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(page.indexOf(END)));
        }
        assertThat(Files.readString(PAGE).substring(begin)).startsWith(table + END);
    }
}
