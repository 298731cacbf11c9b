# SPDX-License-Identifier: Apache-2.0
# Counts what is in JUnit's reports, names what failed and what was skipped, and why. Fails if a test failed, if none
# was run, and if one was skipped of the classes in must_run, or none was run of one of them.

function attribute(line, name,    start, rest) {
	start = index(line, " " name "=\"")
	if (!start) return ""
	rest = substr(line, start + length(name) + 3)
	return plain(substr(rest, 1, index(rest, "\"") - 1))
}

function plain(text) {
	gsub(/&#10;.*/, "", text)
	gsub(/&lt;/, "<", text)
	gsub(/&gt;/, ">", text)
	gsub(/&quot;/, "\"", text)
	gsub(/&apos;/, "'", text)
	gsub(/&amp;/, "\\&", text)
	return text
}

BEGIN {
	wanted = split(must_run, classes, ",")
	for (i = 1; i <= wanted; i++) must[classes[i]] = 1
}

/<testcase / {
	class = attribute($0, "classname")
	sub(/.*\./, "", class)
	name = attribute($0, "name")
	outcome = "passed"
	because = ""
}

/<(failure|error)[ >]/ {
	outcome = /<failure/ ? "failed" : "broken"
	because = attribute($0, "message")
}

/<skipped/ {
	outcome = "skipped"
	because = $0
	sub(/.*<!\[CDATA\[/, "", because)
	sub(/\]\]>.*/, "", because)
	sub(/^[a-zA-Z0-9.]*TestAbortedException: /, "", because)
}

/^display-name: / {
	name = substr($0, 15)
}

/<\/testcase>/ {
	run++
	name = class ": " name ": " because
	if (outcome == "passed") passed[class]++
	else if (outcome == "skipped") {
		skipped++
		if (class in must) {
			missing++
			print "SKIPPED, and must not be: " name
		}
		else print "skipped " name
	}
	else {
		if (outcome == "failed") failures++; else errors++
		print "FAILED " name
	}
}

END {
	for (class in must) if (!passed[class]) {
		missing++
		print "NOT PASSED, and must be: " class
	}
	printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d\n", run, failures, errors, skipped
	exit run == skipped || failures + errors + missing > 0
}
