drop table credit_book_flags;
