#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# build-cores.sh <native folder> <output root>
# Builds the C core and the guardian for this machine, and for each other
# architecture whose cross compiler (of Debian's name) is installed. Says which
# ones there are, and how large.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
output=$2

sh "$scripts/build-core.sh" "$1" "$output"
for architecture in x86_64 aarch64; do
	cross=$architecture-linux-gnu-gcc
	# whoever names a compiler wants what that one builds
	if [ -z "${CC:-}" ] && [ "$architecture" != "$(uname -m)" ] && command -v "$cross" >/dev/null 2>&1; then
		CC=$cross sh "$scripts/build-core.sh" "$1" "$output"
	fi
done

packed=
for library in "$output"/linux-*/libsubprocess.so; do
	folder=${library%/*}
	packed="$packed ${folder##*/} ($(wc -c <"$library") bytes, guardian $(wc -c <"$folder/subprocess-guardian"))"
done
echo "subprocess: the native core is packed for:$packed"
