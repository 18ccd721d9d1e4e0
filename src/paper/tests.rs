//! Documents on paper: nothing falls off the page, heads are repeated, the same document gives the same bytes.

use chrono::NaiveDate;

use super::font::Cut;
use super::layout::{Ink, Pages, pages};
use super::wrap::wrapped;
use super::{Bar, Block, Column, Curve, Curves, Document, Section, Sheet, Signature, Stamp, Table, render};

fn document(rows: usize) -> Document {
    let row = |number: usize| {
        vec![
            number.to_string(),
            format!(
                "Программа № {number}: «Ёмкое название, которое занимает несколько строк в своей клетке»"
            ),
            "36".to_owned(),
        ]
    };
    Document {
        stamp: Some(Stamp {
            heading: "УТВЕРЖДАЮ".to_owned(),
            lines: vec!["Заведующая".to_owned(), "_".repeat(30)],
        }),
        title: "Индивидуальный образовательный маршрут".to_owned(),
        subtitle: Some("Ёлкина Анна Петровна".to_owned()),
        sheet: Sheet::Portrait,
        sections: vec![
            Section {
                heading: Some("Сведения".to_owned()),
                blocks: vec![
                    Block::Facts(vec![("Школа".to_owned(), "МБОУ СОШ № 1".to_owned())]),
                    Block::Text("Слова ".repeat(120)),
                    Block::List(vec!["Первое".to_owned(), "Второе".to_owned()]),
                    Block::Missing("Нет плана контроля".to_owned()),
                ],
            },
            Section {
                heading: Some("План".to_owned()),
                blocks: vec![Block::Table(Table {
                    columns: vec![
                        Column::numbers("№", 1),
                        Column::words("Мероприятие", 8),
                        Column::numbers("Часы", 2),
                    ],
                    rows: (1..=rows).map(row).collect(),
                })],
            },
        ],
        signatures: vec![Signature { role: "Директор".to_owned(), name: None }],
        footer: "Маршрут".to_owned(),
        page_word: "Стр.".to_owned(),
        of_word: "из".to_owned(),
        dated_on: NaiveDate::from_ymd_opt(2026, 3, 2).unwrap(),
        language: "ru",
    }
}

fn words(pages: &Pages) -> Vec<Vec<String>> {
    let of_page = |page: &super::layout::Page| {
        page.inks
            .iter()
            .filter_map(|ink| match ink {
                Ink::Words { text, .. } => Some(text.clone()),
                Ink::Area { .. } | Ink::Line { .. } => None,
            })
            .collect()
    };
    pages.pages.iter().map(of_page).collect()
}

fn keeps_to_the_page(pages: &Pages) {
    let (width, height) = pages.size;
    for ink in pages.pages.iter().flat_map(|page| &page.inks) {
        let (left, top, right, bottom) = match ink {
            Ink::Words { x, y, size, cut, text, .. } => (*x, y - size, x + cut.width(text, *size), *y),
            Ink::Area { x, y, width, height, .. } => (*x, *y, x + width, y + height),
            Ink::Line { points, .. } => points.iter().fold(
                (f32::MAX, f32::MAX, f32::MIN, f32::MIN),
                |(left, top, right, bottom), (x, y)| {
                    (left.min(*x), top.min(*y), right.max(*x), bottom.max(*y))
                },
            ),
        };
        assert!(left >= 40.0 && right <= width - 40.0 && top >= 20.0 && bottom <= height - 20.0, "{ink:?}");
    }
}

#[test]
fn a_long_table_goes_on_with_its_heads() {
    let laid_out = pages(&document(200));
    keeps_to_the_page(&laid_out);
    let words = words(&laid_out);
    assert!(words.len() > 4, "{} pages", words.len());
    for (number, page) in words.iter().enumerate() {
        assert!(page.contains(&format!("Стр. {} из {}", number + 1, words.len())));
        let rows = page.iter().any(|text| text.starts_with("Программа №"));
        assert_eq!(page.contains(&"Мероприятие".to_owned()), rows, "page {}", number + 1);
    }
    let all: Vec<&String> = words.iter().flatten().collect();
    for number in 1..=200 {
        assert!(all.iter().any(|text| text.starts_with(&format!("Программа № {number}:"))), "{number}");
    }
}

#[test]
fn a_row_longer_than_a_page_goes_on() {
    let mut long = document(1);
    let Some(Block::Table(table)) = long.sections.last_mut().and_then(|section| section.blocks.last_mut())
    else {
        panic!("a table");
    };
    table.rows[0][1] = "слово ".repeat(3_000);
    let laid_out = pages(&long);
    keeps_to_the_page(&laid_out);
    let count = words(&laid_out).concat().join(" ").matches("слово").count();
    assert_eq!(count, 3_000);
}

/// Signatures on a page of their own would sign nothing, and a heading at the foot of a page leads to nothing.
#[test]
fn signatures_and_headings_keep_company() {
    for rows in 0..30 {
        let mut some = document(rows);
        some.signatures.push(Signature {
            role: "Педагог".to_owned(), name: Some("Ёлкина Анна".to_owned())
        });
        some.sections.push(Section { heading: Some("Решения".to_owned()), blocks: vec![] });
        for lines in [1, 4] {
            some.sections[2].blocks =
                vec![Block::Facts(vec![("Кто".to_owned(), "слово ".repeat(18 * lines))])];
            let laid_out = pages(&some);
            keeps_to_the_page(&laid_out);
            let words = words(&laid_out);
            let last = words.last().unwrap();
            for name in ["Директор", "Педагог"] {
                assert!(last.contains(&name.to_owned()), "{rows} rows: {name} stands elsewhere");
            }
            assert!(last.iter().any(|text| text.starts_with("слово")), "{rows} rows: they sign nothing");
            for page in &words {
                let place = page.iter().position(|text| text == "Решения" || text == "План");
                let follows = place.and_then(|place| page.get(place + 1));
                assert!(!follows.is_some_and(|text| text.starts_with("Маршрут")), "{rows} rows: {page:?}");
            }
        }
    }
}

