//! Calls of this server to others: never into its own network, never along a redirect, never for long.
//!
//! Whoever names an address that the server shall call could make it call what only it can reach (SSRF). So a name is
//! looked up here, what it stands for is judged, and the call goes to the address that was judged: a name that stands
//! for something else a moment later changes nothing.

mod addresses;
mod signature;

use std::time::Duration;

use ureq::Agent;
use ureq::config::Config;
use ureq::http::{Request, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

pub use addresses::is_public;
pub use signature::{SigningSecret, signatures};

/// How long a call may take, with everything.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is wrong with an address that somebody names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressProblem {
    /// It is no address with a host.
    Unreadable,
    /// It is not encrypted.
    NotHttps,
    /// It carries a login.
    WithLogin,
    /// It is an address of a private network.
    Private,
}

/// The way out of this server.
#[derive(Clone)]
pub struct Outbound {
    agent: Agent,
    allow_private: bool,
}

impl Outbound {
    /// A way out; into private networks and without encryption only where the configuration says so.
    pub fn new(allow_private: bool) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .https_only(!allow_private)
            .timeout_global(Some(PATIENCE))
            .user_agent("Rost")
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Guarded { allow_private });
        Self { agent, allow_private }
    }

    /// Judges an address before it is kept. What its name stands for is judged again at each call.
    pub fn check(&self, address: &str) -> Result<(), AddressProblem> {
        let uri: Uri = address.parse().map_err(|_unreadable| AddressProblem::Unreadable)?;
        let authority = uri.authority().ok_or(AddressProblem::Unreadable)?;
        let is_plain = uri.scheme_str() == Some("http");
        let is_web = is_plain || uri.scheme_str() == Some("https");
        if !is_web || authority.host().is_empty() {
            return Err(AddressProblem::Unreadable);
        }
        if authority.as_str().contains('@') {
            return Err(AddressProblem::WithLogin);
        }
        let after_host = authority.as_str().strip_prefix(authority.host()).unwrap_or_default();
        if !after_host.is_empty() && authority.port_u16().is_none() {
            return Err(AddressProblem::Unreadable);
        }
        if self.allow_private {
            return Ok(());
        }
        let number = authority.host().trim_matches(['[', ']']).parse().ok();
        match number {
            _ if is_plain => Err(AddressProblem::NotHttps),
            Some(number) if !is_public(number) => Err(AddressProblem::Private),
            _ => Ok(()),
        }
    }

    /// Sends a body; the status of the answer, or why there is none. It blocks: call it off the runtime.
    pub fn post(&self, address: &str, headers: &[(&str, String)], body: Vec<u8>) -> Result<u16, String> {
        let mut request = Request::post(address);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request.body(body).map_err(|error| error.to_string())?;
        let answer = self.agent.run(request).map_err(|error| error.to_string())?;
        Ok(answer.status().as_u16())
    }
}

/// Looks names up, and refuses those that lead into a private network.
#[derive(Debug)]
struct Guarded {
    allow_private: bool,
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        // One private address among public ones is no accident.
        if !self.allow_private && found.iter().any(|address| !is_public(address.ip())) {
            let words = "the name leads into a private network";
            return Err(ureq::Error::Io(std::io::Error::new(std::io::ErrorKind::PermissionDenied, words)));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_public_and_encrypted() {
        let outbound = Outbound::new(false);
        assert_eq!(outbound.check("https://school.example/hook?a=b"), Ok(()));
        for (address, problem) in [
            ("http://school.example/hook", AddressProblem::NotHttps),
            ("https://user:password@school.example/", AddressProblem::WithLogin),
            ("https://127.0.0.1/hook", AddressProblem::Private),
            ("https://[::1]:8443/hook", AddressProblem::Private),
            ("https://[::ffff:10.0.0.1]/hook", AddressProblem::Private),
            ("https://169.254.169.254/latest/meta-data", AddressProblem::Private),
            ("ftp://school.example/", AddressProblem::Unreadable),
            ("https://school.example:99999/", AddressProblem::Unreadable),
            ("/hook", AddressProblem::Unreadable),
            ("school", AddressProblem::Unreadable),
        ] {
            assert_eq!(outbound.check(address), Err(problem), "{address}");
        }
    }

    #[test]
    fn a_name_of_this_machine_is_refused_after_it_was_looked_up() {
        let guarded = Outbound::new(false);
        let refused = guarded.post("https://localhost:1/hook", &[], Vec::new()).unwrap_err();
        assert!(refused.contains("private network"), "{refused}");
    }
}
