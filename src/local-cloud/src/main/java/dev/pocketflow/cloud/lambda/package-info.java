/**
 * AWS Lambda on this machine. {@link dev.pocketflow.cloud.lambda.LocalLambda} runs functions as processes or in the test's own
 * process. Everybody may call the public types of this package.
 */
package dev.pocketflow.cloud.lambda;
