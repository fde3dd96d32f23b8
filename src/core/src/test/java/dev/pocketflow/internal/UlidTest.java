package dev.pocketflow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UlidTest {

    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static long millis(String ulid) {
        return ulid.substring(0, 10).chars().mapToLong(LETTERS::indexOf).reduce(0, (sum, digit) -> sum * 32 + digit);
    }

    static List<Supplier<String>> kinds() {
        return List.of(Ulid::next, Ulid::unique);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void identity_isTwentySixLettersOfCrockfordsAlphabet(Supplier<String> ulids) {
        assertThat(ulids.get()).matches("[0-7][" + LETTERS + "]{25}");
    }

    @Test
    void firstTenLetters_areTheTime() {
        long before = System.currentTimeMillis();
        String ulid = Ulid.next();

        assertThat(millis(ulid)).isBetween(before, System.currentTimeMillis());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void manyMade_areAllDifferent(Supplier<String> ulids) {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ulids.get());
        }

        assertThat(made).hasSize(10_000);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyRandomLetter_varies(Supplier<String> ulids) {
        for (int place = 10; place < 26; place++) {
            Set<Character> seen = new HashSet<>();
            for (int i = 0; i < 1_000; i++) {
                seen.add(ulids.get().charAt(place));
            }
            assertThat(seen).as("letter " + place).hasSize(32);
        }
    }
}
