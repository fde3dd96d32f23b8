package dev.pocketflow.cloud.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceHeaderTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", ";;", "nonsense", "=x" })
    void newChainBegins_withoutAHeader(String header) {
        TraceHeader trace = TraceHeader.of(header);

        assertThat(trace.header()).matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0");
        assertThat(trace.length()).isZero();
        assertThat(trace.visits("aaaaaaaa")).isZero();
    }

    @Test
    void everyVisitIsCounted_afterTheFirst() {
        TraceHeader trace = TraceHeader.of("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");

        TraceHeader once = trace.into("aaaaaaaa");
        TraceHeader back = once.into("bbbbbbbb").into("aaaaaaaa");

        assertThat(once.header()).endsWith(";Sampled=1;Lineage=1:aaaaaaaa:0");
        assertThat(back.header()).isEqualTo("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;"
                + "Lineage=1:aaaaaaaa:1|bbbbbbbb:0");
        assertThat(back.visits("aaaaaaaa")).isEqualTo(2);
        assertThat(back.visits("bbbbbbbb")).isOne();
        assertThat(back.length()).isEqualTo(3);
        assertThat(TraceHeader.of(back.header())).isEqualTo(back);
        assertThat(trace.length()).isZero();
    }

    @ParameterizedTest
    @CsvSource({ "1:fe460cdd:3, 4", "2:fe460cdd:0, 1", "fe460cdd:5|a87bd80c:1, 6", "1:a87bd80c:1|fe460cdd:2, 3",
            "fe460cdd:x, 0",
            "fe460cdd, 0", "fe460cdd:99999999999, 0", "'', 0" })
    void lineageIsUnderstood_inAllFormsThatWereSeen(String lineage, int visits) {
        assertThat(TraceHeader.of("Root=1-a-b;Lineage=" + lineage).visits("fe460cdd")).isEqualTo(visits);
    }

    @Test
    void unknownFieldsAreKept() {
        assertThat(TraceHeader.of("Root=1-a-b;Self=1-c-d;Parent=e;Sampled=?").into("aaaaaaaa").header())
                .isEqualTo("Root=1-a-b;Self=1-c-d;Parent=e;Sampled=?;Lineage=1:aaaaaaaa:0");
    }
}
