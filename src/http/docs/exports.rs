//! What every list gets: the files it answers besides its pages.

use actix_web::http::Method;
use serde_json::{Value, json};

use super::{Described, child, each_operation, operations, set};
use crate::http::export::DEPERSONALISED;
use crate::http::table::{CSV, JSON, NDJSON, XLSX};

const TABLE: &str = "#/components/schemas/Table";
const WORKBOOK: &str = "#/components/schemas/Workbook";

/// The schema of the items of a list; none for what is no list.
pub(in crate::http) fn listed<'a>(document: &'a Value, operation: &Described<'a>) -> Option<&'a Value> {
    if operation.method != Method::GET {
        return None;
    }
    let content = operation.value.pointer("/responses/200/content")?;
    let target = content.get(JSON)?.pointer("/schema/$ref")?.as_str()?.strip_prefix('#')?;
    let item = document.pointer(target)?.pointer("/properties/items/items")?;
    item.get("$ref").map(|_| item)
}

/// The files of a list that it does not make by itself.
pub(in crate::http) fn files(operation: &Described<'_>) -> Vec<&'static str> {
    let content = operation.value.pointer("/responses/200/content");
    let schema = |media: &str| content.and_then(|all| all.get(media)?.pointer("/schema/$ref")?.as_str());
    let ours = |media: &&str| match *media {
        CSV => schema(CSV) == Some(TABLE),
        XLSX => schema(XLSX) == Some(WORKBOOK),
        other => schema(other).is_some(),
    };
    [CSV, NDJSON, XLSX].into_iter().filter(ours).collect()
}

/// Adds the files to the answers of every list.
pub(super) fn add(document: &mut Value) {
    let items: Vec<(String, Value)> = operations(document)
        .iter()
        .filter_map(|operation| Some((operation.id.to_owned(), listed(document, operation)?.clone())))
        .collect();
    each_operation(document, |_, _, operation| {
        let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
        let Some((_, item)) = items.iter().find(|(known, _)| known == id) else { return };
        if let Some(content) = operation.pointer_mut("/responses/200/content").and_then(Value::as_object_mut)
        {
            for (media, schema) in
                [(CSV, json!({"$ref": TABLE})), (NDJSON, item.clone()), (XLSX, json!({"$ref": WORKBOOK}))]
            {
                content.entry(media).or_insert_with(|| json!({"schema": schema}));
            }
        }
        add_parameter(operation);
    });
    let Some(components) = document.get_mut("components") else { return };
    let Some(schemas) = child(components, "schemas") else { return };
    let table = "A list as a text table: UTF-8 with BOM, `;`, the whole list in one file, columns named in the caller's \
                 language, the `id` first. What a spreadsheet would take for a formula is made text.";
    let workbook = "A list as a workbook of one sheet (XLSX), as a rule 100,000 rows at most.";
    for (name, words, format, example) in
        [("Table", table, None, "id;title;hours"), ("Workbook", workbook, Some("binary"), "PK")]
    {
        let mut schema = json!({"type": "string", "description": words, "maxLength": 2_147_483_647_i64, "examples": [example]});
        if let Some(format) = format {
            set(&mut schema, "format", json!(format));
        }
        schemas.insert(name.to_owned(), schema);
    }
}

fn add_parameter(operation: &mut Value) {
    let words = "Whether the file (CSV, NDJSON, XLSX) shall name nobody: names, numbers of documents and free text are \
                 left out, and numbers of this one file stand for people. Only a file can be depersonalised.";
    let schema = json!({"type": "boolean", "default": false});
    let parameter = json!({
        "name": DEPERSONALISED, "in": "query", "required": false, "description": words, "schema": schema, "example": false,
    });
    if let Some(operation) = operation.as_object_mut()
        && let Some(list) = operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut()
    {
        list.push(parameter);
    }
}
