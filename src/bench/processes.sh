#!/usr/bin/env bash
# Benchmarks of whole processes, against a bare function of Quarkus: processes.sh [--quick] [starts|hops|throughput ...], all three by
# default. Builds the functions where their sources have changed: on the JVM, and natively where GRAALVM_HOME names a GraalVM for JDK 25
# (a quarter of an hour); without it those rows are left out. Figures go to src/bench/target/{starts,hops,throughput}.json.
set -euo pipefail
cd "$(dirname "$0")/../.."

quick=() works=()
for argument in "$@"; do
    case $argument in
        --quick) quick=(--quick) ;;
        starts | hops | throughput) works+=("$argument") ;;
        *) sed -n 2,4p src/bench/processes.sh >&2; exit 2 ;;
    esac
done
[ ${#works[@]} -gt 0 ] || works=(starts hops throughput)

. src/bench/jdk25.sh

# what Quarkus starts a flow with to train its cache; nothing else is sealed with it
export POCKETFLOW_ENVELOPE_KEYS_K1=dGhpcyBrZXkgaXMgZm9yIHRlc3RzIGFuZCBub3RoaW5nIGVsc2U=
images=src/bench/target/images
sources=(pom.xml src/core src/runtime src/deployment functions/pom.xml functions/loop src/bench/flow src/bench/bare)

maven() {
    ./mvnw -q -B -Pbench,fast "$@" >&2
}

# what the functions are built of; where that changes, so do they
state=$({ git ls-files -s "${sources[@]}"; git diff HEAD -- "${sources[@]}"; "$JAVA_HOME/bin/java" -version; } 2>&1 | sha256sum)

is_built() {
    [ "$(cat "$images/$1/built" 2>/dev/null)" = "$state" ]
}

# build DIRECTORY MODULES ARGUMENTS: unless it is built; then puts there what is measured
build() {
    if ! is_built "$1"; then
        echo "building $1" >&2
        rm -rf src/bench/{flow,bare}/target "$images/$1"
        mkdir -p "$images/$1"
        maven package -pl "$2" -am "${@:3}"
        for name in flow bare; do
            keep "$1" "$name" "src/bench/$name/target"
        done
        echo "$state" >"$images/$1/built"
    fi
}

# keep DIRECTORY NAME TARGET
keep() {
    case $1 in
        native-*)
            cp "$3"/*-runner "$images/$1/$2"
            if [ "$1" = native-lambda ]; then
                cp "$3/function.zip" "$images/$1/$2.zip"
                cp functions/loop/target/loop-*-runner "$images/$1/loop"
            fi ;;
        *-http) cp -a "$3/quarkus-app" "$images/$1/$2" ;;
        *-lambda)
            mkdir -p "$images/$1/$2/runtime" # the content of function.zip, as jars: a cache takes no directories
            cp -a "$3"/*-runner.jar "$images/$1/$2/function.jar"
            cp -a "$3/lib" "$images/$1/$2"
            tr : '\n' <src/bench/target/classpath | grep /aws-lambda-java- | xargs -I{} cp {} "$images/$1/$2/runtime" ;;
    esac
}

MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" maven compile -pl src/bench,src/deployment -am
functions=src/bench/flow,src/bench/bare
aot=(-Dquarkus.package.jar.aot.enabled=true -Dquarkus.package.jar.aot.type=aot -Dquarkus.package.jar.aot.phase=build)
if [ -n "${GRAALVM_HOME:-}" ]; then
    build native-http "$functions" -Phttp -Dnative
    build native-lambda "$functions,functions/loop" -Plambda -Dnative
else
    for old in native-http native-lambda; do
        is_built $old || { echo "GRAALVM_HOME is not set: no $old, and no rows for it" >&2; rm -rf "${images:?}/$old"; }
    done
fi
if [ "${works[*]}" != hops ]; then
    build jvm-http "$functions" -Phttp
    build aot-http "$functions" -Phttp "${aot[@]}"
    build jvm-lambda "$functions" -Plambda
    build aot-lambda "$functions" -Plambda
fi

missed=0
for work in "${works[@]}"; do
    "$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow -cp "src/bench/target/classes:$(cat src/bench/target/classpath)" \
        "dev.pocketflow.bench.${work^}" ${quick[@]+"${quick[@]}"} || missed=1
done
exit $missed
