//! What travels about scans.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::CredentialFile;

/// The scan of a credential (скан документа); its bytes are read with `get_credential_file`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CredentialFile)]
pub struct CredentialFileView {
    /// Media type: `application/pdf`, `image/jpeg` or `image/png`.
    #[schema(
        min_length = 9,
        max_length = 15,
        pattern = "^(application/pdf|image/(jpeg|png))$",
        example = "application/pdf"
    )]
    pub media: String,
    /// Bytes.
    #[schema(minimum = 1, maximum = 67108864, example = 184320)]
    pub size: i32,
    /// When it was brought.
    pub uploaded_at: DateTime<Utc>,
}

impl From<CredentialFile> for CredentialFileView {
    fn from(file: CredentialFile) -> Self {
        Self { media: file.media.as_str().to_owned(), size: file.size, uploaded_at: file.uploaded_at }
    }
}

/// The bytes of a scan: PDF, JPEG or PNG, at most 10 MiB unless the server is set otherwise (файл скана).
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_length = 10_485_760, format = Binary, example = "%PDF-1.7")]
pub struct CredentialScan(pub String);
