drop table number_ranges;
