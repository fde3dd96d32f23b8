package dev.pocketflow.quarkus.internal;

import java.time.InstantSource;
import java.util.function.UnaryOperator;

import dev.pocketflow.quarkus.HandOver;
import dev.pocketflow.quarkus.LedgerConfig;
import dev.pocketflow.quarkus.ParkConfig;

/**
 * The modules of the AWS SDK, of which a function brings those that it uses. No class of the SDK is loaded before it is asked
 * for
 * here; in a native executable, where these constants are computed when it is built, the ways without their module are left
 * out.
 */
final class AwsSdk {

    /** Whether the function has what {@link LambdaWayOut} needs. */
    static final boolean LAMBDA = has("services.lambda.LambdaClient");
    /** Whether the function has what {@link SqsWayOut} and {@link SqsPark} need. */
    static final boolean SQS = has("services.sqs.SqsClient");
    /** Whether the function has what {@link S3ClaimCheck} needs. */
    static final boolean S3 = has("services.s3.S3Client");
    /** Whether the function has what {@link DynamoDbLedger} needs. */
    static final boolean DYNAMODB = has("services.dynamodb.DynamoDbClient");
    /** Whether the function has what {@link SchedulerTimer} needs. */
    static final boolean SCHEDULER = has("services.scheduler.SchedulerClient");

    private AwsSdk() {
    }

    /** @throws IllegalStateException if the function lacks the module, naming what to add */
    static WayOut lambda(HandOver.Lambda config, UnaryOperator<String> env) {
        if (LAMBDA) {
            return new LambdaWayOut(config, env);
        }
        throw missing("pocketflow.hand-over=lambda", "lambda");
    }

    /** @throws IllegalStateException if the function lacks the module, naming what to add */
    static WayOut sqs(HandOver.Sqs config) {
        if (SQS) {
            return new SqsWayOut(config);
        }
        throw missing("pocketflow.hand-over=sqs", "sqs");
    }

    /** @throws IllegalStateException if the function lacks the module, naming what to add */
    static Park sqsPark(ParkConfig config) {
        if (SQS) {
            return new SqsPark(config.queueUrl().orElseThrow());
        }
        throw missing("pocketflow.park=sqs", "sqs");
    }

    /** @throws IllegalStateException if the function lacks the module, naming what to add */
    static Timer sqsTimer(HandOver.Sqs config, InstantSource clock) {
        if (SQS) {
            return new SqsTimer(new SqsWayOut(config), clock);
        }
        throw missing("pocketflow.timer=sqs", "sqs");
    }

    /** @throws IllegalStateException if the function lacks the module, naming what to add */
    static Timer schedulerTimer(ScheduleTarget target, InstantSource clock) {
        if (SCHEDULER) {
            return new SchedulerTimer(target, clock);
        }
        throw missing("pocketflow.timer=scheduler", "scheduler");
    }

    /** @throws IllegalStateException if the function lacks the module, naming what to add */
    static ClaimCheck s3(HandOver.Claims config) {
        if (S3) {
            return new S3ClaimCheck(config);
        }
        throw missing("pocketflow.claim-check.bucket", "s3");
    }

    /** @throws IllegalStateException if the function lacks the module, naming what to add */
    static Ledger dynamodb(LedgerConfig config, InstantSource clock) {
        if (DYNAMODB) {
            return new DynamoDbLedger(config, clock);
        }
        throw missing("pocketflow.ledger=dynamodb", "dynamodb");
    }

    static IllegalStateException missing(String setting, String module) {
        return new IllegalStateException(setting + " needs the AWS SDK. Add software.amazon.awssdk:" + module
                + " and software.amazon.awssdk:url-connection-client to the function's pom");
    }

    private static boolean has(String client) {
        return present("software.amazon.awssdk." + client)
                && present("software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient");
    }

    static boolean present(String type) {
        try {
            Class.forName(type, false, AwsSdk.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
