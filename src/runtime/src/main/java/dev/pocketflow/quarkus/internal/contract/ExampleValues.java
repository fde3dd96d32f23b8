package dev.pocketflow.quarkus.internal.contract;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes plausible values of shapes, for documents. */
final class ExampleValues {

    private static final Map<String, String> FORMATS = Map.of("uuid", "0b4c3f62-6d7e-4a57-9f43-8f1c1d0a7f25", "uri-reference",
            "https://example.com/a", "uri", "https://example.com/a", "date", "2026-12-24", "date-time", "2026-12-24T18:00:00Z",
            "duration", "PT15M");
    private static final Map<Class<?>, String> TYPES = Map.of(LocalTime.class, "18:00:00", LocalDateTime.class,
            "2026-12-24T18:00:00", ZonedDateTime.class, "2026-12-24T18:00:00Z", Period.class, "P1D", ZoneId.class,
            "Europe/Paris",
            Locale.class, "en", byte[].class, "ZXhhbXBsZQ==", char[].class, "text");

    /** The objects around the current value: a class may hold itself. */
    private final Set<Shape.Fields> around = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * {@return a value; empty if none is known}
     *
     * @param hint the description or name of the value: the example of a text
     */
    Optional<Object> of(Shape shape, String hint) {
        if (shape instanceof Shape.Nullable nullable) {
            return of(nullable.of(), hint);
        } else if (shape instanceof Shape.Fields fields) {
            return fields(fields);
        } else if (shape instanceof Shape.Items items) {
            return Optional.of(of(items.each(), hint).map(List::of).orElse(List.of()));
        } else if (shape instanceof Shape.Entries entries) {
            return Optional.of(of(entries.each(), hint).map(value -> Map.of("name", value)).orElse(Map.of()));
        } else if (shape instanceof Shape.Numeric) {
            return Optional.of(1);
        } else if (shape instanceof Shape.Bool) {
            return Optional.of(true);
        } else if (shape instanceof Shape.Text text) {
            return Optional.of(text(text, hint));
        }
        return shape instanceof Shape.Any ? Optional.of(hint) : Optional.empty(); // Jackson alone knows an opaque one
    }

    private static String text(Shape.Text text, String hint) {
        if (!text.values().isEmpty()) {
            return text.values().get(0);
        } else if (text.single()) {
            return "a";
        }
        return text.format().map(FORMATS::get).orElseGet(() -> TYPES.getOrDefault(text.type(), hint));
    }

    private Optional<Object> fields(Shape.Fields fields) {
        if (!around.add(fields)) {
            return Optional.empty();
        }
        Map<String, Object> object = new LinkedHashMap<>();
        Set<Shape.Member> seen = Collections.newSetFromMap(new IdentityHashMap<>()); // an alias is the same member
        boolean complete = true;
        for (Map.Entry<String, Shape.Member> each : fields.members.entrySet()) {
            Shape.Member member = each.getValue();
            if (seen.add(member)) {
                Optional<Object> value = of(member.shape(), member.description().orElse(each.getKey()));
                value.ifPresent(example -> object.put(each.getKey(), example));
                complete &= value.isPresent() || !member.required();
            }
        }
        around.remove(fields);
        return complete ? Optional.of(object) : Optional.empty();
    }
}
