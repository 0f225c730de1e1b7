//! The file on the disk: its name as people type it, and the encodings that editors save.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use encoding_rs::{Encoding, WINDOWS_1252};

use super::error::{Problem, SettingsError};

/// The settings file of a folder; `None` when there is none.
pub(super) fn find(folder: &Path) -> Result<Option<PathBuf>, SettingsError> {
    let exact = folder.join(super::FILE_NAME);
    if exact.is_file() {
        return Ok(Some(exact));
    }
    // A folder that cannot be listed is the run's failure, not the settings'.
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(None) };
    let mut near: Vec<(String, PathBuf)> = entries
        .flatten()
        .map(|entry| (entry.file_name().to_string_lossy().to_lowercase(), entry.path()))
        .filter(|(name, _)| name == super::FILE_NAME || name.strip_suffix(".txt") == Some(super::FILE_NAME))
        .collect();
    near.sort();
    match near.into_iter().next() {
        Some((name, path)) if name == super::FILE_NAME => Ok(Some(path)),
        Some((_, path)) => Err(misnamed(path)),
        None => Ok(None),
    }
}

fn misnamed(path: PathBuf) -> SettingsError {
    let problem = Problem::of_file(
        "l’editor ha aggiunto «.txt» al nome: rinominare il file in «allegati.toml»".to_owned(),
        "the editor added “.txt” to the name: rename the file to “allegati.toml”".to_owned(),
    );
    SettingsError { file: Some(path), problems: vec![problem] }
}

/// The text of the file.
pub(super) fn load(path: &Path) -> Result<String, SettingsError> {
    let bytes = std::fs::read(path).map_err(|error| {
        let problem = match error.kind() {
            ErrorKind::PermissionDenied => Problem::of_file(
                "non si ha il permesso di leggere il file".to_owned(),
                "there is no permission to read the file".to_owned(),
            ),
            _ => Problem::of_file(
                format!("il file non si può leggere ({error})"),
                format!("the file cannot be read ({error})"),
            ),
        };
        SettingsError { file: Some(path.to_owned()), problems: vec![problem] }
    })?;
    Ok(decode(&bytes))
}

/// A byte-order mark decides; else UTF-8 when it is valid, else Windows-1252.
fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn every_encoding_of_an_editor_gives_the_same_text() {
        let text = "name = \"Unità\"";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(text.as_bytes()), text);
        assert_eq!(decode(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), text);
        assert_eq!(decode(&[&b"\xff\xfe"[..], &utf16].concat()), text);
        assert_eq!(decode(b"name = \"Unit\xe0\""), text);
    }
}
