drop table credential_verifications;
