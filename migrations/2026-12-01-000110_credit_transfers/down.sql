drop table credit_transfers;
