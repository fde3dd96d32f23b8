package dev.pocketflow.quarkus.internal.contract;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.internal.contract.Shape.Any;
import dev.pocketflow.quarkus.internal.contract.Shape.Bool;
import dev.pocketflow.quarkus.internal.contract.Shape.Entries;
import dev.pocketflow.quarkus.internal.contract.Shape.Fields;
import dev.pocketflow.quarkus.internal.contract.Shape.Items;
import dev.pocketflow.quarkus.internal.contract.Shape.Numeric;
import dev.pocketflow.quarkus.internal.contract.Shape.Opaque;
import dev.pocketflow.quarkus.internal.contract.Shape.Text;

/** Compares JSON with shapes, and collects every difference. */
final class ShapeCheck {

    /** The most faults that are listed: an answer is not much longer than the input that caused it. */
    static final int MOST_FAULTS = 1_000;

    private final boolean ignoresUnknown;
    private final List<BadEvent.Fault> faults = new ArrayList<>();

    /** @param ignoresUnknown whether members that are not in the shape are accepted */
    ShapeCheck(boolean ignoresUnknown) {
        this.ignoresUnknown = ignoresUnknown;
    }

    /** {@return the faults in the order of the input; empty if there are none} */
    List<BadEvent.Fault> faults() {
        return faults;
    }

    void fault(Place place, String problem) {
        fault(new BadEvent.Fault(place.pointer(), problem));
    }

    void fault(BadEvent.Fault fault) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(fault);
        }
    }

    /** {@return the value, in which a whole number has no fraction: 5.0 is 5 (JSON Schema, section 6.1.1)} */
    Object check(Shape shape, Object value, Place place) {
        if (shape instanceof Shape.Nullable nullable) {
            return value == null ? null : check(nullable.of(), value, place);
        } else if (value == null && !shape.takesNull()) {
            fault(place, "is null, where " + shape.expected() + " is expected");
        } else if (shape instanceof Fields fields && value instanceof Map<?, ?> object) {
            return fields(fields, object, place);
        } else if (shape instanceof Entries entries && value instanceof Map<?, ?> object) {
            Map<String, Object> checked = new LinkedHashMap<>();
            object.forEach((name, each) -> checked.put((String) name,
                    check(entries.each(), each, place.at((String) name))));
            return checked;
        } else if (shape instanceof Items items && value instanceof List<?> list) {
            List<Object> checked = new ArrayList<>(list.size());
            for (Object each : list) {
                checked.add(check(items.each(), each, place.at(checked.size())));
            }
            return checked;
        } else if (shape instanceof Numeric numeric && value instanceof Number number) {
            return number(numeric, number, place);
        } else if (shape instanceof Text text && value instanceof String given) {
            text(text, given, place);
        } else if (shape instanceof Opaque opaque) {
            if (!isReadable(value, opaque.type())) {
                fault(place, "is " + kind(value) + ", and not " + opaque.expected());
            }
        } else if (!(shape instanceof Any || shape instanceof Bool && value instanceof Boolean)) {
            fault(place, "is " + kind(value) + ", where " + shape.expected() + " is expected");
        }
        return value;
    }

    private Object fields(Fields shape, Map<?, ?> object, Place place) {
        shape.members.forEach((name, member) -> {
            if (member.required() && !object.containsKey(name)) {
                fault(place.at(name), "is missing, where " + member.shape().expected() + " is expected");
            }
        });
        Map<String, Object> checked = new LinkedHashMap<>();
        object.forEach((key, each) -> {
            String name = (String) key;
            Shape.Member member = shape.members.get(name);
            if (member != null) {
                checked.put(name, check(member.shape(), each, place.at(name)));
            } else if (shape.open || ignoresUnknown) {
                checked.put(name, each);
            } else {
                fault(place.at(name), "is unknown: the members are " + shape.members.keySet());
            }
        });
        return checked;
    }

    private void text(Text shape, String given, Place place) {
        boolean accepted = shape.single() ? given.length() == 1 : shape.values().isEmpty() || shape.values().contains(given);
        if (!accepted || shape.format().isPresent() && !isReadable(given, shape.type())) {
            fault(place, "is a text, where " + shape.expected() + " is expected");
        } else if (shape.type() != String.class && !isReadable(given, shape.type())) {
            fault(place, "is a text, but no " + shape.type().getSimpleName());
        }
    }

    /** Jackson reads an empty text as null. */
    private static boolean isReadable(Object given, Type type) {
        try {
            return Json.MAPPER.convertValue(given, Json.MAPPER.constructType(type)) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Object number(Numeric shape, Number number, Place place) {
        BigDecimal exact = exact(number);
        if (shape.whole() && exact.stripTrailingZeros().scale() > 0) {
            fault(place, "has a fraction, where a whole number is expected");
        } else if (shape.least().filter(least -> exact.compareTo(least) < 0).isPresent()
                || shape.most().filter(most -> exact.compareTo(most) > 0).isPresent()) {
            fault(place, "is not between " + shape.bound(shape.least()) + " and " + shape.bound(shape.most()));
        } else if (shape.whole()) {
            return whole(number, exact);
        }
        return number;
    }

    private static BigDecimal exact(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        } else if (number instanceof BigInteger whole) {
            return new BigDecimal(whole);
        }
        return number instanceof Integer || number instanceof Long ? BigDecimal.valueOf(number.longValue())
                : BigDecimal.valueOf(number.doubleValue());
    }

    private static Number whole(Number number, BigDecimal exact) {
        if (!(number instanceof Double || number instanceof Float || number instanceof BigDecimal)) {
            return number;
        }
        BigInteger whole = exact.toBigInteger();
        return whole.bitLength() < Long.SIZE ? (Number) whole.longValue() : whole;
    }

    private static String kind(Object value) {
        if (value instanceof String) {
            return "a text";
        } else if (value instanceof Number) {
            return "a number";
        } else if (value instanceof Boolean) {
            return "true or false";
        }
        return value instanceof Map ? "an object" : "a list";
    }

    /** {@return the faults in one sentence} */
    static String sentence(String flow, List<BadEvent.Fault> faults) {
        StringBuilder sentence = new StringBuilder("the input of flow '" + flow + "' is refused: ");
        for (int i = 0; i < faults.size(); i++) {
            String place = faults.get(i).pointer().substring(1).replaceFirst("^/", "");
            sentence.append(i == 0 ? "" : "; ").append(LogText.of(place.isEmpty() ? "it" : place)).append(' ')
                    .append(faults.get(i).problem());
        }
        return sentence.toString();
    }
}
