//! What has worked in this run: one empty file for each kind of successful call, so that it survives the processes.

use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("worked")
}

/// Records a successful call. Ids become `{}`, so that there are few files.
pub fn record(method: &str, path: &str, status: u16) {
    if !(200..300).contains(&status) {
        return;
    }
    let path = path.split('?').next().unwrap_or_default();
    let parts: Vec<&str> =
        path.split('/').map(|part| if uuid::Uuid::parse_str(part).is_ok() { "{}" } else { part }).collect();
    let file = folder().join(format!("{method}{}", parts.join("~")));
    if !file.exists() {
        let _ = std::fs::create_dir_all(folder()).and_then(|()| std::fs::write(file, ""));
    }
}

/// Method and path of everything that has worked.
pub fn recorded() -> Vec<(String, String)> {
    let names = std::fs::read_dir(folder()).into_iter().flatten();
    names
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter_map(|name| {
            name.split_once('~')
                .map(|(method, path)| (method.to_owned(), format!("/{}", path.replace('~', "/"))))
        })
        .collect()
}
