#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check-core.sh <libsubprocess.so>
# The promises of the core that a compiler or a linker could break unseen: one
# file loads under every libc, into any process, and runs nothing while loading.
set -eu

library=$1
sources=$(cd "$(dirname "$0")/../main/c" && pwd)
largest_code=65536
broken=0

if ! command -v readelf >/dev/null 2>&1; then
	echo "subprocess: readelf is missing, the core is not checked (it is part of binutils)" >&2
	exit 0
fi

complain() {
	echo "subprocess: $library: $*" >&2
	broken=1
}

dynamic=$(LC_ALL=C readelf -W --dynamic "$library")
segments=$(LC_ALL=C readelf -W --program-headers "$library")
sections=$(LC_ALL=C readelf -W --section-headers "$library")
symbols=$(LC_ALL=C readelf -W --dyn-syms "$library" | awk '$5 == "GLOBAL" || $5 == "WEAK"')

case $dynamic in *NEEDED*) complain "needs another library" ;; esac
case $dynamic in *TEXTREL*) complain "relocates its code" ;; esac
case $dynamic in *INIT* | *FINI*) complain "runs code when it is loaded or unloaded" ;; esac
case $sections in *.init_array* | *.ctors* | *.fini_array* | *.dtors*) complain "has constructors or destructors" ;; esac
case $segments in *' TLS '*) complain "has thread-local storage" ;; esac
case $segments in
*GNU_STACK*) ;;
*) complain "does not say that its stack is not executable" ;;
esac
if echo "$segments" | grep GNU_STACK | grep -q RWE; then complain "has an executable stack"; fi
if echo "$segments" | grep ' LOAD ' | grep -q 'RWE'; then complain "has a segment that is both writable and executable"; fi

undefined=$(echo "$symbols" | awk '$7 == "UND" { print $8 }')
if [ -n "$undefined" ]; then complain "has undefined symbols:" $undefined; fi

exported=$(echo "$symbols" | awk '$7 != "UND" { print $8 }' | sort)
mapped=$(sed -n 's/^[[:space:]]*\(subprocess_[a-z_]*\);$/\1/p' "$sources/exports.map" | sort)
declared=$(sed -n 's/^[a-z].*[ *]\(subprocess_[a-z_]*\)(.*;$/\1/p' "$sources/subprocess.h" | sort)
if [ "$exported" != "$mapped" ]; then complain "does not export what exports.map lists:" $exported; fi
if [ "$declared" != "$mapped" ]; then complain "subprocess.h does not declare what exports.map lists:" $declared; fi

code=$(echo "$sections" | sed -n 's/.* \.text  *PROGBITS  *[0-9a-f]*  *[0-9a-f]*  *\([0-9a-f]*\) .*/\1/p')
if [ $((0x${code:-0})) -gt $largest_code ]; then complain "has $((0x$code)) bytes of code, more than $largest_code"; fi
if [ -z "$code" ]; then complain "has no code"; fi

exit $broken
