#!/usr/bin/env bash
# What a hop costs over a bare invocation, with native executables: takes a GraalVM for JDK 25 from GRAALVM_HOME, and some minutes
# to build them. An argument is the number of rounds.
set -euo pipefail
cd "$(dirname "$0")/../.."
export JAVA_HOME=${GRAALVM_HOME:?names no GraalVM}
./mvnw -q -B -Pbench,fast,lambda -Dnative package -pl functions/loop,src/empty -am >&2
./mvnw -q -B -Pbench,fast -pl src/bench,src/deployment -am compile >&2
"$JAVA_HOME/bin/java" -cp "src/bench/target/classes:$(cat src/bench/target/classpath)" dev.pocketflow.bench.Hops \
    src/empty/target/empty-*-runner functions/loop/target/loop-*-runner "${1:-5}"
