//! regulations
