package dev.pocketflow.quarkus.internal.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.pocketflow.Envelope;
import dev.pocketflow.Store;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.internal.json.JsonObjectReader;

/** Malformed envelopes are refused; the message names the place and never the content. */
class EnvelopeReaderTest {

    private static final String STEP = "{'node':'a','step':1,'ms':0.5,'action':'x','error':null,'attempts':2,'flow':'g'}";
    private static final String BATCH = "{'step':1,'items':['p','q'],'results':{'1':'r'},'attempts':1,'ms':2}";
    private static final String HEAD = "{'run':'01','flow':'f','hop':1,'steps':2,'usage':{'tokens':1.5},'position':[%s],'path':[%s]}";

    private static Envelope read(String json) throws Exception {
        return envelope(Json.MAPPER.readValue(json.replace('\'', '"'), Object.class));
    }

    private static Envelope envelope(Object tree) {
        JsonObjectReader members = JsonObjectReader.of(tree, "the envelope");
        return EnvelopeReader.envelope(members, members, Store.create());
    }

    private static Envelope frame(String members) throws Exception {
        return read(HEAD.formatted("{'flow':'f'" + members + "}", ""));
    }

    @Test
    void wellFormedEnvelope_isRead() throws Exception {
        Envelope envelope = read(HEAD.formatted("{'flow':'f','node':'a','graph':'g','iterations':[{'i':1}],'iteration':0,"
                + "'batch':" + BATCH + "}", STEP));

        assertThat(envelope.usage()).containsExactly(Map.entry("tokens", 1.5));
        Position.Frame frame = envelope.position().frames().get(0);
        assertThat(frame.params()).isEqualTo(Map.of("i", 1));
        assertThat(frame.batch().items()).isEqualTo(List.of("p", "q"));
        assertThat(frame.batch().results()).isEqualTo(Map.of(1, "r"));
        assertThat(frame.batch().nanos()).isEqualTo(2_000_000);
        assertThat(envelope.path()).singleElement().satisfies(step -> {
            assertThat(step.flow()).isEqualTo("g");
            assertThat(step.duration()).isEqualTo(Duration.ofNanos(500_000));
            assertThat(step.error()).isEmpty();
        });
    }

