//! A package as the workbook that the register takes.

use rust_xlsxwriter::Workbook;

use super::model::{FrdoPackageRow, Layout};
use crate::error::{Error, Result};

/// One sheet: the headings, then the rows. Every cell is text, or the spreadsheet would make dates and numbers of them (B5).
pub(super) fn xlsx(layout: Layout, rows: &[FrdoPackageRow]) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (place, column) in (0_u16..).zip(layout.columns()) {
        sheet.write_string(0, place, column.heading).map_err(Error::internal)?;
    }
    for (line, row) in (1_u32..).zip(rows) {
        for (place, cell) in (0_u16..).zip(&row.cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(line, place, cell).map_err(Error::internal)?;
        }
    }
    workbook.save_to_buffer().map_err(Error::internal)
}
