// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.util.Locale;

import io.github.subprocess.ProcessExitException;
import io.github.subprocess.ProcessInputException;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.ProcessTimeoutException;
import io.github.subprocess.RejectionReason;
import io.github.subprocess.UnknownPolicyException;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Tells clients what went wrong with a process, as problem details (RFC 9457).
 */
@RestControllerAdvice
class ProcessProblems {

	private static final int EXCERPT_LENGTH = 512;

	@ExceptionHandler
	ProblemDetail unknownPolicy(UnknownPolicyException ex) {
		ProblemDetail problem = problem(HttpStatus.NOT_FOUND, "Unknown policy", ex);
		problem.setProperty("policy", ex.name());
		problem.setProperty("known", ex.known());
		return problem;
	}

	@ExceptionHandler
	ProblemDetail notStarted(ProcessStartException ex) {
		ProblemDetail problem = problem(HttpStatus.UNPROCESSABLE_CONTENT, "Program could not be started", ex);
		problem.setProperty("policy", ex.policy());
		problem.setProperty("step", ex.step());
		problem.setProperty("errno", ex.errnoName());
		problem.setProperty("subject", ex.subject());
		return problem;
	}

	@ExceptionHandler
	ProblemDetail failed(ProcessExitException ex) {
		return problem(HttpStatus.BAD_GATEWAY, "Program failed", ex, ex.result());
	}

	@ExceptionHandler
	ProblemDetail timedOut(ProcessTimeoutException ex) {
		ProblemDetail problem = problem(HttpStatus.GATEWAY_TIMEOUT, "Program took too long", ex, ex.result());
		problem.setProperty("timeout", ex.timeout().toString());
		return problem;
	}

	@ExceptionHandler
	ProblemDetail inputFailed(ProcessInputException ex) {
		return problem(HttpStatus.BAD_REQUEST, "Request body could not be read", ex, ex.result());
	}

	@ExceptionHandler
	ProblemDetail rejected(ProcessRejectedException ex) {
		ProblemDetail problem = problem(HttpStatus.SERVICE_UNAVAILABLE,
				(ex.reason() == RejectionReason.STOPPED) ? "Shutting down" : "Too many at once", ex);
		problem.setProperty("reason", ex.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
		return problem;
	}

	private static ProblemDetail problem(HttpStatus status, String title, Exception ex, ProcessResult result) {
		ProblemDetail problem = problem(status, title, ex);
		problem.setProperty("policy", result.policy());
		problem.setProperty("id", result.id());
		problem.setProperty("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
		problem.setProperty("status", result.status().toString());
		problem.setProperty("stderr", excerpt(result.errorText().strip()));
		return problem;
	}

	private static ProblemDetail problem(HttpStatus status, String title, Exception ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, ex.getMessage());
		problem.setTitle(title);
		return problem;
	}

	private static String excerpt(String text) {
		return (text.length() > EXCERPT_LENGTH) ? text.substring(text.length() - EXCERPT_LENGTH) : text;
	}

}
