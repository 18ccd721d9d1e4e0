//! Pages as PDF.

use std::sync::LazyLock;

use chrono::Datelike;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::document::Document as Pdf;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

use super::Document;
use super::font::Cut;
use super::layout::{Ink, Pages, pages};

/// A document could not be written.
#[derive(Debug, thiserror::Error)]
#[error("a document could not be written: {0}")]
pub struct PaperError(String);

/// The cuts as the writer takes them.
struct Fonts {
    plain: Font,
    bold: Font,
}

/// They are read once for all documents.
static FONTS: LazyLock<Option<Fonts>> = LazyLock::new(|| {
    let font = |cut: Cut| Font::new(cut.bytes().into(), 0);
    Some(Fonts { plain: font(Cut::Plain)?, bold: font(Cut::Bold)? })
});

/// The document as a file. The same document gives the same bytes.
///
/// # Errors
/// When the writer refuses something: never because of what a document says.
pub fn render(document: &Document) -> Result<Vec<u8>, PaperError> {
    let laid_out = pages(document);
    let fonts = FONTS.as_ref().ok_or_else(|| PaperError("the font".to_owned()))?;
    let mut pdf = Pdf::new_with(SerializeSettings::default());
    write(&mut pdf, &laid_out, fonts)?;
    let day = document.dated_on;
    let dated = DateTime::new(u16::try_from(day.year()).unwrap_or(0))
        .month(u8::try_from(day.month()).unwrap_or(1))
        .day(u8::try_from(day.day()).unwrap_or(1));
    let metadata = Metadata::new()
        .title(document.title.clone())
        .language(document.language.to_owned())
        .creator("Rost".to_owned())
        .creation_date(dated);
    pdf.set_metadata(metadata);
    pdf.finish().map_err(|error| PaperError(format!("{error:?}")))
}

fn write(pdf: &mut Pdf, laid_out: &Pages, fonts: &Fonts) -> Result<(), PaperError> {
    let (width, height) = laid_out.size;
    for sheet in &laid_out.pages {
        let settings =
            PageSettings::from_wh(width, height).ok_or_else(|| PaperError("the size".to_owned()))?;
        let mut page = pdf.start_page_with(settings);
        let mut surface = page.surface();
        for ink in &sheet.inks {
            draw(&mut surface, ink, fonts);
        }
        surface.finish();
        page.finish();
    }
    Ok(())
}

fn draw(surface: &mut Surface<'_>, ink: &Ink, fonts: &Fonts) {
    match ink {
        Ink::Words { x, y, size, cut, grey, text } => {
            surface.set_fill(Some(shade(if *grey { 90 } else { 20 })));
            let font = match cut {
                Cut::Plain => &fonts.plain,
                Cut::Bold => &fonts.bold,
            };
            let at = Point::from_xy(*x, *y);
            surface.draw_text(at, font.clone(), *size, text, false, TextDirection::LeftToRight);
        }
        Ink::Area { x, y, width, height, shade: grey } => {
            let Some(area) = Rect::from_xywh(*x, *y, *width, *height) else { return };
            let mut path = PathBuilder::new();
            path.push_rect(area);
            if let Some(path) = path.finish() {
                surface.set_fill(Some(shade(*grey)));
                surface.draw_path(&path);
            }
        }
        Ink::Line { points, width, shade: grey, dashes } => {
            let mut path = PathBuilder::new();
            for (number, (x, y)) in points.iter().enumerate() {
                if number == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
            }
            let Some(path) = path.finish() else { return };
            let dash = (!dashes.is_empty()).then(|| StrokeDash { array: dashes.to_vec(), offset: 0.0 });
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: shade(*grey).paint,
                width: *width,
                dash,
                ..Stroke::default()
            }));
            surface.draw_path(&path);
            surface.set_stroke(None);
        }
    }
}

fn shade(grey: u8) -> Fill {
    Fill { paint: rgb::Color::new(grey, grey, grey).into(), ..Fill::default() }
}
