#!/usr/bin/env bash
# Loads the native HTTP agent over 64 connections for MINUTES (10) and one of warming up, with stand-ins for the model and the search.
# Exit code 1: a run was not answered, or the memory grew. Builds the executable with a GraalVM for JDK 25 from GRAALVM_HOME, or takes it
# from AGENT, with a JDK 25 from JAVA_HOME. The agent receives the arguments, such as -Xmx204m, and the environment, such as
# QUARKUS_POCKETFLOW_LEDGER=memory.
set -euo pipefail
cd "$(dirname "$0")/../.."
export JAVA_HOME=${GRAALVM_HOME:-${JAVA_HOME:?neither it nor GRAALVM_HOME is set}}
if [ -z "${AGENT:-}" ]; then
    : "${GRAALVM_HOME:?names no GraalVM}"
    ./mvnw -q -B -Pfast,http -Dnative package -pl functions/agent -am >&2
fi
./mvnw -q -B -Pbench,fast -pl src/bench,src/deployment -am compile >&2
"$JAVA_HOME/bin/java" -cp "src/bench/target/classes:$(cat src/bench/target/classpath)" dev.pocketflow.bench.Load \
    "${AGENT:-$(echo functions/agent/target/agent-*-runner)}" "${MINUTES:-10}" "${CONNECTIONS:-64}" "$@"
