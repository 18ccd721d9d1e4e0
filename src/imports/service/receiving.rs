//! Taking a large file in: piece by piece, each in a short transaction, so that no process holds it as a whole.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{ImportWhole, failure_of, open, whole};
use crate::db::Ctx;
use crate::error::{Code, Error, Result};
use crate::imports::forms::{Charset, Examined, Form, Written, charset_of};
use crate::imports::model::{Import, ImportState, Order};
use crate::imports::{rows, store};

/// What is known of a file that comes in.
pub struct Received {
    order: Order,
    form: Form,
    said: Option<Charset>,
    head: Vec<u8>,
    examined: Examined,
    digest: Sha256,
    size: usize,
    pieces: i32,
}

impl Received {
    /// A file that begins with these bytes, which hold its header. One whose header is wrong is refused before the rest
    /// of it has come in.
    pub fn begin(order: Order, form: Form, said: Option<Charset>, head: Vec<u8>) -> Result<Self> {
        let digest = Sha256::new();
        let received =
            Self { order, form, said, head, examined: Examined::default(), digest, size: 0, pieces: 0 };
        if form != Form::Xlsx {
            let mut examined = Examined::default();
            examined.look(&received.head);
            let likely = if examined.is_utf8_so_far() { Charset::Utf8 } else { Charset::Windows1251 };
            received.read_header(said.unwrap_or(likely)).or_else(|refusal| {
                // What is neither is told as such.
                charset_of(said, &examined, &received.head, form, rows::columns(order.kind)).and(Err(refusal))
            })?;
        }
        Ok(received)
    }

    fn read_header(&self, charset: Charset) -> Result<()> {
        let written = Written { form: self.form, charset };
        let mut piece = Some(self.head.clone());
        let columns = rows::columns(self.order.kind);
        crate::imports::forms::read(written, columns, &mut || Ok(piece.take()), &mut |_| Ok(false))
    }

    /// Notes the next piece; its place in the file.
    pub fn note(&mut self, piece: &[u8]) -> i32 {
        if self.form != Form::Xlsx {
            self.examined.look(piece);
        }
        self.digest.update(piece);
        self.size = self.size.saturating_add(piece.len());
        let position = self.pieces;
        self.pieces += 1;
        position
    }
}

/// How a text is written of which every byte has been seen.
fn settled(
    order: Order,
    form: Form,
    said: Option<Charset>,
    examined: &Examined,
    head: &[u8],
) -> Result<Written> {
    let charset = match form {
        Form::Xlsx => Charset::Utf8,
        form => charset_of(said, examined, head, form, rows::columns(order.kind))?,
    };
    Ok(Written { form, charset })
}

/// How a file is written of which every byte is here.
pub fn written_of(order: Order, form: Form, said: Option<Charset>, bytes: &[u8]) -> Result<Written> {
    let mut examined = Examined::default();
    if form != Form::Xlsx {
        examined.look(bytes);
    }
    settled(order, form, said, &examined, bytes)
}

/// Opens a run whose file is still coming in.
pub async fn receive(ctx: &Ctx<'_>, order: Order, form: Form) -> Result<Import> {
    open(ctx, order, form, ImportState::Receiving).await
}

/// The run of a file that is coming in, held until the end of the transaction. One that was given up for its silence takes
/// nothing more: what has ended keeps no pieces.
async fn held(ctx: &Ctx<'_>, import_id: Uuid) -> Result<Import> {
    let import = store::lock(ctx.conn, import_id).await?;
    if import.state == ImportState::Receiving { Ok(import) } else { Err(Error::new(Code::Timeout)) }
}

/// Keeps the next piece.
pub async fn add_piece(ctx: &Ctx<'_>, import_id: Uuid, position: i32, piece: &[u8]) -> Result<()> {
    held(ctx, import_id).await?;
    store::add_piece(ctx, import_id, position, piece).await
}

/// The whole file is there: the run waits for a process. When the same file of the same caller is under way already, that
/// run is the answer, and this one is forgotten.
pub async fn queue(ctx: &Ctx<'_>, import_id: Uuid, received: &Received) -> Result<ImportWhole> {
    let Received { order, form, said, examined, head, .. } = received;
    let written = settled(*order, *form, *said, examined, head)?;
    let digest = received.digest.clone().finalize();
    let import = held(ctx, import_id).await?;
    if let Some(twin) = store::twin(ctx.conn, &import, &digest).await? {
        store::forget(ctx, import_id).await?;
        return Ok(whole(ctx, store::find(ctx.conn, twin).await?));
    }
    store::queue(ctx, import_id, written, received.size, &digest).await?;
    Ok(whole(ctx, store::find(ctx.conn, import_id).await?))
}

/// The file did not come in, or is none: the run says so.
pub async fn stop_receiving(ctx: &Ctx<'_>, import_id: Uuid, refusal: &Error) -> Result<()> {
    store::end(ctx, import_id, ImportState::Failed, Some(&failure_of(refusal))).await
}
