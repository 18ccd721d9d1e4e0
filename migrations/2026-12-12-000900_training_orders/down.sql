drop table training_order_placements;
drop table training_order_lines;
drop table training_orders;
