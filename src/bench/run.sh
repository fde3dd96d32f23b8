#!/usr/bin/env bash
# Measures and writes src/docs/explanation/performance.md. Takes 45 minutes, or a few with --quick, whose figures are a rough indication.
# Needs a JDK 25. Native rows need a GraalVM for JDK 25 in GRAALVM_HOME, throughput needs wrk, and the original needs npm, and its Python
# package in the folder POCKETFLOW_PYTHON. Rows whose tools are missing are left out, and the report says so. Further arguments select
# works, growth, starts, hops, throughput, agent; the report keeps the other figures in src/bench/target. Exit code 1: a target is missed.
set -euo pipefail
cd "$(dirname "$0")/../.."

mode=full
parts=()
for argument in "$@"; do
    case $argument in
    --quick) mode=quick ;;
    works | growth | starts | hops | throughput | agent) parts+=("$argument") ;;
    *) sed -n '2,6s/^# //p' "$0" >&2; exit 2 ;;
    esac
done
[ ${#parts[@]} -gt 0 ] || parts=(works growth starts hops throughput agent)
chosen() { [[ " ${parts[*]} " == *" $1 "* ]]; }

. src/bench/jdk25.sh

MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" ./mvnw -q -B -Pbench,fast \
    -pl src/bench,src/bench/peers,src/deployment -am compile >&2
target=$PWD/src/bench/target
peers="$PWD/src/bench/peers"
java=("$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow -cp "$peers/target/classes:$(cat "$peers/target/classpath")")

scripts=()
if command -v npm >/dev/null && npm install --silent --no-audit --no-fund --prefix "$target/npm" pocketflow@1.0.4 >&2; then
    scripts+=("PocketFlow TypeScript 1.0.4=node $peers/src/main/typescript/works.mjs $target/npm")
fi
if python3 -c 'import pocketflow' 2>/dev/null || PYTHONPATH=${POCKETFLOW_PYTHON:-} python3 -c 'import pocketflow' 2>/dev/null; then
    export PYTHONPATH=${POCKETFLOW_PYTHON:-${PYTHONPATH:-}}
    scripts+=("PocketFlow Python=python3 $peers/src/main/python/works.py")
fi

# describes a part in the report, since a part may be older than the others
stamp() {
    echo "$(date -u +%Y-%m-%d), commit $(git rev-parse --short HEAD)$(git diff --quiet HEAD || echo " with uncommitted changes")$([ $mode = full ] || echo ', a short run (`--quick`)')" \
        >"$target/$1-stamp.txt"
}
failed=
if chosen works; then stamp works; "${java[@]}" dev.pocketflow.bench.Bench "$target" $mode "${scripts[@]}"; fi
if chosen growth; then stamp growth; "${java[@]}" dev.pocketflow.bench.Growth "$target" $mode; fi
for part in starts hops throughput agent; do
    if chosen $part; then
        stamp $part
        rm -f "$target/$part.json"
        src/bench/processes.sh $([ $mode = full ] || echo --quick) $part || failed=$part # the report is written without it
    fi
done

machine="The machine has $(nproc) cores of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1) and $(awk '/MemTotal/ {printf "%.0f GB", $2 / 1e6}' /proc/meminfo) of memory.
Its software is Linux $(uname -r | cut -d- -f1), $(sed -n 's/^IMPLEMENTOR="\(.*\)"/\1/p' "$JAVA_HOME/release") JDK $(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$JAVA_HOME/release") and Quarkus $(sed -n 's:.*<quarkus.version>\(.*\)</quarkus.version>.*:\1:p' pom.xml)."
"${java[@]}" dev.pocketflow.bench.Report "$target" src/docs/explanation/performance.md "$machine"
[ -z "$failed" ] || { echo "could not be measured: $failed" >&2; exit 1; }
