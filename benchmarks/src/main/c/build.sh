#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# build.sh <output folder>
# Compiles the children, each static and without a libc, and the floor.
set -eu

sources=$(cd "$(dirname "$0")" && pwd)
output=$1
mkdir -p "$output"
compiler=${CC:-cc}
flags="-std=gnu11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror"

for child in "$sources"/children/*.c; do
	name=${child##*/}
	# shellcheck disable=SC2086
	$compiler $flags -static -nostdlib -ffreestanding -fno-stack-protector -fno-pie -no-pie \
		-fcf-protection=none -o "$output/${name%.c}" "$child" 2>/dev/null ||
		$compiler $flags -static -nostdlib -ffreestanding -fno-stack-protector -fno-pie -no-pie \
			-o "$output/${name%.c}" "$child"
done
# shellcheck disable=SC2086
$compiler $flags -o "$output/floor" "$sources"/floor/*.c -pthread
