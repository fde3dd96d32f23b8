package dev.pocketflow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

class UlidTest {

    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static long millis(String ulid) {
        return ulid.substring(0, 10).chars().mapToLong(LETTERS::indexOf).reduce(0, (sum, digit) -> sum * 32 + digit);
    }

    @Test
    void next_isTwentySixLettersOfCrockfordsAlphabet() {
        assertThat(Ulid.next()).matches("[0-7][" + LETTERS + "]{25}");
    }

    @Test
    void firstTenLetters_areTheTime() {
        long before = System.currentTimeMillis();
        String ulid = Ulid.next();

        assertThat(millis(ulid)).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void manyMade_areAllDifferent() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(Ulid.next());
        }

        assertThat(made).hasSize(10_000);
    }

    @Test
    void everyRandomLetter_varies() {
        for (int place = 10; place < 26; place++) {
            Set<Character> seen = new HashSet<>();
            for (int i = 0; i < 1_000; i++) {
                seen.add(Ulid.next().charAt(place));
            }
            assertThat(seen).as("letter " + place).hasSizeGreaterThan(16);
        }
    }
}
