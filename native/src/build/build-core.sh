#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# build-core.sh <native folder> <output root>
# Compiles the C core to <output root>/linux-<architecture>/libsubprocess.so, and
# the guardian to subprocess-guardian beside it, and checks both. The compiler is $CC, or cc; a cross compiler builds for its target.
# More flags can be given in $CORE_CFLAGS.
set -eu

fail() {
	echo "subprocess: $*" >&2
	exit 1
}

root=$(cd "$1" && pwd)
mkdir -p "$2"
output=$(cd "$2" && pwd)
scripts=$(cd "$(dirname "$0")" && pwd)
sources=$root/src/main/c

compiler=${CC:-cc}
# $compiler may hold arguments, so it is left to the shell to split
command -v ${compiler%% *} >/dev/null 2>&1 ||
	fail "no C compiler found (looked for \$CC, then cc): install gcc or clang, or set CC"
machine=$($compiler -dumpmachine 2>/dev/null) || fail "$compiler does not tell its target (-dumpmachine)"
case $machine in
x86_64-*linux*) architecture=x86_64 hardening=-fcf-protection=full ;;
aarch64-*linux*) architecture=aarch64 hardening='-mbranch-protection=standard -mno-outline-atomics' ;;
*) fail "no core for the target of $compiler: $machine (there are x86_64 and aarch64 Linux)" ;;
esac

is_current() {
	[ -f "$1" ] && [ -z "$(find "$sources" "$0" -type f -newer "$1")" ]
}

library=$output/linux-$architecture/libsubprocess.so
guardian=$output/linux-$architecture/subprocess-guardian
if is_current "$library" && is_current "$guardian"; then
	exit 0
fi

accepts() {
	$compiler -Werror "$1" -c -x c /dev/null -o /dev/null 2>/dev/null
}

flags='-std=c11 -O2 -g -Wall -Wextra -Werror
	-ffreestanding -fno-builtin -fno-stack-protector -U_FORTIFY_SOURCE
	-fvisibility=hidden -fno-asynchronous-unwind-tables'
for flag in $hardening; do
	if accepts "$flag"; then flags="$flags $flag"; fi
done

# <product> <its check> <flags and sources>: a product that fails its check is none
build() {
	product=$1
	check=$2
	shift 2
	# shellcheck disable=SC2086
	$compiler $flags ${CORE_CFLAGS:-} "-ffile-prefix-map=$sources=." -nostdlib -nodefaultlibs \
		-Wl,-z,defs -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -o "$product.$$" "$@" || {
		rm -f "$product.$$"
		fail "$compiler could not compile ${product##*/}"
	}
	sh "$scripts/$check" "$product.$$" || {
		rm -f "$product.$$"
		exit 1
	}
	mv "$product.$$" "$product"
}

mkdir -p "$output/linux-$architecture"
cd "$sources"
build "$library" check-core.sh -fPIC -shared -Wl,-Bsymbolic \
	-Wl,-soname,libsubprocess.so -Wl,--version-script=exports.map ./*.c
# no symbols, and no page for the few tables that nobody reads or writes: this is copied at each start
build "$guardian" check-guardian.sh -fPIE -static-pie -Wl,--no-dynamic-linker -ffunction-sections -Wl,--gc-sections \
	-Wl,-s,-z,norelro guardian/*.c group.c freestanding.c
