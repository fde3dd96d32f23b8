#!/bin/sh
# Builds, starts and asks the flow. Without a command it lists the commands.
set -eu
cd "$(dirname "$0")"
maven=${MAVEN:-./mvnw}
text=${2:-'{"text": "Durable flows need no server at all"}'}

case "${1:-}" in
    dev) exec $maven quarkus:dev ;;
    http) exec $maven clean verify -Dnative ;;
    lambda) exec $maven clean verify -Dnative -Dlambda ;;
    start)
        # A run survives a restart only with the same key. Give the key of production by the environment.
        : "${QUARKUS_POCKETFLOW_ENVELOPE_KEYS_K1:=$(head -c 32 /dev/urandom | base64)}"
        export QUARKUS_POCKETFLOW_ENVELOPE_KEYS_K1
        exec target/*-runner
        ;;
    ask) curl --fail-with-body --silent --show-error "${URL:-http://localhost:8080/}" -H 'Content-Type: application/json' -d "$text" ;;
    invoke)
        aws lambda invoke --function-name "${3:?the name or ARN of the function}" \
            --cli-binary-format raw-in-base64-out --payload "$text" /dev/stdout
        ;;
    *)
        echo "usage: flow.sh dev | http | lambda | start | ask [JSON] | invoke JSON FUNCTION
  dev     dev mode, with live reload
  http    a native HTTP service, and its tests
  lambda  a native Lambda function in target/function.zip, and its tests in a local Lambda
  start   starts the HTTP service that was built
  ask     sends an input to \$URL, or to localhost
  invoke  sends an input to a Lambda function that is deployed" >&2
        exit 2
        ;;
esac
