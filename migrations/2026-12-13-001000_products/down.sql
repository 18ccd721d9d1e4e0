drop table product_checks;
drop table product_defences;
drop table products;
