# The OpenAPI document against linters (npm, pinned): included by the Makefile.
.PHONY: contract-lint positive-clear positive-check

contract-lint:
	tests/contract/lint/lint.sh openapi/v1.json

# Before the tests: forget what has worked in earlier runs. After them: every operation has worked for somebody.
positive-clear:
	rm -rf target/tmp/worked

positive-check:
	cargo nextest run --test api --run-ignored only every_operation_has_worked_for_somebody
