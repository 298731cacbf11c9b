// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * Lets only this machine start and stop programs and read what they write, and no page of
 * another site that happens to be open on it. This sample has no users to log in; a
 * service that has some would ask Spring Security instead.
 */
@Component
class LocalWritesFilter extends OncePerRequestFilter {

	private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

	/**
	 * However it is written: what is filtered without need does no harm.
	 */
	private static final Pattern OUTPUT = Pattern.compile("/processes(/|;|$)", Pattern.CASE_INSENSITIVE);

	private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return READS.contains(request.getMethod()) && !isOutput(request);
	}

	private static boolean isOutput(HttpServletRequest request) {
		return OUTPUT.matcher(UriUtils.decode(request.getRequestURI(), StandardCharsets.UTF_8)).find();
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String objection = objection(request);
		if (objection == null) {
			chain.doFilter(request, response);
			return;
		}
		response.setStatus(HttpServletResponse.SC_FORBIDDEN);
		response.setContentType("application/problem+json");
		response.getWriter().write("""
				{"title":"Forbidden","status":403,"detail":"%s"}""".formatted(objection));
	}

	private @Nullable String objection(HttpServletRequest request) throws UnknownHostException {
		// the address is a literal: nothing is looked up
		if (!InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()) {
			return "Only this machine may do that";
		}
		// a name that somebody else made point to this machine (DNS rebinding)
		if (!LOCAL_NAMES.contains(request.getServerName())) {
			return "This machine has to be called by a name of its own";
		}
		return isSameOrigin(request) ? null : "Only pages of this service may do that";
	}

	private boolean isSameOrigin(HttpServletRequest request) {
		String site = request.getHeader("Sec-Fetch-Site");
		if (site != null && !site.equals("same-origin") && !site.equals("none")) {
			return false;
		}
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		String host = request.getHeader(HttpHeaders.HOST);
		return origin == null || origin.equals(request.getScheme() + "://" + host);
	}

}
