package dev.pocketflow.quarkus.internal.entry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.pocketflow.internal.json.Json;

/** Dead letters as AWS documents them, around any event, by the names of their forms. */
final class DeadLetterForms {

    /** Makes a letter of a JSON text, by form. */
    static final Map<String, UnaryOperator<String>> FORMS = Map.of("invocation record", DeadLetterForms::invocationRecord,
            "received", message -> "{\"Messages\": [" + message(message) + "]}", "message", DeadLetterForms::message,
            "delivered", message -> "{\"Records\":[" + record(message) + "]}", "record", DeadLetterForms::record,
            "notification", DeadLetterForms::notification, "FIFO notification", DeadLetterForms::fifoNotification,
            "event", DeadLetterForms::failureEvent);

    private DeadLetterForms() {
    }

    /** {@return a letter with the event in it} @param forms from the innermost to the outermost */
    static String around(String event, List<String> forms) {
        String letter = event;
        for (String form : forms) {
            letter = FORMS.get(form).apply(letter);
        }
        return letter;
    }

    /** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html, with the unchanged payload. */
    static String invocationRecord(String event) {
        return """
                {
                    "version": "1.0",
                    "timestamp": "2026-11-14T18:16:05.568Z",
                    "requestContext": {
                        "requestId": "0d2ae98a-93a8-4c2b-8b1b-3a5a2d9d0a11",
                        "functionArn": "arn:aws:lambda:us-east-2:123456789012:function:writer:$LATEST",
                        "condition": "RetriesExhausted",
                        "approximateInvokeCount": 3
                    },
                    "requestPayload": %s,
                    "responseContext": {
                        "statusCode": 200,
                        "executedVersion": "$LATEST",
                        "functionError": "Unhandled"
                    },
                    "responsePayload": {
                        "errorMessage": "RequestId: 0d2ae98a-93a8-4c2b-8b1b-3a5a2d9d0a11 Process exited before completing"
                    }
                }""".formatted(event);
    }

    /**
     * https://docs.aws.amazon.com/eventbridge/latest/ref/overview-event-structure.html, as a destination makes it of a record.
     */
    static String failureEvent(String event) {
        return """
                {
                    "version": "0",
                    "id": "3b7a0d4e-6f5c-4e1a-8a0b-5d7c9f2e1a60",
                    "detail-type": "Lambda Function Invocation Result - Failure",
                    "source": "lambda",
                    "account": "123456789012",
                    "time": "2026-11-14T18:16:05Z",
                    "region": "us-east-2",
                    "resources": [
                        "arn:aws:events:us-east-2:123456789012:event-bus/default",
                        "arn:aws:lambda:us-east-2:123456789012:function:writer:$LATEST"
                    ],
                    "detail": %s
                }""".formatted(invocationRecord(event));
    }

    /**
     * https://docs.aws.amazon.com/cli/latest/reference/sqs/receive-message.html, with the attributes of Lambda's dead letters.
     */
    static String message(String body) {
        return """
                {
                    "MessageId": "7c1f0a0e-6d49-4c0e-9d3e-2f1a6f1e4b52",
                    "ReceiptHandle": "AQEBexample==",
                    "MD5OfBody": "%s",
                    "Body": %s,
                    "Attributes": {
                        "SenderId": "AROAEXAMPLE:awslambda_212_20261114181605",
                        "ApproximateFirstReceiveTimestamp": "1795342276921",
                        "ApproximateReceiveCount": "1",
                        "SentTimestamp": "1795342276121"
                    },
                    "MD5OfMessageAttributes": "9424c4912f0c4a7db0a1d7d326bc3ae7",
                    "MessageAttributes": {
                        "RequestID": {"StringValue": "0d2ae98a-93a8-4c2b-8b1b-3a5a2d9d0a11", "DataType": "String"},
                        "ErrorCode": {"StringValue": "200", "DataType": "Number"},
                        "ErrorMessage": {"StringValue": "run 01K, flow 'writer' failed", "DataType": "String"}
                    }
                }""".formatted(md5(body), quoted(body));
    }

    /** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
    static String record(String body) {
        return """
                {
                    "messageId": "7c1f0a0e-6d49-4c0e-9d3e-2f1a6f1e4b52",
                    "receiptHandle": "AQEBexample==",
                    "body": %s,
                    "attributes": {
                        "ApproximateReceiveCount": "1",
                        "SentTimestamp": "1795342649183",
                        "SenderId": "AIDAEXAMPLE",
                        "ApproximateFirstReceiveTimestamp": "1795342649185"
                    },
                    "messageAttributes": {},
                    "md5OfBody": "%s",
                    "eventSource": "aws:sqs",
                    "eventSourceARN": "arn:aws:sqs:us-east-2:123456789012:hops",
                    "awsRegion": "us-east-2"
                }""".formatted(quoted(body), md5(body));
    }

    /** https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html */
    static String notification(String message) {
        return """
                {
                  "Type" : "Notification",
                  "MessageId" : "5b0e8e0c-44a6-5f0c-8d0f-d1a6f5c0b6b7",
                  "TopicArn" : "arn:aws:sns:us-west-2:123456789012:failed",
                  "Subject" : "a failed run",
                  "Message" : %s,
                  "Timestamp" : "2026-11-14T18:16:06.655Z",
                  "SignatureVersion" : "1",
                  "Signature" : "EXAMPLE=",
                  "SigningCertURL" : "https://sns.us-west-2.amazonaws.com/SimpleNotificationService-example.pem",
                  "UnsubscribeURL" : "https://sns.us-west-2.amazonaws.com/?Action=Unsubscribe"
                }""".formatted(quoted(message));
    }

    private static String fifoNotification(String message) {
        return """
                {"Type":"Notification","MessageId":"5b0e8e0c-44a6-5f0c-8d0f-d1a6f5c0b6b7",\
                "SequenceNumber":"10000000000000000000","TopicArn":"arn:aws:sns:us-west-2:123456789012:failed.fifo",\
                "Message":%s,"Timestamp":"2026-11-14T18:16:06.655Z"}""".formatted(quoted(message));
    }

    private static String quoted(String text) {
        return Json.MAPPER.getNodeFactory().textNode(text).toString();
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
