drop table growth_card_credentials;
drop table growth_cards;
