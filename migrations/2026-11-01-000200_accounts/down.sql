drop table role_assignments, revoked_tokens, refresh_tokens, accounts;
