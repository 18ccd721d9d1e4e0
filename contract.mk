# What the Makefile includes: linters of the OpenAPI document, and the positive controls of the HTTP tests.
.PHONY: contract-lint positive-clear positive-check

contract-lint:      ## Check openapi/v1.json with spectral, OWASP's rules and redocly (npm, pinned)
	tests/contract/lint/lint.sh openapi/v1.json

# Before the tests: forget what has worked in earlier runs. After them: every operation has worked for somebody.
positive-clear:
	@rm -rf target/tmp/worked

positive-check:
	$(CARGO) test --quiet --test api -- --ignored --exact http_matrix::every_operation_has_worked_for_somebody
