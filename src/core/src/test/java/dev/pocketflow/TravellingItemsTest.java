package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import dev.pocketflow.TravellingTypesTest.Circle;
import dev.pocketflow.TravellingTypesTest.Shape;
import dev.pocketflow.TravellingTypesTest.Square;

/** The items of a batch and their results keep the types that the node declares over a hand-over, and are equal. */
class TravellingItemsTest {

    record Box<T>(T value, List<T> more) {
    }

    /** Returns each item. */
    private abstract static class Same<T> implements BatchNode<T, T> {
        private final List<T> items;
        List<T> last;
        List<T> results;

        Same(List<T> items) {
            this.items = items;
        }

        @Override
        public List<T> prep(Store shared) {
            return items;
        }

        @Override
        public T exec(T item) {
            return item;
        }

        @Override
        public String post(Store shared, List<T> items, List<T> results) {
            this.last = items;
            this.results = results;
            return null;
        }
    }

    private static <T> void travels(Same<T> node) {
        HandedOverRun hops = new HandedOverRun(TestSteps.flow(node));

        hops.start(Store.create()).orThrow();

        assertThat(hops.sent).as("one before each item, and none was lost").hasSizeGreaterThanOrEqualTo(node.items.size());
        assertThat(node.last).isEqualTo(node.items);
        assertThat(node.results).isEqualTo(node.items);
    }

    @Test
    void listsOfRecords() {
        travels(new Same<List<Square>>(List.of(List.of(new Square(1, "a"), new Square(2, "ü")), List.of())) {
        });
    }

    @Test
    void baseTypes_knowWhatTheyAre() {
        travels(new Same<Shape>(Arrays.asList(new Circle(1), null, new Square(0.5, null), new Circle(3))) {
        });
    }

    @Test
    void typesBelowABase_knowWhatTheyAre() {
        travels(new Same<Circle>(List.of(new Circle(1), new Circle(2))) {
        });
    }

    @Test
    void listsAndMapsOfBaseTypes_knowWhatTheyAre() {
        travels(new Same<Map<LocalDate, List<Shape>>>(
                List.of(Map.of(LocalDate.EPOCH, List.of(new Circle(1), new Square(2, "b"))),
                        Map.of(LocalDate.MAX, List.of()))) {
        });
    }

    @Test
    void generics_knowWhatIsInThem() {
        travels(new Same<Box<Shape>>(List.of(new Box<>(new Circle(1), List.of(new Square(1, "a"))), new Box<>(null, null))) {
        });
        travels(new Same<Box<Box<Optional<Instant>>>>(
                List.of(new Box<>(new Box<>(Optional.of(Instant.EPOCH), List.of()), List.of()))) {
        });
    }

    @Test
    void optionals_numbersAndTimes() {
        travels(new Same<Optional<Shape>>(
                List.of(Optional.of(new Circle(1)), Optional.empty(), Optional.of(new Square(1, "b")))) {
        });
        travels(new Same<Long>(Arrays.asList(1L, null, Long.MAX_VALUE)) {
        });
        travels(new Same<BigDecimal>(List.of(new BigDecimal("1.10"), new BigDecimal("0.1234567890123456789"))) {
        });
        travels(new Same<ZonedDateTime>(List.of(ZonedDateTime.of(2026, 7, 1, 0, 0, 0, 1, ZoneId.of("Asia/Kathmandu")))) {
        });
    }

    /** A type that a node leaves open is a JSON type after a hop. */
    @Test
    void undeclaredTypes_areJsons() {
        Same<Object> node = new Same<>(List.of(new Square(1.5, "a"), 5L, "text")) {
        };

        new HandedOverRun(TestSteps.flow(node)).start(Store.create()).orThrow();

        assertThat(node.last).isEqualTo(List.of(Map.of("kind", "square", "side", 1.5, "name", "a"), 5, "text"));
    }

    /** The run is resumed in this process without JSON, as by a transport that stays within the process. */
    @Test
    @DisabledIfSystemProperty(named = EnvelopeRoundTrip.PROPERTY, matches = ".+", disabledReason = "in that mode every item has been JSON")
    void itemsThatNeverWereJson_areTheSame() {
        Shape circle = new Circle(1);
        Same<Shape> node = new Same<>(List.of(circle, new Circle(2))) {
        };
        Flow flow = TestSteps.flow(node);

        Outcome first = TestRuns.of(flow, Store.create()).handOverWhen(next -> true).start();
        Outcome second = TestRuns.resume(flow, ((Outcome.HandedOver) first).envelope()).start();

        second.orThrow();
        assertThat(node.results.get(0)).isSameAs(circle);
    }
}
