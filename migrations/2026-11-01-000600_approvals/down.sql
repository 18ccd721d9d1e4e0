drop table approval_decisions, approval_steps, approval_requests;
