# Sourced: sets JAVA_HOME to a JDK 25, or ends with 2.
for home in "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* "${GRAALVM_HOME:-}"; do
    if [ -x "$home/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$home/release" 2>/dev/null; then
        export JAVA_HOME=$home
        break
    fi
    home=
done
[ -n "$home" ] || { echo "no JDK 25: name one in JAVA_HOME_25_X64 or install one under /usr/lib/jvm" >&2; exit 2; }
