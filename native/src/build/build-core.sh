#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# build-core.sh <native folder> <output root>
# Compiles the C core to <output root>/linux-<architecture>/libsubprocess.so and
# checks it. The compiler is $CC, or cc; a cross compiler builds for its target.
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

library=$output/linux-$architecture/libsubprocess.so
if [ -f "$library" ] && [ -z "$(find "$sources" "$0" -type f -newer "$library")" ]; then
	exit 0
fi

accepts() {
	$compiler -Werror "$1" -c -x c /dev/null -o /dev/null 2>/dev/null
}

flags='-std=c11 -O2 -g -Wall -Wextra -Werror
	-ffreestanding -fno-builtin -fno-stack-protector -U_FORTIFY_SOURCE
	-fvisibility=hidden -fPIC -fno-asynchronous-unwind-tables'
for flag in $hardening; do
	if accepts "$flag"; then flags="$flags $flag"; fi
done

mkdir -p "$output/linux-$architecture"
cd "$sources"
# shellcheck disable=SC2086
$compiler $flags ${CORE_CFLAGS:-} "-ffile-prefix-map=$sources=." \
	-shared -nostdlib -nodefaultlibs \
	-Wl,-z,defs -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-Bsymbolic \
	-Wl,-soname,libsubprocess.so -Wl,--version-script=exports.map \
	-o "$library.$$" ./*.c || {
	rm -f "$library.$$"
	fail "$compiler could not compile the C core"
}
sh "$scripts/check-core.sh" "$library.$$" || {
	rm -f "$library.$$"
	exit 1
}
mv "$library.$$" "$library"
