#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# test-core.sh [native folder] [work folder]
# The selftest of the C core: as it is delivered, with the undefined behaviour
# sanitizer, for aarch64 under qemu and under musl where the tools are there.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
root=$(cd "${1:-$scripts/../..}" && pwd)
work=${2:-$root/target/core-test}
mkdir -p "$work"
work=$(cd "$work" && pwd)
failed=0

has() {
	command -v "$1" >/dev/null 2>&1
}

library_in() {
	for library in "$1"/linux-*/libsubprocess.so; do
		echo "$library"
	done
}

# prints what went wrong, and how many tests there were
run() {
	title=$1
	shift
	printf '%s: ' "$title"
	"$@" >"$work/log" 2>&1 && code=0 || code=$?
	grep -E '^(not ok|Bail out|#)' "$work/log" | grep -v '^# 0 failed' >"$work/complaints" || true
	printf '%s ok, %s failed, %s skipped\n' "$(grep -c '^ok' "$work/log" || true)" \
		"$(grep -c '^not ok' "$work/log" || true)" "$(grep -c '# SKIP' "$work/log" || true)"
	cat "$work/complaints"
	if [ "$code" -ne 0 ] || ! grep -q '^1\.\.' "$work/log"; then
		tail -n 3 "$work/log"
		failed=1
	fi
}

sh "$scripts/build-core.sh" "$root" "$work/native"
sh "$scripts/build-fixtures.sh" "$root" "$work/fixtures"
run "native" "$work/fixtures/selftest" "$(library_in "$work/native")" "$work/fixtures"

CORE_CFLAGS='-fsanitize=undefined -fsanitize-undefined-trap-on-error' \
	sh "$scripts/build-core.sh" "$root" "$work/sanitized"
run "undefined behaviour" "$work/fixtures/selftest" "$(library_in "$work/sanitized")" "$work/fixtures"

if has aarch64-linux-gnu-gcc && has qemu-aarch64 && [ -d /usr/aarch64-linux-gnu ]; then
	CC=aarch64-linux-gnu-gcc sh "$scripts/build-core.sh" "$root" "$work/aarch64"
	CC=aarch64-linux-gnu-gcc sh "$scripts/build-fixtures.sh" "$root" "$work/aarch64-fixtures"
	# the programs spawned are those of this machine: qemu runs the selftest, the kernel the rest
	run "aarch64 under qemu" qemu-aarch64 -L /usr/aarch64-linux-gnu "$work/aarch64-fixtures/selftest" \
		"$(library_in "$work/aarch64")" "$work/fixtures"
else
	echo "aarch64: skipped, needs aarch64-linux-gnu-gcc and qemu-aarch64"
fi

if has musl-gcc; then
	CC=musl-gcc sh "$scripts/build-fixtures.sh" "$root" "$work/musl-fixtures"
	run "the same file under musl" "$work/musl-fixtures/selftest" "$(library_in "$work/native")" "$work/fixtures"
else
	echo "musl: skipped, needs musl-gcc"
fi
exit $failed
