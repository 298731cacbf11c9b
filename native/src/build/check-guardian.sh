#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check-guardian.sh <subprocess-guardian>
# The promises of the guardian that a compiler or a linker could break unseen: it
# runs where there is nothing but a kernel, and takes next to no memory.
set -eu

program=$1
largest_size=16384
broken=0

if ! command -v readelf >/dev/null 2>&1; then
	echo "subprocess: readelf is missing, the guardian is not checked (it is part of binutils)" >&2
	exit 0
fi

complain() {
	echo "subprocess: $program: $*" >&2
	broken=1
}

header=$(LC_ALL=C readelf -W --file-header "$program")
dynamic=$(LC_ALL=C readelf -W --dynamic "$program")
segments=$(LC_ALL=C readelf -W --program-headers "$program")
sections=$(LC_ALL=C readelf -W --section-headers "$program")
relocations=$(LC_ALL=C readelf -W --relocs "$program")
undefined=$(LC_ALL=C readelf -W --dyn-syms "$program" | awk '$7 == "UND" && $8 != "" { print $8 }')

case $header in *'Type:'*DYN*) ;; *) complain "cannot be loaded anywhere in memory" ;; esac
case $segments in *INTERP*) complain "needs a dynamic linker" ;; esac
case $dynamic in *NEEDED*) complain "needs a library" ;; esac
case $dynamic in *INIT* | *FINI*) complain "has constructors or destructors" ;; esac
case $sections in *.init_array* | *.ctors* | *.fini_array* | *.dtors*) complain "has constructors or destructors" ;; esac
# there is nobody who would do that
case $relocations in *' at offset '*) complain "is to be relocated" ;; esac
if [ -n "$undefined" ]; then complain "has undefined symbols:" $undefined; fi
case $segments in *' TLS '*) complain "has thread-local storage" ;; esac
case $segments in
*GNU_STACK*) ;;
*) complain "does not say that its stack is not executable" ;;
esac
if echo "$segments" | grep GNU_STACK | grep -q RWE; then complain "has an executable stack"; fi
if echo "$segments" | grep ' LOAD ' | grep -q 'RWE'; then complain "has a segment that is both writable and executable"; fi

size=$(wc -c <"$program")
if [ "$size" -gt $largest_size ]; then complain "has $size bytes, more than $largest_size"; fi

exit $broken
