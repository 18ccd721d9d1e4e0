drop table learning_outside_routes;
drop table external_offers;
drop table own_expense_requests;
