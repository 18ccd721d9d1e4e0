//! The script of `demo/import/`, run as an administrator of a school would, and as the centre of a municipality would.

use std::path::Path;
use std::process::Command;

use super::loaded::demo;
use super::running::Running;
use super::walk::told;
use crate::support::TestFolder;

/// The files of the demo: two are loaded after a dry run, the second time nothing changes; of the broken one every refused
/// row is told with its line, its column and the reason, and nothing of it is loaded.
#[test]
fn a_school_loads_its_files_with_a_script() {
    let folder = TestFolder::new("cli-loading");
    let server = demo(&folder, &["--set", "ROST_RATE_PER_SECOND=1000000"]);
    for outcome in ["новых 4, изменено 0, без изменений 0", "новых 0, изменено 0, без изменений 4"]
    {
        let said = told(&server, "import/load.sh");
        for (file, kind) in [("staff.csv", "staff"), ("credentials.csv", "credentials")] {
            let (_, of_file) = said.split_once(&format!("{file} → {kind}")).unwrap();
            let (of_file, _) = of_file.split_once("ничего не изменит").unwrap();
            assert_eq!(of_file.matches(outcome).count(), 2, "dry and real: {said}");
        }
        let (_, broken) = said.split_once("broken.csv → staff").unwrap();
        assert!(broken.contains("строк 5: новых 1, изменено 0, без изменений 0, отклонено 4"), "{said}");
        for refused in [
            "строка 3 — Имя: ",
            "строка 3 — СНИЛС: ",
            "строка 3 — Уровни образования: ",
            "строка 3 — Дата приёма: ",
            "строка 4 — Кадры этой организации ведёте не вы",
            "строка 5 — Эту роль даёте не вы",
            "строка 6 — ",
        ] {
            assert!(broken.contains(refused), "{refused} is missing: {said}");
        }
        assert!(broken.contains("Файл не загружен"), "{said}");
    }
    let said = by_the_centre(&server);
    assert_eq!(said.matches("новых 1, изменено 0, без изменений 1, отклонено 0").count(), 2, "{said}");
    assert!(said.contains("Повтор того же файла ничего не изменит"), "{said}");
}

/// The centre brings entries of credit books: one stands already, the other one is new.
fn by_the_centre(server: &Running) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/import");
    let output = Command::new("bash")
        .arg(folder.join("load.sh"))
        .arg("credit_book_entries")
        .arg(folder.join("credit_book_entries.csv"))
        .env("ROST_URL", &server.address)
        .env("ROST_LOGIN", "georgievsk.methodist")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}
