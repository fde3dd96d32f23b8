#!/usr/bin/env bash
# Overloads a function with a heap of 205 MB, the default of a native executable in a container of 256 MiB: three times STREAMS (300)
# event streams that nobody reads, then large and dense events. Exit code 1: it failed to answer /q/health meanwhile, or a run afterwards.
# Builds functions/loop for the JVM, or takes the command from COMMAND, such as "functions/loop/target/loop-runner -Xmx205m".
set -euo pipefail
cd "$(dirname "$0")/../.."
if [ -z "${COMMAND:-}" ]; then
    ./mvnw -q -B -Pfast package -pl functions/loop -am >&2
    COMMAND="${JAVA_HOME:-/usr}/bin/java -XX:+UseSerialGC -Xmx205m -jar functions/loop/target/quarkus-app/quarkus-run.jar"
fi
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# shellcheck disable=SC2086
"$java" -Dhold="${HOLD:-60}" -Dlog="${LOG:-functions/loop/target/overload.log}" \
    src/bench/src/main/java/dev/pocketflow/bench/Overload.java "${STREAMS:-300}" \
    "${EVENT:-{\"until\":9900,\"padding\":20000\}}" $COMMAND
