package dev.pocketflow.cloud;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.cloud.dynamodb.LocalDynamo;
import dev.pocketflow.cloud.lambda.FakeRuntime;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** The client that functions use, against the cloud's DynamoDB. */
class LocalDynamoTest {

    @RegisterExtension
    static final LocalCloudExtension CLOUD = LocalCloudExtension.of(LocalCloud.builder().table("pocketflow").table("other"));

    @Test
    void itemIsPutOnce_withTheSdk(LocalDynamo dynamo) {
        try (DynamoDbClient client = client(dynamo.endpoint(), "us-east-1")) {
            put(client, "run#1");

            assertThatThrownBy(() -> put(client, "run#1")).isInstanceOf(ConditionalCheckFailedException.class);
            assertThat(dynamo.keys("pocketflow")).containsExactly("run#1");
            assertThat(dynamo.item("pocketflow", "run#1")).contains("{\"id\":{\"S\":\"run#1\"}}");
            assertThat(dynamo.item("pocketflow", "run#2")).isEmpty();
        }
    }

    @Test
    void tableIsEmpty_afterAReset_andHasWhatWasPutFromAnyRegion(LocalCloud cloud) {
        try (DynamoDbClient here = client(cloud.dynamo().endpoint(), "us-east-1");
                DynamoDbClient there = client(cloud.dynamo().endpoint(), "eu-central-1")) {
            put(here, "b");
            put(there, "a");
            assertThat(cloud.dynamo().keys("pocketflow")).containsExactly("a", "b");
            assertThat(cloud.dynamo().keys("other")).isEmpty();

            cloud.reset();

            assertThat(cloud.dynamo().keys("pocketflow")).isEmpty();
        }
    }

    /** The ledger does not depend on it: what is past its expiration counts as gone. */
    @Test
    void itemStays_whenItsTimeToLiveIsOver(LocalDynamo dynamo) {
        try (DynamoDbClient client = client(dynamo.endpoint(), "us-east-1")) {
            client.putItem(put -> put.tableName("pocketflow")
                    .item(Map.of("id", AttributeValue.fromS("old"), "expiration", AttributeValue.fromN("1"))));

            assertThat(client.describeTimeToLive(describe -> describe.tableName("pocketflow")).timeToLiveDescription()
                    .timeToLiveStatus()).isEqualTo(TimeToLiveStatus.DISABLED);
            assertThat(dynamo.keys("pocketflow")).containsExactly("old");
        }
    }

    @Test
    void serverStays_whenAClientLeavesInTheMiddleOfARequest(LocalDynamo dynamo) throws Exception {
        try (Socket client = new Socket("127.0.0.1", dynamo.endpoint().getPort())) {
            client.setSoLinger(true, 0); // resets the connection
            client.getOutputStream().write("POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n{".getBytes(US_ASCII));
            client.getOutputStream().flush();
        }

        assertThat(dynamo.keys("pocketflow")).isEmpty();
        assertThat(dynamo.keys("other")).isEmpty();
    }

    @Test
    void refusalNamesTheAction(LocalDynamo dynamo) {
        assertThatThrownBy(() -> dynamo.createTable("pocketflow")).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("DynamoDB: CreateTable: HTTP 400, ").hasMessageContaining("ResourceInUse");
    }

    @Test
    void functionFindsIt_inItsEnvironment() {
        List<String> arguments = new ArrayList<>(List.of("--table", "pocketflow", "f", "--"));
        arguments.addAll(List.of(FakeRuntime.command()));
        try (LocalCloud cloud = CloudOptions.parse(arguments, name -> null).start()) {
            assertThat(cloud.lambda().invoke("f", "\"env AWS_ENDPOINT_URL_DYNAMODB\"").payload())
                    .isEqualTo("\"" + cloud.dynamo().endpoint() + "\"");
            assertThat(cloud.dynamo().keys("pocketflow")).isEmpty();
            assertThat(cloud.addresses()).isEqualTo(", DynamoDB at " + cloud.dynamo().endpoint());
        }
    }

    @Test
    void cloudWithoutTablesHasNoDynamo() {
        try (LocalCloud cloud = LocalCloud.builder().start()) {
            assertThatThrownBy(cloud::dynamo).hasMessage("This cloud has no table: add one with table(name)");
        }
    }

    private static void put(DynamoDbClient client, String id) {
        client.putItem(put -> put.tableName("pocketflow").item(Map.of("id", AttributeValue.fromS(id)))
                .conditionExpression("attribute_not_exists(id)"));
    }

    private static DynamoDbClient client(URI endpoint, String region) {
        return DynamoDbClient.builder().endpointOverride(endpoint).region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("anybody", "none")))
                .httpClient(UrlConnectionHttpClient.create()).build();
    }
}
