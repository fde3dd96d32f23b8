#!/usr/bin/env bash
# Benchmarks of whole processes, against a bare function of Quarkus: processes.sh [--quick] [starts|hops|throughput|agent ...], all by
# default. Builds the functions if their sources have changed: for the JVM, and natively if GRAALVM_HOME names a GraalVM for JDK 25
# (half an hour). Without it the native rows are left out. Writes the figures to src/bench/target/{starts,hops,throughput,agent}.json.
set -euo pipefail
cd "$(dirname "$0")/../.."

quick=() works=()
for argument in "$@"; do
    case $argument in
        --quick) quick=(--quick) ;;
        starts | hops | throughput | agent) works+=("$argument") ;;
        *) sed -n 2,4p src/bench/processes.sh >&2; exit 2 ;;
    esac
done
[ ${#works[@]} -gt 0 ] || works=(starts hops throughput agent)
wanted() { # any of these works
    for work in "$@"; do
        [[ " ${works[*]} " != *" $work "* ]] || return 0
    done
    return 1
}

. src/bench/jdk25.sh

# the key with which Quarkus starts a flow to train its cache; it seals nothing else
export QUARKUS_POCKETFLOW_ENVELOPE_KEYS_K1=dGhpcyBrZXkgaXMgZm9yIHRlc3RzIGFuZCBub3RoaW5nIGVsc2U=
images=src/bench/target/images
common=(pom.xml src/core src/runtime src/deployment functions/pom.xml)

maven() {
    ./mvnw -q -B -Pbench,fast "$@" >&2
}

# state SOURCES: a digest of the sources; if it changes, the functions are built again
state() {
    { git ls-files -s "${common[@]}" "$@"; git diff HEAD -- "${common[@]}" "$@"; "$JAVA_HOME/bin/java" -version; } 2>&1 | sha256sum
}
flows=$(state functions/loop src/bench/flow src/bench/bare)
agents=$(state functions/agent src/bench/bare-agent)

state_of() {
    case $1 in *-agent) echo "$agents" ;; *) echo "$flows" ;; esac
}

is_built() {
    [ "$(cat "$images/$1/built" 2>/dev/null)" = "$(state_of "$1")" ]
}

# build DIRECTORY MODULES ARGUMENTS: builds the modules unless they are up to date, and copies the first two to DIRECTORY
build() {
    if ! is_built "$1"; then
        echo "building $1" >&2
        local modules=${2//,/ }
        rm -rf src/bench/{flow,bare,bare-agent}/target "$images/$1"
        mkdir -p "$images/$1"
        maven package -pl "$2" -am "${@:3}"
        for module in $(cut -d' ' -f1,2 <<<"$modules"); do
            keep "$1" "${module##*/}" "$module/target"
        done
        state_of "$1" >"$images/$1/built"
    fi
}

# keep DIRECTORY NAME TARGET
keep() {
    case $1 in
        native-*)
            cp "$3"/*-runner "$images/$1/$2"
            case $1 in *-lambda*) cp "$3/function.zip" "$images/$1/$2.zip" ;; esac
            [ "$1" != native-lambda ] || cp functions/loop/target/loop-*-runner "$images/$1/loop" ;;
        *-http) cp -a "$3/quarkus-app" "$images/$1/$2" ;;
        *-lambda)
            mkdir -p "$images/$1/$2/runtime" # the content of function.zip as jars, since a cache accepts no directories
            cp -a "$3"/*-runner.jar "$images/$1/$2/function.jar"
            cp -a "$3/lib" "$images/$1/$2"
            tr : '\n' <src/bench/target/classpath | grep /aws-lambda-java- | xargs -I{} cp {} "$images/$1/$2/runtime" ;;
    esac
}

MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" maven compile -pl src/bench,src/deployment -am
functions=src/bench/flow,src/bench/bare
both_agents=functions/agent,src/bench/bare-agent
aot=(-Dquarkus.package.jar.aot.enabled=true -Dquarkus.package.jar.aot.type=aot -Dquarkus.package.jar.aot.phase=build)
# native DIRECTORY BUILD'S_ARGUMENTS
native() {
    if [ -n "${GRAALVM_HOME:-}" ]; then
        build "$@" -Dnative
    elif ! is_built "$1"; then
        echo "GRAALVM_HOME is not set: no $1, and no rows for it" >&2
        rm -rf "${images:?}/$1"
    fi
}
if wanted starts hops throughput; then
    native native-http "$functions" -Phttp
    native native-lambda "$functions,functions/loop" -Plambda
fi
if wanted agent; then
    native native-http-agent "$both_agents" -Phttp
    native native-lambda-agent "$both_agents" -Plambda
fi
if wanted starts throughput; then
    build jvm-http "$functions" -Phttp
    build aot-http "$functions" -Phttp "${aot[@]}"
    build jvm-lambda "$functions" -Plambda
    build aot-lambda "$functions" -Plambda
fi

missed=0
for work in "${works[@]}"; do
    "$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow -cp "src/bench/target/classes:$(cat src/bench/target/classpath)" \
        "dev.pocketflow.bench.${work^}Bench" ${quick[@]+"${quick[@]}"} || missed=1
done
exit $missed
