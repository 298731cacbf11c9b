#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# fuzz-core.sh [seconds [work folder]]
# Lays arbitrary bytes before the check of requests, with the address and the
# undefined behaviour sanitizer, for a minute or as long as asked: with libFuzzer
# where clang has it, or else with a loop of its own. For whoever changes the
# check; no part of a build. Inputs that break something are left in the folder.
# Before that, for half as long, births from requests that are in order and chosen at
# random, under the same sanitizers; FUZZ_SEED chooses others.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$scripts/../.." && pwd)
seconds=${1:-60}
work=${2:-$root/target/core-fuzz}
mkdir -p "$work/corpus"
work=$(cd "$work" && pwd)
core=$root/src/main/c

flags="-std=gnu11 -O1 -g -Wall -Wextra -Werror -fno-omit-frame-pointer -I $core"
sanitizers='-fsanitize=address,undefined -fno-sanitize-recover=undefined'
# what decides about a request before there is a child
sources="$root/src/test/c/fuzz/request.c $core/request.c $core/table.c"

# the whole core, but for what stands in for the C library, which is there
births=$root/src/test/c/fuzz/births.c
for source in "$core"/*.c; do
	case $source in */freestanding.c) ;; *) births="$births $source" ;; esac
done
sh "$scripts/build-fixtures.sh" "$root" "$work/fixtures"
# shellcheck disable=SC2086
${CC:-cc} $flags -D_GNU_SOURCE $sanitizers -o "$work/births" $births
"$work/births" "$work/fixtures/exit_with" $((seconds / 2)) ${FUZZ_SEED:-}

if command -v clang >/dev/null 2>&1 &&
	echo 'int LLVMFuzzerTestOneInput(void *data, unsigned long size) { return !data && size; }' |
	clang -fsanitize=fuzzer -x c - -o "$work/probe" 2>/dev/null; then
	# shellcheck disable=SC2086
	clang $flags $sanitizers -fsanitize=fuzzer -o "$work/fuzz" $sources
	exec "$work/fuzz" -max_total_time="$seconds" -max_len=2048 -len_control=0 -print_final_stats=1 \
		-verbosity=0 -artifact_prefix="$work/" "$work/corpus"
fi
echo "no clang with libFuzzer: a loop with a fixed seed"
# shellcheck disable=SC2086
${CC:-cc} $flags $sanitizers -DSTANDALONE -o "$work/fuzz" $sources
exec "$work/fuzz" "$seconds"
