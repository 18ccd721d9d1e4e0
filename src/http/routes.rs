//! Which documented operation a request is for: by path and method, as the document tells them.

use std::collections::BTreeMap;

use actix_web::http::Method;

/// Something for each operation of the document.
pub(super) struct Routes<T>(matchit::Router<Template<T>>);

/// A documented path.
pub(super) struct Template<T> {
    /// As the document writes it, parameters in braces.
    pub(super) path: String,
    methods: Vec<(Method, T)>,
}

/// What a request is for.
pub(super) enum Found<'a, T> {
    /// A documented operation.
    Operation(&'a T),
    /// The path is documented, the method is not; these are.
    OtherMethods(Vec<&'a Method>),
    /// Nothing that is documented.
    Nothing,
}

impl<T> Routes<T> {
    /// The operations of a document; two paths that mean the same are an error.
    pub(super) fn new<'a>(
        operations: impl IntoIterator<Item = (Method, &'a str, T)>,
    ) -> Result<Self, matchit::InsertError> {
        let mut templates: BTreeMap<&str, Vec<(Method, T)>> = BTreeMap::new();
        for (method, path, value) in operations {
            templates.entry(path).or_default().push((method, value));
        }
        let mut router = matchit::Router::new();
        for (path, methods) in templates {
            router.insert(path, Template { path: path.to_owned(), methods })?;
        }
        Ok(Self(router))
    }

    /// The documented path of a request. `/things/search` wins over `/things/{id}`.
    pub(super) fn template(&self, path: &str) -> Option<&Template<T>> {
        self.0.at(path).ok().map(|found| found.value)
    }

    /// The operation of a request.
    pub(super) fn find(&self, method: &Method, path: &str) -> Found<'_, T> {
        let Some(template) = self.template(path) else { return Found::Nothing };
        match template.methods.iter().find(|(known, _)| known == method) {
            Some((_, value)) => Found::Operation(value),
            None => Found::OtherMethods(template.methods.iter().map(|(known, _)| known).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes() -> Routes<&'static str> {
        Routes::new([
            (Method::GET, "/things/{id}", "get"),
            (Method::POST, "/things/search", "search"),
            (Method::GET, "/things/newest", "newest"),
        ])
        .unwrap()
    }

    fn operation(method: &Method, path: &str) -> Option<&'static str> {
        match routes().find(method, path) {
            Found::Operation(name) => Some(name),
            _ => None,
        }
    }

    #[test]
    fn literal_segments_win_over_parameters() {
        assert_eq!(operation(&Method::GET, "/things/1"), Some("get"));
        assert_eq!(operation(&Method::GET, "/things/newest"), Some("newest"));
        assert_eq!(operation(&Method::POST, "/things/search"), Some("search"));
    }

    #[test]
    fn a_wrong_method_is_told_apart_from_a_wrong_path() {
        assert!(
            matches!(routes().find(&Method::PUT, "/things/1"), Found::OtherMethods(methods) if methods == [&Method::GET])
        );
        assert!(matches!(routes().find(&Method::GET, "/things/"), Found::Nothing));
        assert!(matches!(routes().find(&Method::GET, "/things/1/2"), Found::Nothing));
    }
}
