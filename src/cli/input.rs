//! Reading what the user names: a file, or standard input for `-`.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use whom::base::{Code, Diagnostic};

use super::failure::Failure;

/// The largest script, batch or question file.
const MOST_BYTES: u64 = 256 << 20;

/// The text of the file at `path`, or of standard input if that is `-`.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    let bytes = bytes(path)?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let message = format!(
            "`{}` is not text in UTF-8: byte {} cannot be read",
            path.display(),
            valid + 1
        );
        let help = "is it the right file? a text in another encoding is converted with iconv";
        Failure::input(Diagnostic::error(Code("not-utf8"), message).with_help(help))
    })
}

/// The bytes of the file at `path`, or of standard input if that is `-`.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let refused = |error: &io::Error| Failure::file(path, "read", error);
    if is_standard_input(path) {
        io::stdin()
            .lock()
            .take(MOST_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| refused(&error))?;
    } else {
        let file = File::open(path).map_err(|error| refused(&error))?;
        let length = file.metadata().map_or(0, |metadata| metadata.len());
        if length > MOST_BYTES {
            return Err(too_large(path));
        }
        file.take(MOST_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| refused(&error))?;
    }
    if bytes.len() as u64 > MOST_BYTES {
        return Err(too_large(path));
    }
    Ok(bytes)
}

/// Whether `path` means standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn too_large(path: &Path) -> Failure {
    let message = format!(
        "`{}` is larger than {} MiB",
        path.display(),
        MOST_BYTES >> 20
    );
    Failure::input(
        Diagnostic::error(Code("input-too-large"), message).with_help("split it into parts"),
    )
}
