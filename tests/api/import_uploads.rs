//! A file whose client leaves while it is still being sent.

use std::io::Write as _;
use std::net::TcpStream;

use rost::sweep::sweep;
use serde_json::json;

use crate::support::app::on_runtime;
use crate::support::build_imports::{STAFF, counts, csv, load, member, run, school_with_inn, work_off};
use crate::support::held::{until, until_idle};

const ROWS: u32 = 30;

/// A file that comes in piece by piece: few rows, long cells.
fn long_file() -> String {
    let name = format!("Анна{}", " ".repeat(150_000));
    let rows: Vec<Vec<String>> = (1..=ROWS).map(|number| member(number, &name)).collect();
    csv(&STAFF, &rows, ";")
}

/// design §8: nothing of a file that never came in as a whole is loaded, nothing of it stays, and the same file sent again is
/// loaded as if nothing had been.
#[test]
fn half_a_file_is_no_file() {
    let app = school_with_inn();
    let file = long_file();
    assert!(file.len() > 4_000_000, "{}", file.len());
    let head = format!(
        "POST /api/v1/imports/staff HTTP/1.1\r\nHost: rost\r\nAuthorization: Bearer {}\r\nContent-Type: text/csv\r\n\
         Content-Length: {}\r\n\r\n",
        app.token("director"),
        file.len()
    );
    let (sent, _) = file.as_bytes().split_at(3_000_000);
    let mut socket = TcpStream::connect(app.address().trim_start_matches("http://")).unwrap();
    socket.write_all(head.as_bytes()).unwrap();
    socket.write_all(sent).unwrap();
    until(&app, "select exists (select from import_files)");
    drop(socket);
    until_idle(&app);

    assert_eq!(work_off(&app), 0, "nobody loads what is still coming in");
    app.days_pass(1);
    on_runtime(async {
        let db = app.state().own_connection().unwrap();
        sweep(&db, app.now()).await.unwrap();
    });
    assert_eq!(app.db_text("select string_agg(state, ' ') from imports"), "failed");
    assert_eq!(app.db_text("select count(*) from import_files"), "0");
    assert_eq!(app.db_text("select count(*) from persons where last_name = 'Ларина'"), "0");

    let director = app.persona("director");
    let again = load(&director, "staff", "text/csv", file).expect(202).id();
    assert_eq!(work_off(&app), 1);
    let done = run(&director, &again).json();
    assert_eq!((counts(&done), &done["state"]), ([i64::from(ROWS), 0, 0, 0], &json!("succeeded")), "{done}");
}
