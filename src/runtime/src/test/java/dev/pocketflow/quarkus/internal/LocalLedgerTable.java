package dev.pocketflow.quarkus.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

import dev.pocketflow.cloud.dynamodb.LocalDynamo;

/**
 * DynamoDB with the table {@code pocketflow}. A test is skipped on a machine that cannot have it; a class that extends itself
 * with this one is skipped as a whole.
 */
final class LocalLedgerTable implements ExecutionCondition {

    static LocalDynamo start() {
        LocalDynamo.missing().ifPresent(reason -> assumeTrue(false, reason));
        LocalDynamo dynamo = LocalDynamo.start();
        dynamo.createTable("pocketflow");
        return dynamo;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return LocalDynamo.missing().map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> enabled("DynamoDB can be started"));
    }
}
