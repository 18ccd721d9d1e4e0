drop table credit_book_entries;
drop table credit_books;
