# What the Makefile includes: linters and clients of the OpenAPI document, a real
# OpenID Connect provider, and the positive controls of the HTTP tests.
.PHONY: contract-lint sdk sdk-test openid-test positive-clear positive-check

contract-lint:      ## Check openapi/v1.json with spectral, OWASP's rules and redocly (npm, pinned)
	tests/contract/lint/lint.sh openapi/v1.json

sdk:                ## Make typed clients (TypeScript, Python) from openapi/v1.json in target/sdk (npm, PyPI)
	openapi/clients/build.sh

sdk-test: sdk       ## Run the main job through each client against a server with demo data
	$(POSTGRES)
	$(CARGO) build
	openapi/clients/test.sh target/debug/rost

openid-test:        ## Accept the tokens of a real OpenID Connect provider on loopback (npm oidc-provider, pinned)
	$(POSTGRES)
	$(CARGO) build
	cd tests/openid && npm ci --ignore-scripts --no-audit --no-fund
	node tests/openid/test.mjs target/debug/rost

# Before the tests: forget what has worked in earlier runs. After them: every operation has worked for somebody.
positive-clear:
	@rm -rf target/tmp/worked

positive-check:
	$(CARGO) test --quiet --test api -- --ignored --exact http_matrix::every_operation_has_worked_for_somebody
