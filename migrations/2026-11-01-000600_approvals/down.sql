drop table approval_decisions, approval_open_steps, approval_steps, approval_requests;
