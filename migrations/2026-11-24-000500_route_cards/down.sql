drop table route_cards;
