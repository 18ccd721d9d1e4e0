# `make run` to try Rost, `make test` to check everything. Both install what they need, as far as they may.

CARGO ?= cargo
# .ci/install-postgres knows what to say when PostgreSQL is missing.
POSTGRES = .ci/install-postgres

# One test more than there are processors: some wait, for a lease that ends or for a process.
AT_ONCE = --test-threads $$(( $$(getconf _NPROCESSORS_ONLN) + 1 ))

.PHONY: run test check faults bench openapi schema contract bless clean stop-test-cluster nextest

run:                ## Build, start on 127.0.0.1:8080 (or ROST_ADDR) with demo data, and say how to use it
	$(POSTGRES)
	$(CARGO) build --release
	target/release/rost serve --demo

test: nextest       ## Format, lints, documentation, every test
	$(POSTGRES)
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --no-deps --document-private-items
	@$(MAKE) --no-print-directory positive-clear
	@status=0; \
	if $(CARGO) nextest --version >/dev/null 2>&1; then $(CARGO) nextest run --no-fail-fast $(AT_ONCE) || status=$$?; \
	else $(CARGO) test --no-fail-fast || status=$$?; fi; \
	$(MAKE) --no-print-directory positive-check || status=$$?; \
	$(MAKE) --no-print-directory stop-test-cluster || true; \
	exit $$status

check:              ## The quick part of `make test`: does it compile without warnings
	$(CARGO) clippy --all-targets -- -D warnings

faults:             ## The fault tests at full size: an import of 100,000 rows whose server is killed again and again
	$(POSTGRES)
	ROST_TEST_IMPORT_ROWS=100000 $(CARGO) test --release --test cli import_faults

bench:              ## Throughput of the hot requests next to the bare database, in one run (see benches/load/main.rs)
	$(POSTGRES)
	$(CARGO) bench --bench load

openapi:            ## Write openapi/v1.json from the code
	$(CARGO) run --quiet -- openapi

contract: contract-lint ## Check openapi/v1.json with linters and a running server with schemathesis (npm, PyPI)
	$(POSTGRES)
	$(CARGO) build
	tests/contract/lint/schemathesis.sh target/debug/rost

schema:             ## Write src/db/schema.rs from the migrations (needs the diesel command line tool)
	$(POSTGRES)
	sh .ci/print-schema

bless:              ## Accept what the tests found: golden files and the OpenAPI document
	BLESS=1 $(CARGO) test --test structure --test contract
	$(MAKE) --no-print-directory positive-clear
	BLESS=1 $(CARGO) test --test api
	BLESS=1 $(MAKE) --no-print-directory positive-check

clean:              ## Remove what was built; the data in .rost stays
	-$(MAKE) --no-print-directory stop-test-cluster
	$(CARGO) clean

# The throw-away PostgreSQL of the tests outlives each test run on purpose; this ends it.
stop-test-cluster:
	@$(CARGO) test --quiet --test database -- --ignored --exact shared_cluster::stop_the_shared_cluster >/dev/null

# Tests run as processes of their own under nextest, which is faster; without it plain `cargo test` will do.
nextest:
	@$(CARGO) nextest --version >/dev/null 2>&1 || $(CARGO) install cargo-nextest --locked || \
	  echo "cargo-nextest could not be installed: using cargo test" >&2

-include contract.mk