    @Test
    void otherFormsOfNumbers_areRead() throws Exception {
        assertThat(read(HEAD.replace("'hop':1", "'hop':1e0").replace("'steps':2", "'steps':2.0").formatted("", "")))
                .matches(envelope -> envelope.hop() == 1 && envelope.steps() == 2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "'run':'01' | 'run':1 | run is not a text", "'run':'01' | 'x':1 | run is not a text",
            "'flow':'f' | 'flow':null | flow is not a text", "'hop':1 | 'hop':'1' | hop is not a number",
            "'hop':1 | 'hop':-1 | hop is not a whole number from 0 to 1000000000",
            "'hop':1 | 'hop':1000000001 | hop is not a whole number from 0 to 1000000000",
            "'hop':1 | 'hop':1.5 | hop is not a whole number from 0 to 1000000000",
            "'hop':1 | 'hop':1e999 | hop is not a number",
            "'steps':2 | 'steps':true | steps is not a number", "'steps':2 | 'steps':[] | steps is not a number",
            "'usage':{'tokens':1.5} | 'usage':[] | usage is not a JSON object",
            "'usage':{'tokens':1.5} | 'usage':{'tokens':'hidden'} | usage.tokens is not a number",
            "'usage':{'tokens':1.5} | 'usage':{'tokens':null} | usage.tokens is not a number",
            "'usage':{'tokens':1.5} | 'usage':{'tokens':1e999} | usage.tokens is not a number",
            "'position':[ | 'position':{},'x':[ | position is not a JSON array",
            "'position':[ | 'position':['hidden'], 'x':[ | position[0] is not a JSON object",
            "'position':[ | 'position':[{}], 'x':[ | position[0].flow is not a text",
            "'path':[ | 'path':null,'x':[ | path is not a JSON array",
            "'path':[ | 'path':[[]],'x':[ | path[0] is not a JSON object",
            "'path':[ | 'path':[{'node':1}],'x':[ | path[0].node is not a text",
            "'path':[ | 'path':[{'node':'a','step':1}],'x':[ | path[0].ms is not a number",
            "'path':[ | 'path':[{'node':'a','step':1,'ms':-1}],'x':[ | path[0].ms is not a number from 0 to 9223372036854",
            "'path':[ | 'path':[{'node':'a','step':1,'ms':1e300}],'x':[ | path[0].ms is not a number from 0 to 9223372036854",
            "'path':[ | 'path':[{'node':'a','step':-1,'ms':1}],'x':[ | path[0].step is not a whole number from 0 to 1000000000",
            "'path':[ | 'path':[{'node':'a','step':1,'ms':1,'attempts':-2}],'x':[ | path[0].attempts is not a whole number from 0 to 1000000000",
            "'path':[ | 'path':[{'node':'a','step':1,'ms':1,'action':7}],'x':[ | path[0].action is not a text" })
    void malformedEnvelope_isRefused_byItsPlace(String right, String wrong, String message) {
        String json = HEAD.formatted("", "").replace(right, wrong);

        assertThatIllegalArgumentException().isThrownBy(() -> read(json)).withMessage("the envelope." + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "'node':5 | .node is not a text", "'action':{} | .action is not a text", "'graph':1 | .graph is not a text",
            "'remote':'hidden' | .remote is not true or false", "'remote':1 | .remote is not true or false",
            "'iterations':{} | .iterations is not a JSON array",
            "'iterations':['hidden'] | .iterations[0] is not a JSON object",
            "'iterations':[{}] | .parts are not those of the iterations",
            "'node':'a','iterations':[{}],'iteration':1 | .iteration is not a whole number from 0 to 0",
            "'node':'a','iterations':[{}],'iteration':-1 | .iteration is not a whole number from 0 to 0",
            "'iterations':[{},{}],'iteration':1,'parts':{'0':[],'1':[]} | .iteration is not a whole number from -1 to -1",
            "'iterations':[{}],'iteration':-1 | .parts are not those of the iterations",
            "'iterations':[{},{}],'iteration':-1,'parts':{'0':[]} | .parts are not those of the iterations",
            "'iterations':[{},{}],'iteration':-1,'parts':{'0':[],'2':[]} | .parts are not those of the iterations",
            "'parts':[] | .parts is not a JSON object", "'parts':{'a':{}} | .parts.a is not a JSON array",
            "'parts':{'a':[1]} | .parts.a[0] is not a JSON object", "'parts':{'a':[{}]} | .parts.a[0].flow is not a text",
            "'node':'x','parts':{'a':[]} | .parts stand beside a node",
            "'batch':{'step':1,'items':[],'results':{},'attempts':1,'ms':2} | .batch has no node",
            "'node':'a','batch':5 | .batch is not a JSON object", "'node':'a','batch':{} | .batch.items is not a JSON array",
            "'node':'a','batch':{'items':[]} | .batch.results is not a JSON object",
            "'node':'a','batch':{'items':['p'],'results':{'1':2}} | .batch.results has an index that is none of an item",
            "'node':'a','batch':{'items':['p'],'results':{'-1':2}} | .batch.results has an index that is none of an item",
            "'node':'a','batch':{'items':['p'],'results':{'hidden':2}} | .batch.results has an index that is none of an item",
            "'node':'a','batch':{'items':['p'],'results':{'99999999999':2}} | .batch.results has an index that is none of an item",
            "'node':'a','batch':{'items':['p'],'results':{}} | .batch.step is not a number",
            "'node':'a','batch':{'items':['p'],'results':{},'step':-1} | .batch.step is not a whole number from 0 to 1000000000",
            "'node':'a','batch':{'items':['p'],'results':{},'step':1,'attempts':-1} | .batch.attempts is not a whole number from 0 to 1000000000",
            "'node':'a','batch':{'items':['p'],'results':{},'step':1,'attempts':1,'ms':-1} | .batch.ms is not a number from 0 to 9223372036854" })
    void malformedFrame_isRefused_byItsPlace(String members, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> frame("," + members))
                .withMessage("the envelope.position[0]" + message);
    }

    @Test
    void endlessNestingOfParts_isRefused_withoutAStackOverflow() {
        Map<String, Object> frame = Map.of("flow", "f");
        for (int i = 0; i < 100_000; i++) {
            Map<String, Object> around = new HashMap<>(Map.of("flow", "f"));
            around.put("parts", Map.of("p", List.of(frame)));
            frame = around;
        }
        Map<String, Object> envelope = Map.of("run", "01", "flow", "f", "hop", 1, "steps", 1, "position", List.of(frame),
                "path",
                List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> envelope(envelope))
                .withMessageStartingWith("the envelope.position[0].parts.p[0].parts.p[0]")
                .withMessageEndingWith(".parts.p has forks in forks of more than 100 levels");
    }

    @Test
    void stackOfAnyHeight_isRead() throws Exception {
        String frames = "{'flow':'f','node':'a'},".repeat(20_000) + "{'flow':'f'}";

        assertThat(read(HEAD.formatted(frames, "")).position().frames()).hasSize(20_001);
    }
}
