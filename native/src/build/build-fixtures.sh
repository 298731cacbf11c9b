#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# build-fixtures.sh <native folder> <output folder>
# Compiles the misbehaving programs and libraries of the tests, one file each, and
# the selftest of the core: ordinary programs over the libc of $CC, or of cc.
set -eu

root=$(cd "$1" && pwd)
mkdir -p "$2"
output=$(cd "$2" && pwd)
sources=$root/src/test/c

compiler=${CC:-cc}
command -v ${compiler%% *} >/dev/null 2>&1 || {
	echo "subprocess: no C compiler found (looked for \$CC, then cc): install gcc or clang, or set CC" >&2
	exit 1
}

compile() {
	program=$output/$1
	shift
	if [ -f "$program" ] && [ -z "$(find "$sources" "$root/src/main/c" -name "*.[ch]" -type f -newer "$program")" ]; then
		return
	fi
	# shellcheck disable=SC2086
	$compiler -std=gnu11 -D_GNU_SOURCE -O1 -g -Wall -Wextra -Werror -o "$program.$$" "$@"
	mv "$program.$$" "$program"
}

for source in "$sources"/fixtures/*.c; do
	name=${source##*/}
	compile "${name%.c}" "$source"
done
for source in "$sources"/libraries/*.c; do
	name=${source##*/}
	compile "lib${name%.c}.so" -shared -fPIC "$source"
done
if ls "$sources"/selftest/*.c >/dev/null 2>&1; then
	compile selftest -I "$root/src/main/c" "$sources"/selftest/*.c -pthread -ldl
fi
