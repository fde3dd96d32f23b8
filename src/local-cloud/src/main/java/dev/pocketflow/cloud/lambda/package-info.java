/**
 * AWS Lambda on this machine. {@link dev.pocketflow.cloud.lambda.LocalLambda} runs functions as processes or in the test's own
 * process. Everybody may call the public types of this package.
 * <p>
 * It behaves as Lambda in these points:
 * <ul>
 * <li>cold and warm starts, and one environment for each event that runs
 * <li>deadlines, and the kill at a timeout
 * <li>the errors of functions that report one, crash or cannot start
 * <li>payload limits
 * <li>asynchronous invocation with its retries, the age of events, dead-letter queues and on-failure destinations
 * <li>the trace header, and the stop of recursive loops
 * </ul>
 * It differs in these:
 * <ul>
 * <li>An event waits if all environments are busy. Lambda would throttle it.
 * <li>An asynchronous event is delivered once in each attempt. Lambda may deliver it twice.
 * <li>Memory and CPU are not limited, and no environment is frozen between events.
 * <li>A handler in this process has no init phase and no log. It can act after its time is over.
 * </ul>
 */
package dev.pocketflow.cloud.lambda;
