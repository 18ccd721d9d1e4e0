//! Which documented operation a request is for: by path and method, as the document tells them.

use actix_web::http::Method;

/// Something for each operation of the document.
pub(super) struct Routes<T>(Vec<Template<T>>);

struct Template<T> {
    path: String,
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
    /// No operations yet.
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds an operation.
    pub(super) fn insert(&mut self, method: Method, path: &str, value: T) {
        match self.0.iter_mut().find(|template| template.path == path) {
            Some(template) => template.methods.push((method, value)),
            None => self.0.push(Template { path: path.to_owned(), methods: vec![(method, value)] }),
        }
    }

    /// The operation of a request. `/things/search` wins over `/things/{id}`.
    pub(super) fn find(&self, method: &Method, path: &str) -> Found<'_, T> {
        let mut others = Vec::new();
        let mut best: Option<(usize, &T)> = None;
        for template in &self.0 {
            let Some(literals) = literals(&template.path, path) else { continue };
            for (known, value) in &template.methods {
                if known == method && best.is_none_or(|(most, _)| literals > most) {
                    best = Some((literals, value));
                } else if !others.contains(&known) {
                    others.push(known);
                }
            }
        }
        match best {
            Some((_, value)) => Found::Operation(value),
            None if others.is_empty() => Found::Nothing,
            None => Found::OtherMethods(others),
        }
    }
}

/// How many segments match literally, if the path matches the template at all.
fn literals(template: &str, path: &str) -> Option<usize> {
    let (mut expected, mut given) = (template.split('/'), path.split('/'));
    let mut literals = 0;
    loop {
        match (expected.next(), given.next()) {
            (None, None) => return Some(literals),
            (Some(name), Some(value)) if name.starts_with('{') && !value.is_empty() => {}
            (Some(name), Some(value)) if name == value => literals += 1,
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes() -> Routes<&'static str> {
        let mut routes = Routes::new();
        routes.insert(Method::GET, "/things/{id}", "get");
        routes.insert(Method::POST, "/things/search", "search");
        routes.insert(Method::GET, "/things/newest", "newest");
        routes
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
