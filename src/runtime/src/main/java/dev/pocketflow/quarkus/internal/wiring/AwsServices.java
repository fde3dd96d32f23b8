package dev.pocketflow.quarkus.internal.wiring;

import java.time.InstantSource;
import java.util.function.UnaryOperator;

import dev.pocketflow.quarkus.config.HandOverConfig;
import dev.pocketflow.quarkus.config.LedgerConfig;
import dev.pocketflow.quarkus.config.ParkConfig;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheck;
import dev.pocketflow.quarkus.internal.claimcheck.S3ClaimCheck;
import dev.pocketflow.quarkus.internal.ledger.DynamoDbLedger;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;
import dev.pocketflow.quarkus.internal.park.SqsFailedRunStore;
import dev.pocketflow.quarkus.internal.timer.ScheduleTarget;
import dev.pocketflow.quarkus.internal.timer.SchedulerTimer;
import dev.pocketflow.quarkus.internal.timer.SqsTimer;
import dev.pocketflow.quarkus.internal.timer.WakeUpTimer;
import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;
import dev.pocketflow.quarkus.internal.transport.LambdaTransport;
import dev.pocketflow.quarkus.internal.transport.SqsTransport;

/**
 * The modules of the AWS SDK. A function adds those that it uses. No class of the SDK is loaded before its first use here. In a
 * native executable these constants are computed at build time, and code without its module is left out.
 */
public final class AwsServices {

    /** True if the function has the module that {@link LambdaTransport} needs. */
    static final boolean LAMBDA = has("services.lambda.LambdaClient");
    /** True if the function has the module that {@link SqsTransport} and {@link SqsFailedRunStore} need. */
    static final boolean SQS = has("services.sqs.SqsClient");
    /** True if the function has the module that {@link S3ClaimCheck} needs. */
    static final boolean S3 = has("services.s3.S3Client");
    /** True if the function has the module that {@link DynamoDbLedger} needs. */
    static final boolean DYNAMODB = has("services.dynamodb.DynamoDbClient");
    /** True if the function has the module that {@link SchedulerTimer} needs. */
    static final boolean SCHEDULER = has("services.scheduler.SchedulerClient");

    private AwsServices() {
    }

    /** @throws IllegalStateException if the function lacks the module; the message names it */
    static EnvelopeTransport lambda(HandOverConfig.Lambda config, UnaryOperator<String> env) {
        if (LAMBDA) {
            return new LambdaTransport(config, env);
        }
        throw missing("quarkus.pocketflow.hand-over=lambda", "lambda");
    }

    /** @throws IllegalStateException if the function lacks the module; the message names it */
    static EnvelopeTransport sqs(HandOverConfig.Sqs config) {
        if (SQS) {
            return new SqsTransport(config);
        }
        throw missing("quarkus.pocketflow.hand-over=sqs", "sqs");
    }

    /** @throws IllegalStateException if the function lacks the module; the message names it */
    static FailedRunStore sqsPark(ParkConfig config) {
        if (SQS) {
            return new SqsFailedRunStore(config.queueUrl().orElseThrow());
        }
        throw missing("quarkus.pocketflow.park=sqs", "sqs");
    }

    /** @throws IllegalStateException if the function lacks the module; the message names it */
    static WakeUpTimer sqsTimer(HandOverConfig.Sqs config, InstantSource clock) {
        if (SQS) {
            return new SqsTimer(new SqsTransport(config), clock);
        }
        throw missing("quarkus.pocketflow.timer=sqs", "sqs");
    }

    /** @throws IllegalStateException if the function lacks the module; the message names it */
    public static WakeUpTimer schedulerTimer(ScheduleTarget target, InstantSource clock) {
        if (SCHEDULER) {
            return new SchedulerTimer(target, clock);
        }
        throw missing("quarkus.pocketflow.timer=scheduler", "scheduler");
    }

    /** @throws IllegalStateException if the function lacks the module; the message names it */
    static ClaimCheck s3(HandOverConfig.Claims config) {
        if (S3) {
            return new S3ClaimCheck(config);
        }
        throw missing("quarkus.pocketflow.claim-check.bucket", "s3");
    }

    /** @throws IllegalStateException if the function lacks the module; the message names it */
    static Ledger dynamodb(LedgerConfig config, InstantSource clock) {
        if (DYNAMODB) {
            return new DynamoDbLedger(config, clock);
        }
        throw missing("quarkus.pocketflow.ledger=dynamodb", "dynamodb");
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
            Class.forName(type, false, AwsServices.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