#[test]
fn the_mark_of_approval_stands_above_the_title() {
    let words = words(&pages(&document(1)));
    let place = |text: &str| words[0].iter().position(|word| word == text).unwrap();
    assert!(place("УТВЕРЖДАЮ") < place("Индивидуальный образовательный маршрут"));
}

#[test]
fn a_column_that_says_nothing_is_left_out_where_it_may_be() {
    let table = |last: &str| Table {
        columns: vec![
            Column::numbers("№", 1),
            Column::words("Уровень", 2).optional(),
            Column::words("Отметка", 2),
        ],
        rows: vec![
            vec!["1".to_owned(), String::new(), String::new()],
            vec!["2".to_owned(), last.to_owned(), String::new()],
        ],
    };
    let kept = |last: &str| -> Vec<String> {
        table(last).without_empty_columns().columns.into_iter().map(|column| column.heading).collect()
    };
    assert_eq!(kept(" "), ["№", "Отметка"]);
    assert_eq!(kept("школьный"), ["№", "Уровень", "Отметка"]);
}

/// Words never lie upon words.
fn no_words_overlap(pages: &Pages) {
    for page in &pages.pages {
        let boxes: Vec<(f32, f32, f32, f32, &String)> = page
            .inks
            .iter()
            .filter_map(|ink| match ink {
                Ink::Words { x, y, size, cut, text, .. } if !text.is_empty() => {
                    Some((*x, y - size * 0.7, x + cut.width(text, *size), *y, text))
                }
                _ => None,
            })
            .collect();
        for (number, one) in boxes.iter().enumerate() {
            for other in &boxes[number + 1..] {
                let apart = one.2 <= other.0 || other.2 <= one.0 || one.3 <= other.1 || other.3 <= one.1;
                assert!(apart, "{} lies upon {}", one.4, other.4);
            }
        }
    }
}

/// Bars go on over pages, charts are never torn; names and numbers stand beside each other.
#[test]
fn charts_keep_to_the_page_and_their_words_apart() {
    let bar = |number: u16| Bar {
        name: format!("Муниципальное образование с длинным названием № {number}, Ёлкинский район"),
        length: (!number.is_multiple_of(7)).then_some(number * 10),
        value: format!("{number} % ({number} из 100)"),
        strong: number == 1,
    };
    let curve = |number: u16| Curve {
        name: format!("Действует {number}"),
        points: (0..5)
            .map(|place| (place != 2).then(|| (1_000 - number * 100, format!("{} %", 100 - number * 10))))
            .collect(),
    };
    let chart = |lines: u16| {
        let days = (1..=5).map(|month| format!("31.0{month}.2026")).collect();
        let mut lines: Vec<Curve> = (0..lines).map(curve).collect();
        if let [only] = lines.as_mut_slice() {
            only.name.clear();
        }
        Block::Curves(Curves { days, ticks: ["0 %", "50 %", "100 %"].map(str::to_owned).to_vec(), lines })
    };
    for lines in [1, 5, 9] {
        let mut some = document(1);
        let blocks = vec![Block::Bars((1..=70).map(bar).collect()), chart(lines), chart(lines)];
        some.sections.insert(0, Section { heading: Some("Охват".to_owned()), blocks });
        let laid_out = pages(&some);
        keeps_to_the_page(&laid_out);
        no_words_overlap(&laid_out);
        let drawn = laid_out.pages.iter().flat_map(|page| &page.inks);
        assert!(drawn.filter(|ink| matches!(ink, Ink::Line { .. })).count() > 3);
        let all = words(&laid_out).concat();
        assert!(all.contains(&"70 % (70 из 100)".to_owned()) && all.contains(&"31.05.2026".to_owned()));
        render(&some).unwrap();
    }
}

#[test]
fn a_long_word_is_broken_after_its_hyphen() {
    let lines = wrapped(Cut::Plain, "Информационно-методический центр", 8.5, 80.0);
    assert_eq!(lines, ["Информационно-", "методический", "центр"]);
}

#[test]
fn words_are_wrapped_and_never_lost() {
    let text = "Непревышаемоедлинноесловокотороенедолжнобыть потеряно и тогда когда оно шире колонки";
    let lines = wrapped(Cut::Plain, text, 10.0, 60.0);
    assert!(lines.iter().all(|line| Cut::Plain.width(line, 10.0) <= 60.0));
    assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
    assert_eq!(wrapped(Cut::Plain, "a\n\nb", 10.0, 60.0), ["a", "", "b"]);
}

#[test]
fn every_sign_has_a_shape() {
    let alphabet: String = ('а'..='я').chain('А'..='Я').chain("ёЁ№«»–—…§°×≤≥".chars()).collect();
    assert_eq!(Cut::Plain.printable(&alphabet), alphabet);
    assert_eq!(Cut::Bold.printable(&alphabet), alphabet);
    assert_eq!(Cut::Plain.printable("字\u{7}а"), "?а");
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let (one, other) = (render(&document(30)).unwrap(), render(&document(30)).unwrap());
    assert!(one.starts_with(b"%PDF-"));
    assert_eq!(one, other);
    assert_ne!(one, render(&document(31)).unwrap());
}
