#!/usr/bin/env bash
# Builds the benchmarks and runs them on JDK 25: about five minutes, or two with --quick. Exit code 1: a target is missed.
# JMH's own reports are in src/bench/target/round-*.log.
set -euo pipefail
cd "$(dirname "$0")/../.."

for home in "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -x "$home/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$home/release" 2>/dev/null; then
        export JAVA_HOME=$home
        break
    fi
    home=
done
[ -n "$home" ] || { echo "no JDK 25: name one in JAVA_HOME_25_X64 or install one under /usr/lib/jvm" >&2; exit 2; }

MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" ./mvnw -q -B -Pbench,fast -pl src/bench,src/deployment -am compile >&2
cd src/bench/target
"$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow -cp "classes:$(cat classpath)" dev.pocketflow.bench.Bench "$@"
