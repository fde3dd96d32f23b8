package dev.pocketflow.quarkus.internal.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;

import dev.pocketflow.quarkus.BadEvent;

/**
 * The constraints of Jakarta Bean Validation. They hold for the classes of values, and for the classes in lists and maps. It is
 * part of an application that has Hibernate Validator.
 */
@Singleton
public class BeanValidationRules implements ValueRules {

    private final Validator validator;

    BeanValidationRules(Validator validator) {
        this.validator = validator;
    }

    @Override
    public List<BadEvent.Fault> faults(Place place, Object value) {
        List<BadEvent.Fault> faults = new ArrayList<>();
        collect(place, value, faults);
        return faults;
    }

    private void collect(Place place, Object value, List<BadEvent.Fault> faults) {
        if (value instanceof Optional<?> maybe) {
            maybe.ifPresent(each -> collect(place, each, faults));
        } else if (value instanceof Collection<?> list) {
            int i = 0;
            for (Object each : list) {
                collect(place.at(i++), each, faults);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((name, each) -> collect(place.at(String.valueOf(name)), each, faults));
        } else if (value != null) {
            for (ConstraintViolation<Object> each : validator.validate(value)) {
                faults.add(new BadEvent.Fault(place(place, each.getPropertyPath()).pointer(), each.getMessage()));
            }
        }
    }

    private static Place place(Place value, Path path) {
        Place place = value;
        for (Path.Node node : path) {
            if (node.isInIterable()) {
                Object at = node.getIndex() != null ? node.getIndex() : node.getKey();
                place = at == null ? place : place.at(at.toString());
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                place = place.at(node.getName());
            }
        }
        return place;
    }
}
