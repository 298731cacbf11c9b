#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# test-core.sh [native folder] [work folder]
# The selftest of the C core: as it is delivered, for a plain user, compiled by
# clang, with the undefined behaviour sanitizer, under musl, for aarch64 under
# qemu, and under valgrind, each where the tools are there. It is worth to be run
# as root: what needs that is skipped otherwise.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
root=$(cd "${1:-$scripts/../..}" && pwd)
work=${2:-$root/target/core-test}
mkdir -p "$work"
work=$(cd "$work" && pwd)
plain_user=65534
failed=0

has() {
	command -v "$1" >/dev/null 2>&1
}

library_in() {
	for library in "$1"/linux-*/libsubprocess.so; do
		echo "$library"
	done
}

# prints what went wrong, how many tests there were, and why some were skipped
run() {
	title=$1
	shift
	printf '%s: ' "$title"
	"$@" >"$work/log" 2>&1 && code=0 || code=$?
	grep -E '^(not ok|Bail out|#)' "$work/log" | grep -v '^# 0 failed' >"$work/complaints" || true
	printf '%s ok, %s failed, %s skipped\n' "$(grep -c '^ok' "$work/log" || true)" \
		"$(grep -c '^not ok' "$work/log" || true)" "$(grep -c '# SKIP' "$work/log" || true)"
	sed -n 's/.*# SKIP /	skipped: /p' "$work/log" | sort | uniq -c | sort -rn
	cat "$work/complaints"
	if [ "$code" -ne 0 ] || ! grep -q '^1\.\.' "$work/log"; then
		tail -n 3 "$work/log"
		failed=1
	fi
}

sh "$scripts/build-core.sh" "$root" "$work/native"
sh "$scripts/build-fixtures.sh" "$root" "$work/fixtures"
run "native" "$work/fixtures/selftest" "$(library_in "$work/native")" "$work/fixtures"

if [ "$(id -u)" -ne 0 ]; then
	echo "plain user: skipped, it is the one of all other runs"
elif has setpriv; then
	# where others may go, whoever the work folder belongs to
	public=$(mktemp -d)
	chmod 755 "$public"
	cp "$work"/fixtures/* "$work"/native/linux-*/* "$public"
	run "plain user" setpriv --reuid=$plain_user --regid=$plain_user --clear-groups \
		"$public/selftest" "$public/libsubprocess.so" "$public"
	rm -r "$public"
else
	echo "plain user: skipped, needs setpriv"
fi

CORE_CFLAGS='-fsanitize=undefined -fsanitize-undefined-trap-on-error' \
	sh "$scripts/build-core.sh" "$root" "$work/sanitized"
run "undefined behaviour" "$work/fixtures/selftest" "$(library_in "$work/sanitized")" "$work/fixtures"

if has clang; then
	CC=clang sh "$scripts/build-core.sh" "$root" "$work/clang"
	run "clang" "$work/fixtures/selftest" "$(library_in "$work/clang")" "$work/fixtures"
else
	echo "clang: skipped, needs clang"
fi

if has musl-gcc; then
	CC=musl-gcc sh "$scripts/build-fixtures.sh" "$root" "$work/musl-fixtures"
	run "the same file under musl" "$work/musl-fixtures/selftest" "$(library_in "$work/native")" "$work/fixtures"
else
	echo "musl: skipped, needs musl-gcc"
fi

if has aarch64-linux-gnu-gcc && has qemu-aarch64 && [ -d /usr/aarch64-linux-gnu ]; then
	CC=aarch64-linux-gnu-gcc sh "$scripts/build-core.sh" "$root" "$work/aarch64"
	CC=aarch64-linux-gnu-gcc sh "$scripts/build-fixtures.sh" "$root" "$work/aarch64-fixtures"
	# the programs spawned are those of this machine: qemu runs the selftest, the kernel the rest;
	# its vfork is a fork, so that all births are; the guardian is not of this machine
	run "aarch64 under qemu" env SELFTEST_EMULATOR="$(command -v qemu-aarch64)" qemu-aarch64 -L /usr/aarch64-linux-gnu "$work/aarch64-fixtures/selftest" \
		"$(library_in "$work/aarch64")" "$work/fixtures"
else
	echo "aarch64: skipped, needs aarch64-linux-gnu-gcc and qemu-aarch64"
fi

# Valgrind has no clone3 and takes CLONE_VM|CLONE_VFORK for a fork, so that the probe says 0 and no
# memory is shared; with CLONE_FILES besides it gives up. It lacks pidfd_open and pidfd_send_signal,
# dies when exec fails in certain ways, keeps high descriptors and some limits for itself, and a
# filter of seccomp would hit it and not the core. These are the tests that pass all the same; what
# a child that was forked does is watched until exec.
if has valgrind; then
	run "memory errors" env SELFTEST_WITHOUT_SECCOMP=1 \
		valgrind --quiet --trace-children=no --error-exitcode=99 \
		"$work/fixtures/selftest" "$(library_in "$work/native")" "$work/fixtures" \
		probes requests blocks warnings surroundings credentials cgroups deaths concurrency
else
	echo "memory errors: skipped, needs valgrind"
fi
exit $failed
