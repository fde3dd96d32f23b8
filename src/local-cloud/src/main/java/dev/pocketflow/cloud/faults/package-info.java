/**
 * Faults on purpose, in virtual time. {@link dev.pocketflow.cloud.faults.FaultPlan} decides which faults strike and
 * {@link dev.pocketflow.cloud.faults.SimulatedCloud} delivers events under such a plan, on one thread. Everybody may call the
 * public types of this package.
 */
package dev.pocketflow.cloud.faults;
