package dev.pocketflow.quarkus.internal.claimcheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.internal.claimcheck.DirectoryClaimCheckTest.Claims;
import dev.pocketflow.quarkus.internal.fixture.AwsSdkSettings;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer.Reply;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer.Request;

class S3ClaimCheckTest {

    private static final String RUN = "01K0000000000000000000RUN1";

    private final FakeS3Bucket objects = new FakeS3Bucket("claims");
    private Reply failure;
    private RecordingServer s3;
    private AwsSdkSettings settings;

    @BeforeEach
    void start() {
        s3 = new RecordingServer(request -> failure == null ? objects.answer(request) : failure);
        settings = new AwsSdkSettings(s3.url());
    }

    @AfterEach
    void stop() {
        settings.close();
        s3.close();
    }

    @Test
    void writtenPartIsRead_byItsReference() {
        String reference = claims().write(RUN, "3-store", "{\"a\":1}".getBytes(UTF_8));

        assertThat(reference).isEqualTo(RUN + "/3-store");
        assertThat(objects.keys()).containsExactly("pocketflow/" + RUN + "/3-store");
        assertThat(claims().read(reference, 7)).asString(UTF_8).isEqualTo("{\"a\":1}");
    }

    @Test
    void objectIsPutUnchanged_withoutFeaturesOfS3Alone() {
        claims().write(RUN, "store", "{}".getBytes(UTF_8));

        Request put = s3.only();
        assertThat(put.method()).isEqualTo("PUT");
        assertThat(put.target()).isEqualTo("/claims/pocketflow/" + RUN + "/store");
        assertThat(put.text()).isEqualTo("{}");
        assertThat(put.header("Authorization")).startsWith("AWS4-HMAC-SHA256 ");
        assertThat(put.headers().keySet()).noneMatch(name -> name.toLowerCase().startsWith("x-amz-checksum"));
    }

    @Test
    void runIsDeletedAsAWhole_pageByPage_andOthersStay() {
        for (int i = 0; i < 5; i++) {
            claims().write(RUN, "store-" + i, new byte[1]);
        }
        String other = claims().write(RUN + "X", "store", new byte[1]);

        claims().delete(RUN);

        assertThat(objects.keys()).containsExactly("pocketflow/" + other);
        assertThat(s3.requests.stream().filter(each -> each.target().contains("?delete"))).hasSize(3)
                .allSatisfy(each -> assertThat(each.headers()).containsKey("Content-md5"));
    }

    @Test
    void nothingIsDeleted_whenNothingWasStored() {
        assertThatCode(() -> claims().delete(RUN)).doesNotThrowAnyException();
        assertThat(s3.only().target()).contains("list-type=2", "prefix=pocketflow%2F" + RUN + "%2F");
    }

    @Test
    void deletionFails_whenAnObjectCannotBeDeleted() {
        claims().write(RUN, "store", new byte[1]);
        objects.refuseToDelete();

        assertThatThrownBy(() -> claims().delete(RUN)).isInstanceOf(HandOverFailed.class)
                .hasMessageStartingWith(
                        "the claim " + RUN + " was not deleted from the bucket 'claims': AccessDenied for 1 of its objects. "
                                + "Allow s3:PutObject, s3:GetObject and s3:DeleteObject");
    }

    @Test
    void missingPartIsNamed() {
        assertThatThrownBy(() -> claims().read(RUN + "/store", 10)).isInstanceOf(HandOverFailed.class)
                .hasMessageStartingWith(
                        "the claim " + RUN + "/store was not read from the bucket 'claims': NoSuchKey (HTTP 404")
                .hasMessageEndingWith(
                        "check that all functions of the run have the same quarkus.pocketflow.claim-check.bucket and .prefix");
    }

    @Test
    void partIsRefused_whenItExceedsTheLimit() {
        String reference = claims().write(RUN, "store", new byte[11]);

        assertThat(claims().read(reference, 11)).hasSize(11);
        assertThatThrownBy(() -> claims().read(reference, 10)).isInstanceOf(HandOverFailed.class)
                .hasMessage("the claim " + RUN
                        + "/store was not read from the bucket 'claims': it has more than the 10 bytes it may have");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a", "../b", "a/..", "/b", "a/b/c", "a/b?versionId=1", "a//b", "a/b#c" })
    void referenceIsRefused_whenItLeavesThePrefix(String reference) {
        assertThatThrownBy(() -> claims().read(reference, 10)).isInstanceOf(HandOverFailed.class)
                .hasMessageStartingWith("a claim check's reference is a run and a name");
        assertThat(s3.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | NoSuchBucket | Create it, or name another with quarkus.pocketflow.claim-check.bucket
            403 | AccessDenied | Allow s3:PutObject
            503 | SlowDown     | throttled after the SDK's retries
            """)
    void failureNamesCodeAndCorrection_andNotTheServicesText(int status, String code, String wayOut) {
        failure = new Reply(status, Map.of("Content-Type", "application/xml"), ("<?xml version=\"1.0\"?><Error><Code>" + code
                + "</Code><Message>private</Message><RequestId>4711</RequestId></Error>").getBytes(UTF_8));

        assertThatThrownBy(() -> claims().write(RUN, "store", new byte[1])).isInstanceOf(HandOverFailed.class)
                .hasMessageStartingWith(
                        "the claim " + RUN + "/store was not written to the bucket 'claims': " + code + " (HTTP " + status)
                .hasMessageContaining(wayOut).hasMessageNotContaining("private");
    }

    @Test
    void failureNamesTheNetwork_whenNothingAnswers() {
        s3.close();

        assertThatThrownBy(() -> claims().write(RUN, "store", new byte[1])).isInstanceOf(HandOverFailed.class)
                .hasMessageContaining("ConnectException. Nothing was sent. Check the network");
    }

    @Test
    void bucketMustBeConfigured() {
        assertThatThrownBy(() -> new S3ClaimCheck(Claims.of(null, null))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quarkus.pocketflow.claim-check.bucket must be set");
    }

    private static S3ClaimCheck claims() {
        return new S3ClaimCheck(Claims.of(null, "claims"));
    }
}
